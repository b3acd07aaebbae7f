package org.ndgrad.autograd.kernels.math;

/** sin(πx) / (πx) and its derivatives, to the last digits also near 0, where the formulas cancel, and at ±∞. */
public final class Sinc {

    /** sin(πx) / (πx). */
    public static final Unary VALUE = DoubleSteps.unary(DoubleAngles::sinc);

    private Sinc() {}

    /**
     * Returns the n-th derivative at x. With t = πx and f = sin t / t, t f⁽ᵏ⁾ + k f⁽ᵏ⁻¹⁾ = sin⁽ᵏ⁾ t, which loses no
     * digits upward where |t| exceeds k, and downward from any start far above where it does not.
     */
    public static double derivative(int n, double x) {
        if (Double.isInfinite(x)) {
            return 0;
        }
        double t = Math.PI * x;
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
