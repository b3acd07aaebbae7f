package org.ndgrad.autograd.kernels.math;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;

/**
 * The arrays that functions of doubles work in, a block at a time, and the steps that need the bits of doubles. All
 * that is said of {@link FloatMathScratch} holds here, too.
 */
final class DoubleMathScratch {

    /** Elements of a block, of which several arrays fit in the nearest cache. */
    static final int BLOCK = FloatMathScratch.BLOCK / 2;

    /** 1.5 · 2⁵²: added to a smaller double, it leaves the nearest whole number in the last bits of the sum. */
    static final double ROUND = 0x1.8p52;

    private static final int MANTISSA_BITS = 52;
    private static final long ROUND_BITS = Double.doubleToRawLongBits(ROUND);
    private static final long ONE_BITS = Double.doubleToRawLongBits(1);
    private static final long LEAST_NORMAL_BITS = Double.doubleToRawLongBits(Double.MIN_NORMAL);
    private static final long LARGEST_BITS = Double.doubleToRawLongBits(Double.MAX_VALUE);
    private static final long ROOT_HALF_BITS = Double.doubleToRawLongBits(Math.sqrt(0.5));

    /** Added to it, what is at most 512 is lost. */
    private static final double NEAR_SWALLOWED = 0x1p62;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final ThreadLocal<DoubleMathScratch> OF_THREAD = ThreadLocal.withInitial(DoubleMathScratch::new);

    /** The arguments. */
    final double[] x = new double[BLOCK];

    /** The values. */
    final double[] y = new double[BLOCK];

    /** How often something was taken off an argument, plus {@link #ROUND}; or a power of two with that exponent. */
    final double[] count = new double[BLOCK];

    /** What was left of the argument. */
    final double[] rest = new double[BLOCK];

    /** By how much {@link #rest} is off. */
    final double[] tail = new double[BLOCK];

    /** What else is needed of the argument. */
    final double[] other = new double[BLOCK];

    /** The arguments, or what else is needed of them. */
    final double[] argument = new double[BLOCK];

    /** The second arguments, if there are two. */
    final double[] second = new double[BLOCK];

    /** What else there is. */
    final double[] spare = new double[BLOCK];

    private final double[] doubts = new double[BLOCK];
    private final byte[] bits = new byte[BLOCK * Double.BYTES];
    private final byte[] exponents = new byte[BLOCK * Double.BYTES];
    private final DoubleBuffer bitsAsDoubles = doubles(bits);
    private final DoubleBuffer exponentsAsDoubles = doubles(exponents);

    private DoubleMathScratch() {}

    /** Returns the scratch arrays of the current thread. */
    static DoubleMathScratch ofThread() {
        return OF_THREAD.get();
    }

    /** Replaces the first n counts k by 2ᵏ, which must be normal numbers. */
    void raise(int n) {
        bitsAsDoubles.put(0, count, 0, n);
        raise(bits, n * Double.BYTES);
        bitsAsDoubles.get(0, count, 0, n);
    }

    /**
     * Sets rest and count, so that u = rest · 2^count with a rest between √½ and √2.
     *
     * @return whether all u are positive normal numbers; of others, rest and count are of no use
     */
    boolean split(double[] u, int n) {
        bitsAsDoubles.put(0, u, 0, n);
        boolean regular = allBetween(bits, LEAST_NORMAL_BITS, LARGEST_BITS, n * Double.BYTES);
        splitBits(n);
        return regular;
    }

    /** Does the same where all u that matter are positive normal numbers. */
    void splitRegular(double[] u, int n) {
        bitsAsDoubles.put(0, u, 0, n);
        splitBits(n);
    }

    private void splitBits(int n) {
        split(bits, exponents, n * Double.BYTES);
        bitsAsDoubles.get(0, rest, 0, n);
        exponentsAsDoubles.get(0, count, 0, n);
    }

    /** Whether the first n elements are at most this far from 0. */
    boolean allWithin(double[] u, double most, int n) {
        bitsAsDoubles.put(0, u, 0, n);
        return allWithin(bits, Double.doubleToRawLongBits(most), n * Double.BYTES);
    }

    /** Whether the first n elements are at most 512 from 0. */
    boolean allNear(double[] u, int n) {
        return allSwallowed(u, NEAR_SWALLOWED, n);
    }

    /** As {@link Doubts#allSwallowed(double[], double, int)}. */
    boolean allSwallowed(double[] u, double by, int n) {
        Doubts.swallow(u, by, doubts, n);
        return Doubts.areNone(doubts, n);
    }

    /** Whether the first n elements, which are not negative, are from least to most; NaN is not. */
    boolean allBetween(double[] u, double least, double most, int n) {
        bitsAsDoubles.put(0, u, 0, n);
        return allBetween(bits, Double.doubleToRawLongBits(least), Double.doubleToRawLongBits(most), n * Double.BYTES);
    }

    /** Whether the first n elements are at least this far from 0; NaN is. */
    boolean allBeyond(double[] u, double least, int n) {
        bitsAsDoubles.put(0, u, 0, n);
        return allBeyond(bits, Double.doubleToRawLongBits(least), n * Double.BYTES);
    }

    /** Whether the first n elements of an array of any length are finite, and at least this far from 0. */
    boolean allApart(double[] u, double least, int n) {
        long from = Double.doubleToRawLongBits(least);
        boolean apart = true;
        for (int begin = 0; begin < n && apart; begin += BLOCK) {
            int size = Math.min(BLOCK, n - begin);
            bitsAsDoubles.put(0, u, begin, size);
            apart = allWithin(bits, LARGEST_BITS, size * Double.BYTES) && allBeyond(bits, from, size * Double.BYTES);
        }
        return apart;
    }

    private static boolean allBeyond(byte[] bits, long least, int size) {
        long outside = 0;
        for (int i = 0; i < size; i += Double.BYTES) {
            outside |= ((long) LONG.get(bits, i) & Long.MAX_VALUE) - least;
        }
        return outside >= 0;
    }

    private static boolean allBetween(byte[] bits, long least, long most, int size) {
        long outside = 0;
        for (int i = 0; i < size; i += Double.BYTES) {
            long x = (long) LONG.get(bits, i);
            outside |= (x - least) | (most - x); // one of the two is negative
        }
        return outside >= 0;
    }

    private static boolean allWithin(byte[] bits, long most, int size) {
        long outside = 0;
        for (int i = 0; i < size; i += Double.BYTES) {
            outside |= most - ((long) LONG.get(bits, i) & Long.MAX_VALUE);
        }
        return outside >= 0;
    }

    private static void raise(byte[] bits, int size) {
        for (int i = 0; i < size; i += Double.BYTES) {
            LONG.set(bits, i, ((long) LONG.get(bits, i) << MANTISSA_BITS) + ONE_BITS);
        }
    }

    private static void split(byte[] bits, byte[] exponents, int size) {
        for (int i = 0; i < size; i += Double.BYTES) {
            long x = (long) LONG.get(bits, i);
            long exponent = (x - ROOT_HALF_BITS) >> MANTISSA_BITS;
            LONG.set(exponents, i, exponent + ROUND_BITS);
            LONG.set(bits, i, x - (exponent << MANTISSA_BITS));
        }
    }

    private static DoubleBuffer doubles(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).asDoubleBuffer();
    }
}
