package org.ndgrad.autograd.kernels.math;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * The arrays that {@link FloatMath} works in, a block at a time, and the steps that need the bits of floats.
 *
 * <p>The just-in-time compiler turns a loop into vector instructions if all it does is arithmetic on floats, or all on
 * whole numbers, but not if bits change their type in it, nor with an offset to the index. Hence blocks start at 0, and
 * bits change their type by being copied: from a float array to a byte array, in which a loop sees whole numbers.
 */
final class FloatMathScratch {

    /** Elements of a block: few enough for the nearest cache, enough to make the ends of loops cheap. */
    static final int BLOCK = 1008;

    /** 1.5 · 2²³: added to a smaller float, it leaves the nearest whole number in the last bits of the sum. */
    static final float ROUND = 0x1.8p23f;

    private static final int MANTISSA_BITS = 23;
    private static final int ROUND_BITS = Float.floatToRawIntBits(ROUND);
    private static final int LEAST_NORMAL_BITS = Float.floatToRawIntBits(Float.MIN_NORMAL);
    private static final int LARGEST_BITS = Float.floatToRawIntBits(Float.MAX_VALUE);
    private static final int ROOT_HALF_BITS = Float.floatToRawIntBits((float) Math.sqrt(0.5));
    private static final float TO_NORMAL = 0x1p23f;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final ThreadLocal<FloatMathScratch> OF_THREAD = ThreadLocal.withInitial(FloatMathScratch::new);

    /** The arguments, and in the end the values, where the caller's arrays have them elsewhere than at 0. */
    final float[] values = new float[BLOCK];

    /** How often something was taken off an argument, plus {@link #ROUND}; or a power of two with that exponent. */
    final float[] count = new float[BLOCK];

    /** What was left of the argument. */
    final float[] rest = new float[BLOCK];

    /** What else is needed of the argument. */
    final float[] other = new float[BLOCK];

    private final byte[] bits = new byte[BLOCK * Float.BYTES];
    private final byte[] exponents = new byte[BLOCK * Float.BYTES];
    private final FloatBuffer bitsAsFloats = floats(bits);
    private final FloatBuffer exponentsAsFloats = floats(exponents);

    private FloatMathScratch() {}

    /** Returns the scratch arrays of the current thread. */
    static FloatMathScratch ofThread() {
        return OF_THREAD.get();
    }

    /** Replaces the first n counts k by 2^(k + shift), which must be normal numbers. */
    void raise(int shift, int n) {
        int one = Float.floatToRawIntBits(1) + (shift << MANTISSA_BITS);
        bitsAsFloats.put(0, count, 0, n);
        raise(bits, one, n * Float.BYTES);
        bitsAsFloats.get(0, count, 0, n);
    }

    /**
     * Sets rest and count, so that x = rest · 2^count with a rest between √½ and √2. For arguments without a logarithm,
     * the rest is 1 and the count is the logarithm's limit or NaN.
     */
    void split(float[] x, int n) {
        bitsAsFloats.put(0, x, 0, n);
        int size = n * Float.BYTES;
        boolean regular = allPositiveNormal(bits, size);
        split(bits, exponents, size);
        bitsAsFloats.get(0, rest, 0, n);
        exponentsAsFloats.get(0, count, 0, n);
        for (int i = 0; i < n && !regular; i++) {
            splitIrregular(x[i], i);
        }
    }

    /** Whether the first n elements are finite and at most this far from 0. */
    boolean allWithin(float[] x, float most, int n) {
        bitsAsFloats.put(0, x, 0, n);
        return allWithin(bits, Float.floatToRawIntBits(most), n * Float.BYTES);
    }

    /** Whether n elements lie between two bounds, of which the upper one is positive. */
    boolean allBetween(float[] x, int xi, float least, float most, int n) {
        bitsAsFloats.put(0, x, xi, n);
        int above = Float.floatToRawIntBits(most);
        int below = Float.floatToRawIntBits(least) & Integer.MAX_VALUE;
        return allBetween(bits, least > 0 ? -1 : below, above, least > 0 ? below : 0, n * Float.BYTES);
    }

    /** Of the bits but for the sign, most and least are those of positive floats, and mostBelow of negative ones. */
    private static boolean allBetween(byte[] bits, int mostBelow, int most, int least, int size) {
        int outside = 0;
        for (int i = 0; i < size; i += Float.BYTES) {
            int x = (int) INT.get(bits, i);
            int magnitude = x & Integer.MAX_VALUE;
            outside |= (most - ((x >> 31) & (most - mostBelow)) - magnitude) | (magnitude - least);
        }
        return outside >= 0;
    }

    private static boolean allWithin(byte[] bits, int most, int size) {
        int outside = 0;
        for (int i = 0; i < size; i += Float.BYTES) {
            outside |= most - ((int) INT.get(bits, i) & Integer.MAX_VALUE);
        }
        return outside >= 0;
    }

    private static void raise(byte[] bits, int one, int size) {
        for (int i = 0; i < size; i += Float.BYTES) {
            INT.set(bits, i, ((int) INT.get(bits, i) << MANTISSA_BITS) + one);
        }
    }

    private static void split(byte[] bits, byte[] exponents, int size) {
        for (int i = 0; i < size; i += Float.BYTES) {
            int x = (int) INT.get(bits, i);
            int exponent = (x - ROOT_HALF_BITS) >> MANTISSA_BITS;
            INT.set(exponents, i, exponent + ROUND_BITS);
            INT.set(bits, i, x - (exponent << MANTISSA_BITS));
        }
    }

    private static boolean allPositiveNormal(byte[] bits, int size) {
        int outside = 0;
        for (int i = 0; i < size; i += Float.BYTES) {
            int x = (int) INT.get(bits, i);
            outside |= (x - LEAST_NORMAL_BITS) | (LARGEST_BITS - x); // one of the two is negative
        }
        return outside >= 0;
    }

    private void splitIrregular(float value, int i) {
        if (value > 0 && value < Float.MIN_NORMAL) {
            int normal = Float.floatToRawIntBits(value * TO_NORMAL);
            int exponent = (normal - ROOT_HALF_BITS) >> MANTISSA_BITS;
            rest[i] = Float.intBitsToFloat(normal - (exponent << MANTISSA_BITS));
            count[i] = exponent - MANTISSA_BITS + ROUND;
        } else if (!(value > 0 && value < Float.POSITIVE_INFINITY)) {
            rest[i] = 1;
            count[i] = value == 0 ? Float.NEGATIVE_INFINITY : value > 0 ? value : Float.NaN;
        }
    }

    private static FloatBuffer floats(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).asFloatBuffer();
    }
}
