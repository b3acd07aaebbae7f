package org.ndgrad.autograd.kernels.math;

import java.util.Arrays;

/**
 * Powers and lengths of doubles in loops that the just-in-time compiler can turn into vector instructions, see
 * {@link DoubleMathScratch}: {@link Math#pow} takes 11 ns, {@link Math#hypot} 5.
 *
 * <p>xᵏ = e^(k ln x), where ln x is the sum of two doubles, off by less than 2⁻⁶⁵ of it, since an exponent may be 700
 * times as large as it. With x = 2ⁿ (1 + f) and s = f / (2 + f), ln x = n ln 2 + 2 s + s³ (2/3 + s² (2/5 + …)), of
 * which what is in brackets behind s² needs only the digits of a double.
 */
final class DoublePowers {

    /** 2/3 in two parts. */
    private static final double TWO_THIRDS = 0.6666666666666666;

    private static final double TWO_THIRDS_TAIL = 3.700743415417188e-17;

    /** (ln((1 + s) / (1 − s)) / s − 2 − 2/3 s²) / s⁴ in s², found at Chebyshev's nodes. */
    private static final double L_0 = 0.4;

    private static final double L_1 = 0.28571428571429364;
    private static final double L_2 = 0.22222222221655885;
    private static final double L_3 = 0.18181818335392802;
    private static final double L_4 = 0.1538459496251843;
    private static final double L_5 = 0.1333480469384731;
    private static final double L_6 = 0.11706236339491206;
    private static final double L_7 = 0.11723178623876518;

    /** Beyond, exponents cannot be split into two halves of their digits. */
    private static final double MOST_EXPONENT = 0x1p900;

    /** Between these, no square is too large, or so small that its last digits count. */
    private static final double LEAST_LENGTH = 0x1p-400;

    private static final double MOST_LENGTH = 0x1p500;

    /** The power of x with the second number, as {@link Scalars#power}, within 1 unit in the last place. */
    static final DoubleSteps.Step POWER = DoubleSteps.chain(
            (s, n) -> s.split(s.x, n),
            DoublePowers::fraction,
            (s, n) -> DoubleLoops.multiply(s.tail, s.other, s.tail, n),
            DoublePowers::fractionTail,
            DoublePowers::divideTail,
            DoublePowers::squareTail,
            DoublePowers::square,
            (s, n) -> odd(s.rest, s.y, n),
            (s, n) -> even(s.rest, s.y, n),
            DoublePowers::cubeTail,
            DoublePowers::cube,
            DoublePowers::factor,
            DoublePowers::curveTail,
            DoublePowers::curve,
            DoublePowers::logarithm,
            DoublePowers::wholeLogarithm,
            (s, n) -> DoubleLoops.multiply(s.tail, s.second, s.other, n),
            DoublePowers::exponent,
            (s, n) -> DoubleExponentials.reduce(s.argument, s.other, s.count, s.rest, s.tail, n),
            DoubleMathScratch::raise,
            (s, n) -> DoubleExponentials.bend(s.rest, s.tail, s.y, n),
            DoublePowers::exponential,
            DoublePowers::irregularPowers);

    /** √(x² + y²) of the second number y, within 1 unit in the last place: what rounding took off is added at last. */
    static final DoubleSteps.Step HYPOT = DoubleSteps.chain(
            DoublePowers::order,
            DoublePowers::squareOfLarge,
            DoublePowers::squares,
            DoublePowers::root,
            DoublePowers::irregularLengths);

    private DoublePowers() {}

    /** Returns the power with one number, which is finite, as the exponent. */
    static DoubleSteps.Step power(double exponent) {
        return (s, n) -> {
            Arrays.fill(s.second, 0, n, exponent);
            POWER.run(s, n);
        };
    }

    /** Returns the factor times the power with one number, which is finite, as the exponent; it need not fit. */
    static DoubleSteps.Step multiple(double exponent, double factor) {
        return DoubleSteps.chain(power(exponent), (s, n) -> {
            if (s.allApart(s.y, Double.MIN_NORMAL, n)) {
                DoubleLoops.multiply(s.y, factor, s.y, n);
                return;
            }
            for (int i = 0; i < n; i++) {
                boolean isNormal = Math.abs(s.y[i]) >= Double.MIN_NORMAL && Math.abs(s.y[i]) <= Double.MAX_VALUE;
                s.y[i] = isNormal ? s.y[i] * factor : multiple(s.x[i], exponent, factor);
            }
        });
    }

    private static double multiple(double x, double exponent, double factor) {
        double power = Scalars.power(x, exponent);
        double root = Math.pow(Math.abs(x), exponent / 2);
        return root > 0 && root < Double.POSITIVE_INFINITY && !Double.isNaN(power)
                ? ScaledProducts.product(Math.copySign(factor, factor * power), root, root)
                : factor * power;
    }

    /** Sets other to s, as far as it is one double, y + tail to 2 + f. */
    private static void fraction(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            double f = s.rest[i] - 1;
            double below = 2 + f;
            s.other[i] = f / below;
            s.y[i] = below;
            s.tail[i] = f - (below - 2);
        }
    }

    private static void fractionTail(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            double product = s.other[i] * s.y[i];
            s.spare[i] = product;
            s.tail[i] += DoubleLogarithms.lost(s.other[i], s.y[i], product);
        }
    }

    /** Sets argument to what s is besides. */
    private static void divideTail(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            s.argument[i] = ((s.rest[i] - 1 - s.spare[i]) - s.tail[i]) / s.y[i];
        }
    }

    private static void squareTail(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            s.tail[i] = 2 * s.other[i] * s.argument[i];
        }
    }

    /** Sets rest + tail to s². */
    private static void square(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            double square = s.other[i] * s.other[i];
            s.rest[i] = square;
            s.tail[i] += DoubleLogarithms.lostOfSquare(s.other[i], square);
        }
    }

    private static void odd(double[] z, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            double w = z[i] * z[i];
            y[i] = z[i] * (L_1 + w * (L_3 + w * (L_5 + w * L_7)));
        }
    }

    private static void even(double[] z, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            double w = z[i] * z[i];
            y[i] = z[i] * ((L_0 + w * (L_2 + w * (L_4 + w * L_6))) + y[i]);
        }
    }

    private static void cubeTail(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            s.tail[i] = s.other[i] * s.tail[i] + s.argument[i] * s.rest[i];
        }
    }

    /** Sets spare + tail to s³. */
    private static void cube(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            double cube = s.other[i] * s.rest[i];
            s.spare[i] = cube;
            s.tail[i] += DoubleLogarithms.lost(s.other[i], s.rest[i], cube);
        }
    }

    /** Adds 2/3 to y, which lacks rest then. */
    private static void factor(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            double factor = TWO_THIRDS + s.y[i];
            s.rest[i] = (TWO_THIRDS - factor) + s.y[i] + TWO_THIRDS_TAIL;
            s.y[i] = factor;
        }
    }

    private static void curveTail(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            s.tail[i] = s.spare[i] * s.rest[i] + s.tail[i] * s.y[i];
        }
    }

    /** Sets rest + tail to ln(1 + f) − 2 s. */
    private static void curve(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            double curve = s.spare[i] * s.y[i];
            s.rest[i] = curve;
            s.tail[i] += DoubleLogarithms.lost(s.spare[i], s.y[i], curve);
        }
    }

    /** Sets y + tail to ln(1 + f). */
    private static void logarithm(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            double sum = 2 * s.other[i] + s.rest[i];
            s.y[i] = sum;
            s.tail[i] = (2 * s.other[i] - sum) + s.rest[i] + (2 * s.argument[i] + s.tail[i]);
        }
    }

    /** Sets rest + tail to ln x. */
    private static void wholeLogarithm(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            double k = s.count[i] - DoubleMathScratch.ROUND;
            double whole = k * DoubleLogarithms.LN2_HEAD;
            double sum = whole + s.y[i];
            double lost = (whole - sum) + s.y[i] + (s.tail[i] + k * DoubleLogarithms.LN2_TAIL);
            double log = sum + lost;
            s.tail[i] = (sum - log) + lost;
            s.rest[i] = log;
        }
    }

    /** Sets argument + other to the second number times ln x. */
    private static void exponent(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            double product = s.rest[i] * s.second[i];
            s.argument[i] = product;
            s.other[i] += DoubleLogarithms.lost(s.rest[i], s.second[i], product);
        }
    }

    private static void exponential(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            double r = s.rest[i];
            double sum = 1 + r;
            double lost = r - (sum - 1);
            s.y[i] = (sum + (lost + (0.5 * r * r + s.y[i]))) * s.count[i];
        }
    }

    private static void irregularPowers(DoubleMathScratch s, int n) {
        boolean regular = s.allBetween(s.x, Double.MIN_NORMAL, Double.MAX_VALUE, n)
                && s.allWithin(s.argument, DoubleExponentials.MOST, n)
                && s.allWithin(s.second, MOST_EXPONENT, n);
        for (int i = 0; i < n && !regular; i++) {
            boolean isPlain = s.x[i] >= Double.MIN_NORMAL && s.x[i] <= Double.MAX_VALUE;
            boolean fits = Math.abs(s.argument[i]) <= DoubleExponentials.MOST;
            if (!(isPlain && fits && Math.abs(s.second[i]) <= MOST_EXPONENT)) {
                s.y[i] = Scalars.power(s.x[i], s.second[i]);
            }
        }
    }

    /** Sets other to the larger of |x| and |y|, and argument to the smaller. */
    static void order(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            double a = Math.abs(s.x[i]);
            double b = Math.abs(s.second[i]);
            s.argument[i] = Math.min(a, b);
            s.other[i] = Math.max(a, b);
        }
    }

    private static void squareOfLarge(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            double square = s.other[i] * s.other[i];
            s.y[i] = square;
            s.rest[i] = DoubleLogarithms.lostOfSquare(s.other[i], square);
        }
    }

    /** Sets spare + rest to x² + y². */
    private static void squares(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            double square = s.argument[i] * s.argument[i];
            double sum = s.y[i] + square;
            s.spare[i] = sum;
            s.rest[i] += ((s.y[i] - sum) + square) + DoubleLogarithms.lostOfSquare(s.argument[i], square);
        }
    }

    private static void root(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            double length = Math.sqrt(s.spare[i]);
            double square = length * length;
            double lost = (s.spare[i] - square) - DoubleLogarithms.lostOfSquare(length, square) + s.rest[i];
            s.y[i] = length + 0.5 * lost / length;
        }
    }

    private static void irregularLengths(DoubleMathScratch s, int n) {
        boolean regular = s.allBetween(s.other, LEAST_LENGTH, MOST_LENGTH, n);
        for (int i = 0; i < n && !regular; i++) {
            if (!(s.other[i] >= LEAST_LENGTH && s.other[i] <= MOST_LENGTH)) {
                s.y[i] = Math.hypot(s.x[i], s.second[i]);
            }
        }
    }
}
