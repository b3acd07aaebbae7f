package org.ndgrad.autograd.kernels.fused;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.elementwise.Copy;
import org.ndgrad.autograd.kernels.loops.BlockLoop;
import org.ndgrad.autograd.kernels.math.Ternary;
import org.ndgrad.autograd.kernels.memory.Elements;
import org.ndgrad.autograd.kernels.memory.Memory;

/** The sum of squared differences, for two arrays of one shape and floating type. */
public final class SquaredError {

    private static final double LEAST = 0x1p-900; // a sum of squares below may have lost some to underflow

    /** 2 g (x − t) wherever it fits, whether x − t and its double do or not. */
    public static final Ternary SLOPE = new Ternary(SquaredError::slope, SquaredError::slope);

    private SquaredError() {}

    /** Returns Σ (x − t)² / divisor, a 0-d array. */
    public static INDArray sum(INDArray x, INDArray t, double divisor) {
        double[] sum = new double[1];
        BlockLoop.read((a, n) -> sum[0] += sum(a[0], a[1], n), (a, n) -> sum[0] += sum(a[0], a[1], n), x, t);
        boolean fits = sum[0] >= LEAST && sum[0] <= Double.MAX_VALUE;
        double mean =
                fits || x.dataType() != DataType.DOUBLE || x.isEmpty() ? sum[0] / divisor : scaledSum(x, t, divisor);
        return Copy.of(x.dataType(), new double[] {mean});
    }

    /** The same, of differences as shares of the largest, for sums that leave the range of doubles. */
    private static double scaledSum(INDArray x, INDArray t, double divisor) {
        double[] most = new double[1];
        double[] sum = new double[1];
        BlockLoop.read((a, n) -> {}, (a, n) -> most[0] = largest(most[0], a[0], a[1], n), x, t);
        if (most[0] == 0 || most[0] == Double.POSITIVE_INFINITY) {
            return most[0];
        }
        BlockLoop.read((a, n) -> {}, (a, n) -> sum[0] += shares(a[0], a[1], most[0], n), x, t);
        return sum[0] / divisor * most[0] * most[0];
    }

    private static double largest(double before, double[] x, double[] t, int n) {
        double largest = before;
        for (int i = 0; i < n; i++) {
            largest = Math.max(largest, Math.abs(x[i] - t[i]));
        }
        return largest;
    }

    private static double shares(double[] x, double[] t, double most, int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double share = (x[i] - t[i]) / most;
            sum += share * share;
        }
        return sum;
    }

    /** In four sums, so that an addition need not wait for the one before. */
    private static double sum(float[] x, float[] t, int n) {
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        int i = 0;
        for (; i + 4 <= n; i += 4) {
            double d0 = (double) x[i] - t[i];
            double d1 = (double) x[i + 1] - t[i + 1];
            double d2 = (double) x[i + 2] - t[i + 2];
            double d3 = (double) x[i + 3] - t[i + 3];
            sum0 += d0 * d0;
            sum1 += d1 * d1;
            sum2 += d2 * d2;
            sum3 += d3 * d3;
        }
        for (; i < n; i++) {
            double d = (double) x[i] - t[i];
            sum0 += d * d;
        }
        return (sum0 + sum1) + (sum2 + sum3);
    }

    private static double sum(double[] x, double[] t, int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double d = x[i] - t[i];
            sum += d * d;
        }
        return sum;
    }

    /**
     * Returns 2 g (x − t) / divisor for a 0-d array g, right wherever it fits.
     *
     * @param fits whether the sum of squares did, and so does x − t
     */
    public static INDArray gradient(INDArray g, INDArray x, INDArray t, double divisor, boolean fits) {
        double factor = 2 * (Elements.first(g) / divisor);
        float single = (float) factor;
        boolean isPlain = fits && Math.abs(single) >= Float.MIN_NORMAL && Math.abs(single) <= Float.MAX_VALUE;
        INDArray result = Memory.allocate(x.dataType(), x.shape());
        BlockLoop.update(
                1,
                isPlain
                        ? (a, n) -> gradient(single, a[1], a[2], a[0], n)
                        : (a, n) -> wideGradient(factor, a[1], a[2], a[0], n),
                fits
                        ? (a, n) -> gradient(factor, a[1], a[2], a[0], n)
                        : (a, n) -> scaledGradient(factor, a[1], a[2], a[0], n),
                result,
                x,
                t);
        return result;
    }

    private static void slope(float[] g, float[] x, float[] t, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = (float) slope((double) g[i], x[i], t[i]);
        }
    }

    private static void slope(double[] g, double[] x, double[] t, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = slope(g[i], x[i], t[i]);
        }
    }

    private static double slope(double g, double x, double t) {
        double difference = x - t;
        if (!(Math.abs(difference) < Double.POSITIVE_INFINITY)) {
            return 4 * g * (0.5 * x - 0.5 * t);
        }
        return Math.abs(g) < 1 ? 2 * g * difference : g * (2 * difference);
    }

    private static void gradient(float factor, float[] x, float[] t, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = factor * (x[i] - t[i]);
        }
    }

    private static void wideGradient(double factor, float[] x, float[] t, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = (float) (factor * ((double) x[i] - t[i]));
        }
    }

    private static void gradient(double factor, double[] x, double[] t, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = factor * (x[i] - t[i]);
        }
    }

    private static void scaledGradient(double factor, double[] x, double[] t, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            double difference = x[i] - t[i];
            y[i] = Math.abs(difference) < Double.POSITIVE_INFINITY
                    ? factor * difference
                    : 2 * (factor * (0.5 * x[i] - 0.5 * t[i]));
        }
    }
}
