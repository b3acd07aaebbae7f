package org.ndgrad.autograd.kernels.math;

/**
 * Activation functions made of exponentials and of the distribution function Φ of the standard normal distribution, and
 * what their backward passes multiply by, over blocks of float arrays. All are steps of {@link FloatMath}: an argument
 * of eˣ within its bounds, eˣ, and what is made of it.
 */
final class FloatSmoothLoops {

    private static final FloatSelect AT_MOST_0 = FloatSelect.of(Interval.atMost(0));

    /** Below, eˣ − 1 is −1. */
    private static final float EXPM1_LEAST = -18;

    /** Beyond, tanh(ln(1 + eˣ)) is 1. */
    private static final float MISH_MOST = 20;

    /** Beyond, the slope of {@link #geluTanh} is 0 or 1. */
    private static final float GELU_MOST = 11;

    /** Beyond, Φ is 0 or 1, also as computed here. */
    private static final float PHI_MOST = 5.5f;

    /** Beyond, the normal density is 0. */
    private static final float NORMAL_MOST = 15;

    private static final float ONE_OVER_ROOT_2_PI = 0.3989423f;
    private static final float ROOT_8_OVER_PI = 1.5957692f;
    private static final float CUBIC = 0.044715f;

    private FloatSmoothLoops() {}

    static void expm1(float[] x, float[] y, FloatMathScratch s, int n) {
        FloatLoops.clamp(x, EXPM1_LEAST, FloatMath.EXP_MOST, s.rest, n);
        FloatMath.expm1OfRest(s, n);
        expm1(s.rest, s.count, y, n);
    }

    /** 4ᵏ (1 + r) − 1, exactly r for k = 0, also if that is −0. */
    private static void expm1(float[] r, float[] power, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = (r[i] * power[i] - (1 / power[i] - power[i])) * power[i];
        }
    }

    /** scale · x where x > 0, else scale · alpha · (e^(rate · x) − 1). */
    static void elu(float[] x, float alpha, float rate, float scale, float[] y, FloatMathScratch s, int n) {
        negative(x, rate, EXPM1_LEAST, s.rest, n);
        FloatMath.expm1OfRest(s, n);
        expm1(s.rest, s.count, s.rest, n);
        float factor = scale * alpha;
        for (int i = 0; i < n; i++) {
            y[i] = scale * Math.max(x[i], -0f) + factor * s.rest[i];
        }
    }

    /** scale where x > 0 or NaN, else scale · alpha · rate · e^(rate · x). */
    static void eluSlope(float[] x, float alpha, float rate, float scale, float[] y, FloatMathScratch s, int n) {
        negative(x, rate, FloatMath.EXP_LEAST, s.rest, n);
        FloatMath.expOfRest(s, s.rest, n);
        float factor = scale * alpha * rate;
        for (int i = 0; i < n; i++) {
            s.rest[i] *= factor;
        }
        AT_MOST_0.choose(x, s.rest, scale, y, n);
    }

    private static void negative(float[] x, float rate, float least, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = Math.min(Math.max(rate * Math.min(x[i], 0), least), FloatMath.EXP_MOST);
        }
    }

    /** ln(1 + e^(beta · x)) / beta, and x where beta · x belongs to the interval. */
    static void softplus(float[] x, float beta, FloatSelect linear, float[] y, FloatMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            float t = beta * x[i];
            s.other[i] = t;
            s.rest[i] = Math.max(-Math.abs(t), FloatMath.EXP_LEAST);
        }
        FloatMath.expOfRest(s, s.rest, n);
        log1p(s.rest, n);
        for (int i = 0; i < n; i++) {
            s.rest[i] = (Math.max(s.other[i], 0) + s.rest[i]) / beta;
        }
        linear.choose(s.other, x, s.rest, y, n);
    }

    /** 1 / (1 + e^(−beta · x)), and 1 where beta · x belongs to the interval. */
    static void softplusSlope(float[] x, float beta, FloatSelect curved, float[] y, FloatMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            float t = beta * x[i];
            s.other[i] = t;
            s.rest[i] = Math.min(Math.max(t, FloatMath.EXP_LEAST), FloatMath.SIGMOID_MOST);
        }
        FloatMath.sigmoidOfRest(s, s.rest, n);
        curved.choose(s.other, s.rest, 1, y, n);
    }

    static void logsigmoid(float[] x, float[] y, FloatMathScratch s, int n) {
        softplusOfLess(x, s.rest, s, n);
        for (int i = 0; i < n; i++) {
            y[i] = Math.min(x[i], 0) - s.rest[i];
        }
    }

    /** w x + ln(1 + e^(−|x|)), where w = 1 − t for an x above 0, else −t; without w x where w = 0, even if x = ∞. */
    static void logisticLoss(float[] x, float[] t, float[] z, int n) {
        float[] less = Scratch.ofThread().floats(Scratch.INNER);
        FloatMath.inBlocks(FloatSmoothLoops::softplusOfLess, x, less, n);
        for (int i = 0; i < n; i++) {
            float weight = (x[i] > 0 ? 1 : 0) - t[i];
            int counts = weight == 0 ? 0 : -1;
            z[i] = Float.intBitsToFloat(Float.floatToRawIntBits(weight * x[i]) & counts) + less[i];
        }
    }

    /** (1 − t) σ(x) − t σ(−x), the larger σ being 1 / (1 + e^(−|x|)) and the other one the rest of 1. */
    static void logisticSlope(float[] x, float[] t, float[] z, int n) {
        float[] exp = Scratch.ofThread().floats(Scratch.INNER);
        FloatMath.inBlocks(FloatSmoothLoops::expOfLess, x, exp, n);
        for (int i = 0; i < n; i++) {
            int above = x[i] > 0 ? 1 : 0;
            float rise = above + (1 - above) * exp[i];
            float fall = 1 - above + above * exp[i];
            z[i] = ((1 - t[i]) * rise - t[i] * fall) / (1 + exp[i]);
        }
    }

    /** e^(−|x|). */
    private static void expOfLess(float[] x, float[] y, FloatMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            s.rest[i] = Math.max(-Math.abs(x[i]), FloatMath.EXP_LEAST);
        }
        FloatMath.expOfRest(s, y, n);
    }

    /** 1 − tanh² x = 4 e / (1 + e)² with e = e^(−2 |x|). */
    static void tanhSlope(float[] x, float[] y, FloatMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            s.rest[i] = Math.max(-2 * Math.abs(x[i]), FloatMath.EXP_LEAST);
        }
        FloatMath.expOfRest(s, y, n);
        for (int i = 0; i < n; i++) {
            float less = 1 + y[i];
            y[i] = 4 * y[i] / (less * less);
        }
    }

    /** σ(x) σ(−x) = e / (1 + e)² with e = e^(−|x|). */
    static void sigmoidSlope(float[] x, float[] y, FloatMathScratch s, int n) {
        expOfLess(x, y, s, n);
        for (int i = 0; i < n; i++) {
            float less = 1 + y[i];
            y[i] = y[i] / (less * less);
        }
    }

    /** x · factor, with a finite x where it is far below 0 and the factor 0. */
    private static void times(float[] x, float[] factor, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = Math.max(x[i], FloatMath.EXP_LEAST) * factor[i];
        }
    }

    /** ln(1 + e^(−|x|)). */
    private static void softplusOfLess(float[] x, float[] y, FloatMathScratch s, int n) {
        expOfLess(x, y, s, n);
        log1p(y, n);
    }

    /**
     * Replaces u, from 0 to 1, by ln(1 + u) = 2 artanh s = u − (u²/2 − s (u²/2 + s² p(s²))) with s = u / (2 + u). The
     * polynomial is the one with the smallest largest error of the result, by Lawson's iteration.
     */
    private static void log1p(float[] u, int n) {
        for (int i = 0; i < n; i++) {
            float v = u[i];
            float s = v / (2 + v);
            float z = s * s;
            float half = 0.5f * v * v;
            float tail = z * ((0.6666642f + z * 0.40021393f) + z * z * (0.280039f + z * 0.28002143f));
            u[i] = v - (half - s * (half + tail));
        }
    }

    /** x σ(x). */
    static void silu(float[] x, float[] y, FloatMathScratch s, int n) {
        FloatLoops.clamp(x, FloatMath.EXP_LEAST, FloatMath.SIGMOID_MOST, s.rest, n);
        FloatMath.sigmoidOfRest(s, s.rest, n);
        times(x, s.rest, y, n);
    }

    /** σ (1 + x (1 − σ)). */
    static void siluSlope(float[] x, float[] y, FloatMathScratch s, int n) {
        FloatLoops.clamp(x, FloatMath.EXP_LEAST, FloatMath.SIGMOID_MOST, s.rest, n);
        System.arraycopy(s.rest, 0, s.other, 0, n);
        FloatMath.expOfRest(s, s.rest, n);
        for (int i = 0; i < n; i++) {
            float rest = 1 / (1 + s.rest[i]); // 1 − σ
            y[i] = s.rest[i] * rest * (1 + s.other[i] * rest);
        }
    }

    /**
     * x tanh(ln(1 + eˣ)) = x m / (m + 2) with m = eˣ (eˣ + 2). With s = min(eˣ, 1), the fraction is s − s · s (s + 1) /
     * (m + 2), which hardly rounds where eˣ is far from 1.
     */
    static void mish(float[] x, float[] y, FloatMathScratch s, int n) {
        FloatLoops.clamp(x, FloatMath.EXP_LEAST, MISH_MOST, s.rest, n);
        FloatMath.expOfRest(s, s.rest, n);
        for (int i = 0; i < n; i++) {
            float exp = s.rest[i];
            float least = Math.min(exp, 1);
            s.rest[i] = least - least * (least * (least + 1) / (exp * (exp + 2) + 2));
        }
        times(x, s.rest, y, n);
    }

    /** m / (m + 2) + 4 x eˣ (eˣ + 1) / (m + 2)². */
    static void mishSlope(float[] x, float[] y, FloatMathScratch s, int n) {
        FloatLoops.clamp(x, FloatMath.EXP_LEAST, MISH_MOST, s.rest, n);
        System.arraycopy(s.rest, 0, s.other, 0, n);
        FloatMath.expOfRest(s, s.rest, n);
        for (int i = 0; i < n; i++) {
            float exp = s.rest[i];
            float m = exp * (exp + 2);
            float curved = 4 * s.other[i] * (exp * (exp + 1) / (m + 2));
            y[i] = (m + curved) / (m + 2);
        }
    }

    /** x σ(√(8/π) (x + 0.044715 x³)), which is x (1 + tanh(√(2/π) (x + 0.044715 x³))) / 2 without cancellation. */
    static void geluTanh(float[] x, float[] y, FloatMathScratch s, int n) {
        cubic(x, s.rest, n);
        FloatMath.sigmoidOfRest(s, s.rest, n);
        times(x, s.rest, y, n);
    }

    /** σ (1 + x (1 − σ) √(8/π) (1 + 3 · 0.044715 x²)), σ as in {@link #geluTanh}. */
    static void geluTanhSlope(float[] x, float[] y, FloatMathScratch s, int n) {
        cubic(x, s.rest, n);
        FloatMath.expOfRest(s, s.rest, n);
        FloatLoops.clamp(x, -GELU_MOST, GELU_MOST, s.other, n);
        for (int i = 0; i < n; i++) {
            float rest = 1 / (1 + s.rest[i]); // 1 − σ
            float near = s.other[i];
            float inner = near * (ROOT_8_OVER_PI + 3 * ROOT_8_OVER_PI * CUBIC * (near * near));
            y[i] = s.rest[i] * rest * (1 + rest * inner);
        }
    }

    private static void cubic(float[] x, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            float cubic = x[i] * (ROOT_8_OVER_PI + ROOT_8_OVER_PI * CUBIC * (x[i] * x[i]));
            y[i] = Math.min(Math.max(cubic, FloatMath.EXP_LEAST), FloatMath.SIGMOID_MOST);
        }
    }

    /** x Φ(x). */
    static void gelu(float[] x, float[] y, FloatMathScratch s, int n) {
        numerator(x, s.rest, n);
        phi(x, s.rest, n);
        times(x, s.rest, y, n);
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
            float near = Math.min(Math.max(x[i], -NORMAL_MOST), NORMAL_MOST);
            y[i] = s.other[i] + near * (s.rest[i] * ONE_OVER_ROOT_2_PI);
        }
    }

    /**
     * Sets y to x p(x²) so that Φ(x) = ½ + x p(x²) / q(x²). The fraction is the one with the smallest largest error up
     * to {@link #PHI_MOST}, found by Lawson's iteration. In one loop, its two halves would be too long for vector
     * instructions.
     */
    private static void numerator(float[] x, float[] y, int n) {
        for (int i = 0; i < n; i++) {
            float v = Math.min(Math.max(x[i], -PHI_MOST), PHI_MOST);
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
            float v = Math.min(Math.abs(x[i]), PHI_MOST);
            float w = v * v;
            float square = w * w;
            float even = (7.36409e-5f * square + 0.028645f) * square + 1;
            float odd = (1.1974768e-6f * square + 0.00188435f) * square + 0.25151828f;
            numerator[i] = 0.5f + numerator[i] / (even + w * odd);
        }
    }
}
