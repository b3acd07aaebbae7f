package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.function.BiFunction;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.KeepDim;
import org.ndgrad.autograd.Tensor;

/**
 * Windows as in {@link Pooling}, each reduced to its p-norm. As in PyTorch, powers are not of absolute values: an odd
 * or broken p wants elements of at least 0, and p = ±∞ is the largest or smallest absolute value.
 */
public final class LpPooling {

    private static final double POWERS_FIT = 900;

    private LpPooling() {}

    /** y = the p-norm of each window of a size, side by side; see {@link #lpPool1d(Tensor, double, PoolOptions)}. */
    public static Tensor lpPool1d(Tensor x, double p, long kernel) {
        return lpPool1d(x, p, PoolOptions.of(kernel));
    }

    /**
     * y[i] = (Σₖ x[i · stride + k]ᵖ)^(1/p); ∂L/∂x = g · y^(1−p) · x^(p−1), summed up, and 0 where the sum is 0. A
     * window that reaches beyond the end in ceil mode counts as if what is missing were the mean of the rest.
     *
     * @param x shape (N, C, L) or (C, L), floating
     * @param options kernel, stride and ceil mode only
     * @return shape (N, C, L') or (C, L'), as with {@link Pooling#maxPool1dWithIndices}
     * @throws IllegalArgumentException if shape and options do not fit
     */
    public static Tensor lpPool1d(Tensor x, double p, PoolOptions options) {
        return lpPool("lpPool1d", 1, x, p, options, Pooling::avgPool1d, Pooling::maxPool1d);
    }

    /** y = the p-norm of each window of a size, side by side; see {@link #lpPool2d(Tensor, double, PoolOptions)}. */
    public static Tensor lpPool2d(Tensor x, double p, long kernel) {
        return lpPool2d(x, p, PoolOptions.of(kernel));
    }

    /**
     * y = p-norms as of {@link #lpPool1d(Tensor, double, PoolOptions) lpPool1d}, over two dims; ∂L/∂x = g · y^(1−p) ·
     * x^(p−1), summed up, and 0 where the sum is 0.
     *
     * @param x shape (N, C, H, W) or (C, H, W), floating
     * @param options kernel, stride and ceil mode only
     * @return shape (N, C, H', W') or (C, H', W')
     * @throws IllegalArgumentException if shape and options do not fit
     */
    public static Tensor lpPool2d(Tensor x, double p, PoolOptions options) {
        return lpPool("lpPool2d", 2, x, p, options, Pooling::avgPool2d, Pooling::maxPool2d);
    }

    /** y = the p-norm of each window of a size, side by side; see {@link #lpPool3d(Tensor, double, PoolOptions)}. */
    public static Tensor lpPool3d(Tensor x, double p, long kernel) {
        return lpPool3d(x, p, PoolOptions.of(kernel));
    }

    /**
     * y = p-norms as of {@link #lpPool1d(Tensor, double, PoolOptions) lpPool1d}, over three dims; ∂L/∂x = g · y^(1−p) ·
     * x^(p−1), summed up, and 0 where the sum is 0.
     *
     * @param x shape (N, C, D, H, W) or (C, D, H, W), floating
     * @param options kernel, stride and ceil mode only
     * @return shape (N, C, D', H', W') or (C, D', H', W')
     * @throws IllegalArgumentException if shape and options do not fit
     */
    public static Tensor lpPool3d(Tensor x, double p, PoolOptions options) {
        return lpPool("lpPool3d", 3, x, p, options, Pooling::avgPool3d, Pooling::maxPool3d);
    }

    private static Tensor lpPool(
            String op,
            int ndim,
            Tensor x,
            double p,
            PoolOptions options,
            BiFunction<Tensor, PoolOptions, Tensor> average,
            BiFunction<Tensor, PoolOptions, Tensor> maximum) {
        OpChecks.floating(op, x);
        ConvChecks.image(op, ndim, x);
        checkOptions(op, options);
        if (Double.isInfinite(p)) {
            return p > 0
                    ? maximum.apply(x.abs(), options)
                    : maximum.apply(x.abs().neg(), options).neg();
        }
        checkArgument(
                p != 0 && !Double.isNaN(p), "%s: expected a p other than 0; got %s. Use 2, or 1 for sums.", op, p);
        double size = 1;
        for (long length : ConvChecks.each(op, "kernel", options.kernel(), ndim)) {
            size *= length;
        }
        Tensor wide = x.to(DataType.DOUBLE); // so that powers fit; of float64 in units in which they do
        double unit = unit(wide, p);
        return root(average.apply(wide.div(unit).pow(p), options), size, p)
                .mul(unit)
                .to(x.dtype());
    }

    /** Returns 1 if the p-th power of the largest element fits, else a power of two near that element. */
    private static double unit(Tensor x, double p) {
        double largest = x.numel() == 0
                ? 0
                : Reductions.amax(x.detach().abs(), new int[0], KeepDim.NO).item();
        int exponent = Math.getExponent(largest);
        boolean fits = Math.abs(exponent * p) < POWERS_FIT || !(largest > 0 && largest <= Double.MAX_VALUE);
        return fits ? 1 : Math.scalb(1.0, exponent);
    }

    /** The factors change no value, but stop the root's infinite gradient at 0. */
    private static Tensor root(Tensor mean, double elements, double p) {
        return mean.sign().mul(mean.abs().relu()).mul(elements).pow(1 / p);
    }

    private static void checkOptions(String op, PoolOptions options) {
        PoolOptions plain = PoolOptions.of(options.kernel().toArray())
                .withStride(options.stride().toArray())
                .withCeilMode(options.ceilMode());
        checkArgument(
                options.equals(plain),
                "%s: expected options of kernel, stride and ceilMode only; got %s. Pad with pad, leave out the rest.",
                op,
                options);
    }
}
