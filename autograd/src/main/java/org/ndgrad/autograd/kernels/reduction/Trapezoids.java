package org.ndgrad.autograd.kernels.reduction;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.elementwise.Copy;
import org.ndgrad.autograd.kernels.loops.Parallel;
import org.ndgrad.autograd.kernels.math.Scratch;
import org.ndgrad.autograd.kernels.memory.LongElements;
import org.ndgrad.autograd.kernels.memory.Memory;

/** Areas below whole numbers by the trapezoidal rule. */
public final class Trapezoids {

    private Trapezoids() {}

    /**
     * Returns Σ (yᵢ + yᵢ₊₁) / 2 · (xᵢ₊₁ − xᵢ) of each row. Differences are exact, and like sums and products counted in
     * float64.
     *
     * @param type of the result
     * @param heights y, int64 in row-major order, shape (*, points)
     * @param places x, likewise of the same shape, or of shape (points)
     */
    public static INDArray areas(DataType type, INDArray heights, INDArray places) {
        long[] shape = heights.shape();
        long[] rest = Arrays.copyOf(shape, shape.length - 1);
        long points = shape[rest.length];
        long rows = Arrays.stream(rest).reduce(1, (a, b) -> a * b);
        double[] areas = Memory.onHeap("trapezoid", rows, double[]::new);
        long next = places.rank() < shape.length || rows == 1 ? 0 : points;
        Parallel.rows(points < 2 ? 0 : rows, Math.max(1, points), (first, end) -> {
            Strips strips = new Strips(LongElements.of(heights), LongElements.of(places));
            for (long row = first; row < end; row++) {
                areas[(int) row] = strips.area(row * points, row * next, points) / 2;
            }
        });
        return Copy.of(type, areas, rest);
    }

    /** The strips of one row after the other. */
    private static final class Strips {
        private final LongElements heights;
        private final LongElements places;
        private final long[] y = new long[Scratch.BLOCK];
        private final long[] x = new long[Scratch.BLOCK];

        Strips(LongElements heights, LongElements places) {
            this.heights = heights;
            this.places = places;
        }

        /** Returns twice the area. A block begins with the point at which the one before ends. */
        double area(long from, long at, long points) {
            double area = 0;
            for (long i = 0; i < points - 1; i += Scratch.BLOCK - 1) {
                int n = (int) Math.min(Scratch.BLOCK, points - i);
                heights.get(from + i, 1, y, n);
                places.get(at + i, 1, x, n);
                area += area(n);
            }
            return area;
        }

        /** In two sums, so that an addition need not wait for the one before. */
        private double area(int n) {
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
