package org.ndgrad.autograd.kernels.math;

import java.util.function.DoubleUnaryOperator;

/**
 * Sine and cosine of stretches of float arrays: y[yi … yi + n) from x[xi … xi + n), which may be the same. All that is
 * said of {@link FloatMath} holds here, too.
 *
 * <p>A multiple of π, for the cosine π/2 more, is taken off the argument, and the sine of the rest is a polynomial. The
 * rest is the difference of two floats. Beyond ±12000, {@link Math} does all.
 */
final class FloatTrigonometry {

    private static final float ROUND = FloatMathScratch.ROUND;
    private static final float MOST = 12_000;
    private static final float INVERSE_PI = 0.31830987f;

    /** π in four parts, the first three of 11 bits, so that their products with k, of 13 bits, are exact. */
    private static final float PI_1 = 0x1.92p+1f;

    private static final float PI_2 = 0x1.fb4p-11f;
    private static final float PI_3 = 0x1.444p-23f;
    private static final float PI_4 = 0x1.68c234p-38f;

    private FloatTrigonometry() {}

    /** Computes sin x within 2.2 units in the last place. sin(−x) = −sin x. */
    static void sin(float[] x, int xi, float[] y, int yi, int n) {
        FloatMath.inBlocks(FloatTrigonometry::sin, x, xi, y, yi, n);
    }

    /** Computes cos x within 2.2 units in the last place. */
    static void cos(float[] x, int xi, float[] y, int yi, int n) {
        FloatMath.inBlocks(FloatTrigonometry::cos, x, xi, y, yi, n);
    }

    /** sin x = (−1)ᵏ sin(x − kπ). One method for both functions would be slower: its loops lose their vector form. */
    private static void sin(float[] x, float[] y, FloatMathScratch s, int n) {
        boolean regular = s.allWithin(x, MOST, n);
        count(x, 0, s.count, n);
        reduce(x, 0, s.count, s.rest, n);
        sine(s.rest, s.count, n);
        if (!regular) {
            beyond(x, s.rest, n, Math::sin);
        }
        System.arraycopy(s.rest, 0, y, 0, n);
    }

    /** cos x = −(−1)ᵏ sin(x − (k + ½)π). */
    private static void cos(float[] x, float[] y, FloatMathScratch s, int n) {
        boolean regular = s.allWithin(x, MOST, n);
        count(x, 0.5f, s.count, n);
        reduce(x, 0.5f, s.count, s.rest, n);
        sine(s.rest, s.count, n);
        if (!regular) {
            beyond(x, s.rest, n, Math::cos);
        }
        System.arraycopy(s.rest, 0, y, 0, n);
    }

    private static void beyond(float[] x, float[] y, int n, DoubleUnaryOperator exact) {
        for (int i = 0; i < n; i++) {
            if (!(Math.abs(x[i]) <= MOST)) {
                y[i] = (float) exact.applyAsDouble(x[i]);
            }
        }
    }

    private static void count(float[] x, float half, float[] count, int n) {
        for (int i = 0; i < n; i++) {
            count[i] = (x[i] * INVERSE_PI - half + ROUND) - ROUND;
        }
    }

    /** Sets rest − count to x − kπ with the sign that its sine gets. */
    private static void reduce(float[] x, float half, float[] count, float[] rest, int n) {
        float even = 1 - 4 * half;
        for (int i = 0; i < n; i++) {
            float k = count[i] + half;
            float twice = (count[i] * 0.5f + ROUND) - ROUND;
            float odd = count[i] - 2 * twice;
            float sign = even - 2 * even * (odd * odd);
            float most = (x[i] - k * PI_1) - k * PI_2;
            float more = k * PI_3;
            float r = most - more;
            rest[i] = r * sign;
            count[i] = (k * PI_4 - ((most - r) - more)) * sign;
        }
    }

    /**
     * Replaces r by sin(r − tail). The polynomial of r² has the least relative error, 6.4e-9, with coefficients rounded
     * one after another. Only ±0 leaves no rest; what is subtracted then is 0, so that −0 is kept.
     */
    private static void sine(float[] r, float[] tail, int n) {
        for (int i = 0; i < n; i++) {
            float square = r[i] * r[i];
            float p = ((-2.6057842e-6f * square + 1.9809666e-4f) * square - 0.008333068f) * square + 0.1666666f;
            float sine = r[i] - (square * p * r[i] + tail[i] * (1 - 0.4f * square));
            r[i] = Math.min(Math.max(sine, -1), 1);
        }
    }
}
