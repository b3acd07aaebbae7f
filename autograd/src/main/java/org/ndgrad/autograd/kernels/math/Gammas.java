package org.ndgrad.autograd.kernels.math;

import org.apache.commons.math3.special.Gamma;
import org.apache.commons.math3.util.CombinatoricsUtils;

/** The logarithm of the gamma function and its derivatives, on the whole real line, to about 14 digits. */
public final class Gammas {

    /** The largest order of {@link #polygamma}, whose factorial is still a double. */
    public static final int LARGEST_ORDER = 170;

    /** From here on the asymptotic series of digamma is exact. */
    private static final double FAR = 10;

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

    /** Returns ln |Γ(x)|, which is ∞ at 0, −1, −2, … */
    public static double logGamma(double x) {
        if (Double.isInfinite(x) || (x <= 0 && x == Math.rint(x))) {
            return Double.POSITIVE_INFINITY;
        }
        if (x < 0) { // Γ(x) Γ(−x) = −π / (x sin πx)
            double sine = Math.abs(Math.sin(Math.PI * fromNearest(x)));
            return Math.log(Math.PI / sine) - Math.log(-x) - Gamma.logGamma(-x);
        }
        return Gamma.logGamma(x);
    }

    /** Returns ψ(x) = Γ′(x) / Γ(x), which is ∓∞ at ±0 and NaN at −1, −2, … */
    public static double digamma(double x) {
        if (x == 0) {
            return Math.copySign(Double.POSITIVE_INFINITY, -x);
        }
        if (x < 0) { // ψ(1 − x) − ψ(x) = π cot πx
            return x == Math.rint(x) ? Double.NaN : digamma(1 - x) - Math.PI / Math.tan(Math.PI * fromNearest(x));
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

    /**
     * Returns the n-th derivative of digamma, (−1)ⁿ⁺¹ n! ζ(n + 1, x), infinite at 0, −1, −2, …
     *
     * @param n from 0 to {@link #LARGEST_ORDER}
     */
    public static double polygamma(int n, double x) {
        if (n == 0) {
            return digamma(x);
        }
        double value = CombinatoricsUtils.factorialDouble(n) * zeta(n + 1, x);
        return n % 2 == 0 ? -value : value;
    }

    /** Returns Hurwitz's Σ (x + k)⁻ˢ over k = 0, 1, … for s of at least 2. */
    private static double zeta(int s, double x) {
        if (x > 0) {
            return zetaOfPositive(s, x);
        }
        double r = fromNearest(x);
        if (r == 0 || Double.isInfinite(x)) {
            return Double.isInfinite(x) ? Double.NaN : Double.POSITIVE_INFINITY;
        }
        // the sum over all whole k, positive or not, without the terms of k beyond the first one here
        double negative = zetaOfPositive(s, 1 - r) - zetaOfPositive(s, 1 - x);
        return Math.pow(r, -s) + zetaOfPositive(s, 1 + r) + (s % 2 == 0 ? negative : -negative);
    }

    /** Sums up to a base so large that the Euler–Maclaurin formula for the rest is exact. */
    private static double zetaOfPositive(int s, double x) {
        if (Double.isInfinite(x)) {
            return 0;
        }
        double sum = 0;
        double a = x;
        for (; a < s + FAR; a++) {
            double term = Math.pow(a, -s);
            sum += term;
            if (term <= sum * 1e-20) {
                return sum;
            }
        }
        double power = Math.pow(a, -s);
        double rest = power * a / (s - 1) + power / 2;
        double factor = power * s / (2 * a);
        for (int j = 1; j <= BERNOULLI.length; j++) {
            rest += BERNOULLI[j - 1] * factor;
            factor *= (s + 2. * j - 1) * (s + 2. * j) / ((2. * j + 1) * (2. * j + 2) * a * a);
        }
        return sum + rest;
    }

    /** Returns how far x is from the nearest whole number, exactly. */
    private static double fromNearest(double x) {
        return x - Math.rint(x);
    }
}
