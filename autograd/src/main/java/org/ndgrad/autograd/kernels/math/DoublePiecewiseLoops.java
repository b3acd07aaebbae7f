package org.ndgrad.autograd.kernels.math;

/** Activation functions that consist of straight lines and parabolas, over the first n elements of double arrays. */
final class DoublePiecewiseLoops {

    private DoublePiecewiseLoops() {}

    /** x where x > 0, else slope · x, for a slope above 0 and up to 1. */
    static void leaky(double[] x, double slope, double[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = Math.max(x[i], slope * x[i]);
        }
    }

    /** x · y where y is not 0, else 0, even if x is infinite. */
    static void weigh(double[] x, double[] y, double[] z, int n) {
        for (int i = 0; i < n; i++) {
            long mask = y[i] == 0 ? 0 : -1;
            z[i] = Double.longBitsToDouble(Double.doubleToRawLongBits(x[i] * y[i]) & mask);
        }
    }

    /** 1 where x is larger, or NaN is there; ½ where both are equal, else 0. */
    static void shareOfLarger(double[] x, double[] y, double[] z, int n) {
        for (int i = 0; i < n; i++) {
            int halves = 2 - 2 * (x[i] < y[i] ? 1 : 0) - (x[i] == y[i] ? 1 : 0);
            z[i] = 0.5 * halves;
        }
    }

    /** 0 where x is less than 0 or NaN, y where x = 0, else 1. */
    static void heaviside(double[] x, double[] y, double[] z, int n) {
        for (int i = 0; i < n; i++) {
            int positive = x[i] > 0 ? 1 : 0;
            long isZero = x[i] == 0 ? -1 : 0;
            long bits = Double.doubleToRawLongBits(positive);
            z[i] = Double.longBitsToDouble(bits ^ ((bits ^ Double.doubleToRawLongBits(y[i])) & isZero));
        }
    }

    static void softsign(double[] x, double[] z, int n) {
        for (int i = 0; i < n; i++) {
            double finite = Math.min(Math.max(x[i], -Double.MAX_VALUE), Double.MAX_VALUE);
            z[i] = finite / (1 + Math.abs(finite));
        }
    }

    static void hardsigmoid(double[] x, double[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = Math.min(Math.max(x[i] + 3, 0), 6) / 6;
        }
    }

    static void hardswish(double[] x, double[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = x[i] * Math.min(Math.max(x[i] + 3, 0), 6) / 6;
        }
    }

    /** A difference of equals is made −0, to which the last summand gives the sign of x. */
    static void softshrink(double[] x, double lambda, double[] z, int n) {
        for (int i = 0; i < n; i++) {
            double near = Math.min(Math.max(x[i], -lambda), lambda);
            z[i] = -(near - x[i]) + 0 * near;
        }
    }

    /** x where it is finite, which it nearly always is, else one of three numbers. */
    static void finite(double[] x, double nan, double posInf, double negInf, double[] z, int n) {
        for (int i = 0; i < n; i++) {
            double value = x[i];
            if (!(Math.abs(value) <= Double.MAX_VALUE)) {
                value = Double.isNaN(value) ? nan : value > 0 ? posInf : negInf;
            }
            z[i] = value;
        }
    }

    /** The nearest number with some decimals; what is so large that it has no further digits stays as it is. */
    static void decimals(double[] x, double power, double[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = Math.rint(x[i] * power) / power;
        }
        for (int i = 0; i < n; i++) {
            if (!(Math.abs(x[i] * power) < 0x1p52)) {
                z[i] = x[i];
            }
        }
    }

    static void multiples(double[] x, double unit, double[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = Math.rint(x[i] / unit) * unit;
        }
    }
}
