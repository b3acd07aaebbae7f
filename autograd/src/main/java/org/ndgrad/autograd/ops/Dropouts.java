package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.ndgrad.autograd.HalfTypes;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.elementwise.DropoutMask;

/**
 * Relatives of {@link Activations#dropout}: whole channels, and noise that keeps mean and variance. Images and
 * channels, or elements, draw from the generator in row-major order, each one number. What is dropped forgets its
 * value, even if that was infinite.
 */
public final class Dropouts {

    /** What a dropped element would be after SELU if it came from −∞, without the sign: its λ · α. */
    private static final double SATURATION = 1.7580993408473766;

    private Dropouts() {}

    /**
     * y = x · m / (1 − p) with a mask m that is 0 for a whole channel with probability p, else 1; ∂L/∂x = g · m / (1 −
     * p) (Tompson et al. 2015).
     *
     * @param x shape (N, C, L) or (C, L), floating
     * @param p the probability to drop a channel, in [0, 1]
     */
    public static Tensor dropout1d(
            Tensor x, @Default("0.5") double p, @Default("Rng.defaultRng()") RandomGenerator rng) {
        checkDims("dropout1d", x, 2, 3, "(N, C, L) or (C, L)");
        return channels("dropout1d", x, p, rng, x.ndim() == 3 ? 2 : 1);
    }

    /**
     * y = x · m / (1 − p) with a mask m that is 0 for a whole channel with probability p, else 1; ∂L/∂x = g · m / (1 −
     * p) (Tompson et al. 2015). As in PyTorch, three dims are (N, C, L): a single image needs a batch of 1.
     *
     * @param x shape (N, C, H, W) or (N, C, L), floating
     * @param p the probability to drop a channel, in [0, 1]
     */
    public static Tensor dropout2d(
            Tensor x, @Default("0.5") double p, @Default("Rng.defaultRng()") RandomGenerator rng) {
        checkDims("dropout2d", x, 3, 4, "(N, C, H, W) or (N, C, L)");
        return channels("dropout2d", x, p, rng, 2);
    }

    /**
     * y = x · m / (1 − p) with a mask m that is 0 for a whole channel with probability p, else 1; ∂L/∂x = g · m / (1 −
     * p) (Tompson et al. 2015).
     *
     * @param x shape (N, C, D, H, W) or (C, D, H, W), floating
     * @param p the probability to drop a channel, in [0, 1]
     */
    public static Tensor dropout3d(
            Tensor x, @Default("0.5") double p, @Default("Rng.defaultRng()") RandomGenerator rng) {
        checkDims("dropout3d", x, 4, 5, "(N, C, D, H, W) or (C, D, H, W)");
        return channels("dropout3d", x, p, rng, x.ndim() == 5 ? 2 : 1);
    }

    /**
     * y = a · (x · m + (1 − m) · s) + b with a mask m that is 0 with probability p, else 1; ∂L/∂x = g · a · m. What is
     * dropped becomes s = −1.758, where SELU ends, and a and b keep mean 0 and variance 1 (Klambauer et al. 2017); with
     * p = 1 all is 0.
     *
     * @param x of a floating type
     * @param p the probability to drop an element, in [0, 1]
     */
    public static Tensor alphaDropout(
            Tensor x, @Default("0.5") double p, @Default("Rng.defaultRng()") RandomGenerator rng) {
        return alpha("alphaDropout", x, p, rng, x.shape());
    }

    /**
     * y = what {@link #alphaDropout} gives if whole channels are dropped; ∂L/∂x = g · a · m.
     *
     * @param x shape (N, C, *), floating
     * @param p the probability to drop a channel, in [0, 1]
     */
    public static Tensor featureAlphaDropout(
            Tensor x, @Default("0.5") double p, @Default("Rng.defaultRng()") RandomGenerator rng) {
        checkDims("featureAlphaDropout", x, 2, Integer.MAX_VALUE, "(N, C, *)");
        return alpha("featureAlphaDropout", x, p, rng, mask(x, 2));
    }

    private static Tensor channels(String op, Tensor x, double p, RandomGenerator rng, int leading) {
        return Activations.dropped(op, x, p, rng, mask(x, leading));
    }

    private static Tensor alpha(String op, Tensor x, double p, RandomGenerator rng, long... shape) {
        OpChecks.floating(op, x);
        DropoutMask.checkProbability(op, p);
        if (p == 1) {
            return Activations.dropped(op, x, p, rng, shape);
        }
        Tensor kept = Op.pure("mask", DropoutMask.keep(x.dtype(), rng, p, shape))
                .tensor()
                .ne(0);
        double scale = 1 / Math.sqrt((SATURATION * SATURATION * p + 1) * (1 - p));
        double shift = SATURATION * scale * p;
        return HalfTypes.wide(x, v -> Comparison.where(kept, v.mul(scale).add(shift), shift - SATURATION * scale));
    }

    /** Returns x's shape with 1 for all but the leading dims. */
    private static long[] mask(Tensor x, int leading) {
        long[] shape = x.shape();
        Arrays.fill(shape, leading, shape.length, 1);
        return shape;
    }

    private static void checkDims(String op, Tensor x, int least, int most, String shapes) {
        checkArgument(
                x.ndim() >= least && x.ndim() <= most,
                "%s: expected an input of shape %s; got %s. Add or drop dims, or use dropout.",
                op,
                shapes,
                Shapes.format(x.shape()));
    }
}
