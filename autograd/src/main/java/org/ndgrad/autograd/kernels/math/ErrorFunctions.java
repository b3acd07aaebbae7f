package org.ndgrad.autograd.kernels.math;

import org.apache.commons.math3.special.Erf;

/** The error function, its complement and its inverse, to about 15 digits of the result however small that is. */
public final class ErrorFunctions {

    private static final double TWO_OVER_ROOT_PI = 2 / Math.sqrt(Math.PI);

    /** Below, the power series of erf is short; above, erfc is not close to 1. */
    private static final double NEAR = 0.5;

    /** Beyond, erfc is less than the smallest double. */
    private static final double FAR = 27.3;

    /** The power series of erf x / x in x², to be exact up to x = 1. */
    private static final double[] SERIES = series(21);

    /** The Chebyshev series of {@link #scaled} in {@link #position}. */
    private static final double[] CHEBYSHEV = chebyshev(30);

    private ErrorFunctions() {}

    /** Returns 2/√π ∫ e^(−t²) dt from 0 to x. */
    public static double erf(double x) {
        if (Math.abs(x) > 1) {
            return x > 0 ? 1 - erfc(x) : erfc(-x) - 1;
        }
        double square = x * x;
        double sum = 0;
        for (int n = SERIES.length - 1; n >= 0; n--) {
            sum = sum * square + SERIES[n];
        }
        return x * sum;
    }

    /** Returns 1 − erf x, with all digits also where it is close to 0. */
    public static double erfc(double x) {
        if (x < NEAR) {
            return x < -1 ? 2 - erfc(-x) : 1 - erf(x);
        }
        if (x > FAR) {
            return 0;
        }
        double t = position(x);
        double b = 0;
        double next = 0;
        for (int n = CHEBYSHEV.length - 1; n > 0; n--) { // Clenshaw's recurrence
            double before = next;
            next = b;
            b = 2 * t * next - before + CHEBYSHEV[n];
        }
        double head = (float) x; // its square is exact, so that e^(−x²) keeps its digits
        double gauss = Math.exp(-head * head) * Math.exp((head - x) * (head + x));
        return gauss * (t * b - next + CHEBYSHEV[0]) / (1 + 2 * x);
    }

    /** Returns the number whose erf is x: ±∞ at ±1, NaN beyond. */
    public static double erfinv(double x) {
        double target = Math.abs(x);
        double y = Erf.erfInv(target);
        if (target < 1) { // one step of Newton's method; 1 − target is exact where it is used
            double excess = target < NEAR ? erf(y) - target : 1 - target - erfc(y);
            y -= excess * Math.exp(y * y) / TWO_OVER_ROOT_PI;
        }
        return Math.copySign(y, x);
    }

    private static double[] series(int terms) {
        double[] series = new double[terms];
        double coefficient = TWO_OVER_ROOT_PI;
        for (int n = 0; n < terms; n++) {
            series[n] = coefficient / (2 * n + 1);
            coefficient /= -(n + 1);
        }
        return series;
    }

    /** Maps the numbers from NEAR to ∞ to those from −1 to 1. */
    private static double position(double x) {
        return 1 - 2 * (NEAR + 3) / (x + 3);
    }

    /** Interpolates at the zeros of a Chebyshev polynomial. */
    private static double[] chebyshev(int terms) {
        double[] series = new double[terms];
        for (int k = 0; k < terms; k++) {
            double angle = Math.PI * (k + 0.5) / terms;
            double value = scaled(2 * (NEAR + 3) / (1 - Math.cos(angle)) - 3);
            for (int n = 0; n < terms; n++) {
                series[n] += value * Math.cos(n * angle) * (n == 0 ? 1 : 2) / terms;
            }
        }
        return series;
    }

    /** Returns (1 + 2x) e^(x²) erfc x by the continued fraction (2x + 1) / √π / (x + ½ / (x + 1 / (x + 3/2 / (x + …. */
    private static double scaled(double x) {
        double fraction = x;
        for (int k = 1000; k > 0; k--) {
            fraction = x + k / (2 * fraction);
        }
        return (1 + 2 * x) / (Math.sqrt(Math.PI) * fraction);
    }
}
