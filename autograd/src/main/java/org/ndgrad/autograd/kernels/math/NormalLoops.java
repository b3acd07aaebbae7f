package org.ndgrad.autograd.kernels.math;

/** The distribution function Φ of the standard normal distribution, and what is made of it, over blocks of float arrays. */
final class NormalLoops {

    private static final float ONE_OVER_ROOT_2_PI = 0.3989423f;

    /** Beyond, Φ is 0 or 1, also as computed here. */
    private static final float MOST = 5.5f;

    private NormalLoops() {}

    /** x Φ(x). */
    static void gelu(float[] x, float[] y, FloatMathScratch s, int n) {
        numerator(x, s.rest, n);
        phi(x, s.rest, n);
        FloatLoops.multiply(x, s.rest, y, n);
    }

    /** Φ(x) + x e^(−x²/2) / √(2π). */
    static void geluSlope(float[] x, float[] y, FloatMathScratch s, int n) {
        numerator(x, s.other, n);
        phi(x, s.other, n);
        for (int i = 0; i < n; i++) {
            s.rest[i] = Math.max(-0.5f * x[i] * x[i], FloatMath.EXP_LEAST);
        }
        FloatMath.expOfRest(s, s.rest, n);
        for (int i = 0; i < n; i++) {
            y[i] = s.other[i] + x[i] * (s.rest[i] * ONE_OVER_ROOT_2_PI);
        }
    }

    /**
     * Sets y to x p(x²) so that Φ(x) = ½ + x p(x²) / q(x²). The fraction is the one with the smallest largest error up to
     * {@link #MOST}, found by Lawson's iteration. In one loop, its two halves would be too long for vector instructions.
     */
    private static void numerator(float[] x, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            float v = Math.min(Math.max(x[i], -MOST), MOST);
            float w = v * v;
            float square = w * w;
            float even = (6.3517923e-6f * square + 0.004677156f) * square + 0.39894223f;
            float odd = (2.2749267e-8f * square + 0.00016880858f) * square + 0.033851195f;
            y[i] = v * (even + w * odd);
        }
    }

    /** Replaces the numerator of x by Φ(x). */
    private static void phi(float[] x, float[] numerator, int n) {
        for (int i = 0; i < n; i++) {
            float v = Math.min(Math.abs(x[i]), MOST);
            float w = v * v;
            float square = w * w;
            float even = (7.36409e-5f * square + 0.028645f) * square + 1;
            float odd = (1.1974768e-6f * square + 0.00188435f) * square + 0.25151828f;
            numerator[i] = 0.5f + numerator[i] / (even + w * odd);
        }
    }
}
