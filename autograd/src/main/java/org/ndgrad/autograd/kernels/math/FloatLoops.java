package org.ndgrad.autograd.kernels.math;

/**
 * Functions of the first n elements of float arrays, z of x and y, which may be the same. Each is a loop of its own,
 * without an offset to the index, since that is what the just-in-time compiler turns into vector instructions. Choices
 * are made between whole numbers: of these it makes no branch, which would be taken at random and cost ten times as
 * much.
 */
public final class FloatLoops {

    /** A function of one array. */
    public interface One {
        /** Computes n elements. */
        void run(float[] x, float[] z, int n);
    }

    /** A function of two arrays. */
    public interface Two {
        /** Computes n elements. */
        void run(float[] x, float[] y, float[] z, int n);
    }

    /** A function of three arrays. */
    public interface Three {
        /** Computes n elements. */
        void run(float[] x, float[] y, float[] z, float[] w, int n);
    }

    private static final int ONE_BITS = Float.floatToRawIntBits(1);
    /** From here on, floats are whole numbers; added to a smaller one, it leaves the nearest of them. */
    private static final float WHOLE = 0x1p23f;

    private static final float ALMOST_HALF = Math.nextDown(0.5f);
    /** Added to a number up to ½, it leaves 0, from ½ on 1: it is odd, and halves go to the even side. */
    private static final float NEAREST = 0x1.8p23f + 1;

    private static final int INFINITY_BITS = Float.floatToRawIntBits(Float.POSITIVE_INFINITY);

    private FloatLoops() {}

    static void negate(float[] x, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = -x[i];
        }
    }

    static void abs(float[] x, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = Math.abs(x[i]);
        }
    }

    static void square(float[] x, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = x[i] * x[i];
        }
    }

    static void reciprocal(float[] x, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = 1 / x[i];
        }
    }

    static void sqrt(float[] x, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = (float) Math.sqrt(x[i]);
        }
    }

    static void reciprocalSqrt(float[] x, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = 1 / (float) Math.sqrt(x[i]);
        }
    }

    /** −1, 0 or 1, as x is; 0 for NaN. */
    static void sign(float[] x, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            int bits = Float.floatToRawIntBits(x[i]);
            int abs = bits & Integer.MAX_VALUE;
            int isOther = -abs & (abs - INFINITY_BITS - 1); // negative for what is neither 0 nor NaN
            z[i] = Float.intBitsToFloat(((bits & Integer.MIN_VALUE) | ONE_BITS) & (isOther >> 31));
        }
    }

    static void relu(float[] x, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = Math.max(x[i], 0);
        }
    }

    static void floor(float[] x, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = (float) Math.floor(x[i]);
        }
    }

    static void ceil(float[] x, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = (float) Math.ceil(x[i]);
        }
    }

    static void round(float[] x, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = (float) Math.rint(x[i]);
        }
    }

    /** The sign is put back, also of −0. */
    static void trunc(float[] x, float[] z, int n) {
        float[] fractions = Scratch.ofThread().floats(Scratch.INNER);
        fractions(x, fractions, n);
        for (int i = 0; i < n; i++) {
            float abs = Math.abs(x[i]) - fractions[i];
            z[i] = Math.min(Math.max(x[i], -abs), abs);
        }
    }

    /** x − trunc x; 0 is positive, and what is infinite has none. */
    static void fraction(float[] x, float[] z, int n) {
        float[] fractions = Scratch.ofThread().floats(Scratch.INNER);
        fractions(x, fractions, n);
        for (int i = 0; i < n; i++) {
            z[i] = Math.min(Math.max(x[i], -fractions[i]), fractions[i]) + 0 * Math.abs(x[i]);
        }
    }

    /** Sets z to the fraction of |x|, of the nearest whole number and 1 less if that is above |x|. */
    private static void fractions(float[] x, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            float abs = Math.min(Math.abs(x[i]), WHOLE);
            float above = ((abs + WHOLE) - WHOLE) - abs;
            float more = ((above + ALMOST_HALF) + NEAREST) - NEAREST; // 1 for what is above 0, else 0
            z[i] = more - above;
        }
    }

    /** |x| with the sign of y. */
    static void copySign(float[] x, float[] y, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = Math.copySign(x[i], y[i]);
        }
    }

    /** min(max(x, low), high); NaN stays. */
    static void clamp(float[] x, float low, float high, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = Math.min(Math.max(x[i], low), high);
        }
    }

    /** x + y. */
    public static void add(float[] x, float[] y, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = x[i] + y[i];
        }
    }

    /** x − y. */
    public static void subtract(float[] x, float[] y, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = x[i] - y[i];
        }
    }

    /** x · y. */
    public static void multiply(float[] x, float[] y, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = x[i] * y[i];
        }
    }

    /** x · y for a y that is 0 or more than 1: what is infinite is cut to a number, of which 0 makes 0, another y ∞. */
    static void drop(float[] x, float[] y, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = Math.min(Math.max(x[i], -Float.MAX_VALUE), Float.MAX_VALUE) * y[i];
        }
    }

    static void divide(float[] x, float[] y, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = x[i] / y[i];
        }
    }

    /** The larger of x and y; NaN wins. */
    public static void max(float[] x, float[] y, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = Math.max(x[i], y[i]);
        }
    }

    /** The smaller of x and y; NaN wins. */
    public static void min(float[] x, float[] y, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = Math.min(x[i], y[i]);
        }
    }

    /** min(max(x, low), high); NaN stays. */
    public static void clamp(float[] x, float[] low, float[] high, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = Math.min(Math.max(x[i], low[i]), high[i]);
        }
    }

    /** x. */
    public static void copy(float[] x, float[] z, int n) {
        System.arraycopy(x, 0, z, 0, n);
    }

    /** x (1 − y²), exact also where y is near 1: the backward pass of tanh, with the gradient x and the value y. */
    static void tanhBackward(float[] x, float[] y, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = x[i] * ((1 - y[i]) * (1 + y[i]));
        }
    }
}
