package org.ndgrad.autograd.kernels.math;

import static com.google.common.base.Preconditions.checkArgument;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Functions of plain numbers as C and Python define them, where Java has none or another. */
public final class Scalars {

    /** Added to ½, it makes 1, and less of anything below. */
    private static final double ALMOST_HALF = Math.nextDown(0.5);

    private static final int HALF_BITS = Float.floatToRawIntBits(0.5f);

    private Scalars() {}

    /** Python's floor division, where 1 // 0.1 is 9, since 0.1 is a little more than a tenth. */
    public static double floorDivide(double p, double q) {
        if (q == 0) {
            return p / q;
        }
        double rest = p % q;
        double quotient = (p - rest) / q - (rest != 0 && rest < 0 != q < 0 ? 1 : 0);
        double floor = Math.floor(quotient);
        return quotient == 0 ? Math.copySign(0, p / q) : quotient - floor > 0.5 ? floor + 1 : floor;
    }

    /** Python's remainder, which has the sign of the divisor. */
    public static double floorMod(double p, double q) {
        double rest = p % q;
        return rest != 0 && rest < 0 != q < 0 ? rest + q : rest;
    }

    /** Returns the number without its fraction. */
    public static double trunc(double x) {
        return x < 0 ? Math.ceil(x) : Math.floor(x);
    }

    /** Returns the nearest multiple of 10 to a power of at least 1, the even one of two; it wraps around. */
    public static long round(long x, int digits) {
        if (digits > 19) {
            return 0;
        }
        BigInteger unit = BigInteger.TEN.pow(digits);
        BigDecimal quotient = new BigDecimal(BigInteger.valueOf(x)).scaleByPowerOfTen(-digits);
        return quotient.setScale(0, RoundingMode.HALF_EVEN)
                .toBigInteger()
                .multiply(unit)
                .longValue();
    }

    /** Returns the number at a share of the way from a to b, computed from the nearer end. */
    public static double lerp(double a, double b, double weight) {
        double way = b - a;
        if (Double.isInfinite(way) && Double.isFinite(a) && Double.isFinite(b)) {
            return (1 - weight) * a + weight * b;
        }
        return Math.abs(weight) < 0.5 ? a + weight * way : b - way * (1 - weight);
    }

    /** The same, a loop over starts x, ends y and weights z, in double precision. */
    static void lerp(float[] x, float[] y, float[] z, float[] w, int n) {
        for (int i = 0; i < n; i++) { // from both ends; without a branch, late is −1 for the second one, else 0
            int late = (HALF_BITS - 1 - (Float.floatToRawIntBits(z[i]) & Integer.MAX_VALUE)) >> 31;
            double way = (double) y[i] - x[i];
            int first = Float.floatToRawIntBits((float) (x[i] + z[i] * way));
            int second = Float.floatToRawIntBits((float) (y[i] - way * (1 - (double) z[i])));
            w[i] = Float.intBitsToFloat(first ^ ((first ^ second) & late));
        }
    }

    /** The same, a loop over starts x, ends y and weights z. */
    static void lerp(double[] x, double[] y, double[] z, double[] w, int n) {
        for (int i = 0; i < n; i++) { // without a branch: 1 where the end is nearer, else 0
            double late = Math.floor(Math.min(Math.abs(z[i]), 1) + ALMOST_HALF);
            double nearer = (1 - late) * x[i] + late * y[i];
            w[i] = nearer + (y[i] - x[i]) * (z[i] - late);
        }
        for (int i = 0; i < n; i++) {
            if (!(Math.abs(w[i]) <= Double.MAX_VALUE && w[i] != 0)) { // 0 may have lost its sign
                w[i] = lerp(x[i], y[i], z[i]);
            }
        }
    }

    /** C's pow, which knows that 1 to any power is 1, and −1 to an infinite one. */
    public static double power(double base, double exponent) {
        return base == 1 || (base == -1 && Double.isInfinite(exponent)) ? 1 : Math.pow(base, exponent);
    }

    /** Returns the power by repeated squaring; it wraps around. */
    public static long power(long base, long exponent) {
        checkArgument(
                exponent >= 0,
                "pow: expected whole exponents of at least 0 for an integral base; got %s. Convert to float first.",
                exponent);
        long result = 1;
        long square = base;
        for (long rest = exponent; rest > 0; rest >>= 1) {
            result *= (rest & 1) == 1 ? square : 1;
            square *= square;
        }
        return result;
    }
}
