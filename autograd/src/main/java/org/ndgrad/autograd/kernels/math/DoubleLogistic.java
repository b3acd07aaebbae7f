package org.ndgrad.autograd.kernels.math;

/**
 * The logistic function σ(x) = 1 / (1 + e⁻ˣ) of doubles, what is made of it, and logarithms of sums of two powers,
 * whose slopes it is; in loops that the just-in-time compiler can turn into vector instructions, see
 * {@link DoubleMathScratch}.
 */
final class DoubleLogistic {

    /** Beyond, e⁻ˣ is 0. */
    private static final double FAR = 800;

    /** Beyond, {@link #geluTanh} is 0 or x. */
    private static final double GELU_MOST = 40;

    private static final double CUBIC = 0.044715;

    /** 2 √(2/π), in two parts. */
    private static final double TWICE_ROOT = 1.5957691216057308;

    private static final double TWICE_ROOT_TAIL = -9.96930880911092e-17;

    /** 1 / ln e, in two parts. */
    private static final double[] NATURAL = {1, 0};

    private DoubleLogistic() {}

    /** σ(x). */
    static void sigmoid(DoubleMathScratch s, int n) {
        sigmoid(s.x, s, n);
    }

    /** x σ(x). */
    static void silu(DoubleMathScratch s, int n) {
        boolean regular = s.allWithin(s.x, DoubleExponentials.MOST, n);
        sigmoid(s.x, s, n);
        for (int i = 0; i < n; i++) {
            s.y[i] = Math.max(s.x[i], -FAR) * s.y[i];
        }
        for (int i = 0; i < n && !regular; i++) {
            if (s.x[i] < -DoubleExponentials.MOST) {
                s.y[i] = DoubleMath.timesExp(Math.max(s.x[i], -FAR), s.x[i]);
            }
        }
    }

    /** x σ(2u) with u = √(2/π) (x + 0.044715 x³); far below 0, σ needs digits of u that have been rounded off. */
    static void geluTanh(DoubleMathScratch s, int n) {
        twiceInner(s.x, s.argument, s.second, n);
        boolean regular = s.allWithin(s.argument, DoubleExponentials.MOST, n);
        sigmoid(s.argument, s, n);
        for (int i = 0; i < n; i++) {
            s.y[i] = Math.max(s.x[i], -GELU_MOST) * (s.y[i] + s.y[i] * (s.second[i] * (1 - s.y[i])));
        }
        for (int i = 0; i < n && !regular; i++) {
            if (s.argument[i] < -DoubleExponentials.MOST) {
                double near = Math.max(s.x[i], -GELU_MOST);
                s.y[i] = DoubleMath.timesExp(near + near * s.second[i], s.argument[i]);
            }
        }
    }

    /** Sets inner + lost to 2u. */
    private static void twiceInner(double[] x, double[] inner, double[] lost, int n) {
        for (int i = 0; i < n; i++) {
            double v = Math.min(Math.max(x[i], -GELU_MOST), GELU_MOST);
            double square = v * v;
            double cubic = CUBIC * square;
            double sum = 1 + cubic;
            double rest = cubic - (sum - 1);
            double product = v * sum;
            double ofSquare = DoubleLogarithms.lost(v, v, square);
            double ofSum = rest + (DoubleLogarithms.lost(CUBIC, square, cubic) + CUBIC * ofSquare);
            double ofProduct = DoubleLogarithms.lost(v, sum, product) + v * ofSum;
            double z = TWICE_ROOT * product;
            inner[i] = z;
            lost[i] = DoubleLogarithms.lost(TWICE_ROOT, product, z)
                    + (TWICE_ROOT * ofProduct + TWICE_ROOT_TAIL * product);
        }
    }

    /** Sets y to σ(v), of e^(−|v|), and adds what rounding took off its sum with 1. */
    private static void sigmoid(double[] v, DoubleMathScratch s, int n) {
        DoubleExponentials.expOfLess(v, s, n);
        for (int i = 0; i < n; i++) {
            double exp = s.y[i];
            double sum = 1 + exp;
            double lost = exp - (sum - 1);
            double positive = Math.min(Math.max(v[i] * 0x1p1000 * 0x1p100, 0), 1);
            double share = (positive + (1 - positive) * exp) / sum;
            s.y[i] = share - share * (lost * Math.max(share, 1 - share)); // the larger one is 1 / sum
        }
    }

    /** ln(eˣ + eʸ), where x − y is exact enough for floats. */
    static void logaddexpOfFloats(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            s.argument[i] = s.x[i] - s.second[i];
        }
        DoubleLogarithms.softplusOfLess(s.argument, s, n);
        for (int i = 0; i < n; i++) {
            s.y[i] = Math.max(s.x[i], s.second[i]) + s.y[i];
        }
        for (int i = 0; i < n; i++) {
            double larger = Math.max(s.x[i], s.second[i]);
            if (Math.abs(larger) > Double.MAX_VALUE) {
                s.y[i] = larger;
            }
        }
    }

    /** ln(eˣ + eʸ). */
    static void logaddexp(DoubleMathScratch s, int n) {
        difference(s, n);
        boolean regular = s.allWithin(s.argument, DoubleExponentials.MOST, n);
        DoubleExponentials.reduce(s.argument, s.count, s.rest, s.tail, n);
        for (int i = 0; i < n; i++) {
            s.tail[i] -= s.other[i];
        }
        logOfSum(NATURAL, s, n);
        for (int i = 0; i < n && !regular; i++) {
            if (!(s.argument[i] >= -DoubleExponentials.MOST)) {
                s.y[i] = farApart(Math.E, s.x[i], s.second[i]);
            }
        }
    }

    /** log₂(2ˣ + 2ʸ). */
    static void logaddexp2(DoubleMathScratch s, int n) {
        difference(s, n);
        boolean regular = s.allWithin(s.argument, DoubleExponentials.EXP2_MOST, n);
        DoubleExponentials.reduceOfTwo(s.argument, s.count, s.rest, s.tail, n);
        for (int i = 0; i < n; i++) {
            s.tail[i] -= s.other[i] * DoubleLogarithms.LN2_HEAD;
        }
        logOfSum(DoubleLogarithms.LOG2, s, n);
        for (int i = 0; i < n && !regular; i++) {
            if (!(s.argument[i] >= -DoubleExponentials.EXP2_MOST)) {
                s.y[i] = farApart(2, s.x[i], s.second[i]);
            }
        }
    }

    private static double farApart(double base, double a, double b) {
        double larger = Math.max(a, b);
        double power = DoubleMath.power(base, a, b); // ln(1 + p) is p
        return Double.isInfinite(larger) ? larger : larger + (base == 2 ? power * DoubleLogarithms.LOG2[0] : power);
    }

    /** Sets argument + other to −|x − y|. */
    private static void difference(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            double larger = Math.max(s.x[i], s.second[i]);
            double smaller = Math.min(s.x[i], s.second[i]);
            double way = smaller - larger;
            double back = way - smaller;
            s.argument[i] = way;
            s.other[i] = (smaller - (way - back)) + (-larger - back);
        }
    }

    /**
     * Sets y to max(x, y) + ln(1 + p) · base with p = e^(rest − tail) 2^count, all of it in two parts: where the terms
     * cancel, none of their digits can be spared.
     */
    private static void logOfSum(double[] base, DoubleMathScratch s, int n) {
        s.raise(n);
        DoubleExponentials.polynomial(s.rest, s.tail, s.y, n);
        for (int i = 0; i < n; i++) {
            double power = 1 + s.y[i];
            double ofPower = s.y[i] - (power - 1);
            double p = power * s.count[i];
            double sum = 1 + p;
            s.other[i] = ((p - (sum - 1)) + ofPower * s.count[i]) / sum;
            s.y[i] = sum;
        }
        s.splitRegular(s.y, n);
        DoubleLogarithms.tail(s.rest, s.y, n);
        for (int i = 0; i < n; i++) {
            double k = s.count[i] - DoubleMathScratch.ROUND;
            double f = s.rest[i] - 1;
            double line = k * DoubleLogarithms.LN2_HEAD + f; // exact for a k of 0 or 1
            double curve = 0.5 * f * f - (s.y[i] + (k * DoubleLogarithms.LN2_TAIL + s.other[i]));
            double log = line - curve;
            double head = log * DoubleLogarithms.SPLIT - (log * DoubleLogarithms.SPLIT - log);
            double rest = (log - head) + ((line - log) - curve);
            double part = head * base[0];
            double larger = Math.max(s.x[i], s.second[i]);
            double total = larger + part;
            double back = total - larger;
            double lost = (larger - (total - back)) + (part - back);
            s.y[i] = total + (lost + (rest * base[0] + log * base[1]));
        }
    }
}
