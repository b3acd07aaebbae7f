package org.ndgrad.autograd.kernels.math;

import java.util.function.DoubleUnaryOperator;

/**
 * Activation functions made of exponentials, their backward passes of a gradient g and x, and a loss of a logit x. At
 * ±∞ they are what they tend to.
 */
public final class SmoothActivations {

    private static final double ROOT_HALF = Math.sqrt(0.5);
    private static final double ROOT_2_OVER_PI = Math.sqrt(2 / Math.PI);
    private static final double ONE_OVER_ROOT_2_PI = 1 / Math.sqrt(2 * Math.PI);
    private static final double CUBIC = 0.044715;

    /** Beyond, e⁻ˣ is 0. */
    private static final double EXP_MOST = 800;

    /** Beyond, the normal density is 0. */
    private static final double NORMAL_MOST = 40;

    /** ln σ(x), exact far below 0. */
    public static final Unary LOG_SIGMOID = function(FloatSmoothLoops::logsigmoid, DoubleLogarithms::logsigmoid);

    /** −t ln σ(x) − (1 − t) ln σ(−x), where a factor of 0 counts more than an infinite logarithm. */
    public static final Binary LOGISTIC_LOSS = Binary.ofSteps(FloatSmoothLoops::logisticLoss, DoubleLogistic::loss);

    /** (1 − t) σ(x) − t σ(−x), the derivative of the loss, which is σ(x) − t with all digits. */
    public static final Binary LOGISTIC_SLOPE =
            Binary.ofSteps(FloatSmoothLoops::logisticSlope, DoubleLogistic.LOSS_SLOPE);

    /** g · (1 − tanh² x). */
    public static final Binary TANH_BACKWARD = backward(DoubleMath::tanhSlope, FloatSmoothLoops::tanhSlope);

    /** g · σ(x) · σ(−x). */
    public static final Binary SIGMOID_BACKWARD = backward(DoubleMath::sigmoidSlope, FloatSmoothLoops::sigmoidSlope);

    /** x · σ(x). */
    public static final Unary SILU = function(FloatSmoothLoops::silu, DoubleLogistic.SILU);

    /** g · (σ + x · σ · (1 − σ)). */
    public static final Binary SILU_BACKWARD = backward(SmoothActivations::siluSlope, FloatSmoothLoops::siluSlope);

    /** x · tanh(ln(1 + eˣ)). */
    public static final Unary MISH = function(FloatSmoothLoops::mish, DoubleExponentials::mish);

    /** g · (t + x · σ · (1 − t²)) with t = tanh(ln(1 + eˣ)). */
    public static final Binary MISH_BACKWARD = backward(SmoothActivations::mishSlope, FloatSmoothLoops::mishSlope);

    /** x · Φ(x). */
    public static final Unary GELU = function(x -> Math.max(x, -NORMAL_MOST) * phi(x), FloatSmoothLoops::gelu);

    /** g · (Φ(x) + x · e^(−x²/2) / √(2π)). */
    public static final Binary GELU_BACKWARD = backward(SmoothActivations::geluSlope, FloatSmoothLoops::geluSlope);

    /** x · (1 + tanh u) / 2 with u = √(2/π) (x + 0.044715 x³). */
    public static final Unary GELU_TANH = function(FloatSmoothLoops::geluTanh, DoubleLogistic.GELU_TANH);

    /** g · ((1 + t) / 2 + x · (1 − t²) · u′ / 2) with u as above and t = tanh u. */
    public static final Binary GELU_TANH_BACKWARD =
            backward(SmoothActivations::geluTanhSlope, FloatSmoothLoops::geluTanhSlope);

    private SmoothActivations() {}

    /** Returns scale · x where x &gt; 0, else scale · alpha · (e^(rate · x) − 1). */
    public static Unary elu(double alpha, double rate, double scale) {
        return function(
                (x, y, s, n) -> FloatSmoothLoops.elu(x, (float) alpha, (float) rate, (float) scale, y, s, n),
                (s, n) -> DoubleExponentials.elu(alpha, rate, scale, s, n));
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
                (x, y, s, n) -> FloatSmoothLoops.softplus(x, (float) beta, linear, y, s, n),
                (s, n) -> DoubleLogarithms.softplus(beta, threshold, s, n));
    }

    /** Returns g · σ(beta · x), and g where beta · x exceeds the threshold. */
    public static Binary softplusBackward(double beta, double threshold) {
        FloatSelect curved = FloatSelect.of(Interval.above(threshold).not());
        return backward(
                x -> x * beta > threshold ? 1 : DoubleMath.sigmoid(x * beta),
                (x, y, s, n) -> FloatSmoothLoops.softplusSlope(x, (float) beta, curved, y, s, n));
    }

    private static Unary function(FloatMath.Step floats, DoubleSteps.Step doubles) {
        return DoubleSteps.unary((x, z, n) -> FloatMath.inBlocks(floats, x, z, n), doubles, 1);
    }

    private static Unary function(DoubleUnaryOperator f, FloatMath.Step floats) {
        return Unary.of(f, (x, z, n) -> FloatMath.inBlocks(floats, x, z, n));
    }

    private static Binary backward(DoubleUnaryOperator slope, FloatMath.Step floats) {
        return Binary.of((g, x) -> g * slope.applyAsDouble(x), (g, x, z, n) -> FloatMath.inBlocks(floats, g, x, z, n));
    }

    private static double clamp(double x, double most) {
        return Math.min(Math.max(x, -most), most);
    }

    private static double softplus(double x) {
        return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    private static double siluSlope(double x) {
        return DoubleMath.sigmoid(x) * (1 + clamp(x, EXP_MOST) * DoubleMath.sigmoid(-x));
    }

    private static double mishSlope(double x) {
        double rise = softplus(x);
        return DoubleMath.tanh(rise) + clamp(x, EXP_MOST) * DoubleMath.sigmoid(x) * DoubleMath.tanhSlope(rise);
    }

    /** Returns the distribution function of the standard normal distribution, Φ(x) = erfc(−x √½) / 2. */
    private static double phi(double x) {
        double z = -x * ROOT_HALF;
        return 0.5 * ErrorFunctions.ERFC.applyAsDouble(z) * (z > 1 && z < NORMAL_MOST ? 1 + excess(z, x) : 1);
    }

    /** Returns z² − x²/2 for a z that is |x| √½ rounded: by so much, e^(−z²) in erfc z is too small. */
    private static double excess(double z, double x) {
        double zHead = (float) z;
        double xHead = (float) x;
        double heads = zHead * zHead - 0.5 * xHead * xHead; // exact, as the squares are
        return heads + ((z - zHead) * (z + zHead) - 0.5 * ((x - xHead) * (x + xHead)));
    }

    private static double geluSlope(double x) {
        return phi(x) + clamp(x, NORMAL_MOST) * (DoubleMath.gauss(x) * ONE_OVER_ROOT_2_PI);
    }

    /** Returns 2u for {@link #GELU_TANH}, in which (1 + tanh u) / 2 = σ(2u). */
    private static double inner(double x) {
        return 2 * ROOT_2_OVER_PI * (x + CUBIC * x * x * x);
    }

    private static double geluTanhSlope(double x) {
        double near = clamp(x, NORMAL_MOST);
        double rise = 2 * ROOT_2_OVER_PI * (1 + 3 * CUBIC * near * near);
        return DoubleMath.sigmoid(inner(x)) + near * DoubleMath.sigmoidSlope(inner(x)) * rise;
    }
}
