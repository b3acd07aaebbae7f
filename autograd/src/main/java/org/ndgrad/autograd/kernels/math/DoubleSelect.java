package org.ndgrad.autograd.kernels.math;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;

/**
 * Chooses among doubles by whether another one belongs to an {@link Interval}, as {@link FloatSelect} does among
 * floats.
 */
final class DoubleSelect {

    private static final int BLOCK = DoubleMathScratch.BLOCK;
    private static final long MAGNITUDE = Long.MAX_VALUE;
    private static final long INFINITY_BITS = Double.doubleToRawLongBits(Double.POSITIVE_INFINITY);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final ThreadLocal<Blocks> OF_THREAD = ThreadLocal.withInitial(Blocks::new);

    private final long first;
    private final long length;
    private final long inside; // the mask of the stretch, all ones or 0; elsewhere it is the opposite
    private final long nan; // all ones if NaN needs the opposite of what it gets so
    private final long limit; // of the magnitudes that are chosen, or else of all others; −1 if signs matter
    private final long small; // all ones if those up to the limit are chosen

    private DoubleSelect(long first, long length, boolean inside, boolean nan, long limit, boolean small) {
        this.limit = limit;
        this.small = small ? -1 : 0;
        this.first = first;
        this.length = length;
        this.inside = inside ? -1 : 0;
        this.nan = nan ? -1 : 0;
    }

    /** A block of doubles, in which loops see whole numbers. */
    private static final class Bits {
        private final byte[] bytes = new byte[BLOCK * Double.BYTES];
        private final DoubleBuffer doubles =
                ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).asDoubleBuffer();
    }

    /** The blocks of a thread. */
    private static final class Blocks {
        private final Bits x = new Bits();
        private final Bits a = new Bits();
    }

    static DoubleSelect of(Interval interval) {
        double low = interval.low;
        double high = interval.high;
        long from = key(interval.closed ? (low == 0 ? -0.0 : low) : Math.nextUp(low));
        long to = key(interval.closed ? (high == 0 ? 0.0 : high) : Math.nextDown(high));
        boolean empty = interval.closed ? !(low <= high) : !(low < high) || from > to;
        boolean nan = interval.nan == interval.inside;
        if (empty) {
            return new DoubleSelect(0, -1, interval.inside, nan, -1, false);
        }
        boolean isSymmetric = low == -high && !nan;
        long limit = isSymmetric ? to : -1;
        boolean isLong = to - from < 0;
        return isLong
                ? new DoubleSelect(to + 1, from - to - 2, !interval.inside, nan, limit, interval.inside)
                : new DoubleSelect(from, to - from, interval.inside, nan, limit, interval.inside);
    }

    /** Returns the double's bits as a number that is the larger the larger it is. */
    private static long key(double x) {
        long bits = Double.doubleToRawLongBits(x);
        return bits ^ ((bits >> 63) >>> 1);
    }

    /** Sets z to a where x belongs to the interval, else to a number. */
    void choose(double[] x, double[] a, double other, double[] z, int n) {
        Blocks s = OF_THREAD.get();
        for (int i = 0; i < n; i += BLOCK) {
            int size = Math.min(BLOCK, n - i);
            byte[] from = s.a.bytes;
            if (x != a) {
                s.x.doubles.put(0, x, i, size);
                from = s.x.bytes;
            }
            s.a.doubles.put(0, a, i, size);
            long bits = Double.doubleToRawLongBits(other);
            int bytes = Math.max(size, Scratch.FEW) * Double.BYTES;
            if (limit >= 0) {
                chooseByMagnitude(from, s.a.bytes, bits, bytes);
            } else {
                choose(from, s.a.bytes, bits, bytes);
            }
            s.a.doubles.get(0, z, i, size);
        }
    }

    private void chooseByMagnitude(byte[] x, byte[] a, long other, int size) {
        for (int i = 0; i < size; i += Double.BYTES) {
            long chosen = small ^ ((limit - ((long) LONG.get(x, i) & MAGNITUDE)) >> 63);
            LONG.set(a, i, other ^ (((long) LONG.get(a, i) ^ other) & chosen));
        }
    }

    private void choose(byte[] x, byte[] a, long other, int size) {
        for (int i = 0; i < size; i += Double.BYTES) {
            long chosen = at((long) LONG.get(x, i));
            LONG.set(a, i, other ^ (((long) LONG.get(a, i) ^ other) & chosen));
        }
    }

    /** Returns all ones if the double with these bits belongs to the interval, else 0. */
    private long at(long bits) {
        long from = (bits ^ ((bits >> 63) >>> 1)) - first;
        long outside = (from | (length - from)) >> 63;
        long isnan = (INFINITY_BITS - (bits & MAGNITUDE)) >> 63;
        return outside ^ inside ^ (isnan & nan);
    }
}
