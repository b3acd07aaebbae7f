package org.ndgrad.autograd.kernels.reduction;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.math.Scratch;
import org.ndgrad.autograd.kernels.memory.DoubleElements;
import org.ndgrad.autograd.kernels.memory.LongElements;
import org.ndgrad.autograd.kernels.reduction.Trapezoids.Band;

/** The strips between the points of {@link Trapezoids}, of which one block is brought after the other. */
final class Strips implements Trapezoids.Areas {

    /** How wide a band of long lines is at most, so that a block has several of their points. */
    static final int WIDTH = Scratch.BLOCK / 8;

    private final LongElements heights;
    private final @Nullable LongElements places;
    private final boolean shared; // places are a vector for all lines
    private final long points;
    private final long inner;
    private final long[] y;
    private final long[] x;
    private final long[] row;
    private boolean isSpread; // x, for all bands

    /** Takes lines of so many points, of which inner lie side by side. */
    Strips(INDArray heights, @Nullable INDArray places, long points, long inner) {
        this.heights = LongElements.of(heights);
        this.places = places == null ? null : LongElements.of(places);
        this.shared = places != null && places.length() < heights.length();
        this.points = points;
        this.inner = inner;
        int most = (int) Math.min(Scratch.BLOCK, heights.length());
        this.y = new long[most];
        this.x = new long[places == null ? 0 : most];
        this.row = new long[most];
    }

    @Override
    public void addTwice(Band band, long first, long last, double[] into, int at) {
        int width = band.width();
        int most = band.rows(y.length) - 1;
        for (long point = first; point < last; point += most) {
            int n = load(band, point, (int) Math.min(most, last - point) + 1);
            int to = at;
            for (int begin = 0; begin < n * band.stack(); begin += n) {
                for (int i = begin; i < begin + width; i++) {
                    into[to++] += places == null ? twice(y, i, width, begin + n) : twice(y, x, i, width, begin + n);
                }
            }
        }
    }

    /** Stores the areas of a band's lines up to each point, with a spacing if there are no places. */
    void running(Band band, double spacing, DoubleElements out) {
        int width = band.width();
        int most = band.rows(y.length) - 1;
        double[] sums = new double[width * band.stack()];
        double[] areas = Scratch.ofThread().doubles(0);
        for (long point = 0; point < points - 1; point += most) {
            int n = load(band, point, (int) Math.min(most, points - 1 - point) + 1);
            int line = 0;
            int to = 0;
            for (int begin = 0; begin < n * band.stack(); begin += n, to += n - width) {
                for (int i = 0; i < width; i++, line++) {
                    sums[line] = places == null
                            ? running(y, spacing, sums[line], begin + i, width, begin + n, areas, to + i)
                            : running(y, x, sums[line], begin + i, width, begin + n, areas, to + i);
                }
            }
            long offset = (band.line() * (points - 1) + point) * inner + band.column();
            int stretch = width == inner ? to : width;
            for (int i = 0; i < to; i += stretch) {
                out.put(offset + i / width * inner, 1, areas, i, stretch);
            }
        }
    }

    /** Brings so many points of a band's lines, from one on; returns how many numbers these are without its stack. */
    private int load(Band band, long point, int count) {
        int width = band.width();
        long from = (band.line() * points + point) * inner + band.column();
        int rows = count * band.stack();
        load(heights, from, y, width, rows);
        if (places != null && shared) {
            spread(places, point, count, width, band.stack());
        } else if (places != null) {
            load(places, from, x, width, rows);
        }
        return count * width;
    }

    /** Brings places for each line. Those of all points stay for the next bands, whose stacks are not higher. */
    private void spread(LongElements in, long point, int count, int width, int stack) {
        if (isSpread) {
            return;
        }
        in.get(point, 1, row, count);
        for (int i = 0; i < count; i++) {
            Arrays.fill(x, i * width, (i + 1) * width, row[i]);
        }
        for (int i = 1; i < stack; i++) {
            System.arraycopy(x, 0, x, i * count * width, count * width);
        }
        isSpread = count == points && width == inner;
    }

    private void load(LongElements in, long from, long[] to, int width, int rows) {
        if (width == inner) {
            in.get(from, 1, to, rows * width);
            return;
        }
        for (int i = 0; i < rows; i++) {
            in.get(from + i * inner, 1, row, width);
            System.arraycopy(row, 0, to, i * width, width);
        }
    }

    /** At a spacing of 1, exact: what a sum that wraps around has more than that of upper halves is in lower ones. */
    private static double twice(long[] y, int first, int step, int end) {
        long sum = -y[first];
        long upper = -(y[first] >> Integer.SIZE);
        int i = first;
        for (; i + step < end; i += step) {
            sum += 2 * y[i];
            upper += 2 * (y[i] >> Integer.SIZE);
        }
        return HeightSums.toDouble(sum + y[i], upper + (y[i] >> Integer.SIZE));
    }

    /** In two sums, so that an addition need not wait for the one before. */
    private static double twice(long[] y, long[] x, int first, int step, int end) {
        double even = 0;
        double odd = 0;
        int i = first + step;
        for (; i + step < end; i += 2 * step) {
            double middle = y[i];
            even += (y[i - step] + middle) * distance(x[i - step], x[i]);
            odd += (middle + y[i + step]) * distance(x[i], x[i + step]);
        }
        return (i < end ? even + ((double) y[i - step] + y[i]) * distance(x[i - step], x[i]) : even) + odd;
    }

    /** By itself: one loop for both, with a condition in it, takes up to a fifth longer. */
    private static double running(
            long[] y, double spacing, double before, int first, int step, int end, double[] areas, int at) {
        double twice = before;
        int to = at;
        for (int i = first; i + step < end; i += step, to += step) {
            twice += (double) y[i] + y[i + step];
            areas[to] = 0.5 * twice * spacing;
        }
        return twice;
    }

    private static double running(
            long[] y, long[] x, double before, int first, int step, int end, double[] areas, int at) {
        double twice = before;
        int to = at;
        for (int i = first; i + step < end; i += step, to += step) {
            twice += ((double) y[i] + y[i + step]) * distance(x[i], x[i + step]);
            areas[to] = 0.5 * twice;
        }
        return twice;
    }

    /** Returns b − a, also where int64 does not hold it. */
    private static double distance(long a, long b) {
        long distance = b - a;
        return ((a ^ b) & (b ^ distance)) < 0 ? (double) b - (double) a : distance;
    }
}
