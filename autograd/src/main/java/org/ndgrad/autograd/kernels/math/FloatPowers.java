package org.ndgrad.autograd.kernels.math;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;

/**
 * Powers of floats with any number k as the exponent: xᵏ = 2^(k log₂ x), computed in double precision, so that nearly
 * all are rounded as the exact value would be: within 0.501 units in the last place. As in {@link FloatMath}, the work
 * goes through short loops over blocks. Polynomials have the least relative error on their range.
 */
public final class FloatPowers {

    /** Elements of a block: with as many bytes as one of {@link FloatMathScratch} has. */
    private static final int BLOCK = FloatMathScratch.BLOCK / 2;

    private static final int MANTISSA_BITS = 52;
    private static final long ONE = Double.doubleToRawLongBits(1);
    private static final int LARGEST_BITS = Float.floatToRawIntBits(Float.MAX_VALUE);
    private static final long ROOT_HALF = Double.doubleToRawLongBits(Math.sqrt(0.5));

    /** 1.5 · 2⁵²: added to a smaller number, it leaves the nearest whole number in the last bits of the sum. */
    private static final double ROUND = 0x1.8p52;

    private static final long ROUND_BITS = Double.doubleToRawLongBits(ROUND);

    /** Beyond, a power of two is 0 or ∞ as a float, also with a factor that is a float. */
    private static final double LEAST = -400;

    private static final double MOST = 400;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final ThreadLocal<FloatPowers> OF_THREAD = ThreadLocal.withInitial(FloatPowers::new);

    private final double[] rest = new double[BLOCK];
    private final double[] powers = new double[BLOCK];
    private final double[] count = new double[BLOCK];
    private final byte[] bits = new byte[BLOCK * Double.BYTES];
    private final byte[] exponents = new byte[BLOCK * Double.BYTES];
    private final DoubleBuffer bitsAsDoubles = doubles(bits);
    private final DoubleBuffer exponentsAsDoubles = doubles(exponents);

    private FloatPowers() {}

    /**
     * Sets z to factor · xᵏ for a finite k. Special values are those of {@link Scalars#power}, of which a negative x is
     * none.
     */
    public static void power(float[] x, double k, double factor, float[] z, int n) {
        FloatPowers p = OF_THREAD.get();
        double ofNegative = k != Math.rint(k) ? Double.NaN : Math.IEEEremainder(k, 2) == 0 ? 1 : -1;
        double[] factors = {factor, factor * ofNegative};
        for (int i = 0; i < n; i += BLOCK) {
            p.block(x, i, k, factors, z, Math.min(BLOCK, n - i));
        }
    }

    /** Sets z to xᵏ for a k of each x, with the special values of {@link Scalars#power}. */
    static void power(float[] x, float[] k, float[] z, int n) {
        FloatPowers p = OF_THREAD.get();
        for (int i = 0; i < n; i += BLOCK) {
            p.block(x, k, i, z, Math.min(BLOCK, n - i));
        }
    }

    private void block(float[] x, float[] k, int at, float[] z, int n) {
        abs(x, at, rest, n);
        log2(n);
        widen(k, at, powers, n);
        exponent(rest, count, powers, n);
        exp2(n);
        roundOrReplace(rest, x, k, at, z, n);
    }

    private void block(float[] x, int at, double k, double[] factors, float[] z, int n) {
        boolean regular = abs(x, at, rest, n);
        log2(n);
        exponent(rest, count, k, n);
        exp2(n);
        if (regular) {
            round(rest, x, at, factors, z, n);
        } else {
            roundOrReplace(rest, x, at, k, factors, z, n);
        }
    }

    private void log2(int n) {
        bitsAsDoubles.put(0, rest, 0, n);
        split(bits, exponents, n * Double.BYTES);
        bitsAsDoubles.get(0, rest, 0, n);
        exponentsAsDoubles.get(0, count, 0, n);
        log2(rest, count, n);
    }

    private void exp2(int n) {
        exponentsAsDoubles.put(0, count, 0, n);
        raise(exponents, n * Double.BYTES);
        exponentsAsDoubles.get(0, count, 0, n);
        exp2(rest, count, n);
    }

    private static void widen(float[] x, int at, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            y[i] = x[at + i];
        }
    }

    /** Sets y to |x|; returns whether all are positive and finite then. */
    private static boolean abs(float[] x, int at, double[] y, int n) {
        int outside = 0;
        for (int i = 0; i < n; i++) {
            int bits = Float.floatToRawIntBits(x[at + i]) & Integer.MAX_VALUE;
            outside |= (bits - 1) | (LARGEST_BITS - bits); // one of the two is negative
            y[i] = Float.intBitsToFloat(bits);
        }
        return outside >= 0;
    }

    /**
     * Replaces x by what is left of it, between √½ and √2, when 2 to the exponent, to which ROUND is added, is divided
     * out.
     */
    private static void split(byte[] x, byte[] exponents, int size) {
        for (int i = 0; i < size; i += Double.BYTES) {
            long bits = (long) LONG.get(x, i);
            long biased = (bits - ROOT_HALF + ONE) >>> MANTISSA_BITS;
            LONG.set(exponents, i, biased + (ROUND_BITS - (ONE >>> MANTISSA_BITS)));
            LONG.set(x, i, bits - (biased << MANTISSA_BITS) + ONE);
        }
    }

    /** Replaces x by log₂ x + count. With s = (x − 1) / (x + 1), log₂ x = s p(s²); relative error 3.4e-13. */
    private static void log2(double[] x, double[] count, int n) {
        for (int i = 0; i < n; i++) {
            double s = (x[i] - 1) / (x[i] + 1);
            double u = s * s;
            double v = u * u;
            double even = (0.31970085498191975 * v + 0.5770778662798042) * v + 2.8853900817773055;
            double odd = (0.28544560385223544 * v + 0.4122152334966987) * v + 0.9617966945047769;
            x[i] = s * (even + u * odd) + (count[i] - ROUND);
        }
    }

    /** Replaces x by the distance of k x from the nearest whole number, which is the new count, with ROUND added. */
    private static void exponent(double[] x, double[] count, double k, int n) {
        for (int i = 0; i < n; i++) {
            double exponent = Math.min(Math.max(k * x[i], LEAST), MOST);
            double rounded = exponent + ROUND;
            count[i] = rounded;
            x[i] = exponent - (rounded - ROUND);
        }
    }

    private static void exponent(double[] x, double[] count, double[] k, int n) {
        for (int i = 0; i < n; i++) {
            double exponent = Math.min(Math.max(k[i] * x[i], LEAST), MOST);
            double rounded = exponent + ROUND;
            count[i] = rounded;
            x[i] = exponent - (rounded - ROUND);
        }
    }

    private static void raise(byte[] bits, int size) {
        for (int i = 0; i < size; i += Double.BYTES) {
            LONG.set(bits, i, ((long) LONG.get(bits, i) << MANTISSA_BITS) + ONE);
        }
    }

    /** Replaces x, at most ½, by 2ˣ · power; relative error 4.7e-11. */
    private static void exp2(double[] x, double[] power, int n) {
        for (int i = 0; i < n; i++) {
            double v = x[i];
            double u = v * v;
            double odd = ((1.5196134026409184e-5 * u + 0.0013333935356463326) * u + 0.055504103653919196) * u
                    + 0.6931471807047631;
            double even = (1.5466781525103854e-4 * u + 0.009618038059616437) * u + 0.24022651067003153;
            x[i] = (1 + (v * odd + u * even)) * power[i];
        }
    }

    private static void round(double[] abs, float[] x, int at, double[] factors, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[at + i] = (float) (abs[i] * factors[Float.floatToRawIntBits(x[at + i]) >>> 31]);
        }
    }

    private static void roundOrReplace(double[] abs, float[] x, int at, double k, double[] factors, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            float value = x[at + i];
            boolean regular = value != 0 && Math.abs(value) < Float.POSITIVE_INFINITY;
            double power = regular ? abs[i] * factors[value < 0 ? 1 : 0] : factors[0] * Scalars.power(value, k);
            z[at + i] = (float) power;
        }
    }

    private static void roundOrReplace(double[] powers, float[] x, float[] k, int at, float[] z, int n) {
        for (int i = at; i < at + n; i++) {
            boolean regular = x[i] > 0 && x[i] <= Float.MAX_VALUE && Math.abs(k[i]) <= Float.MAX_VALUE;
            z[i] = (float) (regular ? powers[i - at] : Scalars.power(x[i], k[i]));
        }
    }

    private static DoubleBuffer doubles(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).asDoubleBuffer();
    }
}
