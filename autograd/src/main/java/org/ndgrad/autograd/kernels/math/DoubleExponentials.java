package org.ndgrad.autograd.kernels.math;

/**
 * Exponential and hyperbolic functions of doubles, in loops that the just-in-time compiler can turn into vector
 * instructions, see {@link DoubleMathScratch}.
 *
 * <p>With x = k ln 2 + r: eˣ = 2ᵏ (1 + r + r² p(r)). The polynomial is found at Chebyshev's nodes, with an error below
 * 2⁻⁵⁵. Beyond ±{@value #MOST}, all is left to {@link Math}.
 */
final class DoubleExponentials {

    /** Up to here, 2ᵏ is a normal number. */
    static final double MOST = 708;

    /** Up to here, 2ˣ is a normal number. */
    static final double EXP2_MOST = 1022;

    /** Beyond, sinh and cosh are no floats. */
    private static final double FLOAT_MOST = 100;

    /** Beyond, tanh is ±1. */
    private static final double TANH_MOST = 20;

    /** Beyond, tanh(ln(1 + eˣ)) is 1. */
    private static final double MISH_MOST = 40;

    /** Beyond, e⁻ˣ is 0. */
    private static final double FAR = 800;

    private static final double LOG2_E = 1.4426950408889634;
    private static final double LN_2 = Math.log(2);

    /** Multiplied by it, a number is split into two halves of its digits (Veltkamp). */
    static final double SPLIT = 0x1p27 + 1;

    /** Added to a number of at most ½ and taken off again, it leaves 25 bits, the square of which is exact. */
    private static final double SHORT = 0x1.8p27;

    /** ln 2 in two parts, the first of 26 bits. */
    private static final double LN_2_HEAD = 0x1.62e42fp-1;

    private static final double LN_2_TAIL = 0x1.df473de6af279p-26;

    /** ln 2 in two parts. The first has so few digits that its multiples with whole numbers up to 2¹¹ are exact. */
    private static final double LN2_HEAD = 0x1.62e42fefap-1;

    private static final double LN2_TAIL = 0x1.cf79abc9e3b3ap-40;

    private static final double P_0 = 0x1p-53; // and 1/2
    private static final double P_1 = 0.16666666666666669;
    private static final double P_2 = 0.041666666666623824;
    private static final double P_3 = 0.008333333333330039;
    private static final double P_4 = 0.0013888888917367081;
    private static final double P_5 = 0.00019841269863171557;
    private static final double P_6 = 2.4801521057868204e-05;
    private static final double P_7 = 2.7557268276905696e-06;
    private static final double P_8 = 2.7620201591031547e-07;
    private static final double P_9 = 2.5100472505694996e-08;

    /** The polynomial for floats, with an error below 2⁻³⁰. */
    private static final double F_0 = 0.500000001353873;

    private static final double F_1 = 0.16666666681704215;
    private static final double F_2 = 0.04166646419740569;
    private static final double F_3 = 0.008333310844647862;
    private static final double F_4 = 0.0013933730715792083;
    private static final double F_5 = 0.00019891080463998843;

    private DoubleExponentials() {}

    /** Within 1 unit in the last place. */
    static void exp(DoubleMathScratch s, int n) {
        boolean regular = s.allNear(s.x, n);
        expOf(s.x, s, n);
        for (int i = 0; i < n && !regular; i++) {
            if (!(Math.abs(s.x[i]) <= MOST)) {
                s.y[i] = Math.exp(s.x[i]);
            }
        }
    }

    /** eˣ − 1 within 1 unit in the last place; −0 stays. */
    static void expm1(DoubleMathScratch s, int n) {
        boolean regular = s.allNear(s.x, n);
        expm1Of(s.x, s, n);
        for (int i = 0; i < n && !regular; i++) {
            if (!(Math.abs(s.x[i]) <= MOST)) {
                s.y[i] = Math.expm1(s.x[i]);
            }
        }
    }

    /** sinh x = (m + m / e) / 2 with m = eˣ − 1 and e = eˣ, both to the last digits; −0 stays. */
    static void sinh(DoubleMathScratch s, int n) {
        boolean regular = s.allNear(s.x, n);
        reduce(s.x, s.count, s.rest, s.tail, n);
        s.raise(n);
        polynomial(s.rest, s.tail, s.y, n);
        sinh(s.count, s.y, n);
        for (int i = 0; i < n && !regular; i++) {
            if (!(Math.abs(s.x[i]) <= MOST)) {
                s.y[i] = Math.sinh(s.x[i]);
            }
        }
    }

    /** cosh x = (e + 1 / e) / 2 with e = e^|x|. */
    static void cosh(DoubleMathScratch s, int n) {
        boolean regular = s.allNear(s.x, n);
        abs(s.x, s.other, n);
        expOf(s.other, s, n);
        for (int i = 0; i < n; i++) {
            s.y[i] = 0.5 * (s.y[i] + 1 / s.y[i]);
        }
        for (int i = 0; i < n && !regular; i++) {
            if (!(Math.abs(s.x[i]) <= MOST)) {
                s.y[i] = Math.cosh(s.x[i]);
            }
        }
    }

    /** tanh x as {@link DoubleMath#tanh} computes it, of two forms the one for |x|; odd. */
    static void tanh(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            s.argument[i] = Math.min(Math.abs(s.x[i]), TANH_MOST);
            s.other[i] = 2 * s.argument[i];
        }
        expOf(s.other, s, n);
        tanhRest(s.argument, s.other, n);
        for (int i = 0; i < n; i++) {
            double abs = s.argument[i];
            double above = Math.floor(Math.min(abs, 1) + (1 - DoubleMath.NEAR));
            double tanh = (1 - above) * (abs - s.other[i]) + above * (1 - 2 / (s.y[i] + 1));
            s.y[i] = Math.min(Math.max(2 * s.x[i], -tanh), tanh);
        }
    }

    private static void tanhRest(double[] x, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            double u = x[i] * x[i];
            double p = u * (675_675 + u * (45_045 + u * (594 + u)));
            double q = 2_027_025 + u * (945_945 + u * (51_975 + u * (630 + u)));
            y[i] = x[i] * (p / q);
        }
    }

    /** sinh x to the digits of floats. */
    static void sinhOfFloats(DoubleMathScratch s, int n) {
        fewTerms(s.x, s, n);
        sinh(s.count, s.y, n);
    }

    /** Replaces y = e^(x − k ln 2) − 1 by sinh x. */
    private static void sinh(double[] power, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            double m = y[i] * power[i] - (1 - power[i]);
            y[i] = 0.5 * (m + m / ((1 + y[i]) * power[i]));
        }
    }

    /** cosh x to the digits of floats. */
    static void coshOfFloats(DoubleMathScratch s, int n) {
        fewTerms(s.x, s, n);
        for (int i = 0; i < n; i++) {
            double e = (1 + s.y[i]) * s.count[i];
            s.y[i] = 0.5 * (e + 1 / e);
        }
    }

    /** 2ˣ = 2ᵏ e^((x − k) ln 2), where x − k is exact; within 1 unit in the last place. */
    static void exp2(DoubleMathScratch s, int n) {
        boolean regular = s.allNear(s.x, n);
        reduceOfTwo(s.x, s.count, s.rest, s.tail, n);
        s.raise(n);
        polynomial(s.rest, s.tail, s.y, n);
        for (int i = 0; i < n; i++) {
            s.y[i] = (1 + s.y[i]) * s.count[i];
        }
        for (int i = 0; i < n && !regular; i++) {
            if (!(Math.abs(s.x[i]) <= EXP2_MOST)) {
                s.y[i] = Math.pow(2, s.x[i]);
            }
        }
    }

    /** 2ˣ to the digits of floats. */
    static void exp2OfFloats(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            double near = Math.min(Math.max(s.x[i], -2 * FLOAT_MOST), 2 * FLOAT_MOST);
            double rounded = near + DoubleMathScratch.ROUND;
            s.count[i] = rounded;
            s.rest[i] = (near - (rounded - DoubleMathScratch.ROUND)) * LN_2;
        }
        fewTerms(s, n);
        for (int i = 0; i < n; i++) {
            s.y[i] = (1 + s.y[i]) * s.count[i];
        }
    }

    /** Sets count to 2ᵏ and y to e^(v − k ln 2) − 1. */
    private static void fewTerms(double[] v, DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            double near = Math.min(Math.max(v[i], -FLOAT_MOST), FLOAT_MOST);
            double rounded = near * LOG2_E + DoubleMathScratch.ROUND;
            double k = rounded - DoubleMathScratch.ROUND;
            s.count[i] = rounded;
            s.rest[i] = near - k * LN_2;
        }
        fewTerms(s, n);
    }

    /** Replaces the count by a power of two, and sets y to e^rest − 1. */
    private static void fewTerms(DoubleMathScratch s, int n) {
        s.raise(n);
        for (int i = 0; i < n; i++) { // the sum is positive for −0, so that −0 is kept
            double r = s.rest[i];
            double z = r * r;
            double even = F_0 + z * (F_2 + z * F_4);
            double odd = F_1 + z * (F_3 + z * F_5);
            s.y[i] = r + (r * even + z * odd) * r;
        }
    }

    /**
     * x tanh(ln(1 + eˣ)) = x m / (m + 2) with m = eˣ (eˣ + 2). With s = min(eˣ, 1), the fraction is s − s · s (s + 1) /
     * (m + 2), which hardly rounds where eˣ is far from 1.
     */
    static void mish(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            s.other[i] = Math.min(s.x[i], MISH_MOST);
        }
        boolean regular = s.allNear(s.other, n);
        expOf(s.other, s, n);
        for (int i = 0; i < n; i++) {
            double exp = s.y[i];
            double least = Math.min(exp, 1);
            s.y[i] = s.x[i] * (least - least * (least * (least + 1) / (exp * (exp + 2) + 2)));
        }
        for (int i = 0; i < n && !regular; i++) {
            if (!(s.x[i] >= -MOST)) {
                s.y[i] = DoubleMath.timesExp(Math.max(s.x[i], -FAR), s.x[i]);
            }
        }
    }

    /** Sets y to scale · x where x > 0, else scale · alpha · (e^(rate · x) − 1). */
    static void elu(double alpha, double rate, double scale, DoubleMathScratch s, int n) {
        double factor = scale * alpha;
        for (int i = 0; i < n; i++) {
            s.other[i] = rate * Math.min(s.x[i], 0);
        }
        boolean regular = s.allNear(s.other, n);
        expm1Of(s.other, s, n);
        for (int i = 0; i < n; i++) {
            s.y[i] = scale * Math.max(s.x[i], -0.0) + factor * s.y[i];
        }
        for (int i = 0; i < n && !regular; i++) {
            if (!(Math.abs(s.other[i]) <= MOST)) {
                s.y[i] = factor * Math.expm1(s.other[i]);
            }
        }
    }

    /**
     * Sets y to e^(−|v|).
     *
     * @return whether all v are near 0, see {@link DoubleMathScratch#allNear}
     */
    static boolean expOfLess(double[] v, DoubleMathScratch s, int n) {
        boolean regular = s.allNear(v, n);
        for (int i = 0; i < n; i++) {
            s.other[i] = -Math.abs(v[i]);
        }
        expOf(s.other, s, n);
        for (int i = 0; i < n && !regular; i++) {
            if (!(Math.abs(v[i]) <= MOST)) {
                s.y[i] = Math.exp(-Math.abs(v[i]));
            }
        }
        return regular;
    }

    /** Sets y to e^v where v is at most {@link #MOST} from 0. */
    private static void expOf(double[] v, DoubleMathScratch s, int n) {
        reduce(v, s.count, s.rest, s.tail, n);
        s.raise(n);
        polynomial(s.rest, s.tail, s.y, n);
        for (int i = 0; i < n; i++) {
            s.y[i] = (1 + s.y[i]) * s.count[i];
        }
    }

    /** Sets y to e^v − 1 where v is at most {@link #MOST} from 0. */
    private static void expm1Of(double[] v, DoubleMathScratch s, int n) {
        reduce(v, s.count, s.rest, s.tail, n);
        s.raise(n);
        bend(s.rest, s.tail, s.y, n);
        for (int i = 0; i < n; i++) {
            double r = s.rest[i];
            double head = (r + SHORT) - SHORT;
            double less = 1 - s.count[i];
            double line = r * s.count[i];
            double sum = line - less;
            double bend = 0.5 * head * head * s.count[i];
            double more = 0.5 * (r - head) * (r + head);
            double total = sum - (0 - bend); // differences keep −0
            // beside 1 and 2ᵏ, digits are lost that the result has room for
            double lost = (line - (sum + less)) + (bend - (total - sum)) - (1 - (less + s.count[i]));
            s.y[i] = total - (0 - (lost + (more + s.y[i]) * s.count[i]));
        }
    }

    private static void abs(double[] x, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = Math.abs(x[i]);
        }
    }

    /** Sets rest − tail to (v − k) ln 2, and count to k + ROUND; far from 0 they are of no use. */
    static void reduceOfTwo(double[] v, double[] count, double[] rest, double[] tail, int n) {
        for (int i = 0; i < n; i++) {
            double rounded = v[i] + DoubleMathScratch.ROUND;
            double part = v[i] - (rounded - DoubleMathScratch.ROUND);
            double r = part * LN_2;
            double head = (part + SHORT) - SHORT;
            count[i] = rounded;
            rest[i] = r;
            tail[i] = ((r - head * LN_2_HEAD) - (part - head) * LN_2_HEAD) - part * LN_2_TAIL;
        }
    }

    /** Sets rest − tail to v − k ln 2, and count to k + ROUND; far from 0 they are of no use. */
    static void reduce(double[] v, double[] count, double[] rest, double[] tail, int n) {
        for (int i = 0; i < n; i++) {
            double rounded = v[i] * LOG2_E + DoubleMathScratch.ROUND;
            double k = rounded - DoubleMathScratch.ROUND;
            double head = v[i] - k * LN2_HEAD;
            double less = k * LN2_TAIL;
            double r = head - less;
            count[i] = rounded;
            rest[i] = r;
            tail[i] = less - (head - r);
        }
    }

    /** The same of −v. */
    static void reduceNegative(double[] v, double[] count, double[] rest, double[] tail, int n) {
        for (int i = 0; i < n; i++) {
            double rounded = -v[i] * LOG2_E + DoubleMathScratch.ROUND;
            double k = rounded - DoubleMathScratch.ROUND;
            double head = -v[i] - k * LN2_HEAD;
            double less = k * LN2_TAIL;
            double r = head - less;
            count[i] = rounded;
            rest[i] = r;
            tail[i] = less - (head - r);
        }
    }

    /** The same of a v to which something is added that is less than its last digit. */
    static void reduce(double[] v, double[] added, double[] count, double[] rest, double[] tail, int n) {
        for (int i = 0; i < n; i++) {
            double rounded = v[i] * LOG2_E + DoubleMathScratch.ROUND;
            double k = rounded - DoubleMathScratch.ROUND;
            double head = v[i] - k * LN2_HEAD;
            double less = k * LN2_TAIL - added[i];
            double r = head - less;
            count[i] = rounded;
            rest[i] = r;
            tail[i] = less - (head - r);
        }
    }

    /** Sets y to e^(r − tail) − 1. */
    static void polynomial(double[] rest, double[] tail, double[] y, int n) {
        polynomial(rest, tail, 1, y, n);
    }

    /** Sets y to e^(r − tail) − 1 − r − r² / 2. */
    static void bend(double[] rest, double[] tail, double[] y, int n) {
        polynomial(rest, tail, 0, y, n);
    }

    /**
     * Sets y to e^(r − tail) − 1 if begin is 1, and takes off r + r² / 2 if it is 0. r² / 2 stands alone, as roundings
     * of the rest count less; the last operation is a difference, so that −0 is kept.
     */
    private static void polynomial(double[] rest, double[] tail, double begin, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            double r = rest[i];
            double z = r * r;
            double w = z * z;
            double even = (P_0 + z * P_2) + w * ((P_4 + z * P_6) + w * P_8);
            double odd = (P_1 + z * P_3) + w * ((P_5 + z * P_7) + w * P_9);
            double curve = 0.5 * begin * z + (r * even + z * odd) * r;
            y[i] = r * begin - ((tail[i] + tail[i] * r) - curve);
        }
    }
}
