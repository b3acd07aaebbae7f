package org.ndgrad.autograd.kernels.math;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * Chooses among floats by whether another one belongs to an {@link Interval}, whose bounds are rounded to float first.
 *
 * <p>All is done on the bits, as whole numbers, in loops that become vector instructions; see {@link FloatMathScratch}.
 * A condition would be a branch if it has been true or false nearly always so far, and such a branch costs ten times as
 * much as soon as it is taken at random. As whole numbers, and those below 0 turned around, floats are in their order,
 * NaN at both ends. An interval is then a stretch of less than half of all numbers, or all others.
 */
final class FloatSelect {

    private static final int BLOCK = FloatMathScratch.BLOCK;
    private static final int MAGNITUDE = 0x7fffffff;
    private static final int INFINITY_BITS = 0x7f800000;
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final ThreadLocal<Blocks> OF_THREAD = ThreadLocal.withInitial(Blocks::new);

    private final int first;
    private final int length;
    private final int inside; // the mask of the stretch, all ones or 0; elsewhere it is the opposite
    private final int nan; // all ones if NaN needs the opposite of what it gets so
    private final int limit; // of the magnitudes that are chosen, or else of all others; −1 if signs matter
    private final int small; // all ones if those up to the limit are chosen

    private FloatSelect(int first, int length, boolean inside, boolean nan, int limit, boolean small) {
        this.limit = limit;
        this.small = small ? -1 : 0;
        this.first = first;
        this.length = length;
        this.inside = inside ? -1 : 0;
        this.nan = nan ? -1 : 0;
    }

    /** A block of floats, in which loops see whole numbers. */
    private static final class Bits {
        private final byte[] bytes = new byte[BLOCK * Float.BYTES];
        private final FloatBuffer floats =
                ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    /** The blocks of a thread. */
    private static final class Blocks {
        private final Bits x = new Bits();
        private final Bits a = new Bits();
        private final Bits b = new Bits();
    }

    static FloatSelect of(Interval interval) {
        float low = (float) interval.low;
        float high = (float) interval.high;
        int from = key(interval.closed ? (low == 0 ? -0f : low) : Math.nextUp(low));
        int to = key(interval.closed ? (high == 0 ? 0f : high) : Math.nextDown(high));
        boolean empty = interval.closed ? !(low <= high) : !(low < high) || from > to;
        boolean nan = interval.nan == interval.inside;
        if (empty) {
            return new FloatSelect(0, -1, interval.inside, nan, -1, false);
        }
        boolean isSymmetric = low == -high && !nan;
        int limit = isSymmetric ? to : -1;
        boolean isLong = to - from < 0;
        return isLong
                ? new FloatSelect(to + 1, from - to - 2, !interval.inside, nan, limit, interval.inside)
                : new FloatSelect(from, to - from, interval.inside, nan, limit, interval.inside);
    }

    /** Returns the float's bits as a number that is the larger the larger it is. */
    private static int key(float x) {
        int bits = Float.floatToRawIntBits(x);
        return bits ^ ((bits >> 31) >>> 1);
    }

    /** Sets z to a where x belongs to the interval, else to a number. */
    void choose(float[] x, float[] a, float other, float[] z, int n) {
        Blocks s = OF_THREAD.get();
        for (int i = 0; i < n; i += BLOCK) {
            int size = Math.min(BLOCK, n - i);
            byte[] from = s.a.bytes;
            if (x != a) {
                s.x.floats.put(0, x, i, size);
                from = s.x.bytes;
            }
            s.a.floats.put(0, a, i, size);
            int bits = Float.floatToRawIntBits(other);
            int bytes = Math.max(size, Scratch.FEW) * Float.BYTES;
            if (limit >= 0) {
                chooseByMagnitude(from, s.a.bytes, bits, bytes);
            } else {
                choose(from, s.a.bytes, bits, bytes);
            }
            s.a.floats.get(0, z, i, size);
        }
    }

    /** Sets z to a where x belongs to the interval, else to b. */
    void choose(float[] x, float[] a, float[] b, float[] z, int n) {
        Blocks s = OF_THREAD.get();
        for (int i = 0; i < n; i += BLOCK) {
            int size = Math.min(BLOCK, n - i);
            s.x.floats.put(0, x, i, size);
            s.a.floats.put(0, a, i, size);
            s.b.floats.put(0, b, i, size);
            choose(s.x.bytes, s.a.bytes, s.b.bytes, Math.max(size, Scratch.FEW) * Float.BYTES);
            s.a.floats.get(0, z, i, size);
        }
    }

    private void chooseByMagnitude(byte[] x, byte[] a, int other, int size) {
        for (int i = 0; i < size; i += Float.BYTES) {
            int chosen = small ^ ((limit - ((int) INT.get(x, i) & MAGNITUDE)) >> 31);
            INT.set(a, i, other ^ (((int) INT.get(a, i) ^ other) & chosen));
        }
    }

    private void choose(byte[] x, byte[] a, int other, int size) {
        for (int i = 0; i < size; i += Float.BYTES) {
            int chosen = at((int) INT.get(x, i));
            INT.set(a, i, other ^ (((int) INT.get(a, i) ^ other) & chosen));
        }
    }

    private void choose(byte[] x, byte[] a, byte[] b, int size) {
        for (int i = 0; i < size; i += Float.BYTES) {
            int chosen = at((int) INT.get(x, i));
            int other = (int) INT.get(b, i);
            INT.set(a, i, other ^ (((int) INT.get(a, i) ^ other) & chosen));
        }
    }

    /** Sets z to a where the condition is not 0, else to b. */
    static void chooseByCondition(float[] condition, float[] a, float[] b, float[] z, int n) {
        Blocks s = OF_THREAD.get();
        for (int i = 0; i < n; i += BLOCK) {
            int size = Math.min(BLOCK, n - i);
            s.x.floats.put(0, condition, i, size);
            s.a.floats.put(0, a, i, size);
            s.b.floats.put(0, b, i, size);
            chooseByCondition(s.x.bytes, s.a.bytes, s.b.bytes, Math.max(size, Scratch.FEW) * Float.BYTES);
            s.a.floats.get(0, z, i, size);
        }
    }

    private static void chooseByCondition(byte[] condition, byte[] a, byte[] b, int size) {
        for (int i = 0; i < size; i += Float.BYTES) {
            int magnitude = (int) INT.get(condition, i) & MAGNITUDE;
            int other = (int) INT.get(b, i);
            INT.set(a, i, other ^ (((int) INT.get(a, i) ^ other) & (-magnitude >> 31)));
        }
    }

    /** Returns all ones if the float with these bits belongs to the interval, else 0. */
    private int at(int bits) {
        int from = (bits ^ ((bits >> 31) >>> 1)) - first;
        int outside = (from | (length - from)) >> 31;
        int isnan = (INFINITY_BITS - (bits & MAGNITUDE)) >> 31;
        return outside ^ inside ^ (isnan & nan);
    }
}
