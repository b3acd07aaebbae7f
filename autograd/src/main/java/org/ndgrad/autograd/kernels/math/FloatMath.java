package org.ndgrad.autograd.kernels.math;

/**
 * Elementary functions of stretches of float arrays: y[yi … yi + n) from x[xi … xi + n), which may be the same.
 *
 * <p>Special values, overflow and gradual underflow are those of {@link Math}, rounded to float. Since all is plain
 * float arithmetic in a fixed order, every machine gives the same bits, and an element's value does not depend on where
 * it stands. Work goes through short loops that the just-in-time compiler can turn into vector instructions: see
 * {@link FloatMathScratch}. Longer loops would be slower, for want of registers.
 */
public final class FloatMath {

    private static final float LOG2_E = 1.442695f;
    private static final float LOG4_E = 0.7213475f;

    /** ln 2 and ln 4 in two parts. The first has so few digits that small multiples of it are exact. */
    private static final float LN2_HEAD = 0x1.62e4p-1f;

    private static final float LN2_TAIL = 1.4286068e-6f;
    private static final float LN4_HEAD = 2 * LN2_HEAD;
    private static final float LN4_TAIL = 2 * LN2_TAIL;

    /** Beyond, the value of eˣ is 0 or ∞. */
    static final float EXP_LEAST = -105;

    static final float EXP_MOST = 89;

    /** Beyond, the value is 1. */
    static final float SIGMOID_MOST = 30;

    private static final float TANH_MOST = 10;

    /** What sigmoid scales by, so that its least exponent, −151, belongs to a normal number. */
    private static final int SIGMOID_SHIFT = 64;

    /** A function of a block. */
    interface Step {
        /** Computes the first n elements of y from those of x, which may be the same array. */
        void run(float[] x, float[] y, FloatMathScratch s, int n);
    }

    private FloatMath() {}

    /** Computes eˣ within 1.5 units in the last place. */
    public static void exp(float[] x, int xi, float[] y, int yi, int n) {
        inBlocks(FloatMath::exp, x, xi, y, yi, n);
    }

    /** Computes ln x within 0.9 units in the last place. */
    static void log(float[] x, int xi, float[] y, int yi, int n) {
        inBlocks(FloatMath::log, x, xi, y, yi, n);
    }

    /** Computes 1 / (1 + e⁻ˣ) within 2.5 units in the last place. */
    static void sigmoid(float[] x, int xi, float[] y, int yi, int n) {
        inBlocks(FloatMath::sigmoid, x, xi, y, yi, n);
    }

    /** Computes tanh x within 2.5 units in the last place. tanh(−x) = −tanh x. */
    static void tanh(float[] x, int xi, float[] y, int yi, int n) {
        inBlocks(FloatMath::tanh, x, xi, y, yi, n);
    }

    /** Runs the step over blocks that begin at 0 and are long enough. */
    static void inBlocks(Step step, float[] x, int xi, float[] y, int yi, int n) {
        FloatMathScratch s = FloatMathScratch.ofThread();
        if (xi == 0 && yi == 0 && n <= FloatMathScratch.BLOCK && n >= Scratch.FEW) {
            step.run(x, y, s, n);
            return;
        }
        for (int i = 0; i < n; i += FloatMathScratch.BLOCK) {
            int size = Math.min(FloatMathScratch.BLOCK, n - i);
            System.arraycopy(x, xi + i, s.values, 0, size);
            Scratch.pad(s.values, size);
            step.run(s.values, s.values, s, Math.max(size, Scratch.FEW));
            System.arraycopy(s.values, 0, y, yi + i, size);
        }
    }

    /** Computes all of y. */
    static void inBlocks(Step step, float[] x, float[] y, int n) {
        inBlocks(step, x, 0, y, 0, n);
    }

    /** Sets z, which may be g or x, to g times the step's function of x. */
    static void inBlocks(Step slope, float[] g, float[] x, float[] z, int n) {
        float[] slopes = Scratch.ofThread().floats(Scratch.INNER);
        inBlocks(slope, x, slopes, n);
        FloatLoops.multiply(g, slopes, z, n);
    }

    private static void exp(float[] x, float[] y, FloatMathScratch s, int n) {
        FloatLoops.clamp(x, EXP_LEAST, EXP_MOST, s.rest, n);
        expOfRest(s, y, n);
    }

    /** Sets y to eˣ where the rest is x, from {@link #EXP_LEAST} to {@link #EXP_MOST}. */
    static void expOfRest(FloatMathScratch s, float[] y, int n) {
        expm1OfRest(s, n);
        scaledTwice(s.rest, s.count, y, n);
    }

    /**
     * Replaces the rest x by expm1 r and the count by 2ᵏ, so that eˣ = 4ᵏ (1 + expm1 r). Both factors 2ᵏ are normal
     * numbers.
     */
    static void expm1OfRest(FloatMathScratch s, int n) {
        reduce(s.rest, LOG4_E, LN4_HEAD, LN4_TAIL, s.count, n);
        s.raise(0, n);
        expm1(s.rest, n);
    }

    private static void sigmoid(float[] x, float[] y, FloatMathScratch s, int n) {
        FloatLoops.clamp(x, EXP_LEAST, SIGMOID_MOST, s.rest, n);
        sigmoidOfRest(s, y, n);
    }

    /** Sets y to eˣ / (1 + eˣ) where the rest is x, from {@link #EXP_LEAST} to {@link #SIGMOID_MOST}. */
    static void sigmoidOfRest(FloatMathScratch s, float[] y, int n) {
        reduce(s.rest, LOG2_E, LN2_HEAD, LN2_TAIL, s.count, n);
        s.raise(SIGMOID_SHIFT, n);
        expm1(s.rest, n);
        odds(s.rest, s.count, y, n);
    }

    /** h / (h + 1) with h = expm1(2 |x|) / 2, and the sign of x. */
    private static void tanh(float[] x, float[] y, FloatMathScratch s, int n) {
        twiceAbs(x, TANH_MOST, s.rest, n);
        reduce(s.rest, LOG2_E, LN2_HEAD, LN2_TAIL, s.count, n);
        s.raise(-1, n);
        expm1(s.rest, n);
        tanhOfAbs(s.rest, s.count, n);
        withSign(x, s.rest, y, n);
    }

    /** With x = 2ᵏ (1 + f): ln x = k ln 2 + f − f² / 2 + f³ p(f). */
    private static void log(float[] x, float[] y, FloatMathScratch s, int n) {
        s.split(x, n);
        logTail(s.rest, y, n);
        logSum(s.rest, s.count, y, n);
    }

    private static void twiceAbs(float[] x, float most, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = 2 * Math.min(Math.abs(x[i]), most);
        }
    }

    /** Replaces x by x − k · (head + tail), k being the nearest whole number to x · inverse. */
    private static void reduce(float[] x, float inverse, float head, float tail, float[] count, int n) {
        for (int i = 0; i < n; i++) {
            float rounded = x[i] * inverse + FloatMathScratch.ROUND;
            float k = rounded - FloatMathScratch.ROUND;
            count[i] = rounded;
            x[i] = (x[i] - k * head) - k * tail;
        }
    }

    /** Replaces x, at most ln 2, by eˣ − 1. The sum of even and odd terms is positive for −0, so that −0 is kept. */
    private static void expm1(float[] x, int n) {
        for (int i = 0; i < n; i++) {
            float v = x[i];
            float square = v * v;
            float even = ((2.4558432e-5f * square + 0.0013891932f) * square + 0.041666605f) * square + 0.5f;
            float odd = (2.0095745e-4f * square + 0.0083326325f) * square + 0.16666672f;
            x[i] = v + (v * even + square * odd) * v;
        }
    }

    private static void scaledTwice(float[] expm1, float[] power, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = (1 + expm1[i]) * power[i] * power[i];
        }
    }

    private static void odds(float[] expm1, float[] power, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            float exp = (1 + expm1[i]) * power[i] * 0x1p-64f;
            y[i] = exp / (1 + exp);
        }
    }

    private static void tanhOfAbs(float[] x, float[] halfPower, int n) {
        for (int i = 0; i < n; i++) {
            float half = x[i] * halfPower[i] - (0.5f - halfPower[i]);
            x[i] = half / (half + 1);
        }
    }

    /** Gives the absolute values the signs of x; they are at most twice those of x. */
    private static void withSign(float[] x, float[] abs, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = Math.min(Math.max(2 * x[i], -abs[i]), abs[i]);
        }
    }

    /** Replaces x by f = x − 1 and sets y to f p(f). */
    private static void logTail(float[] x, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            float f = x[i] - 1;
            float square = f * f;
            float even = (((0.07105207f * square + 0.11886388f) * square + 0.14213446f) * square + 0.20002511f) * square
                    + 0.33333308f;
            float odd = ((-0.1196211f * square - 0.123589724f) * square - 0.16670349f) * square - 0.24999973f;
            y[i] = f * even + square * odd;
            x[i] = f;
        }
    }

    private static void logSum(float[] f, float[] count, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            float k = count[i] - FloatMathScratch.ROUND;
            float square = f[i] * f[i];
            y[i] = (y[i] * square + k * LN2_TAIL - 0.5f * square + f[i]) + k * LN2_HEAD;
        }
    }
}
