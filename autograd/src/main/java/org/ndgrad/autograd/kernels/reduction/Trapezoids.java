package org.ndgrad.autograd.kernels.reduction;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.elementwise.Copy;
import org.ndgrad.autograd.kernels.loops.Parallel;
import org.ndgrad.autograd.kernels.math.Scratch;
import org.ndgrad.autograd.kernels.memory.DoubleElements;
import org.ndgrad.autograd.kernels.memory.LongElements;
import org.ndgrad.autograd.kernels.memory.Memory;

/**
 * Areas below whole numbers by the trapezoidal rule, of rows of points. Differences are exact, sums and products are
 * counted in float64.
 *
 * <p>Heights are int64 in row-major order, of shape (*, points). Places are likewise, of the same shape or of shape
 * (points); without places, points are a spacing apart.
 */
public final class Trapezoids {

    /** Strips of a block, which begins with the point at which the one before ends. */
    private static final int STRIPS = Scratch.BLOCK - 1;

    /** Strips that one thread adds up. */
    private static final int PART = 16 * STRIPS;

    /** Whole numbers from −SMALL on and below SMALL have sums over a part that fit. */
    private static final long SMALL = 1L << 40;

    /** So many strips are worth to wake another thread for. */
    private static final int LONG = 8 * Parallel.GRAIN;

    private Trapezoids() {}

    /** Returns Σ (yᵢ + yᵢ₊₁) / 2 · (xᵢ₊₁ − xᵢ) of each row, or with the spacing for x's differences; shape (*). */
    public static INDArray areas(DataType type, INDArray heights, @Nullable INDArray places, double spacing) {
        long[] shape = heights.shape();
        long[] rest = Arrays.copyOf(shape, shape.length - 1);
        long points = shape[rest.length];
        long rows = rows(rest);
        double[] areas = Memory.onHeap("trapezoid", rows, double[]::new);
        Parallel.rows(rows, Math.max(1, points), (first, end) -> {
            Strips strips = new Strips(heights, places, points, rows);
            for (long row = first; row < end; row++) {
                areas[(int) row] = 0.5 * twice(strips, row) * spacing;
            }
        });
        return Copy.of(type, areas, rest);
    }

    /** Returns the areas up to each point but the first; shape (*, points − 1). */
    public static INDArray running(DataType type, INDArray heights, @Nullable INDArray places, double spacing) {
        long[] shape = heights.shape();
        int last = shape.length - 1;
        long points = shape[last];
        INDArray result = Memory.allocate(type, Shapes.with(shape, last, Math.max(0, points - 1)));
        long rows = result.isEmpty() ? 0 : rows(Arrays.copyOf(shape, last));
        Parallel.rows(rows, Math.max(1, points), (first, end) -> {
            Strips strips = new Strips(heights, places, points, rows);
            DoubleElements out = DoubleElements.into(result);
            for (long row = first; row < end; row++) {
                strips.running(row, spacing, out);
            }
        });
        return result;
    }

    /** Returns twice the area of a row, with the same bits in however many threads. */
    private static double twice(Strips strips, long row) {
        long count = strips.count();
        if (count <= PART) {
            return strips.twice(row, 0, count);
        }
        double[] areas = new double[Shapes.toInt("trapezoid", (count + PART - 1) / PART)];
        Parallel.ranges(areas.length, 1, count >= LONG, (from, to) -> {
            Strips own = strips.copy();
            for (long part = from; part < to; part++) {
                areas[(int) part] = own.twice(row, part * PART, Math.min((part + 1) * PART, count));
            }
        });
        return Arrays.stream(areas).sum();
    }

    private static long rows(long[] shape) {
        return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    }

    /** The strips between points, which are brought a block after the other. */
    private static final class Strips {
        private final LongElements heights;
        private final @Nullable LongElements places;
        private final long points;
        private final long next; // from row to row of places
        private final long[] y;
        private final long[] x; // or sums
        private final long[] sizes;
        private final double[] areas;

        Strips(INDArray heights, @Nullable INDArray places, long points, long rows) {
            this(
                    LongElements.of(heights),
                    places == null ? null : LongElements.of(places),
                    points,
                    places == null || places.length() < rows * points ? 0 : points);
        }

        private Strips(LongElements heights, @Nullable LongElements places, long points, long next) {
            this.heights = heights;
            this.places = places;
            this.points = points;
            this.next = next;
            int most = (int) Math.min(Scratch.BLOCK, points);
            this.y = new long[most];
            this.x = new long[most];
            this.sizes = new long[places == null ? most : 0];
            this.areas = new double[most];
        }

        /** Returns the same strips for another thread. */
        Strips copy() {
            return new Strips(heights, places, points, next);
        }

        /** Returns how many a row has. */
        long count() {
            return Math.max(0, points - 1);
        }

        /** Returns twice the area of strips, at a spacing of 1 if there are no places. */
        double twice(long row, long from, long to) {
            if (places == null && to > from && sums(row, from, to + 1)) {
                long ends = height(row, from) + height(row, to);
                return 2 * WholeReduction.SUM.row(x, x.length) - ends;
            }
            double area = 0;
            for (long begin = from; begin < to; begin += STRIPS) {
                int n = load(row, begin, to);
                if (places == null) {
                    areas(y, areas, n);
                    area += Arrays.stream(areas, 0, n - 1).sum();
                } else {
                    area += area(y, x, n);
                }
            }
            return area;
        }

        /** Stores the areas up to each point. */
        void running(long row, double spacing, DoubleElements out) {
            double sum = 0;
            for (long begin = 0; begin < count(); begin += STRIPS) {
                int n = load(row, begin, count());
                if (places == null) {
                    areas(y, areas, n);
                } else {
                    areas(y, x, areas, n);
                }
                for (int i = 0; i < n - 1; i++) {
                    sum += areas[i];
                    areas[i] = 0.5 * sum * spacing;
                }
                out.put(row * count() + begin, 1, areas, 0, n - 1);
            }
        }

        /** Brings the points of a block of strips, up to the end; returns how many. */
        private int load(long row, long begin, long end) {
            int n = (int) Math.min(Scratch.BLOCK, end + 1 - begin);
            heights.get(row * points + begin, 1, y, n);
            if (places != null) {
                places.get(row * next + begin, 1, x, n);
            }
            return n;
        }

        private long height(long row, long point) {
            heights.get(row * points + point, 1, y, 1);
            return y[0];
        }

        /** Sets x to sums of heights; returns whether all heights are so small that these are right. */
        private boolean sums(long row, long from, long to) {
            Arrays.fill(x, 0);
            Arrays.fill(sizes, 0);
            for (long begin = from; begin < to; begin += y.length) {
                int n = (int) Math.min(y.length, to - begin);
                heights.get(row * points + begin, 1, y, n);
                WholeReduction.SUM.columns(y, x, n);
                addSizes(y, sizes, n);
            }
            long bits = 0;
            for (long size : sizes) {
                bits |= size;
            }
            return bits >= 0 && bits < 2 * SMALL;
        }

        private static void addSizes(long[] y, long[] sizes, int n) {
            for (int i = 0; i < n; i++) {
                sizes[i] |= y[i] + SMALL;
            }
        }

        private static void areas(long[] y, double[] areas, int n) {
            for (int i = 1; i < n; i++) {
                areas[i - 1] = (double) y[i - 1] + y[i];
            }
        }

        private static void areas(long[] y, long[] x, double[] areas, int n) {
            for (int i = 1; i < n; i++) {
                areas[i - 1] = ((double) y[i - 1] + y[i]) * distance(x[i - 1], x[i]);
            }
        }

        /** In two sums, so that an addition need not wait for the one before. */
        private static double area(long[] y, long[] x, int n) {
            double even = 0;
            double odd = 0;
            int i = 1;
            for (; i + 1 < n; i += 2) {
                double middle = y[i];
                even += (y[i - 1] + middle) * distance(x[i - 1], x[i]);
                odd += (middle + y[i + 1]) * distance(x[i], x[i + 1]);
            }
            for (; i < n; i++) {
                even += ((double) y[i - 1] + y[i]) * distance(x[i - 1], x[i]);
            }
            return even + odd;
        }

        /** Returns b − a, also where int64 does not hold it. */
        private static double distance(long a, long b) {
            long distance = b - a;
            return ((a ^ b) & (b ^ distance)) < 0 ? (double) b - (double) a : distance;
        }
    }
}
