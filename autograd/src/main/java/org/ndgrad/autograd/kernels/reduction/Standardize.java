package org.ndgrad.autograd.kernels.reduction;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.elementwise.Copy;
import org.ndgrad.autograd.kernels.math.Reducer;
import org.ndgrad.autograd.kernels.math.Scratch;
import org.ndgrad.autograd.kernels.memory.Memory;

/**
 * Values brought to mean 0 and variance 1, or to mean square 1, along dimensions.
 *
 * <p>Moments are taken in double precision and in two passes, the second around the mean of the first, so that a large
 * mean costs no digits. Groups whose squares leave the range of doubles are scaled before. The dims are ascending
 * numbers from 0, as {@link Shapes#dims} returns them.
 */
public final class Standardize {

    private static final double LEAST = 0x1p-900; // a mean of squares below may have lost some to underflow
    private static final int STEPS = 900; // of two, down from the largest numbers: √ε is still one of all digits then
    private static final double SWALLOWED = 0x1p900; // subtracted from any number, it leaves that in the range
    private static final double DOWN = 0x1p-64; // so much of finite numbers has finite sums and products

    /**
     * What comes of it; all but the values have size 1 along the dims.
     *
     * @param values (x − mean) · scale, of x's shape
     * @param scale 1 / √(variance + ε)
     * @param mean 0 unless values are centered
     * @param variance the mean of (x − mean)²
     */
    public record Standardized(INDArray values, INDArray scale, INDArray mean, INDArray variance) {}

    /**
     * What is found of each group.
     *
     * @param factors by which x and √ε are scaled, or nothing if they are not
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Found(double[] mean, double[] variance, double[] scale, double eps, double[] factors) {

        static Found of(int groups, double eps, double[] factors) {
            return new Found(doubles(groups), doubles(groups), doubles(groups), eps, factors);
        }

        /**
         * Computes the scales of some groups whose means are known.
         *
         * @param rests what the means lack; the variances are still means of squares around the means without
         */
        void complete(int from, int count, double[] rests) {
            for (int r = 0; r < count; r++) {
                int i = from + r;
                double factor = factors.length == 0 ? 1 : factors[i];
                mean[i] += rests[r];
                variance[i] = Math.max(variance[i] - rests[r] * rests[r], 0);
                scale[i] = factor == 1
                        ? 1 / Math.sqrt(variance[i] + eps)
                        : 1 / Math.hypot(Math.sqrt(variance[i]), Math.sqrt(eps) * factor);
            }
        }

        /** Takes the factors out of everything. */
        void unscale() {
            for (int i = 0; i < factors.length; i++) {
                scale[i] *= factors[i];
                mean[i] /= factors[i];
                variance[i] = variance[i] / factors[i] / factors[i];
            }
        }

        private static double[] doubles(int count) {
            return Memory.doubles("standardize", count);
        }
    }

    private Standardize() {}

    /** Returns (x − mean) / √(var + ε), both over the dims; with the mean taken for 0 unless centered. */
    public static Standardized standardize(INDArray x, int[] dims, double eps, boolean centered) {
        DataType type = x.dataType();
        long[] kept = Shapes.reduced(x.shape(), dims, true);
        int count = Shapes.toInt("standardize", Shapes.numel("standardize", kept)); // before anything is copied
        StandardizeGroups groups = StandardizeGroups.of(x.shape(), dims, count);
        INDArray source = Copy.contiguous(x);
        INDArray values = Memory.allocate(type, x.shape());
        Found found = Found.of(count, eps, new double[0]);
        forward(groups, source, values, found, centered);
        if (type == DataType.DOUBLE && !Arrays.stream(found.variance).allMatch(v -> fits(v, eps))) {
            double[] factors = factors(source, dims, found.variance, eps);
            INDArray scaled = Memory.allocate(type, x.shape());
            if (!x.isEmpty()) {
                new StandardizeTiles(groups).apply(source, new double[count], factors, scaled);
            }
            found = Found.of(count, eps, factors);
            forward(groups, scaled, values, found, centered);
            found.unscale();
        }
        return new Standardized(
                values,
                Copy.of(type, found.scale, kept),
                Copy.of(type, found.mean, kept),
                Copy.of(type, found.variance, kept));
    }

    private static void forward(StandardizeGroups groups, INDArray x, INDArray values, Found found, boolean centered) {
        if (x.isEmpty()) {
            Arrays.fill(found.mean, Double.NaN);
            Arrays.fill(found.variance, Double.NaN);
            Arrays.fill(found.scale, Double.NaN);
        } else if (StandardizeRows.fit(groups)) {
            StandardizeRows.forward(groups, x, values, found, centered);
        } else {
            new StandardizeTiles(groups).forward(x, values, found, centered);
        }
    }

    /** Whether neither squares have left the range of doubles on the way nor those that have matter beside ε. */
    private static boolean fits(double variance, double eps) {
        return variance + eps >= LEAST && variance + eps < Double.POSITIVE_INFINITY;
    }

    /** Returns for each group the power of two under which its squares fit, 1 where they do. */
    private static double[] factors(INDArray x, int[] dims, double[] variance, double eps) {
        double[] factors = ReductionLoop.reduce(x, dims, Reducer.MAX, (v, at, n, target, step) -> {
            for (int i = at; i < at + n; i++) {
                v[i] = Math.abs(v[i]);
            }
        });
        Arrays.setAll(factors, i -> {
            double most = Math.max(factors[i], Math.sqrt(eps)); // so that ε fits, too
            return most < Double.POSITIVE_INFINITY && !fits(variance[i], eps)
                    ? Math.scalb(1.0, -Math.min(Math.getExponent(most), STEPS))
                    : 1;
        });
        return factors;
    }

    /**
     * Returns the gradient of the standardized values carried back to x.
     *
     * @param g the gradient, of the values' shape
     * @param values the standardized values y
     * @param scale as {@link Standardized#scale}
     * @return scale · (g − mean g − y · mean(g y)), without mean g unless centered
     */
    public static INDArray backward(INDArray g, INDArray values, INDArray scale, int[] dims, boolean centered) {
        INDArray result = Memory.allocate(values.dataType(), values.shape());
        if (result.isEmpty()) {
            return result;
        }
        double[] scales = Copy.toDoubles(scale);
        StandardizeGroups groups = StandardizeGroups.of(values.shape(), dims, scales.length);
        INDArray gradients = Copy.contiguous(g);
        INDArray y = Copy.contiguous(values);
        double[] factors = backward(groups, gradients, y, scales, result, centered);
        if (values.dataType() == DataType.DOUBLE && Arrays.stream(factors).anyMatch(factor -> factor != 1)) {
            double[] means = new double[scales.length];
            INDArray scaled = Memory.allocate(DataType.DOUBLE, values.shape());
            StandardizeTiles tiles = new StandardizeTiles(groups);
            tiles.apply(gradients, means, factors, scaled);
            backward(groups, scaled, y, scales, result, centered);
            tiles.apply(
                    result,
                    means,
                    Arrays.stream(factors).map(factor -> 1 / factor).toArray(),
                    result);
        }
        return result;
    }

    /** Returns for each group the factor by which its gradients should have been scaled before, 1 for most. */
    private static double[] backward(
            StandardizeGroups groups, INDArray g, INDArray y, double[] scales, INDArray result, boolean centered) {
        double[] factors = Found.doubles(scales.length);
        if (StandardizeRows.fit(groups)) {
            StandardizeRows.backward(groups, g, y, scales, result, factors, centered);
        } else {
            new StandardizeTiles(groups).backward(g, y, scales, result, factors, centered);
        }
        return factors;
    }

    /**
     * Sets factors to 1 for groups whose means are so small that no gradient leaves the range when they are subtracted.
     *
     * @param slopes means of gradients times values
     */
    static void judge(double[] means, double[] slopes, int count, double[] factors, int at) {
        for (int i = 0; i < count; i++) {
            boolean fits = Math.abs(means[i]) <= SWALLOWED && Math.abs(slopes[i]) <= SWALLOWED;
            factors[at + i] = fits ? 1 : DOWN;
        }
    }

    /** Sets n elements each to some numbers of an array. */
    static void spread(double[] numbers, int at, int count, int n, double[] values) {
        if (n == 1) {
            System.arraycopy(numbers, at, values, 0, count);
        } else if (n < Scratch.FEW) {
            int next = 0;
            for (int r = 0; r < count; r++) {
                for (int i = 0; i < n; i++) {
                    values[next++] = numbers[at + r];
                }
            }
        } else {
            for (int r = 0; r < count; r++) {
                Arrays.fill(values, r * n, (r + 1) * n, numbers[at + r]);
            }
        }
    }
}
