package org.ndgrad.autograd.kernels.math;

import java.util.function.DoubleUnaryOperator;

/**
 * Activation functions that consist of straight lines and parabolas, and their backward passes of a gradient g and x.
 */
public final class PiecewiseActivations {

    /** x where x &gt; 0, else w · x. */
    public static final Binary PRELU = Binary.of((x, w) -> x > 0 ? x : x * w, FloatPiecewiseLoops::prelu);

    /** x / (1 + |x|), ±1 at ±∞. */
    public static final Unary SOFTSIGN =
            new Unary(PiecewiseActivations::softsign, FloatPiecewiseLoops::softsign, DoublePiecewiseLoops::softsign);

    /** min(max(x / 6 + 1/2, 0), 1). */
    public static final Unary HARDSIGMOID = new Unary(
            x -> Math.min(Math.max(x + 3, 0), 6) / 6,
            FloatPiecewiseLoops::hardsigmoid,
            DoublePiecewiseLoops::hardsigmoid);

    /** x · hardsigmoid x. */
    public static final Unary HARDSWISH = new Unary(
            x -> x * Math.min(Math.max(x + 3, 0), 6) / 6,
            FloatPiecewiseLoops::hardswish,
            DoublePiecewiseLoops::hardswish);

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
        boolean isLarger = slope > 0 && slope <= 1; // then slope · x is the larger one where x < 0
        DoubleUnaryOperator one = x -> x > 0 ? x : x * slope;
        return new Unary(
                one,
                isLarger
                        ? (x, z, n) -> FloatPiecewiseLoops.leaky(x, factor, z, n)
                        : (x, z, n) -> FloatPiecewiseLoops.leakyBackward(x, x, factor, z, n),
                isLarger ? (x, z, n) -> DoublePiecewiseLoops.leaky(x, slope, z, n) : DoubleLoops.each(one));
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
        DoubleSelect selectDouble = DoubleSelect.of(interval);
        return new Unary(
                x -> interval.test(x) ? x : value,
                (x, z, n) -> select.choose(x, x, (float) value, z, n),
                (x, z, n) -> selectDouble.choose(x, x, value, z, n));
    }

    /** Returns x moved by lambda toward 0, which it does not cross. */
    public static Unary softshrink(double lambda) {
        return new Unary(
                x -> x > lambda ? x - lambda : x < -lambda ? x + lambda : x * 0,
                (x, z, n) -> FloatPiecewiseLoops.softshrink(x, (float) lambda, z, n),
                (x, z, n) -> DoublePiecewiseLoops.softshrink(x, lambda, z, n));
    }
}
