package org.ndgrad.autograd.kernels.reduction;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.memory.LongElements;
import org.ndgrad.autograd.kernels.reduction.Trapezoids.Band;

/**
 * Areas a step apart, from sums of heights. These are exact, also where int64 does not hold them: upper halves are then
 * summed by themselves, and what the sum of all, which may wrap around, has more is that of the lower halves.
 *
 * <p>Rows are added four at a time, in loops so short that the compiler of JDK 17 makes vectors of them wherever they
 * are called from.
 */
final class HeightSums implements Trapezoids.Areas {

    /** How wide a band is at most. Rows of a power of two would be in each other's way in the cache. */
    static final int WIDTH = 240;

    /** If all heights are less than this, to either side, sums of as many as one thread adds fit twice over. */
    private static final long SMALL = 1L << 44;

    private final LongElements heights;
    private final long points;
    private final long inner;
    private final long[] block = new long[4 * WIDTH];
    private final long[] sums = new long[WIDTH];
    private final long[] upper = new long[WIDTH];
    private final long[] bits = new long[WIDTH];
    private final long[] first = new long[WIDTH];
    private final long[] last = new long[WIDTH];

    /** Takes lines of so many points, of which inner lie side by side. */
    HeightSums(INDArray heights, long points, long inner) {
        this.heights = LongElements.of(heights);
        this.points = points;
        this.inner = inner;
    }

    /** At a spacing of 1. */
    @Override
    public void addTwice(Band band, long begin, long end, double[] into, int at) {
        int width = band.width();
        int rows = width == inner ? WIDTH / width : 1; // that are added as if they were one
        long from = (band.line() * points + begin) * inner + band.column();
        long count = end + 1 - begin;
        Arrays.fill(sums, 0);
        Arrays.fill(bits, 0);
        for (long point = 0; point < count; point += 4L * rows) {
            load(from, point, count, width, rows);
            add(block, sums);
            collect(block, bits);
        }
        Arrays.fill(upper, 0);
        boolean fits = Arrays.stream(bits).reduce(0, (a, b) -> a | b) >>> 1 < SMALL;
        for (long point = fits ? count : 0; point < count; point += 4L * rows) {
            load(from, point, count, width, rows);
            addUpper(block, upper);
        }
        fold(sums, width, rows);
        fold(upper, width, rows);
        heights.get(from, 1, first, width);
        heights.get(from + (count - 1) * inner, 1, last, width);
        for (int i = 0; i < width; i++) {
            long upperEnds = (first[i] >> Integer.SIZE) + (last[i] >> Integer.SIZE);
            into[at + i] += toDouble(2 * sums[i] - first[i] - last[i], fits ? 0 : 2 * upper[i] - upperEnds);
        }
    }

    /** Brings four times as many rows, zeros for those that there are not. */
    private void load(long from, long point, long count, int width, int rows) {
        for (int i = 0; i < 4; i++) {
            long row = point + (long) i * rows;
            int n = (int) Math.max(0, Math.min(rows, count - row)) * width;
            if (n > 0) {
                heights.get(from + row * inner, 1, block, i * WIDTH, n);
            }
            Arrays.fill(block, i * WIDTH + n, (i + 1) * WIDTH, 0);
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

    private static void add(long[] values, long[] sums) {
        for (int i = 0; i < WIDTH; i++) {
            sums[i] += (values[i] + values[i + WIDTH]) + (values[i + 2 * WIDTH] + values[i + 3 * WIDTH]);
        }
    }

    /** Counted from −SMALL, numbers that are less have no bits from 2 · SMALL on. */
    private static void collect(long[] values, long[] bits) {
        for (int i = 0; i < WIDTH; i++) {
            bits[i] |= (values[i] + SMALL | values[i + WIDTH] + SMALL)
                    | (values[i + 2 * WIDTH] + SMALL | values[i + 3 * WIDTH] + SMALL);
        }
    }

    private static void addUpper(long[] values, long[] upper) {
        for (int i = 0; i < WIDTH; i++) {
            upper[i] += ((values[i] >> Integer.SIZE) + (values[i + WIDTH] >> Integer.SIZE))
                    + ((values[i + 2 * WIDTH] >> Integer.SIZE) + (values[i + 3 * WIDTH] >> Integer.SIZE));
        }
    }
}
