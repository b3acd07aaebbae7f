package org.ndgrad.autograd.kernels.math;

/**
 * Activation functions that consist of straight lines and parabolas, and their backward passes of a gradient g and x.
 */
public final class PiecewiseActivations {

    /** x where x &gt; 0, else w · x. */
    public static final Binary PRELU = Binary.of((x, w) -> x > 0 ? x : x * w, FloatPiecewiseLoops::prelu);

    /** x / (1 + |x|), ±1 at ±∞. */
    public static final Unary SOFTSIGN = Unary.of(PiecewiseActivations::softsign, FloatPiecewiseLoops::softsign);

    /** min(max(x / 6 + 1/2, 0), 1). */
    public static final Unary HARDSIGMOID =
            Unary.of(x -> Math.min(Math.max(x + 3, 0), 6) / 6, FloatPiecewiseLoops::hardsigmoid);

    /** x · hardsigmoid x. */
    public static final Unary HARDSWISH =
            Unary.of(x -> x * Math.min(Math.max(x + 3, 0), 6) / 6, FloatPiecewiseLoops::hardswish);

    /** 0 where x ≤ −3, g · (x / 3 + 1/2) where x &lt; 3, else g. */
    public static final Binary HARDSWISH_BACKWARD =
            Binary.of((g, x) -> x <= -3 ? 0 : x < 3 ? g * (x / 3 + 0.5) : g, FloatPiecewiseLoops::hardswishBackward);

    private PiecewiseActivations() {}

    private static double softsign(double x) {
        double finite = Math.min(Math.max(x, -Double.MAX_VALUE), Double.MAX_VALUE);
        return finite / (1 + Math.abs(finite));
    }

    /** Returns x where x &gt; 0, else slope · x. */
    public static Unary leakyRelu(double slope) {
        float factor = (float) slope;
        boolean isLarger = factor > 0 && factor <= 1; // then slope · x is the larger one where x < 0
        return Unary.of(
                x -> x > 0 ? x : x * slope,
                isLarger
                        ? (x, z, n) -> FloatPiecewiseLoops.leaky(x, factor, z, n)
                        : (x, z, n) -> FloatPiecewiseLoops.leakyBackward(x, x, factor, z, n));
    }

    /** Returns g where x &gt; 0, else slope · g. */
    public static Binary leakyReluBackward(double slope) {
        return Binary.of(
                (g, x) -> x > 0 ? g : g * slope,
                (g, x, z, n) -> FloatPiecewiseLoops.leakyBackward(g, x, (float) slope, z, n));
    }

    /** Returns x where it belongs to the interval, else value. */
    public static Unary keep(Interval interval, double value) {
        FloatSelect select = FloatSelect.of(interval);
        return new Unary(
                x -> interval.test(x) ? x : value,
                (x, z, n) -> select.choose(x, x, (float) value, z, n),
                (x, z, n) -> DoubleLoops.keep(x, interval, value, z, n));
    }

    /** Returns x moved by lambda toward 0, which it does not cross. */
    public static Unary softshrink(double lambda) {
        return Unary.of(
                x -> x > lambda ? x - lambda : x < -lambda ? x + lambda : x * 0,
                (x, z, n) -> FloatPiecewiseLoops.softshrink(x, (float) lambda, z, n));
    }
}
