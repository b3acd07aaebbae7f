package org.ndgrad.autograd.kernels.math;

/**
 * Products of three numbers, right to the last digits wherever they fit, though those of two may not: exponents are
 * kept apart then.
 */
public final class ScaledProducts {

    private ScaledProducts() {}

    /** Returns a b c. */
    public static double product(double a, double b, double c) {
        double product = a * b;
        return isSafe(product)
                ? product * c
                : Math.scalb(fraction(a) * fraction(b) * fraction(c), exponent(a) + exponent(b) + exponent(c));
    }

    /** Returns a b / c. */
    public static double ratio(double a, double b, double c) {
        double product = a * b;
        return isSafe(product)
                ? product / c
                : Math.scalb(fraction(a) * fraction(b) / fraction(c), exponent(a) + exponent(b) - exponent(c));
    }

    /** Returns the loop over x + factor · y z. */
    public static DoubleLoops.Three addProduct(double factor) {
        return (x, y, z, w, n) -> {
            for (int i = 0; i < n; i++) {
                w[i] = x[i] + factor * y[i] * z[i];
            }
            for (int i = 0; i < n; i++) {
                if (y[i] != 0 && !isSafe(factor * y[i])) {
                    w[i] = x[i] + product(factor, y[i], z[i]);
                }
            }
        };
    }

    /** Returns the loop over x + factor · y / z. */
    public static DoubleLoops.Three addRatio(double factor) {
        return (x, y, z, w, n) -> {
            for (int i = 0; i < n; i++) {
                w[i] = x[i] + factor * y[i] / z[i];
            }
            for (int i = 0; i < n; i++) {
                if (y[i] != 0 && !isSafe(factor * y[i])) {
                    w[i] = x[i] + ratio(factor, y[i], z[i]);
                }
            }
        };
    }

    /** Whether no digits have been lost at the ends of the range. */
    private static boolean isSafe(double x) {
        double abs = Math.abs(x);
        return abs >= 0x1p-960 && abs < Double.POSITIVE_INFINITY;
    }

    private static double fraction(double x) {
        return Math.scalb(x, -exponent(x));
    }

    private static int exponent(double x) {
        return Math.getExponent(x);
    }
}
