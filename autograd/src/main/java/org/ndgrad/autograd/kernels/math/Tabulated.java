package org.ndgrad.autograd.kernels.math;

import java.util.function.DoubleUnaryOperator;
import org.ndgrad.autograd.kernels.math.PiecewisePolynomial.Pieces;
import org.ndgrad.autograd.kernels.math.PiecewisePolynomial.Zero;

/**
 * Elementary functions that take 10 to 70 ns in {@link Math}: of float32 as {@link PiecewisePolynomial polynomials}. In
 * float64 these would be less exact than the functions themselves, which are called there.
 */
public final class Tabulated {

    private static final Zero ZERO = new Zero(0, 0);

    /** How far from where a function is infinite, or infinitely steep, there still is a float. */
    private static final double LEAST = 0x1p-24;

    private static final double MOST = 0x1p10;

    /** Beyond ± this, hyperbolic functions and their inverses are left to {@link Math}. */
    private static final double FAR = 16;

    /** Below, arccos x is taken from π: towards −1, pieces do not get shorter. */
    private static final double ACOS_LEAST = -0.5;

    /** ln(1 + x). */
    public static final Unary LOG1P =
            floats(Math::log1p, new Pieces(false, 1, 1, LEAST, MOST, 6), new Zero(0, -0.0)); // 0 of 0, −0 of −0

    /** log₂ x, a whole number for a power of two. */
    public static final Unary LOG2 = floats(DoubleMath::log2, Pieces.relative(1 / MOST, MOST), new Zero(1, 0));

    /** log₁₀ x. */
    public static final Unary LOG10 = floats(Math::log10, Pieces.relative(1 / MOST, MOST), new Zero(1, 0));

    /** arcsin x. */
    public static final Unary ASIN = floats(Math::asin, Pieces.towardsOne(LEAST), ZERO);

    private static final PiecewisePolynomial ACOS_ABOVE =
            new PiecewisePolynomial(Tabulated::acos, new Pieces(false, 1, -1, LEAST, 1 - ACOS_LEAST, 6));

    /** arccos x. */
    public static final Unary ACOS =
            new Unary(Math::acos, ACOS_ABOVE::floats, DoubleLoops.each(Math::acos), PiecewisePolynomial.COST);

    /** arctan x. */
    public static final Unary ATAN = floats(Math::atan, Pieces.wide(0, FAR).ofOdd(), ZERO);

    /** sinh x. */
    public static final Unary SINH = floats(Math::sinh, Pieces.wide(0, FAR).ofOdd(), ZERO);

    /** cosh x. */
    public static final Unary COSH = floats(Math::cosh, Pieces.wide(-FAR, FAR));

    /** arsinh x. */
    public static final Unary ASINH =
            floats(DoubleMath::asinh, Pieces.wide(0, FAR).ofOdd(), ZERO);

    /** arcosh x. */
    public static final Unary ACOSH = floats(DoubleMath::acosh, new Pieces(false, -1, 1, LEAST, MOST, 6));

    /** artanh x. */
    public static final Unary ATANH = floats(DoubleMath::atanh, Pieces.towardsOne(LEAST), ZERO);

    private Tabulated() {}

    private static double acos(double x) {
        return x < ACOS_LEAST ? Math.PI - ACOS_ABOVE.applyAsDouble(-x) : Math.acos(x);
    }

    private static Unary floats(DoubleUnaryOperator exact, Pieces pieces, Zero... zeros) {
        FloatLoops.One floats = new PiecewisePolynomial(exact, pieces, zeros)::floats;
        return new Unary(exact, floats, DoubleLoops.each(exact), PiecewisePolynomial.COST);
    }
}
