package org.ndgrad.autograd.kernels.math;

/**
 * The angle of a point whose coordinates are floats, in double precision: with t the shorter coordinate over the longer
 * one, arctan t = t p(t²) with a polynomial found at Chebyshev's nodes, with an error below 2⁻⁵². In which octant the
 * point lies are numbers 0 and 1 instead of branches. {@link DoubleAngles} needs more digits.
 */
final class FloatAngles {

    /** Makes at least 2⁶¹ of every float above 0, and of differences of floats. */
    private static final double LARGE = 0x1p210;

    private static final double A_0 = 0.9999999999999998;
    private static final double A_1 = -0.333333333333188;
    private static final double A_2 = 0.19999999998244405;
    private static final double A_3 = -0.14285714201153485;
    private static final double A_4 = 0.11111108947215684;
    private static final double A_5 = -0.09090875100099982;
    private static final double A_6 = 0.07691950418796795;
    private static final double A_7 = -0.06664007607654046;
    private static final double A_8 = 0.05867776001706719;
    private static final double A_9 = -0.052025829246698206;
    private static final double A_10 = 0.045668724719449945;
    private static final double A_11 = -0.03852606834610674;
    private static final double A_12 = 0.02992405293802711;
    private static final double A_13 = -0.02033087003302746;
    private static final double A_14 = 0.011430023675054506;
    private static final double A_15 = -0.005000366453732649;
    private static final double A_16 = 0.0015739493241755758;
    private static final double A_17 = -0.0003142007736680733;
    private static final double A_18 = 2.9696356601657784e-05;

    /** The angle of the point (second, x), as {@link Math#atan2}. */
    static final DoubleSteps.Step ATAN2 = DoubleSteps.chain(
            FloatAngles::ratio,
            FloatAngles::octant,
            FloatAngles::even,
            FloatAngles::odd,
            FloatAngles::turn,
            FloatAngles::irregular);

    private FloatAngles() {}

    /** Sets rest to t, and count to 1 where the point is above or below a diagonal, else to 0. */
    private static void ratio(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            double width = Math.abs(s.second[i]);
            double longer = Math.max(Math.abs(s.x[i]), width);
            s.count[i] = Math.min((longer - width) * LARGE, 1);
            s.rest[i] = Math.min(Math.abs(s.x[i]), width) / longer;
        }
    }

    /** Sets tail to 1 left of 0, other to 1 below, else to 0, and spare to 0 unless x is 0 or one of them infinite. */
    private static void octant(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            s.tail[i] = Math.min((Math.abs(s.second[i]) - s.second[i]) * LARGE, 1);
            s.other[i] = Math.min((Math.abs(s.x[i]) - s.x[i]) * LARGE, 1);
            double large = Math.abs(s.x[i]) * LARGE; // which swallows 1
            s.spare[i] = ((1 + large) - large) + 0 * s.second[i];
        }
    }

    private static void even(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            double z = s.rest[i] * s.rest[i];
            double w = z * z;
            double low = A_0 + w * (A_2 + w * (A_4 + w * (A_6 + w * A_8)));
            double high = A_10 + w * (A_12 + w * (A_14 + w * (A_16 + w * A_18)));
            s.y[i] = low + w * w * (w * w) * w * high;
        }
    }

    private static void odd(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            double z = s.rest[i] * s.rest[i];
            double w = z * z;
            double low = A_1 + w * (A_3 + w * (A_5 + w * (A_7 + w * A_9)));
            double high = A_11 + w * (A_13 + w * (A_15 + w * A_17));
            s.argument[i] = z * (low + w * w * (w * w) * w * high);
        }
    }

    private static void turn(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            double arc = s.rest[i] * (s.y[i] + s.argument[i]);
            double up = s.count[i] * (Math.PI / 2) + (1 - 2 * s.count[i]) * arc;
            double right = s.tail[i] * Math.PI + (1 - 2 * s.tail[i]) * up;
            s.y[i] = (1 - 2 * s.other[i]) * right;
        }
    }

    private static void irregular(DoubleMathScratch s, int n) {
        boolean regular = Doubts.areNone(s.spare, n);
        for (int i = 0; i < n && !regular; i++) {
            if (s.spare[i] != 0) {
                s.y[i] = Math.atan2(s.x[i], s.second[i]);
            }
        }
    }
}
