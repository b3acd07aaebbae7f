package org.ndgrad.autograd.kernels.indexing;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.elementwise.Copy;
import org.ndgrad.autograd.kernels.memory.Memory;

/** How often numbers are there, in int64. */
public final class Histogram {

    private Histogram() {}

    /** Returns how often each whole number below the length is among those of an array, which are from that range. */
    public static INDArray ofWhole(String op, INDArray x, long length) {
        long[] counts = Memory.longs(op, length);
        for (long number : Copy.toLongs(x)) {
            counts[(int) number]++;
        }
        return Copy.of(DataType.INT64, counts, length);
    }

    /**
     * Returns how many elements are in each of so many intervals of one length between two bounds. What is outside and
     * NaN do not count; the last interval has both its bounds.
     */
    public static INDArray ofIntervals(String op, INDArray x, long intervals, double low, double high) {
        long[] counts = Memory.longs(op, intervals);
        double way = high - low;
        for (double number : Copy.toDoubles(x)) {
            if (number >= low && number <= high) {
                double place = (number - low) * counts.length / way;
                counts[(int) Math.min(place, counts.length - 1)]++;
            }
        }
        return Copy.of(DataType.INT64, counts, intervals);
    }
}
