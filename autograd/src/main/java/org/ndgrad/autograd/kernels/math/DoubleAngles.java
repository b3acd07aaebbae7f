package org.ndgrad.autograd.kernels.math;

/**
 * The angle of a point and sin πx / πx, of doubles, in loops that the just-in-time compiler can turn into vector
 * instructions, see {@link DoubleMathScratch}. Polynomials are found at Chebyshev's nodes, with an error below 2⁻⁵⁷.
 *
 * <p>With t the shorter coordinate over the longer one: arctan t = u + u z p(z) for z = u² with u = t up to √2 − 1, and
 * u = (t − 1) / (t + 1) above, where π/4 is added. Which it is, and in which octant the point lies, are numbers 0 and 1
 * instead of branches.
 */
final class DoubleAngles {

    private static final double A_0 = -0.3333333333333333;
    private static final double A_1 = 0.19999999999999993;
    private static final double A_2 = -0.14285714285711518;
    private static final double A_3 = 0.11111111110754629;
    private static final double A_4 = -0.09090909067003983;
    private static final double A_5 = 0.07692306735789252;
    private static final double A_6 = -0.0666664201537517;
    private static final double A_7 = 0.058819251850306085;
    private static final double A_8 = -0.05258040893734644;
    private static final double A_9 = 0.04719390811572335;
    private static final double A_10 = -0.04104419217469267;
    private static final double A_11 = 0.030635309075940594;
    private static final double A_12 = -0.013917829515677037;

    /** Of sin πx / πx = 1 + z q(z) for z = x² up to ¼. */
    private static final double S_0 = -1.6449340668482264;

    private static final double S_1 = 0.8117424252833536;
    private static final double S_2 = -0.19075182412208389;
    private static final double S_3 = 0.026147847817640922;
    private static final double S_4 = -0.002346081035170168;
    private static final double S_5 = 0.00014842878972770888;
    private static final double S_6 = -6.975851212142348e-06;
    private static final double S_7 = 2.5303274566671434e-07;
    private static final double S_8 = -7.114052818770147e-09;

    private static final double ROOT_2_LESS_1 = Math.sqrt(2) - 1;
    private static final double QUARTER_PI_TAIL = 3.061616997868383e-17;

    /** What is beyond, or below its inverse, is left to {@link Math} and {@link Sinc}. */
    private static final double LARGE = 0x1p1000;

    /** Beyond, a whole number may not fit beside {@link DoubleMathScratch#ROUND}. */
    private static final double WHOLE_MOST = 0x1p50;

    /** The angle of the point (second, x), as {@link Math#atan2}; within 2 units in the last place. */
    static final DoubleSteps.Step ATAN2 = DoubleSteps.chain(
            DoublePowers::order,
            DoubleAngles::above,
            DoubleAngles::numerator,
            DoubleAngles::fraction,
            DoubleAngles::steep,
            DoubleAngles::left,
            DoubleAngles::octant,
            DoubleAngles::even,
            DoubleAngles::odd,
            DoubleAngles::turn,
            DoubleAngles::irregular);

    private DoubleAngles() {}

    /** Sets count to 1 where the shorter coordinate is so long that π/4 is added, else to 0. */
    private static void above(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            s.count[i] = isPositive(s.argument[i] - ROOT_2_LESS_1 * s.other[i]);
        }
    }

    private static void numerator(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            s.y[i] = s.argument[i] - s.count[i] * s.other[i];
        }
    }

    /** Sets rest to u. */
    private static void fraction(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            s.rest[i] = s.y[i] / (s.other[i] + s.count[i] * s.argument[i]);
        }
    }

    /** Sets tail to −1 where the point is above or below a diagonal, else to 1. */
    private static void steep(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            s.tail[i] = 1 - 2 * isPositive(Math.abs(s.x[i]) - Math.abs(s.second[i]));
        }
    }

    /** Sets spare to −1 where the point is on the left, else to 1. */
    private static void left(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            s.spare[i] = 1 - 2 * isPositive(-s.second[i]);
        }
    }

    /** Sets count to how often π/4 is added, and tail to the sign with which arctan u is. */
    private static void octant(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            double steep = s.tail[i];
            s.count[i] = (2 - 2 * s.spare[i]) + s.spare[i] * ((1 - steep) + steep * s.count[i]);
            s.tail[i] = s.spare[i] * steep;
        }
    }

    private static void even(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            double z = s.rest[i] * s.rest[i];
            double w = z * z;
            s.y[i] = z * (A_0 + w * (A_2 + w * (A_4 + w * (A_6 + w * (A_8 + w * (A_10 + w * A_12))))));
        }
    }

    /** Sets y to arctan u − u. */
    private static void odd(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            double z = s.rest[i] * s.rest[i];
            double w = z * z;
            s.y[i] = s.rest[i] * (s.y[i] + w * (A_1 + w * (A_3 + w * (A_5 + w * (A_7 + w * (A_9 + w * A_11))))));
        }
    }

    private static void turn(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            double arc = s.tail[i] * s.rest[i];
            double base = s.count[i] * (Math.PI / 4);
            double sum = base + arc;
            double lost = arc - (sum - base); // base is 0 or the larger one
            double angle = sum + (lost + (s.tail[i] * s.y[i] + s.count[i] * QUARTER_PI_TAIL));
            s.y[i] = (2 * isPositive(s.x[i]) - 1) * angle;
        }
    }

    private static void irregular(DoubleMathScratch s, int n) {
        boolean regular = s.allBetween(s.argument, 1 / LARGE, LARGE, n) && s.allBetween(s.other, 1 / LARGE, LARGE, n);
        for (int i = 0; i < n && !regular; i++) {
            if (!(s.other[i] <= LARGE && s.other[i] >= 1 / LARGE && s.x[i] != 0)) {
                s.y[i] = Math.atan2(s.x[i], s.second[i]);
            }
        }
    }

    /** Returns 1 or 0 without a branch; subnormal numbers count, too. */
    private static double isPositive(double x) {
        return Math.min(Math.max(x * 0x1p1000 * 0x1p100, 0), 1);
    }

    /** sin πx / πx within 3 units in the last place. */
    static void sinc(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            double half = 0.5 * s.x[i];
            double rest = 2 * (half - ((half + DoubleMathScratch.ROUND) - DoubleMathScratch.ROUND));
            double near = Math.min(Math.abs(rest), 1 - Math.abs(rest));
            s.rest[i] = Math.min(Math.max(2 * rest, -near), near);
        }
        for (int i = 0; i < n; i++) {
            double z = s.rest[i] * s.rest[i];
            double w = z * z;
            double v = w * w;
            double even = (S_0 + w * S_2) + v * ((S_4 + w * S_6) + v * S_8);
            double odd = (S_1 + w * S_3) + v * (S_5 + w * S_7);
            s.y[i] = s.rest[i] / s.x[i] * (1 + (z * even + w * odd));
        }
        for (int i = 0; i < n; i++) {
            if (!(Math.abs(s.x[i]) <= WHOLE_MOST && Math.abs(s.x[i]) >= 1 / LARGE)) {
                s.y[i] = Sinc.derivative(0, s.x[i]);
            }
        }
    }
}
