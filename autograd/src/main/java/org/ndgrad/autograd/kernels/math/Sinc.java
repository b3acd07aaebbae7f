package org.ndgrad.autograd.kernels.math;

/** sin(πx) / (πx) and its derivatives, to the last digits also near 0, where the formulas cancel, and at ±∞. */
public final class Sinc {

    /** sin(πx) / (πx). */
    public static final Unary VALUE = DoubleSteps.unary(DoubleAngles::sinc);

    private static final int TERMS = 14;

    /** The first derivative is the sum of these times t, t³, t⁵, … */
    private static final double[] SERIES = series();

    /** Up to here the series has all digits. */
    private static final double NEAR = 2;

    private Sinc() {}

    private static double[] series() {
        double[] terms = new double[TERMS];
        double inverse = 1; // of (2 k + 1)!
        for (int k = 1; k <= TERMS; k++) {
            inverse /= -2. * k * (2 * k + 1);
            terms[k - 1] = 2 * k * inverse;
        }
        return terms;
    }

    private static double slopeNear(double t) {
        double square = t * t;
        double sum = SERIES[TERMS - 1];
        for (int k = TERMS - 2; k >= 0; k--) {
            sum = sum * square + SERIES[k];
        }
        return t * sum;
    }

    /**
     * Returns the n-th derivative at x. With t = πx and f = sin t / t, t f⁽ᵏ⁾ + k f⁽ᵏ⁻¹⁾ = sin⁽ᵏ⁾ t, which loses no
     * digits upward where |t| exceeds k, and downward from any start far above where it does not.
     */
    public static double derivative(int n, double x) {
        if (Double.isInfinite(x)) {
            return 0;
        }
        double t = Math.PI * x;
        if (n == 1 && Math.abs(t) <= NEAR) {
            return slopeNear(t) * Math.PI;
        }
        double rest = x - 2 * Math.rint(x / 2);
        double sin = DoubleMath.sinPi(rest);
        double cos = DoubleMath.cosPi(rest);
        double value = 0;
        if (n == 0) {
            return t == 0 ? 1 : sin / t;
        }
        if (Math.abs(t) > n + 1) {
            value = sin / t;
            for (int k = 1; k <= n; k++) {
                value = (derivativeOfSin(k, sin, cos) - k * value) / t;
            }
        } else {
            for (int k = 2 * n + 30; k > n; k--) {
                value = (derivativeOfSin(k, sin, cos) - t * value) / k;
            }
        }
        return value * Math.pow(Math.PI, n);
    }

    private static double derivativeOfSin(int k, double sin, double cos) {
        double value = k % 2 == 0 ? sin : cos;
        return k % 4 < 2 ? value : -value;
    }
}
