package org.ndgrad.autograd.kernels.math;

import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.special.Erf;
import org.ndgrad.autograd.kernels.math.PiecewisePolynomial.Pieces;
import org.ndgrad.autograd.kernels.math.PiecewisePolynomial.Zero;

/** The error function, its complement and its inverse, to about 15 digits of the result however small that is. */
public final class ErrorFunctions {

    /** 2/√π ∫ e^(−t²) dt from 0 to x. */
    public static final Unary ERF =
            unary(ErrorFunctions::erf, Pieces.wide(0, 6).ofOdd(), FloatErrorLoops::erf, new Zero(0, 0));

    /** 1 − erf x, with all digits also where it is close to 0. */
    public static final Unary ERFC = unary(ErrorFunctions::erfc, Pieces.wide(-6, 5), FloatErrorLoops::erfc);

    /** The number whose erf is x: ±∞ at ±1, NaN beyond. */
    public static final Unary ERFINV =
            unary(ErrorFunctions::erfinv, Pieces.towardsOne(0x1p-12), FloatErrorLoops::erfinv, new Zero(0, 0));

    /** 2/√π, the slope of erf at 0. */
    public static final double TWO_OVER_ROOT_PI = 2 / Math.sqrt(Math.PI);

    /** Below, the power series of erf is short; above, erfc is not close to 1. */
    private static final double NEAR = 0.5;

    /** Beyond, erfc is less than the smallest double. */
    private static final double FAR = 27.3;

    /** The power series of erf x / x in x², to be exact up to x = 1. */
    private static final double[] SERIES = series(21);

    private ErrorFunctions() {}

    private static Unary unary(DoubleUnaryOperator exact, Pieces pieces, FloatLoops.One floats, Zero... zeros) {
        PiecewisePolynomial polynomials = new PiecewisePolynomial(exact, pieces, zeros);
        return new Unary(polynomials, floats, polynomials::doubles, PiecewisePolynomial.COST);
    }

    private static double erf(double x) {
        if (Math.abs(x) > 1) {
            return x > 0 ? 1 - erfc(x) : erfc(-x) - 1;
        }
        double square = x * x;
        double sum = 0;
        for (int n = SERIES.length - 1; n >= 0; n--) {
            sum = sum * square + SERIES[n];
        }
        return x * sum;
    }

    private static double erfc(double x) {
        if (x < NEAR) {
            return x < -1 ? 2 - erfc(-x) : 1 - erf(x);
        }
        if (x > FAR) {
            return 0;
        }
        double fraction = x; // x + ½ / (x + 1 / (x + 3/2 / (x + …
        for (int k = 20 + (int) (220 / (x * x)); k > 0; k--) {
            fraction = x + k / (2 * fraction);
        }
        double head = (float) x; // its square is exact, so that e^(−x²) keeps its digits
        double gauss = Math.exp(-head * head) * Math.exp((head - x) * (head + x));
        return gauss / (Math.sqrt(Math.PI) * fraction);
    }

    private static double erfinv(double x) {
        double target = Math.abs(x);
        double y = Erf.erfInv(target);
        if (target < 1) { // one step of Newton's method; 1 − target is exact where it is used
            double excess = target < NEAR ? erf(y) - target : 1 - target - erfc(y);
            y -= excess * Math.exp(y * y) / TWO_OVER_ROOT_PI;
        }
        return Math.copySign(y, x);
    }

    private static double[] series(int terms) {
        double[] series = new double[terms];
        double coefficient = TWO_OVER_ROOT_PI;
        for (int n = 0; n < terms; n++) {
            series[n] = coefficient / (2 * n + 1);
            coefficient /= -(n + 1);
        }
        return series;
    }
}
