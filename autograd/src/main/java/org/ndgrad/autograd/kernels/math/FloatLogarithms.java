package org.ndgrad.autograd.kernels.math;

/**
 * Logarithms of floats that were widened, so exact that results are rounded once: {@link DoubleLogarithms} with a
 * shorter polynomial. Arguments that are not positive normal numbers of float64 are left to the caller.
 */
final class FloatLogarithms {

    /** The polynomial, with an error below 2⁻³⁵. */
    private static final double F_0 = 0.6666666655404201;

    private static final double F_1 = 0.4000012221181068;
    private static final double F_2 = 0.2855077863318998;
    private static final double F_3 = 0.23331614471881984;

    private static final double LN_2 = Math.log(2);

    private FloatLogarithms() {}

    /** Sets y to ln u of positive normal numbers. */
    static void log(double[] u, DoubleMathScratch s, int n) {
        s.splitRegular(u, n);
        few(s.rest, s.count, LN_2, 1, s.y, n);
    }

    /** log₂ x of positive normal numbers. */
    static void log2(DoubleMathScratch s, int n) {
        s.splitRegular(s.x, n);
        few(s.rest, s.count, 1, 1 / LN_2, s.y, n);
    }

    /** log₁₀ x of positive normal numbers. */
    static void log10(DoubleMathScratch s, int n) {
        s.splitRegular(s.x, n);
        few(s.rest, s.count, Math.log10(2), 1 / Math.log(10), s.y, n);
    }

    /** ln(1 + x) of finite numbers above −1; −0 stays. */
    static void log1p(DoubleMathScratch s, int n) {
        log1p(s.x, s, n);
    }

    /** artanh x = ½ ln(1 + 2 x / (1 − x)) of numbers between −1 and 1; −0 stays. */
    static void atanh(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            s.other[i] = 2 * s.x[i] / (1 - s.x[i]);
        }
        log1p(s.other, s, n);
        for (int i = 0; i < n; i++) {
            s.y[i] *= 0.5;
        }
    }

    private static void log1p(double[] v, DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            double near = Math.min(v[i], 0x1p50); // beyond, the 1 does not matter
            s.tail[i] = near - ((1 + near) - 1);
            s.y[i] = 1 + v[i];
        }
        s.splitRegular(s.y, n);
        few(s.rest, s.count, s.tail, v, s.y, n);
    }

    private static void few(double[] rest, double[] count, double[] tail, double[] v, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            double f = rest[i] - 1;
            double s = f / (2 + f);
            double z = s * s;
            double r = 2 + z * (F_0 + z * F_1 + z * z * (F_2 + z * F_3));
            y[i] = Math.min((count[i] - DoubleMathScratch.ROUND) * LN_2 + (s * r + tail[i]), v[i]);
        }
    }

    private static void few(double[] rest, double[] count, double of2, double factor, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            double f = rest[i] - 1;
            double s = f / (2 + f);
            double z = s * s;
            double r = 2 + z * (F_0 + z * F_1 + z * z * (F_2 + z * F_3));
            y[i] = (count[i] - DoubleMathScratch.ROUND) * of2 + s * r * factor;
        }
    }
}
