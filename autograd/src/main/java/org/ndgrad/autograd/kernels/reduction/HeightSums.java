package org.ndgrad.autograd.kernels.reduction;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.math.Scratch;
import org.ndgrad.autograd.kernels.memory.LongElements;
import org.ndgrad.autograd.kernels.reduction.Trapezoids.Band;

/**
 * Areas a step apart, from sums of heights. These are exact, also where int64 does not hold them: upper halves are
 * summed by themselves, and what the sum of all, which may wrap around, has more is that of the lower halves.
 */
final class HeightSums implements Trapezoids.Areas {

    /** How wide a band is at most. */
    static final int WIDTH = Scratch.BLOCK;

    private final LongElements heights;
    private final long points;
    private final long inner;
    private final long[] block;
    private final long[] sums;
    private final long[] upper;
    private final long[] ends;

    /** Takes lines of so many points, of which inner lie side by side. */
    HeightSums(INDArray heights, long points, long inner) {
        this.heights = LongElements.of(heights);
        this.points = points;
        this.inner = inner;
        int most = (int) Math.min(WIDTH, points * inner);
        this.block = new long[most];
        this.sums = new long[most];
        this.upper = new long[most];
        this.ends = new long[(int) Math.min(WIDTH, inner)];
    }

    /** At a spacing of 1. */
    @Override
    public void addTwice(Band band, long first, long last, double[] into, int at) {
        int width = band.width();
        long from = band.line() * points * inner + band.column();
        int rows = width == inner ? (int) Math.min(block.length / width, last + 1 - first) : 1; // at a time
        Arrays.fill(sums, 0, rows * width, 0);
        Arrays.fill(upper, 0, rows * width, 0);
        int n = 0;
        for (long point = first; point <= last; point += rows) {
            n = (int) Math.min(rows, last + 1 - point) * width;
            heights.get(from + point * inner, 1, block, n);
            add(block, sums, upper, n);
            if (point == first) {
                System.arraycopy(block, 0, ends, 0, width);
            }
        }
        fold(sums, width, rows);
        fold(upper, width, rows);
        for (int i = 0; i < width; i++) {
            long end = block[n - width + i];
            long upperEnds = (ends[i] >> Integer.SIZE) + (end >> Integer.SIZE);
            into[at + i] += toDouble(2 * sums[i] - ends[i] - end, 2 * upper[i] - upperEnds);
        }
    }

    /** Returns a sum, which may have wrapped around, of numbers of which the sum of upper halves is known. */
    static double toDouble(long sum, long upper) {
        long lower = sum - (upper << Integer.SIZE);
        return upper * 0x1p32 + lower;
    }

    /** Adds the rows behind the first to it. */
    private static void fold(long[] values, int width, int rows) {
        if (width == 1) {
            values[0] = WholeReduction.SUM.row(values, rows);
            return;
        }
        for (int begin = width; begin < rows * width; begin += width) {
            for (int i = 0; i < width; i++) {
                values[i] += values[begin + i];
            }
        }
    }

    private static void add(long[] values, long[] sums, long[] upper, int n) {
        for (int i = 0; i < n; i++) {
            sums[i] += values[i];
            upper[i] += values[i] >> Integer.SIZE;
        }
    }
}
