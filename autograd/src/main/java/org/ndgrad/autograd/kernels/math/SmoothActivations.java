package org.ndgrad.autograd.kernels.math;

import java.util.function.DoubleUnaryOperator;

/** Activation functions made of exponentials, their backward passes of a gradient g and x, and a loss of a logit x. */
public final class SmoothActivations {

    private static final double ROOT_HALF = Math.sqrt(0.5);
    private static final double ROOT_2_OVER_PI = Math.sqrt(2 / Math.PI);
    private static final double ONE_OVER_ROOT_2_PI = 1 / Math.sqrt(2 * Math.PI);
    private static final double CUBIC = 0.044715;

    /** ln σ(x), exact far below 0. */
    public static final Unary LOG_SIGMOID =
            function(x -> Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x))), FloatSmoothLoops::logSigmoid);

    /** −t ln σ(x) − (1 − t) ln σ(−x). */
    public static final Binary LOGISTIC_LOSS = Binary.of(
            (x, t) -> Math.max(x, 0) - x * t + Math.log1p(Math.exp(-Math.abs(x))), FloatSmoothLoops::logisticLoss);

    /** x · σ(x). */
    public static final Unary SILU = function(x -> x * sigmoid(x), FloatSmoothLoops::silu);

    /** g · (σ + x · σ · (1 − σ)). */
    public static final Binary SILU_BACKWARD =
            backward(x -> sigmoid(x) * (1 + x * (1 - sigmoid(x))), FloatSmoothLoops::siluSlope);

    /** x · tanh(ln(1 + eˣ)). */
    public static final Unary MISH = function(x -> x * DoubleMath.tanh(softplus(x)), FloatSmoothLoops::mish);

    /** g · (t + x · σ · (1 − t²)) with t = tanh(ln(1 + eˣ)). */
    public static final Binary MISH_BACKWARD = backward(SmoothActivations::mishSlope, FloatSmoothLoops::mishSlope);

    /** x · Φ(x). */
    public static final Unary GELU = function(x -> x * phi(x), FloatSmoothLoops::gelu);

    /** g · (Φ(x) + x · e^(−x²/2) / √(2π)). */
    public static final Binary GELU_BACKWARD =
            backward(x -> phi(x) + x * Math.exp(-0.5 * x * x) * ONE_OVER_ROOT_2_PI, FloatSmoothLoops::geluSlope);

    /** x · (1 + tanh u) / 2 with u = √(2/π) (x + 0.044715 x³). */
    public static final Unary GELU_TANH = function(x -> 0.5 * x * (1 + inner(x)), FloatSmoothLoops::geluTanh);

    /** g · ((1 + t) / 2 + x · (1 − t²) · u′ / 2) with u as above and t = tanh u. */
    public static final Binary GELU_TANH_BACKWARD =
            backward(SmoothActivations::geluTanhSlope, FloatSmoothLoops::geluTanhSlope);

    private SmoothActivations() {}

    /** Returns scale · x where x &gt; 0, else scale · alpha · (e^(rate · x) − 1). */
    public static Unary elu(double alpha, double rate, double scale) {
        return function(
                x -> x > 0 ? scale * x : scale * alpha * Math.expm1(rate * x),
                (x, y, s, n) -> FloatSmoothLoops.elu(x, (float) alpha, (float) rate, (float) scale, y, s, n));
    }

    /** Returns scale · g where x &gt; 0, else scale · alpha · rate · g · e^(rate · x). */
    public static Binary eluBackward(double alpha, double rate, double scale) {
        return backward(
                x -> x <= 0 ? scale * alpha * rate * Math.exp(rate * x) : scale,
                (x, y, s, n) -> FloatSmoothLoops.eluSlope(x, (float) alpha, (float) rate, (float) scale, y, s, n));
    }

    /** Returns ln(1 + e^(beta · x)) / beta, and x where beta · x exceeds the threshold. */
    public static Unary softplus(double beta, double threshold) {
        FloatSelect linear = FloatSelect.of(Interval.above(threshold));
        return function(
                x -> x * beta > threshold ? x : softplus(x * beta) / beta,
                (x, y, s, n) -> FloatSmoothLoops.softplus(x, (float) beta, linear, y, s, n));
    }

    /** Returns g · σ(beta · x), and g where beta · x exceeds the threshold. */
    public static Binary softplusBackward(double beta, double threshold) {
        FloatSelect curved = FloatSelect.of(Interval.above(threshold).not());
        return backward(
                x -> x * beta > threshold ? 1 : sigmoid(x * beta),
                (x, y, s, n) -> FloatSmoothLoops.softplusSlope(x, (float) beta, curved, y, s, n));
    }

    private static Unary function(DoubleUnaryOperator f, FloatMath.Step floats) {
        return Unary.of(f, (x, z, n) -> FloatMath.inBlocks(floats, x, z, n));
    }

    private static Binary backward(DoubleUnaryOperator slope, FloatMath.Step floats) {
        return Binary.of((g, x) -> g * slope.applyAsDouble(x), (g, x, z, n) -> FloatMath.inBlocks(floats, g, x, z, n));
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    private static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    private static double mishSlope(double x) {
        double t = DoubleMath.tanh(softplus(x));
        return t + x * sigmoid(x) * (1 - t * t);
    }

    private static double phi(double x) {
        return 0.5 * (1 + ErrorFunctions.ERF.applyAsDouble(x * ROOT_HALF));
    }

    private static double inner(double x) {
        return DoubleMath.tanh(ROOT_2_OVER_PI * (x + CUBIC * x * x * x));
    }

    private static double geluTanhSlope(double x) {
        double t = inner(x);
        double rise = ROOT_2_OVER_PI * (1 + 3 * CUBIC * x * x);
        return 0.5 * (1 + t) + 0.5 * x * (1 - t * t) * rise;
    }
}
