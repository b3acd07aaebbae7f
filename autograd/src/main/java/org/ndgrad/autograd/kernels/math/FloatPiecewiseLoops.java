package org.ndgrad.autograd.kernels.math;

/** Activation functions that consist of straight lines and parabolas, over the first n elements of float arrays. */
final class FloatPiecewiseLoops {

    private static final FloatSelect POSITIVE = FloatSelect.of(Interval.above(0));
    private static final FloatSelect NOT_ZERO =
            FloatSelect.of(Interval.closed(0, 0).not());
    private static final FloatSelect BENT = FloatSelect.of(Interval.open(-3, 3));
    private static final FloatSelect NOT_LOW =
            FloatSelect.of(Interval.atMost(-3).not());

    private FloatPiecewiseLoops() {}

    /** 1 where x is larger, or NaN is there; ½ where both are equal, else 0. */
    static void shareOfLarger(float[] x, float[] y, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            int halves = 2 - 2 * (x[i] < y[i] ? 1 : 0) - (x[i] == y[i] ? 1 : 0);
            z[i] = 0.5f * halves;
        }
    }

    /** 0 where x is less than 0 or NaN, y where x = 0, else 1. */
    static void heaviside(float[] x, float[] y, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            int positive = x[i] > 0 ? 1 : 0;
            int isZero = x[i] == 0 ? -1 : 0;
            int bits = Float.floatToRawIntBits(positive);
            z[i] = Float.intBitsToFloat(bits ^ ((bits ^ Float.floatToRawIntBits(y[i])) & isZero));
        }
    }

    /** x where x > 0, else slope · x, for a slope above 0 and up to 1. */
    static void leaky(float[] x, float slope, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = Math.max(x[i], slope * x[i]);
        }
    }

    /** g where x > 0, else slope · g. */
    static void leakyBackward(float[] g, float[] x, float slope, float[] z, int n) {
        float[] other = Scratch.ofThread().floats(Scratch.INNER);
        scale(g, slope, other, n);
        POSITIVE.choose(x, g, other, z, n);
    }

    /** x where x > 0, else w · x. */
    static void prelu(float[] x, float[] w, float[] z, int n) {
        float[] other = Scratch.ofThread().floats(Scratch.INNER);
        FloatLoops.multiply(x, w, other, n);
        POSITIVE.choose(x, x, other, z, n);
    }

    static void softsign(float[] x, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            float finite = Math.min(Math.max(x[i], -Float.MAX_VALUE), Float.MAX_VALUE);
            z[i] = finite / (1 + Math.abs(finite));
        }
    }

    static void hardsigmoid(float[] x, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = Math.min(Math.max(x[i] + 3, 0), 6) / 6;
        }
    }

    static void hardswish(float[] x, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = x[i] * (Math.min(Math.max(x[i] + 3, 0), 6) / 6);
        }
    }

    /** 0 where x ≤ −3, g (x / 3 + ½) where x is between −3 and 3, else g. */
    static void hardswishBackward(float[] g, float[] x, float[] z, int n) {
        float[] bent = Scratch.ofThread().floats(Scratch.INNER);
        for (int i = 0; i < n; i++) {
            bent[i] = g[i] * (x[i] / 3 + 0.5f);
        }
        BENT.choose(x, bent, g, bent, n);
        NOT_LOW.choose(x, bent, 0, z, n);
    }

    /** A difference of equals is made −0, to which the last summand gives the sign of x. */
    static void softshrink(float[] x, float lambda, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            float near = Math.min(Math.max(x[i], -lambda), lambda);
            z[i] = -(near - x[i]) + 0 * near;
        }
    }

    /** x · y where y is not 0, else 0. */
    static void weigh(float[] x, float[] y, float[] z, int n) {
        float[] product = Scratch.ofThread().floats(Scratch.INNER);
        FloatLoops.multiply(x, y, product, n);
        NOT_ZERO.choose(y, product, 0, z, n);
    }

    private static void scale(float[] x, float factor, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = x[i] * factor;
        }
    }

    /** x where it is finite, which it nearly always is, else one of three numbers. */
    static void finite(float[] x, float nan, float posInf, float negInf, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            float value = x[i];
            if (!(Math.abs(value) <= Float.MAX_VALUE)) {
                value = Float.isNaN(value) ? nan : value > 0 ? posInf : negInf;
            }
            z[i] = value;
        }
    }
}
