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

    private static final double LOG2_HEAD = DoubleLogarithms.LOG2[0];
    private static final double LOG2_TAIL = DoubleLogarithms.LOG2[1];

    /** Of what {@link DoubleExponentials#reduceNegative} makes of its argument. */
    private static final DoubleSteps.Step LOGISTIC = DoubleSteps.chain(
            DoubleMathScratch::raise,
            (s, n) -> DoubleExponentials.polynomial(s.rest, s.tail, s.y, n),
            DoubleLogistic::logistic);

    /** σ(x). */
    static final DoubleSteps.Step SIGMOID = DoubleSteps.chain(
            (s, n) -> DoubleExponentials.reduceNegative(s.x, s.count, s.rest, s.tail, n),
            LOGISTIC,
            (s, n) -> irregularLogistic(s.x, s, n));

    /** x σ(x). */
    static final DoubleSteps.Step SILU = DoubleSteps.chain(
            (s, n) -> DoubleExponentials.reduceNegative(s.x, s.count, s.rest, s.tail, n),
            LOGISTIC,
            DoubleLogistic::timesArgument,
            DoubleLogistic::irregularSilu);

    /** (1 − t) σ(x) − t σ(−x). */
    static final DoubleSteps.Step LOSS_SLOPE = DoubleSteps.chain(
            SIGMOID,
            DoubleLogistic::putAside,
            (s, n) -> DoubleExponentials.reduceNegative(s.argument, s.count, s.rest, s.tail, n),
            LOGISTIC,
            (s, n) -> irregularLogistic(s.argument, s, n),
            DoubleLogistic::lossSlope);

    /** x σ(2u) with u = √(2/π) (x + 0.044715 x³); far below 0, σ needs digits of u that have been rounded off. */
    static final DoubleSteps.Step GELU_TANH = DoubleSteps.chain(
            DoubleLogistic::square,
            DoubleLogistic::factor,
            DoubleLogistic::product,
            DoubleLogistic::twiceInner,
            (s, n) -> DoubleExponentials.reduceNegative(s.argument, s.count, s.rest, s.tail, n),
            LOGISTIC,
            (s, n) -> irregularLogistic(s.argument, s, n),
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
            DoubleLogistic::plusLarger,
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
            DoubleLogistic::logarithmOfRest,
            DoubleLogistic::plusLargerOfTwo,
            (s, n) -> irregular(DoubleExponentials.EXP2_MOST, 2, s, n));

    private DoubleLogistic() {}

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

    /** Sets y to 1 / (1 + (1 + y) count), and adds what rounding took off the sum. */
    private static void logistic(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            double exp = (1 + s.y[i]) * s.count[i];
            double sum = 1 + exp;
            double back = sum - 1;
            double lost = (1 - (sum - back)) + (exp - back);
            double share = 1 / sum;
            s.y[i] = share - share * (share * lost);
        }
    }

    private static void irregularLogistic(double[] v, DoubleMathScratch s, int n) {
        boolean regular = s.allNear(v, n);
        for (int i = 0; i < n && !regular; i++) {
            if (!(Math.abs(v[i]) <= DoubleExponentials.MOST)) {
                s.y[i] = v[i] > 0 ? 1 : Math.exp(v[i]);
            }
        }
    }

    private static void timesArgument(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            s.y[i] *= s.x[i];
        }
    }

    private static void irregularSilu(DoubleMathScratch s, int n) {
        boolean regular = s.allNear(s.x, n);
        for (int i = 0; i < n && !regular; i++) {
            double x = s.x[i];
            if (!(Math.abs(x) <= DoubleExponentials.MOST)) {
                s.y[i] = x < 0 ? DoubleMath.timesExp(Math.max(x, -FAR), x) : x;
            }
        }
    }

    /** Sets other to y, and argument to −x. */
    private static void putAside(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            s.other[i] = s.y[i];
            s.argument[i] = -s.x[i];
        }
    }

    private static void lossSlope(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            s.y[i] = (1 - s.second[i]) * s.other[i] - s.second[i] * s.y[i];
        }
    }

    /** −t ln σ(x) − (1 − t) ln σ(−x), where a factor of 0 counts more than an infinite logarithm. */
    static void loss(DoubleMathScratch s, int n) {
        boolean regular = DoubleLogarithms.softplusOfLess(s.x, s, n);
        for (int i = 0; i < n; i++) {
            s.y[i] += Math.max(s.x[i], 0) * (1 - s.second[i]) + Math.max(-s.x[i], 0) * s.second[i];
        }
        for (int i = 0; i < n && !regular; i++) {
            if (Double.isInfinite(s.x[i])) {
                double weight = s.x[i] > 0 ? 1 - s.second[i] : -s.second[i];
                s.y[i] = weight == 0 ? 0 : weight * s.x[i];
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

    /** Sets spare + tail to ln(1 + p) without its share of ln 2. */
    private static void logarithmOfRest(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            double f = s.rest[i] - 1;
            double curve = 0.5 * f * f - (s.y[i] + s.other[i]);
            double log = f - curve;
            s.spare[i] = log;
            s.tail[i] = (f - log) - curve;
        }
    }

    /** Sets y to max(x, y) + log₂(1 + p) in two parts, and with the whole number in the logarithm as it is. */
    private static void plusLargerOfTwo(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            double log = s.spare[i];
            double head = log * DoubleLogarithms.SPLIT - (log * DoubleLogarithms.SPLIT - log);
            double rest = (log - head) + s.tail[i];
            double part = head * LOG2_HEAD;
            double larger = Math.max(s.x[i], s.second[i]);
            double k = s.count[i] - DoubleMathScratch.ROUND;
            double whole = larger + k;
            double ofWhole = (larger - (whole - (whole - larger))) + (k - (whole - larger));
            double total = whole + part;
            double back = total - whole;
            double lost = (whole - (total - back)) + (part - back);
            s.y[i] = total + ((lost + ofWhole) + (rest * LOG2_HEAD + log * LOG2_TAIL));
        }
    }

    /** Sets y to max(x, y) + ln(1 + p), in two parts: where the terms cancel, none of their digits can be spared. */
    private static void plusLarger(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            double larger = Math.max(s.x[i], s.second[i]);
            double total = larger + s.spare[i];
            double back = total - larger;
            double lost = (larger - (total - back)) + (s.spare[i] - back);
            s.y[i] = total + (lost + s.tail[i]);
        }
    }
}
