package org.ndgrad.autograd.kernels.math;

import java.util.function.DoubleUnaryOperator;
import org.ndgrad.autograd.kernels.math.PiecewisePolynomial.Pieces;
import org.ndgrad.autograd.kernels.math.PiecewisePolynomial.Zero;

/** Elementary functions whose float32 values are rounded once, and which take 10 to 700 ns in {@link Math}. */
public final class Tabulated {

    private static final Zero ZERO = new Zero(0, 0);

    private static final float BELOW_1 = Math.nextDown(1f);

    /** Beyond ± this, arctan is left to {@link Math}. */
    private static final double FAR = 16;

    /** ln(1 + x). */
    public static final Unary LOG1P =
            DoubleSteps.unary(-BELOW_1, Float.MAX_VALUE, Math::log1p, FloatLogarithms::log1p, DoubleLogarithms::log1p);

    /** 2ˣ. */
    public static final Unary EXP2 = DoubleSteps.unary(DoubleExponentials::exp2OfFloats, DoubleExponentials::exp2);

    /** log₂ x, a whole number for a power of two. */
    public static final Unary LOG2 = DoubleSteps.unary(
            Float.MIN_NORMAL, Float.MAX_VALUE, DoubleMath::log2, FloatLogarithms::log2, DoubleLogarithms::log2);

    /** log₁₀ x. */
    public static final Unary LOG10 = DoubleSteps.unary(
            Float.MIN_NORMAL, Float.MAX_VALUE, Math::log10, FloatLogarithms::log10, DoubleLogarithms::log10);

    /** arcsin x. */
    public static final Unary ASIN = DoubleSteps.unary(DoubleArcFunctions::asinOfFloats, DoubleArcFunctions::asin);

    /** arccos x. */
    public static final Unary ACOS = DoubleSteps.unary(DoubleArcFunctions::acosOfFloats, DoubleArcFunctions::acos);

    /** arctan x. */
    public static final Unary ATAN = floats(Math::atan, Pieces.wide(0, FAR).ofOdd(), ZERO);

    /** sinh x. */
    public static final Unary SINH = DoubleSteps.unary(DoubleExponentials::sinhOfFloats, DoubleExponentials::sinh);

    /** cosh x. */
    public static final Unary COSH = DoubleSteps.unary(DoubleExponentials::coshOfFloats, DoubleExponentials::cosh);

    /** −x ln x, 0 at 0 and −∞ below. */
    public static final Unary ENTROPY = DoubleSteps.unary(DoubleEntropies.ENTROPY);

    /** arsinh x. */
    public static final Unary ASINH = DoubleSteps.unary(DoubleLogarithms::asinh);

    /** arcosh x. */
    public static final Unary ACOSH = DoubleSteps.unary(DoubleLogarithms.ACOSH);

    /** artanh x. */
    public static final Unary ATANH =
            DoubleSteps.unary(-BELOW_1, BELOW_1, DoubleMath::atanh, FloatLogarithms::atanh, DoubleLogarithms::atanh);

    private Tabulated() {}

    private static Unary floats(DoubleUnaryOperator exact, Pieces pieces, Zero... zeros) {
        FloatLoops.One floats = new PiecewisePolynomial(exact, pieces, zeros)::floats;
        return new Unary(exact, floats, DoubleLoops.each(exact), PiecewisePolynomial.COST);
    }
}
