package org.ndgrad.autograd.kernels.math;

/**
 * Logarithms of doubles and their kin, in loops that the just-in-time compiler can turn into vector instructions, see
 * {@link DoubleMathScratch}.
 *
 * <p>With x = 2ᵏ (1 + f), s = f / (2 + f) and h = f²/2: ln x = k ln 2 + f − (h − s (h + R(s²))), where R is
 * ln((1 + s) / (1 − s)) / s − 2. Its polynomial is found at Chebyshev's nodes, with an error below 2⁻⁵⁷. Arguments that
 * are not positive normal numbers are left to {@link Math}.
 */
final class DoubleLogarithms {

    private static final double R_0 = 0.666666666666667;
    private static final double R_1 = 0.3999999999989889;
    private static final double R_2 = 0.28571428626253836;
    private static final double R_3 = 0.22222211089379493;
    private static final double R_4 = 0.18182892432537032;
    private static final double R_5 = 0.15331611722050653;
    private static final double R_6 = 0.14617807153462828;

    /** 1 / ln 2 and 1 / ln 10, and log₁₀ 2, each in two parts. */
    static final double[] LOG2 = {0x1.7154760000000p+0, 1.9259629911266175e-08, 1, 0};

    private static final double[] LOG10 = {
        0x1.bcb7b10000000p-2, 4.798111141615973e-09, 0x1.34413509f6000p-2, 3.694239077158931e-13
    };

    /** Multiplied by it, a number is split into two halves of its digits (Veltkamp). */
    static final double SPLIT = 0x1p27 + 1;

    /** ln 2 in two parts. The first has so few digits that its multiples with whole numbers up to 2¹¹ are exact. */
    static final double LN2_HEAD = 0x1.62e42fefap-1;

    static final double LN2_TAIL = 0x1.cf79abc9e3b3ap-40;

    /** Beyond, x² + 1 and x² − 1 are x² to the last digit. */
    private static final double LARGE = 0x1p28;

    /** arcosh x = ln(1 + (x − 1) + √((x − 1) (x + 1))); what rounding took off the argument is added to the result. */
    static final DoubleSteps.Step ACOSH = DoubleSteps.chain(
            DoubleLogarithms::acoshFactors,
            DoubleLogarithms::acoshSquare,
            DoubleLogarithms::acoshRoot,
            DoubleLogarithms::acoshArgument,
            (s, n) -> log1p(s.other, s, n),
            (s, n) -> DoubleLoops.add(s.y, s.argument, s.y, n),
            DoubleLogarithms::irregularAcosh);

    private DoubleLogarithms() {}

    /** Within 1 unit in the last place. */
    static void log(DoubleMathScratch s, int n) {
        log(s.x, s, n);
    }

    /** Sets y to ln v. */
    static void log(double[] v, DoubleMathScratch s, int n) {
        boolean regular = s.split(v, n);
        tail(s.rest, s.y, n);
        sum(s.rest, s.count, s.y, n);
        for (int i = 0; i < n && !regular; i++) {
            if (isIrregular(v[i])) {
                s.y[i] = Math.log(v[i]);
            }
        }
    }

    /** ln(1 + x) within 1 unit in the last place; −0 stays, as the smaller one of x and the value. */
    static void log1p(DoubleMathScratch s, int n) {
        log1p(s.x, s, n);
        for (int i = 0; i < n; i++) {
            s.y[i] = Math.min(s.y[i], s.x[i]);
        }
    }

    /** artanh x = ½ ln(1 + 2 x / (1 − x)), odd. */
    static void atanh(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            double abs = Math.abs(s.x[i]);
            s.other[i] = 2 * abs / (1 - abs);
        }
        log1p(s.other, s, n);
        half(s.x, s.y, n);
    }

    /** Sets rest to x − 1, and y to x + 1. */
    private static void acoshFactors(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            double less = Math.max(s.x[i] - 1, -1); // NaN below, where both terms would cancel
            double more = less + 2;
            s.rest[i] = less;
            s.y[i] = more;
            s.argument[i] = less * (less - (more - 2));
        }
    }

    /** Sets spare + argument to x² − 1. */
    private static void acoshSquare(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            double product = s.rest[i] * s.y[i];
            s.spare[i] = product;
            s.argument[i] += lost(s.rest[i], s.y[i], product);
        }
    }

    private static void acoshRoot(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            double root = Math.sqrt(s.spare[i]);
            s.y[i] = root;
            s.argument[i] -= lostOfSquare(root, s.spare[i]);
        }
    }

    /** Sets other to (x − 1) + √((x − 1) (x + 1)), and argument to what the logarithm lacks then. */
    private static void acoshArgument(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            double sum = s.rest[i] + s.y[i];
            double lost = s.rest[i] - (sum - s.y[i]) + 0.5 * s.argument[i] / Math.max(s.y[i], Double.MIN_NORMAL);
            s.other[i] = sum;
            s.argument[i] = lost / (1 + sum);
        }
    }

    private static void irregularAcosh(DoubleMathScratch s, int n) {
        boolean regular = s.allWithin(s.x, LARGE, n);
        for (int i = 0; i < n && !regular; i++) {
            if (!(Math.abs(s.x[i]) <= LARGE)) {
                s.y[i] = DoubleMath.acosh(s.x[i]);
            }
        }
    }

    /**
     * Returns a · b − product, what rounding took off a product (Dekker). What is multiplied comes from a difference
     * on one side and from a sum on the other: factors that look alike C2 takes for each other, and makes no vectors.
     */
    static double lost(double a, double b, double product) {
        double split = SPLIT * a;
        double head = split - (split - a);
        double rest = a - head;
        double other = SPLIT * b;
        double front = other + (b - other);
        double back = b + -front;
        return rest * back - (((product - head * front) - rest * front) - head * back);
    }

    /** Returns a² − square, what rounding took off a square. */
    static double lostOfSquare(double a, double square) {
        double head = a * SPLIT - (a * SPLIT - a);
        double rest = a - head;
        return rest * rest - ((square - head * head) - 2 * head * rest);
    }

    /** arsinh x = ln(1 + |x| + x² / (1 + √(x² + 1))), odd. */
    static void asinh(DoubleMathScratch s, int n) {
        boolean regular = s.allWithin(s.x, LARGE, n);
        for (int i = 0; i < n; i++) {
            double abs = Math.abs(s.x[i]);
            double square = abs * abs;
            s.other[i] = abs + square / (1 + Math.sqrt(square + 1));
        }
        log1p(s.other, s, n);
        withSign(s.x, s.y, n);
        for (int i = 0; i < n && !regular; i++) {
            if (!(Math.abs(s.x[i]) <= LARGE)) {
                s.y[i] = DoubleMath.asinh(s.x[i]);
            }
        }
    }

    /** log₂ x within 1 unit in the last place, a whole number for a power of two. */
    static void log2(DoubleMathScratch s, int n) {
        boolean regular = logOfBase(LOG2, s, n);
        for (int i = 0; i < n && !regular; i++) {
            if (isIrregular(s.x[i])) {
                s.y[i] = DoubleMath.log2(s.x[i]);
            }
        }
    }

    /** log₁₀ x within 1 unit in the last place. */
    static void log10(DoubleMathScratch s, int n) {
        boolean regular = logOfBase(LOG10, s, n);
        for (int i = 0; i < n && !regular; i++) {
            if (isIrregular(s.x[i])) {
                s.y[i] = Math.log10(s.x[i]);
            }
        }
    }

    private static boolean logOfBase(double[] base, DoubleMathScratch s, int n) {
        boolean regular = s.split(s.x, n);
        tail(s.rest, s.y, n);
        head(s.rest, s.y, s.other, n);
        sum(s.other, s.count, base[0], base[1], base[2], base[3], s.y, n);
        return regular;
    }

    /** Sets head to the first half of the digits of f − h, and y to the rest of ln(1 + f). */
    private static void head(double[] rest, double[] y, double[] head, int n) {
        for (int i = 0; i < n; i++) {
            double f = rest[i] - 1;
            double h = 0.5 * f * f;
            double sum = f - h;
            double first = sum * SPLIT - (sum * SPLIT - sum);
            head[i] = first;
            y[i] = ((f - first) - h) + y[i];
        }
    }

    /** Sets y to k c + (head + y) b, where b and c are given in two parts. */
    private static void sum(
            double[] head, double[] count, double b, double bTail, double c, double cTail, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            double k = count[i] - DoubleMathScratch.ROUND;
            double whole = k * c;
            double part = head[i] * b;
            double sum = whole + part;
            double lost = (whole - sum) + part;
            y[i] = sum + (lost + (k * cTail + (head[i] + y[i]) * bTail + y[i] * b));
        }
    }

    /**
     * Sets y to ln(1 + e^(−|x|)).
     *
     * @return whether all x are near 0, see {@link DoubleMathScratch#allNear}
     */
    static boolean softplusOfLess(double[] x, DoubleMathScratch s, int n) {
        boolean regular = DoubleExponentials.expOfLess(x, s, n);
        System.arraycopy(s.y, 0, s.other, 0, n);
        log1p(s.other, s, n);
        return regular;
    }

    /** ln σ(x) = min(x, 0) − ln(1 + e^(−|x|)). */
    static void logsigmoid(DoubleMathScratch s, int n) {
        softplusOfLess(s.x, s, n);
        for (int i = 0; i < n; i++) {
            s.y[i] = Math.min(s.x[i], 0) - s.y[i];
        }
    }

    /** Sets y to ln(1 + e^(beta · x)) / beta, and to x where beta · x exceeds the threshold. */
    static void softplus(double beta, double threshold, DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            s.argument[i] = beta * s.x[i];
        }
        softplusOfLess(s.argument, s, n);
        for (int i = 0; i < n; i++) {
            s.y[i] = (Math.max(s.argument[i], 0) + s.y[i]) / beta;
        }
        for (int i = 0; i < n; i++) {
            long linear = s.argument[i] > threshold ? -1 : 0;
            long curved = Double.doubleToRawLongBits(s.y[i]);
            s.y[i] = Double.longBitsToDouble(curved ^ ((curved ^ Double.doubleToRawLongBits(s.x[i])) & linear));
        }
    }

    /** Sets y to ln(1 + v). Where 1 + v is rounded, what it lacks is added relative to it. */
    static void log1p(double[] v, DoubleMathScratch s, int n) {
        plusOne(v, s.y, s.tail, n);
        boolean regular = log(s.y, s.tail, s, n);
        for (int i = 0; i < n && !regular; i++) {
            if (isIrregular(1 + v[i])) {
                s.y[i] = Math.log1p(v[i]);
            }
        }
    }

    /**
     * Sets y to ln u + tail.
     *
     * @return whether all u are positive normal numbers; of others, y is of no use
     */
    static boolean log(double[] u, double[] tail, DoubleMathScratch s, int n) {
        boolean regular = s.split(u, n);
        tail(s.rest, s.y, n);
        sum(s.rest, s.count, tail, s.y, n);
        return regular;
    }

    private static void plusOne(double[] v, double[] sum, double[] tail, int n) {
        for (int i = 0; i < n; i++) {
            double u = 1 + v[i];
            double back = u - 1;
            tail[i] = ((v[i] - back) - ((u - back) - 1)) / u;
            sum[i] = u;
        }
    }

    private static boolean isIrregular(double u) {
        return !(u >= Double.MIN_NORMAL && u < Double.POSITIVE_INFINITY);
    }

    /** Sets y to s (h + R). */
    static void tail(double[] rest, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            double f = rest[i] - 1;
            double s = f / (2 + f);
            double z = s * s;
            double w = z * z;
            double even = R_0 + w * (R_2 + w * (R_4 + w * R_6));
            double odd = R_1 + w * (R_3 + w * R_5);
            y[i] = s * (0.5 * f * f + (z * even + w * odd));
        }
    }

    private static void sum(double[] rest, double[] count, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            double k = count[i] - DoubleMathScratch.ROUND;
            double f = rest[i] - 1;
            y[i] = k * LN2_HEAD - ((0.5 * f * f - (y[i] + k * LN2_TAIL)) - f);
        }
    }

    private static void sum(double[] rest, double[] count, double[] tail, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            double k = count[i] - DoubleMathScratch.ROUND;
            double f = rest[i] - 1;
            y[i] = k * LN2_HEAD - ((0.5 * f * f - (y[i] + (k * LN2_TAIL + tail[i]))) - f);
        }
    }

    private static void half(double[] x, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            double sign = Math.min(Math.max(x[i] * 0x1p1000 * 0x1p100, -1), 1);
            y[i] = 0.5 * sign * y[i];
        }
    }

    /** Gives the absolute values the signs of x; they are at most twice those of x. */
    private static void withSign(double[] x, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            double abs = Math.abs(y[i]);
            y[i] = Math.min(Math.max(2 * x[i], -abs), abs);
        }
    }
}
