package org.ndgrad.autograd.kernels.indexing;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.elementwise.Copy;
import org.ndgrad.autograd.kernels.math.Scratch;
import org.ndgrad.autograd.kernels.memory.DoubleElements;
import org.ndgrad.autograd.kernels.memory.LongElements;
import org.ndgrad.autograd.kernels.memory.Memory;

/** How often numbers are there, in int64. */
public final class Histogram {

    private Histogram() {}

    /** Returns how often each whole number below the length is in a vector, whose numbers are from that range. */
    public static INDArray ofWhole(String op, INDArray x, long length) {
        long[] counts = Memory.longs(op, length);
        LongElements in = LongElements.of(x);
        long[] block = new long[Scratch.BLOCK];
        long step = x.rank() == 0 ? 0 : Memory.stride(x, 0);
        for (long i = 0; i < x.length(); i += block.length) {
            int n = (int) Math.min(block.length, x.length() - i);
            in.get(i * step, step, block, n);
            for (int j = 0; j < n; j++) {
                counts[(int) block[j]]++;
            }
        }
        return Copy.of(DataType.INT64, counts, length);
    }

    /**
     * Returns how many elements of a vector are in each of so many intervals of one length between two bounds. What is
     * outside and NaN do not count; the last interval has both its bounds. Bounds are numbers of the vector's type.
     */
    public static INDArray ofIntervals(String op, INDArray x, long intervals, double low, double high) {
        long[] counts = Memory.longs(op, intervals);
        double unit = high / 2 - low / 2 < 0x1p980 ? 1 : 0x1p-40; // in which counts of ways fit
        double way = high * unit - low * unit;
        double[] bounds = bounds(op, x.dataType(), intervals, low, high, unit);
        double least = bounds[0];
        double most = bounds[bounds.length - 1];
        DoubleElements in = DoubleElements.of(x);
        double[] block = Scratch.ofThread().doubles(0);
        long step = x.rank() == 0 ? 0 : Memory.stride(x, 0);
        for (long i = 0; i < x.length(); i += Scratch.BLOCK) {
            int n = (int) Math.min(Scratch.BLOCK, x.length() - i);
            in.get(i * step, step, block, 0, n);
            for (int j = 0; j < n; j++) {
                if (block[j] >= least && block[j] <= most) {
                    double place = (block[j] * unit - low * unit) * counts.length / way;
                    int interval = (int) Math.max(0, Math.min(place, counts.length - 1));
                    counts[bounds.length == 2 ? interval : nearby(bounds, interval, block[j])]++;
                }
            }
        }
        return Copy.of(DataType.INT64, counts, intervals);
    }

    /** Returns all bounds as numbers of a type, but those that it does not reach to; of float64 only the outer two. */
    private static double[] bounds(String op, DataType type, long intervals, double low, double high, double unit) {
        if (type == DataType.DOUBLE) {
            return new double[] {low, high};
        }
        double[] bounds = Memory.doubles(op, intervals + 1);
        double step = (high * unit - low * unit) / intervals;
        for (int i = 0; i < bounds.length; i++) {
            double exact = i == intervals ? high : (low * unit + i * step) / unit;
            double rounded = DTypes.held(type, exact);
            bounds[i] = Double.isInfinite(rounded) ? exact : rounded;
        }
        return bounds;
    }

    /** Returns an interval, or that before or behind it if the number is in there. */
    private static int nearby(double[] bounds, int interval, double number) {
        if (number < bounds[interval]) {
            return interval - 1;
        }
        return interval + 2 < bounds.length && number >= bounds[interval + 1] ? interval + 1 : interval;
    }
}
