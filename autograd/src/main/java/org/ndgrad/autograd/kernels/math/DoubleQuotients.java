package org.ndgrad.autograd.kernels.math;

/**
 * Remainders and whole quotients of doubles, exact as those of {@link Scalars}, in loops that the just-in-time compiler
 * can turn into vector instructions, see {@link DoubleMathScratch}. Java's {@code %} takes 10 ns.
 *
 * <p>With q = ⌊|x| / |y|⌋, a remainder is |x| − q |y|, where q has few digits and y is split into two halves of its
 * digits, so that products are exact; what rounding takes off the first difference is added in the end (Knuth). All is
 * a multiple of the last digit of y, so that no more is lost. q is one too large if it was rounded up: then the
 * remainder is below 0, and left to {@code %}, as are quotients and numbers that are too large or small.
 */
final class DoubleQuotients {

    /** Multiplied by it, a number is split into two halves of its digits (Veltkamp). */
    private static final double SPLIT = 0x1p27 + 1;

    private static final double MOST_QUOTIENT = 0x1p25;
    private static final double LEAST_DIVISOR = 0x1p-900;

    /** x − y · trunc(x / y), with the sign of x. */
    static final DoubleSteps.Step TRUNCATED_REMAINDER = DoubleSteps.chain(
            DoubleQuotients::quotient,
            DoubleQuotients::difference,
            DoubleQuotients::margin,
            DoubleQuotients::irregular,
            DoubleQuotients::withSign);

    /** x − y · ⌊x / y⌋, with the sign of y. */
    static final DoubleSteps.Step FLOORED_REMAINDER = DoubleSteps.chain(
            TRUNCATED_REMAINDER,
            DoubleQuotients::sign,
            DoubleQuotients::differs,
            DoubleQuotients::withOtherSign,
            DoubleQuotients::ofInfinite);

    /** ⌊x / y⌋. */
    static final DoubleSteps.Step FLOORED = DoubleSteps.chain(
            TRUNCATED_REMAINDER,
            DoubleQuotients::sign,
            DoubleQuotients::differs,
            DoubleQuotients::floor,
            DoubleQuotients::irregularFloor);

    private DoubleQuotients() {}

    /** Sets argument to |y|, split into rest and tail, and other to ⌊|x| / |y|⌋. */
    private static void quotient(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            double divisor = Math.abs(s.second[i]);
            double head = divisor * SPLIT - (divisor * SPLIT - divisor);
            s.argument[i] = divisor;
            s.rest[i] = head;
            s.tail[i] = divisor - head;
            s.other[i] = Math.floor(Math.abs(s.x[i]) / divisor);
        }
    }

    private static void difference(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            double abs = Math.abs(s.x[i]);
            double first = s.other[i] * s.rest[i];
            double difference = abs - first;
            double back = difference - abs;
            double lost = (abs - (difference - back)) - (first + back);
            s.y[i] = (difference - s.other[i] * s.tail[i]) + lost;
        }
    }

    /** Sets count to what is not negative if the remainder is right; NaN if a divisor is too large to be split. */
    private static void margin(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            s.count[i] = Math.min(Math.min(s.y[i], MOST_QUOTIENT - s.other[i]), s.argument[i] - LEAST_DIVISOR);
        }
    }

    private static void irregular(DoubleMathScratch s, int n) {
        boolean regular = s.allBetween(s.count, 0, Double.MAX_VALUE, n);
        for (int i = 0; i < n && !regular; i++) {
            if (!(s.count[i] >= 0)) {
                s.y[i] = Math.abs(s.x[i]) % s.argument[i];
            }
        }
    }

    private static void withSign(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            s.y[i] = Math.min(Math.max(2 * s.x[i], -s.y[i]), s.y[i]);
        }
    }

    /** Sets count to the sign of the remainder. */
    private static void sign(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            s.count[i] = Math.min(Math.max(s.y[i] * 0x1p1000 * 0x1p100, -1), 1);
        }
    }

    /** Sets count to 1 where the signs of a remainder, which is not 0, and of the divisor differ, else to 0. */
    private static void differs(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            double other = Math.min(Math.max(s.second[i] * 0x1p1000 * 0x1p100, -1), 1);
            s.count[i] = Math.max(-(s.count[i] * other), 0);
        }
    }

    private static void withOtherSign(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) { // 0 is added to −0 at last, so that a remainder of −0 stays
            s.y[i] -= s.count[i] * -s.second[i] + 0.0;
        }
    }

    private static void ofInfinite(DoubleMathScratch s, int n) {
        boolean regular = s.allWithin(s.argument, Double.MAX_VALUE, n);
        for (int i = 0; i < n && !regular; i++) {
            if (!(s.argument[i] <= Double.MAX_VALUE)) {
                s.y[i] = Scalars.floorMod(s.x[i], s.second[i]);
            }
        }
    }

    private static void floor(DoubleMathScratch s, int n) {
        for (int i = 0; i < n; i++) {
            double quotient = (s.x[i] - s.y[i]) / s.second[i] - s.count[i];
            double floor = Math.floor(quotient);
            s.y[i] = floor + Math.ceil(quotient - floor - 0.5) + 0.0; // the nearest, as Python chooses it
        }
    }

    private static void irregularFloor(DoubleMathScratch s, int n) {
        boolean regular = s.allWithin(s.y, Double.MAX_VALUE, n)
                && s.allBetween(s.argument, Double.MIN_VALUE, Double.MAX_VALUE, n)
                && s.allBeyond(s.x, Double.MIN_VALUE, n);
        for (int i = 0; i < n && !regular; i++) {
            boolean isFinite = Math.abs(s.y[i]) <= Double.MAX_VALUE && s.argument[i] <= Double.MAX_VALUE;
            if (!isFinite || s.x[i] == 0 || s.argument[i] == 0) {
                s.y[i] = Scalars.floorDivide(s.x[i], s.second[i]);
            }
        }
    }
}
