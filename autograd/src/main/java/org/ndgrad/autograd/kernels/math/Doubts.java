package org.ndgrad.autograd.kernels.math;

import java.util.Arrays;

/**
 * Where a loop does not know whether its values are right. Beside each of them it leaves a doubt: 0 if all is well,
 * else another number, or NaN. Sums and products make it, so that the loop consists of vector instructions, as it would
 * not with a condition; then doubts are looked for, 64 bytes at once.
 */
public final class Doubts {

    private static final double[] NONE = new double[Scratch.LARGEST];
    private static final float[] NO_FLOATS = new float[Scratch.LARGEST];

    private Doubts() {}

    /** Whether there is none about n elements, at most {@link Scratch#LARGEST}. */
    static boolean areNone(double[] doubts, int n) {
        return Arrays.mismatch(doubts, 0, n, NONE, 0, n) < 0;
    }

    /**
     * Whether n numbers, at most {@link Scratch#LARGEST}, are lost when they are added to a power of two: whether they
     * are at most 2⁻⁵³ of it.
     */
    public static boolean allSwallowed(double[] x, double by, int n) {
        double[] doubts = Scratch.ofThread().doubles(Scratch.INNER);
        swallow(x, by, doubts, n);
        return areNone(doubts, n);
    }

    /** Leaves a doubt about each number that is not lost. */
    static void swallow(double[] x, double by, double[] doubts, int n) {
        for (int i = 0; i < n; i++) { // half of the last digit of a large number is
            doubts[i] = (Math.abs(x[i]) + by) - by;
        }
    }

    /** As {@link #allSwallowed(double[], double, int)}, with 2⁻²⁴. */
    public static boolean allSwallowed(float[] x, float by, int n) {
        float[] doubts = Scratch.ofThread().floats(Scratch.INNER);
        swallow(x, by, doubts, n);
        return Arrays.mismatch(doubts, 0, n, NO_FLOATS, 0, n) < 0;
    }

    private static void swallow(float[] x, float by, float[] doubts, int n) {
        for (int i = 0; i < n; i++) {
            doubts[i] = (Math.abs(x[i]) + by) - by;
        }
    }
}
