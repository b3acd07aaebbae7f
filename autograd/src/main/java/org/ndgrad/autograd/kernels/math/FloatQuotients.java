package org.ndgrad.autograd.kernels.math;

import java.util.function.DoubleBinaryOperator;

/**
 * Quotients and remainders of floats, in double precision. Up to 2²⁸, the quotient of two floats is not rounded to a
 * whole number or beyond, and its whole part times the divisor is exact. All else is in doubt, and infinite divisors.
 */
final class FloatQuotients {

    /** Added to it, what is at most 2²⁸ is lost. */
    private static final double SWALLOWING = 0x1p81;

    /** ⌊x / y⌋. */
    static final DoubleSteps.Step FLOORED =
            DoubleSteps.chain(FloatQuotients::floor, (s, n) -> irregular(Scalars::floorDivide, s, n));

    /** x − y · ⌊x / y⌋, with the sign of y; 0 has the sign of x. */
    static final DoubleSteps.Step FLOORED_REMAINDER =
            DoubleSteps.chain(FloatQuotients::flooredRemainder, (s, n) -> irregular(Scalars::floorMod, s, n));

    /** x − y · trunc(x / y), with the sign of x. */
    static final DoubleSteps.Step TRUNCATED_REMAINDER =
            DoubleSteps.chain(FloatQuotients::truncatedRemainder, (s, n) -> irregular((x, y) -> x % y, s, n));

    private FloatQuotients() {}

    private static void floor(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            double quotient = s.x[i] / s.second[i];
            s.y[i] = Math.floor(quotient);
            s.spare[i] = ((quotient + SWALLOWING) - SWALLOWING) + 0 * s.second[i];
        }
    }

    private static void flooredRemainder(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            double quotient = s.x[i] / s.second[i];
            s.y[i] = -(Math.floor(quotient) * s.second[i] - s.x[i]) + 0 * s.x[i];
            s.spare[i] = ((quotient + SWALLOWING) - SWALLOWING) + 0 * s.second[i];
        }
    }

    /** Of |x| / |y| and 0, one is half the size of the quotient and the quotient, the other one less than that. */
    private static void truncatedRemainder(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            double quotient = s.x[i] / s.second[i];
            double half = 0.5 * quotient;
            double size = 0.5 * Math.abs(quotient); // added to the half or not, it makes one of two sides 0
            double whole = Math.floor(size + half) - Math.floor(size - half);
            s.y[i] = -(whole * s.second[i] - s.x[i]) + 0 * s.x[i];
            s.spare[i] = ((quotient + SWALLOWING) - SWALLOWING) + 0 * s.second[i];
        }
    }

    private static void irregular(DoubleBinaryOperator exact, DoubleMathScratch s, int n) {
        boolean regular = Doubts.areNone(s.spare, n);
        for (int i = 0; i < n && !regular; i++) {
            if (s.spare[i] != 0) {
                s.y[i] = exact.applyAsDouble(s.x[i], s.second[i]);
            }
        }
    }
}
