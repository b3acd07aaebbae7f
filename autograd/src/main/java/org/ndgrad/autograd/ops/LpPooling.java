package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.KeepDim;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;

/**
 * Windows as in {@link Pooling}, each reduced to its p-norm. As in PyTorch, powers are not of absolute values: an odd
 * or broken p wants elements of at least 0, and p = ±∞ is the largest or smallest absolute value.
 */
public final class LpPooling {

    private static final int POWERS_FIT = 900; // exponents of two of sums of powers, at most, and from minus that
    private static final int FLOAT_EXPONENTS = 150;

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
        Tensor wide = x.to(DataType.DOUBLE); // so that powers fit, which those of float64 may not
        Tensor powers = wide.pow(p);
        Tensor mean = average.apply(powers, options);
        if (x.dtype() != DataType.DOUBLE && Math.abs(p) <= POWERS_FIT / FLOAT_EXPONENTS) {
            return root(mean, size, p).to(x.dtype());
        }
        Tensor sizes = mean.detach().abs();
        Tensor fits =
                Comparison.logicalAnd(sizes.ge(Math.scalb(1.0, -POWERS_FIT)), sizes.le(Math.scalb(1.0, POWERS_FIT)));
        if (fits.all().item() == 1) {
            return root(mean, size, p).to(x.dtype());
        }
        double side = Math.signum(p);
        Tensor known = Comparison.maskedFill(wide.detach().abs(), Comparison.isnan(powers.detach()), Double.NaN);
        Tensor lead = maximum.apply(known.mul(side), options).mul(side);
        Tensor measured = Comparison.logicalAnd(lead.gt(0), lead.le(Double.MAX_VALUE));
        Tensor plain = Comparison.logicalOr(fits, Comparison.logicalNot(measured));
        return plain.all().item() == 1
                ? root(mean, size, p).to(x.dtype())
                : scaled(op, ndim, wide, p, options, Comparison.maskedFill(lead, plain, 1))
                        .to(x.dtype());
    }

    /**
     * y = p-norms, each computed in a unit u of its window; with the factor c of the sum for what is missing
     * at the end, ∂L/∂x = g · c · ((x / u) / (y / u))^(p−1), in which y / u is not rounded as y may be.
     */
    private static Tensor scaled(String op, int ndim, Tensor x, double p, PoolOptions options, Tensor units) {
        Tensor windows = windows(op, ndim, x, options, units.shape());
        Tensor present = windows(op, ndim, Tensor.onesLike(x.detach()), options, units.shape());
        Tensor missing = present.eq(0);
        int[] within = IntStream.range(-ndim, 0).toArray();
        Tensor growth = Reductions.mean(present, within, KeepDim.YES).rdiv(1).mul(present);
        long[] single = Arrays.copyOf(units.shape(), windows.ndim());
        Arrays.fill(single, units.ndim(), single.length, 1);
        Tensor unit = units.reshape(single);
        UnaryOperator<Tensor> inUnits = w -> Comparison.maskedFill(w.div(unit), missing, 1); // growth is 0 there
        UnaryOperator<Tensor> sums = w -> Reductions.sum(w.pow(p).mul(growth), within, KeepDim.YES);
        Tensor norms = sums.apply(inUnits.apply(windows.detach())).pow(1 / p).mul(unit);
        return Op.of(op, norms)
                .wrt(
                        windows,
                        g -> {
                            Tensor known = inUnits.apply(windows);
                            Tensor sum = sums.apply(known);
                            Tensor none = sum.eq(0);
                            Tensor norm = Comparison.maskedFill(sum, none, 1).pow(1 / p);
                            Tensor slopes = known.div(norm).pow(p - 1).mul(growth);
                            return Comparison.maskedFill(slopes, none, 0).mul(g);
                        },
                        windows,
                        unit,
                        missing,
                        growth)
                .tensor()
                .reshape(units.shape());
    }

    /** Returns windows with their elements in the last dims, zeros beyond the end. */
    private static Tensor windows(String op, int ndim, Tensor x, PoolOptions options, long[] shape) {
        long[] kernel = ConvChecks.each(op, "kernel", options.kernel(), ndim);
        long[] stride = options.stride().isEmpty() ? kernel : ConvChecks.each(op, "stride", options.stride(), ndim);
        long[] pads = new long[2 * ndim];
        for (int d = 0; d < ndim; d++) {
            long reach = (shape[shape.length - ndim + d] - 1) * stride[d] + kernel[d];
            pads[2 * (ndim - 1 - d) + 1] = Math.max(reach - x.size(d - ndim), 0);
        }
        Tensor windows = Padding.pad(x, pads);
        for (int d = 0; d < ndim; d++) {
            windows = Windows.unfold(windows, x.ndim() - ndim + d, kernel[d], stride[d]);
        }
        return windows;
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
