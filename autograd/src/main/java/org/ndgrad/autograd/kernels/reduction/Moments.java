package org.ndgrad.autograd.kernels.reduction;

import java.util.Arrays;
import java.util.function.DoublePredicate;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.elementwise.Copy;
import org.ndgrad.autograd.kernels.math.Reducer;

/**
 * Sums, norms and standard deviations along dimensions, of floating values: right wherever the result fits, although
 * sums or powers on the way do not. What has left the range of doubles there is computed once more, scaled.
 *
 * <p>The dims are ascending numbers from 0, as {@link Shapes#dims} returns them.
 */
public final class Moments {

    private static final double SHARE = 0x1p-64; // the sum of so many finite numbers is finite
    private static final double LEAST = 0x1p-900; // a sum of powers below may have lost some to underflow

    private Moments() {}

    /** Returns Σ x / divisor. */
    static double[] sums(INDArray x, int[] dims, double divisor) {
        return sums(x, dims, divisor, null);
    }

    /** Returns Σ f(x) / divisor. */
    static double[] sums(INDArray x, int[] dims, double divisor, ReductionLoop.@Nullable Term f) {
        double[] sums = ReductionLoop.reduce(x, dims, Reducer.SUM, f);
        boolean plain = x.dataType() != DataType.DOUBLE || all(sums, Double::isFinite);
        double[] shares = plain
                ? sums
                : ReductionLoop.reduce(x, dims, Reducer.SUM, (v, at, n, target, step) -> {
                    if (f != null) {
                        f.apply(v, at, n, target, step);
                    }
                    scale(v, at, n);
                });
        if (divisor != 1 || !plain) {
            Arrays.setAll(
                    sums, i -> plain || Double.isFinite(sums[i]) ? sums[i] / divisor : shares[i] / divisor / SHARE);
        }
        return sums;
    }

    private static boolean all(double[] values, DoublePredicate predicate) {
        return Arrays.stream(values).allMatch(predicate);
    }

    private static void scale(double[] x, int at, int n) {
        for (int i = at; i < at + n; i++) {
            x[i] *= SHARE;
        }
    }

    /** Returns (Σ |x|ᵖ)^(1/p) for a finite p other than 0. */
    public static INDArray norm(INDArray x, double p, int[] dims, boolean keepDim) {
        double[] norms = norms(x, dims, p, 1, null);
        return Copy.of(x.dataType(), norms, Shapes.reduced(x.shape(), dims, keepDim));
    }

    /** Returns (Σ |x|ᵖ)^(1/p) of all elements, of which there is one at least, for p other than 0. */
    public static double norm(INDArray x, double p) {
        int[] all = new int[x.rank()];
        Arrays.setAll(all, d -> d);
        if (!Double.isInfinite(p)) {
            return norms(x, all, p, 1, null)[0];
        }
        return ReductionLoop.reduce(x, all, p > 0 ? Reducer.MAX : Reducer.MIN, (v, at, n, target, step) -> {
            for (int i = at; i < at + n; i++) {
                v[i] = Math.abs(v[i]);
            }
        })[0];
    }

    /** Returns √(Σ (x − mean x)² / freedom). */
    public static INDArray deviation(INDArray x, double freedom, int[] dims, boolean keepDim) {
        double[] deviations = norms(x, dims, 2, freedom, Means.of(x, dims));
        return Copy.of(x.dataType(), deviations, Shapes.reduced(x.shape(), dims, keepDim));
    }

    /** Returns (Σ |x − center|ᵖ / divisor)^(1/p), with centers of 0 if there are none. */
    private static double[] norms(INDArray x, int[] dims, double p, double divisor, @Nullable Means centers) {
        double[] powers = ReductionLoop.reduce(x, dims, Reducer.SUM, (v, at, n, target, step) -> {
            center(v, at, n, target, step, centers, 1);
            raise(v, at, n, p);
        });
        boolean fits = x.isEmpty() || (x.dataType() != DataType.DOUBLE && p == 2) || all(powers, Moments::isSafe);
        double factor = centers == null || all(powers, Double::isFinite) ? 1 : 0.5; // so that differences fit
        double[] scaled = fits ? powers : scaledNorms(x, dims, p, divisor, centers, factor);
        Arrays.setAll(powers, i -> fits || isSafe(powers[i]) ? root(powers[i] / divisor, p) : scaled[i]);
        return powers;
    }

    private static boolean isSafe(double sum) {
        return sum >= LEAST && sum < Double.POSITIVE_INFINITY;
    }

    /** The same of elements times a factor, divided by the largest of them or, for negative p, the smallest. */
    private static double[] scaledNorms(
            INDArray x, int[] dims, double p, double divisor, @Nullable Means centers, double factor) {
        Reducer extreme = p > 0 ? Reducer.MAX : Reducer.MIN;
        double[] extremes = ReductionLoop.reduce(x, dims, extreme, (v, at, n, target, step) -> {
            center(v, at, n, target, step, centers, factor);
            for (int i = at; i < at + n; i++) {
                v[i] = Math.abs(v[i]);
            }
        });
        double[] powers = ReductionLoop.reduce(x, dims, Reducer.SUM, (v, at, n, target, step) -> {
            center(v, at, n, target, step, centers, factor);
            for (int i = 0; i < n; i++) {
                v[at + i] /= extremes[target + i * step];
            }
            raise(v, at, n, p);
        });
        Arrays.setAll(powers, i -> {
            double sum = extremes[i] == 0 ? 0 : powers[i];
            boolean isLimit = !Double.isFinite(extremes[i]) || (p < 0 && extremes[i] == 0);
            return isLimit ? extremes[i] : extremes[i] * root(sum / divisor, p) / factor;
        });
        return powers;
    }

    private static void center(
            double[] x, int at, int n, int target, int step, @Nullable Means centers, double factor) {
        if (centers != null && factor == 1) {
            centers.subtract(x, at, n, target, step);
        } else if (centers != null) {
            centers.subtract(x, at, n, target, step, factor);
        }
    }

    private static void raise(double[] x, int at, int n, double p) {
        for (int i = at; i < at + n; i++) {
            x[i] = p == 2 ? x[i] * x[i] : Math.pow(Math.abs(x[i]), p);
        }
    }

    /** Returns sum^(1/p), with a step of Newton's method for what rounding 1/p costs large numbers. */
    private static double root(double sum, double p) {
        double root = p == 2 ? Math.sqrt(sum) : Math.pow(sum, 1 / p);
        double off = p == 2 || !isSafe(sum) ? 0 : (Math.pow(root, p) / sum - 1) / p;
        return off == 0 || !Double.isFinite(off) ? root : root - root * off;
    }
}
