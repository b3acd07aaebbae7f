package org.ndgrad.autograd.kernels.math;

import java.util.function.DoubleUnaryOperator;

/**
 * Sine and cosine of doubles, in loops that the just-in-time compiler can turn into vector instructions, see
 * {@link DoubleMathScratch}.
 *
 * <p>With x = k π/2 + r: sin r = r + r³ p(r²) and cos r = 1 − r²/2 + r⁴ q(r²); k says which of the two it is, and its
 * sign. The polynomials are found at Chebyshev's nodes, with errors below 2⁻⁵⁷. Beyond ±8192, {@link Math} does all.
 */
final class DoubleTrigonometry {

    /** sin x within 1 unit in the last place; −0 stays. */
    static final DoubleSteps.Step SIN = steps(0, Math::sin);

    /** cos x within 1 unit in the last place. */
    static final DoubleSteps.Step COS = steps(1, Math::cos);

    private static final double MOST = 8192;

    /** Added to it, what is at most {@link #MOST} is lost. */
    private static final double SWALLOWS_MOST = 0x1p66;

    private static final double ROUND = DoubleMathScratch.ROUND;
    private static final double TWO_BY_PI = 2 / Math.PI;

    /** π/2 in three parts, the first two of 40 bits, so that their products with k, of 13 bits, are exact. */
    private static final double PI_1 = 0x1.921fb54442p+0;

    private static final double PI_2 = 0x1.a308d31318p-41;
    private static final double PI_3 = 0x1.8a2e03707344ap-81;

    private static final double S_0 = -0.16666666666666666;
    private static final double S_1 = 0.008333333333333331;
    private static final double S_2 = -0.00019841269841265055;
    private static final double S_3 = 2.755731921933174e-06;
    private static final double S_4 = -2.5052106229867592e-08;
    private static final double S_5 = 1.6058531210130865e-10;
    private static final double S_6 = -7.586673021289394e-13;

    private static final double C_0 = 0.041666666666666664;
    private static final double C_1 = -0.0013888888888887393;
    private static final double C_2 = 2.4801587298761176e-05;
    private static final double C_3 = -2.755731726939027e-07;
    private static final double C_4 = 2.0876145780903544e-09;
    private static final double C_5 = -1.1382597309861877e-11;

    private DoubleTrigonometry() {}

    /** Returns the steps of sin(x + quarters · π/2). */
    private static DoubleSteps.Step steps(double quarters, DoubleUnaryOperator exact) {
        return DoubleSteps.chain(
                (s, n) -> reduce(s.x, s.count, s.rest, s.tail, n),
                (s, n) -> sine(s.rest, s.tail, s.y, n),
                (s, n) -> cosine(s.rest, s.tail, s.other, n),
                (s, n) -> choose(s.count, quarters, s.other, s.y, n),
                (s, n) -> irregular(exact, s, n));
    }

    /** Sets rest + tail to x − k π/2, and count to k. */
    private static void reduce(double[] x, double[] count, double[] rest, double[] tail, int n) {
        for (int i = 0; i < n; i++) {
            double k = (x[i] * TWO_BY_PI + ROUND) - ROUND;
            double first = x[i] - k * PI_1;
            double second = first - k * PI_2;
            double r = second - k * PI_3;
            count[i] = k;
            rest[i] = r;
            tail[i] = ((first - second) - k * PI_2) + ((second - r) - k * PI_3);
        }
    }

    /** Sets y to sin(r + tail). Where r is ±0, what is subtracted is 0, so that −0 is kept. */
    private static void sine(double[] r, double[] tail, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            double z = r[i] * r[i];
            double w = z * z;
            double even = S_0 + w * (S_2 + w * (S_4 + w * S_6));
            double odd = S_1 + w * (S_3 + w * S_5);
            y[i] = r[i] - (0 - (z * r[i] * (even + z * odd) + tail[i] * (1 - 0.5 * z)));
        }
    }

    /** Sets y to cos(r + tail). */
    private static void cosine(double[] r, double[] tail, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            double z = r[i] * r[i];
            double w = z * z;
            double even = C_0 + w * (C_2 + w * C_4);
            double odd = C_1 + w * (C_3 + w * C_5);
            double most = 1 - 0.5 * z;
            y[i] = most + (((1 - most) - 0.5 * z) + (w * (even + z * odd) - r[i] * tail[i]));
        }
    }

    /** Replaces a sine by the cosine where the number of quarters is odd, and the sign where its half is. */
    private static void choose(double[] count, double quarters, double[] cosine, double[] sine, int n) {
        for (int i = 0; i < n; i++) {
            double k = count[i] + quarters;
            double odd = k - 2 * ((0.5 * k + ROUND) - ROUND); // or −1
            double isOdd = odd * odd;
            double half = 0.5 * (k - isOdd);
            double halfOdd = half - 2 * ((0.5 * half + ROUND) - ROUND);
            double sign = 1 - 2 * (halfOdd * halfOdd);
            sine[i] = sign * ((1 - isOdd) * sine[i] - (0 - isOdd * cosine[i]));
        }
    }

    private static void irregular(DoubleUnaryOperator exact, DoubleMathScratch s, int n) {
        boolean regular = s.allSwallowed(s.x, SWALLOWS_MOST, n);
        for (int i = 0; i < n && !regular; i++) {
            if (!(Math.abs(s.x[i]) <= MOST)) {
                s.y[i] = exact.applyAsDouble(s.x[i]);
            }
        }
    }
}
