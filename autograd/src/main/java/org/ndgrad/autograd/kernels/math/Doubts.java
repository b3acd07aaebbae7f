package org.ndgrad.autograd.kernels.math;

import java.util.Arrays;

/**
 * Where a loop does not know whether its values are right. Beside each of them it leaves a doubt: 0 if all is well,
 * else another number, or NaN. Sums and products make it, so that the loop consists of vector instructions, as it would
 * not with a condition; then doubts are looked for, 64 bytes at once.
 */
final class Doubts {

    private static final double[] NONE = new double[Scratch.LARGEST];

    private Doubts() {}

    /** Whether there is none about n elements, at most {@link Scratch#LARGEST}. */
    static boolean areNone(double[] doubts, int n) {
        return Arrays.mismatch(doubts, 0, n, NONE, 0, n) < 0;
    }
}
