package org.ndgrad.autograd.kernels.math;

import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.special.Gamma;
import org.ndgrad.autograd.kernels.math.PiecewisePolynomial.Pieces;
import org.ndgrad.autograd.kernels.math.PiecewisePolynomial.Zero;

/**
 * The logarithm of the gamma function and its derivatives, on the whole real line, to about 14 digits.
 *
 * <p>Beside a pole, which is 0 or a negative whole number, they are a simple function of the distance from it and a
 * smooth rest, of which there are polynomials for the first poles.
 */
public final class Gammas {

    private static final Pieces POSITIVE = Pieces.relative(0x1p-6, 0x1p10);

    /** ln |Γ(x)|, which is ∞ at 0, −1, −2, … */
    public static final Unary LOG_GAMMA = new PiecewisePolynomial(
                    Gammas::logGamma, Gammas::logGamma, POSITIVE, new Zero(1, 0), new Zero(2, 0))
            .unary();

    /** ψ(x) = Γ′(x) / Γ(x), which is ∓∞ at ±0 and NaN at −1, −2, … */
    public static final Unary DIGAMMA =
            ofPositive(Gammas::digamma, new Zero(1.4616321449683622, -9.241265521729427e-17));

    /** The largest order of {@link #polygamma}, whose factorial is still a double. */
    public static final int LARGEST_ORDER = 170;

    private static final Unary TRIGAMMA = ofPositive(x -> polygamma(1, x));

    /** Up to here there are polynomials beside poles. */
    private static final double POLES = 16;

    private static final double BELOW_POLES = Math.nextDown(POLES);

    private static final PiecewisePolynomial LOG_GAMMA_BESIDE =
            besidePoles(a -> reflectedLogGamma(-a) + Math.log(Math.abs(fromPole(a))));

    /** Of numbers between the first poles; others have some value. */
    private static final DoubleLoops.One LOG_GAMMAS_BESIDE = DoubleSteps.unary(DoubleSteps.chain(
                    Gammas::placesBesidePoles,
                    (s, n) -> LOG_GAMMA_BESIDE.doubles(s.argument, s.spare, n),
                    (s, n) -> DoubleLogarithms.log(s.other, s, n),
                    (s, n) -> DoubleLoops.subtract(s.spare, s.y, s.y, n)))
            .doubles;

    private static final PiecewisePolynomial DIGAMMA_BESIDE = besidePoles(a -> reflectedDigamma(-a) + 1 / fromPole(a));

    private static final PiecewisePolynomial TRIGAMMA_BESIDE =
            besidePoles(a -> reflectedZeta(2, -a) - 1 / (fromPole(a) * fromPole(a)));

    private static final double HALF_LN_2_PI = 0.5 * Math.log(2 * Math.PI);

    /** From here on, Stirling's series with three terms is exact. */
    private static final double STIRLING = 512;

    /** From here on the asymptotic series of digamma is exact. */
    private static final double FAR = 10;

    /** Up to this exponent, powers are products. */
    private static final int FEW = 8;

    /** B₂, B₄, … */
    private static final double[] BERNOULLI = {
        1. / 6,
        -1. / 30,
        1. / 42,
        -1. / 30,
        5. / 66,
        -691. / 2730,
        7. / 6,
        -3617. / 510,
        43867. / 798,
        -174611. / 330,
        854513. / 138,
        -236364091. / 2730
    };

    private Gammas() {}

    private static Unary ofPositive(DoubleUnaryOperator exact, Zero... zeros) {
        return new PiecewisePolynomial(exact, POSITIVE, zeros).unary();
    }

    /** Returns the polynomials of a function of −x, smooth but at x + ½ for whole x. */
    private static PiecewisePolynomial besidePoles(DoubleUnaryOperator exact) {
        return new PiecewisePolynomial(exact, Pieces.wide(0, POLES));
    }

    /** Returns the n-th derivative of digamma, (−1)ⁿ⁺¹ n! ζ(n + 1, x), infinite at 0, −1, −2, …, for n up to 170. */
    public static DoubleUnaryOperator polygamma(int n) {
        return switch (n) {
            case 0 -> DIGAMMA;
            case 1 -> TRIGAMMA;
            default -> x -> polygamma(n, x);
        };
    }

    private static void logGamma(double[] x, double[] z, int n) {
        double[] beside = new double[n];
        LOG_GAMMAS_BESIDE.run(x, beside, n);
        for (int i = 0; i < n; i++) {
            z[i] = isBesidePoles(x[i]) ? beside[i] : logGamma(x[i]);
        }
    }

    /** Sets argument to −x where there are polynomials beside poles, and other to how far it is from a pole. */
    private static void placesBesidePoles(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            double place = Math.min(Math.max(-s.x[i], 0), BELOW_POLES);
            s.argument[i] = place;
            s.other[i] = Math.abs(place - ((place + DoubleMathScratch.ROUND) - DoubleMathScratch.ROUND));
        }
    }

    private static boolean isBesidePoles(double x) {
        return x < 0 && -x < POLES;
    }

    private static double logGamma(double x) {
        if (isBesidePoles(x)) { // infinite at a pole, since the logarithm of 0 is
            return LOG_GAMMA_BESIDE.applyAsDouble(-x) - Unary.LOG.applyAsDouble(Math.abs(fromNearest(x)));
        }
        if (Double.isInfinite(x) || (x <= 0 && x == Math.rint(x))) {
            return Double.POSITIVE_INFINITY;
        }
        if (x < 0) {
            return reflectedLogGamma(x);
        }
        if (x < STIRLING) {
            return Gamma.logGamma(x);
        }
        double inverse = 1 / x;
        double series = inverse * (1. / 12 - inverse * inverse * (1. / 360 - inverse * inverse / 1260));
        return (x - 0.5) * (Math.log(x) - 1) + (HALF_LN_2_PI - 0.5 + series);
    }

    /** By Γ(x) Γ(−x) = −π / (x sin πx). */
    private static double reflectedLogGamma(double x) {
        double sine = Math.abs(Math.sin(Math.PI * fromNearest(x)));
        return Math.log(Math.PI / sine) - Math.log(-x) - logGamma(-x);
    }

    private static double digamma(double x) {
        if (x == 0) {
            return Math.copySign(Double.POSITIVE_INFINITY, -x);
        }
        if (x < 0) {
            return x == Math.rint(x)
                    ? Double.NaN
                    : -x < POLES ? DIGAMMA_BESIDE.applyAsDouble(-x) - 1 / fromPole(-x) : reflectedDigamma(x);
        }
        if (Double.isInfinite(x)) {
            return x;
        }
        double sum = 0;
        double a = x;
        for (; a < FAR; a++) {
            sum -= 1 / a;
        }
        double series = 0;
        for (int j = BERNOULLI.length; j >= 1; j--) {
            series = (series + BERNOULLI[j - 1] / (2 * j)) / (a * a);
        }
        return sum + Math.log(a) - 0.5 / a - series;
    }

    /** By ψ(1 − x) − ψ(x) = π cot πx. */
    private static double reflectedDigamma(double x) {
        return digamma(1 - x) - Math.PI / Math.tan(Math.PI * fromNearest(x));
    }

    private static double polygamma(int n, double x) {
        if (n == 1 && x < 0 && -x < POLES && x != Math.rint(x)) {
            double distance = fromPole(-x);
            return TRIGAMMA_BESIDE.applyAsDouble(-x) + 1 / (distance * distance);
        }
        double factorial = factorial(n);
        double value = x > 0 ? scaled(n, x, factorial * shareOfZeta(n + 1, x)) : factorial * zeta(n + 1, x);
        return n % 2 == 0 ? -value : value;
    }

    private static double factorial(int n) {
        double product = 1;
        for (int k = 2; k <= n; k++) {
            product *= k;
        }
        return product;
    }

    /** Returns Hurwitz's Σ (x + k)⁻ˢ over k = 0, 1, … for s of at least 2. */
    private static double zeta(int s, double x) {
        if (x > 0) {
            return zetaOfPositive(s, x);
        }
        if (fromNearest(x) == 0 || Double.isInfinite(x)) {
            return Double.isInfinite(x) ? Double.NaN : Double.POSITIVE_INFINITY;
        }
        return reflectedZeta(s, x);
    }

    /** The sum over all whole k, positive or not, without the terms of k beyond the first one. */
    private static double reflectedZeta(int s, double x) {
        double r = fromNearest(x);
        double negative = zetaOfPositive(s, 1 - r) - zetaOfPositive(s, 1 - x);
        return inversePower(r, s) + zetaOfPositive(s, 1 + r) + (s % 2 == 0 ? negative : -negative);
    }

    private static double zetaOfPositive(int s, double x) {
        return scaled(s - 1, x, shareOfZeta(s, x));
    }

    /** Returns the value times 2⁻ⁿᵉ, where e is the exponent of x. */
    private static double scaled(int n, double x, double value) {
        return Math.scalb(value, -n * Math.getExponent(x));
    }

    /**
     * Returns zeta times 2ⁿᵉ for n = s − 1 and the exponent e of x, which fits where zeta does not. Sums up to a base
     * so large that the Euler–Maclaurin formula for the rest is exact.
     */
    private static double shareOfZeta(int s, double x) {
        if (Double.isInfinite(x)) {
            return 0;
        }
        double unit = Math.scalb(1.0, -Math.getExponent(x));
        double sum = 0;
        double a = x;
        for (; a < s + FAR; a++) {
            double term = inversePower(a * unit, s - 1) / a;
            sum += term;
            if (term <= sum * 1e-20) {
                return sum;
            }
        }
        double before = inversePower(a * unit, s - 1);
        double power = before / a;
        double rest = before / (s - 1) + power / 2;
        double factor = power * s / (2 * a);
        for (int j = 1; j <= BERNOULLI.length; j++) {
            rest += BERNOULLI[j - 1] * factor;
            factor *= (s + 2. * j - 1) * (s + 2. * j) / ((2. * j + 1) * (2. * j + 2) * a * a);
        }
        return sum + rest;
    }

    private static double inversePower(double x, int s) {
        if (s > FEW) {
            return Math.pow(x, -s);
        }
        double power = x;
        for (int k = 1; k < s; k++) {
            power *= x;
        }
        return 1 / power;
    }

    /** Returns how far x is from the nearest whole number, exactly. */
    private static double fromNearest(double x) {
        return x - Math.rint(x);
    }

    /** Returns how far −a is from the nearest pole, exactly, the further one where there are two. */
    private static double fromPole(double a) {
        return Math.round(a) - a;
    }
}
