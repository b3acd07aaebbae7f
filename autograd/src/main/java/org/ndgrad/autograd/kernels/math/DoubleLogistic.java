package org.ndgrad.autograd.kernels.math;

/**
 * The logistic function σ(x) = 1 / (1 + e⁻ˣ) of doubles, what is made of it, and logarithms of sums of two powers,
 * whose slopes it is; in loops that the just-in-time compiler can turn into vector instructions, see
 * {@link DoubleMathScratch}.
 */
final class DoubleLogistic {

    /** Beyond, e⁻ˣ is 0. */
    private static final double FAR = 800;

    /** Beyond, {@link #GELU_TANH} is 0 or x. */
    private static final double GELU_MOST = 40;

    private static final double CUBIC = 0.044715;

    /** 2 √(2/π), in two parts. */
    private static final double TWICE_ROOT = 1.5957691216057308;

    private static final double TWICE_ROOT_TAIL = -9.96930880911092e-17;

    /** 1 / ln e, in two parts. */
    private static final double[] NATURAL = {1, 0};

    /** x σ(2u) with u = √(2/π) (x + 0.044715 x³); far below 0, σ needs digits of u that have been rounded off. */
    static final DoubleSteps.Step GELU_TANH = DoubleSteps.chain(
            DoubleLogistic::square,
            DoubleLogistic::factor,
            DoubleLogistic::product,
            DoubleLogistic::twiceInner,
            (s, n) -> sigmoid(s.argument, s, n),
            DoubleLogistic::gelu,
            DoubleLogistic::irregularGelu);

    /** ln(eˣ + eʸ). */
    static final DoubleSteps.Step LOGADDEXP = DoubleSteps.chain(
            DoubleLogistic::difference,
            (s, n) -> DoubleExponentials.reduce(s.argument, s.other, s.count, s.rest, s.tail, n),
            DoubleMathScratch::raise,
            (s, n) -> DoubleExponentials.polynomial(s.rest, s.tail, s.y, n),
            DoubleLogistic::sum,
            (s, n) -> s.splitRegular(s.y, n),
            (s, n) -> DoubleLogarithms.tail(s.rest, s.y, n),
            DoubleLogistic::logarithm,
            (s, n) -> plusLarger(NATURAL, s, n),
            (s, n) -> irregular(DoubleExponentials.MOST, Math.E, s, n));

    /** log₂(2ˣ + 2ʸ). */
    static final DoubleSteps.Step LOGADDEXP2 = DoubleSteps.chain(
            DoubleLogistic::difference,
            (s, n) -> DoubleExponentials.reduceOfTwo(s.argument, s.count, s.rest, s.tail, n),
            (s, n) -> DoubleLoops.addScaled(s.tail, s.other, -DoubleLogarithms.LN2_HEAD, s.tail, n),
            DoubleMathScratch::raise,
            (s, n) -> DoubleExponentials.polynomial(s.rest, s.tail, s.y, n),
            DoubleLogistic::sum,
            (s, n) -> s.splitRegular(s.y, n),
            (s, n) -> DoubleLogarithms.tail(s.rest, s.y, n),
            DoubleLogistic::logarithm,
            (s, n) -> plusLarger(DoubleLogarithms.LOG2, s, n),
            (s, n) -> irregular(DoubleExponentials.EXP2_MOST, 2, s, n));

    /** ln(eˣ + eʸ), where x − y is exact enough for floats. */
    static final DoubleSteps.Step LOGADDEXP_OF_FLOATS = DoubleSteps.chain(
            (s, n) -> DoubleLoops.subtract(s.x, s.second, s.argument, n),
            (s, n) -> DoubleExponentials.expOfLess(s.argument, s, n),
            (s, n) -> DoubleLoops.copy(s.y, s.other, n),
            (s, n) -> DoubleLogarithms.log1p(s.other, s, n),
            DoubleLogistic::plusLarger,
            DoubleLogistic::ofInfinite);

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

    /** Sets other to x, within bounds, and argument + second to its square. */
    private static void square(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            double v = Math.min(Math.max(s.x[i], -GELU_MOST), GELU_MOST);
            double square = v * v;
            s.other[i] = v;
            s.argument[i] = square;
            s.second[i] = DoubleLogarithms.lostOfSquare(v, square);
        }
    }

    /** Sets spare + second to 1 + 0.044715 x². */
    private static void factor(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            double cubic = CUBIC * s.argument[i];
            double sum = 1 + cubic;
            s.spare[i] = sum;
            double ofCubic = DoubleLogarithms.lost(CUBIC, s.argument[i], cubic) + CUBIC * s.second[i];
            s.second[i] = (cubic - (sum - 1)) + ofCubic;
        }
    }

    /** Sets rest + second to x + 0.044715 x³. */
    private static void product(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            double product = s.other[i] * s.spare[i];
            s.rest[i] = product;
            s.second[i] = DoubleLogarithms.lost(s.other[i], s.spare[i], product) + s.other[i] * s.second[i];
        }
    }

    /** Sets argument + second to 2u. */
    private static void twiceInner(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            double twice = TWICE_ROOT * s.rest[i];
            s.argument[i] = twice;
            double ofTwice = TWICE_ROOT * s.second[i] + TWICE_ROOT_TAIL * s.rest[i];
            s.second[i] = DoubleLogarithms.lost(TWICE_ROOT, s.rest[i], twice) + ofTwice;
        }
    }

    private static void gelu(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            s.y[i] = Math.max(s.x[i], -GELU_MOST) * (s.y[i] + s.y[i] * (s.second[i] * (1 - s.y[i])));
        }
    }

    private static void irregularGelu(DoubleMathScratch s, int n) {
        boolean regular = s.allWithin(s.argument, DoubleExponentials.MOST, n);
        for (int i = 0; i < n && !regular; i++) {
            if (s.argument[i] < -DoubleExponentials.MOST) {
                double near = Math.max(s.x[i], -GELU_MOST);
                s.y[i] = DoubleMath.timesExp(near + near * s.second[i], s.argument[i]);
            }
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

    private static void plusLarger(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            double larger = Math.max(s.x[i], s.second[i]);
            s.spare[i] = larger;
            s.y[i] = larger + s.y[i];
        }
    }

    private static void ofInfinite(DoubleMathScratch s, int n) {
        boolean regular = s.allWithin(s.spare, Double.MAX_VALUE, n);
        for (int i = 0; i < n && !regular; i++) {
            if (Math.abs(s.spare[i]) > Double.MAX_VALUE) {
                s.y[i] = s.spare[i];
            }
        }
    }

    private static void irregular(double most, double base, DoubleMathScratch s, int n) {
        boolean regular = s.allWithin(s.argument, most, n);
        for (int i = 0; i < n && !regular; i++) {
            if (!(s.argument[i] >= -most)) {
                s.y[i] = farApart(base, s.x[i], s.second[i]);
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

    /** Sets y + other to 1 + p with p = e^(rest − tail) 2^count, and other relative to y. */
    private static void sum(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            double power = 1 + s.y[i];
            double ofPower = s.y[i] - (power - 1);
            double p = power * s.count[i];
            double sum = 1 + p;
            s.other[i] = ((p - (sum - 1)) + ofPower * s.count[i]) / sum;
            s.y[i] = sum;
        }
    }

    /** Sets spare + tail to ln(1 + p). */
    private static void logarithm(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            double k = s.count[i] - DoubleMathScratch.ROUND;
            double f = s.rest[i] - 1;
            double line = k * DoubleLogarithms.LN2_HEAD + f; // exact for a k of 0 or 1
            double curve = 0.5 * f * f - (s.y[i] + (k * DoubleLogarithms.LN2_TAIL + s.other[i]));
            double log = line - curve;
            s.spare[i] = log;
            s.tail[i] = (line - log) - curve;
        }
    }

    /**
     * Sets y to max(x, y) + ln(1 + p) · base, all of it in two parts: where the terms cancel, none of their digits can
     * be spared.
     */
    private static void plusLarger(double[] base, DoubleMathScratch s, int n) {
        double factor = base[0];
        double factorTail = base[1];
        for (int i = 0; i < n; i++) {
            double log = s.spare[i];
            double head = log * DoubleLogarithms.SPLIT - (log * DoubleLogarithms.SPLIT - log);
            double rest = (log - head) + s.tail[i];
            double part = head * factor;
            double larger = Math.max(s.x[i], s.second[i]);
            double total = larger + part;
            double back = total - larger;
            double lost = (larger - (total - back)) + (part - back);
            s.y[i] = total + (lost + (rest * factor + log * factorTail));
        }
    }
}
