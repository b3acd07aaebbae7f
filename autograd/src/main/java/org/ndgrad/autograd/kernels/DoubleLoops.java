package org.ndgrad.autograd.kernels;

/**
 * Functions of stretches of double arrays, z[zi … zi + n) of x[xi … xi + n) and y[yi … yi + n), which may be the same. Each is a
 * loop of its own, since that is what the just-in-time compiler turns into vector instructions.
 */
final class DoubleLoops {

    /** A function of one stretch. */
    interface One {
        /** Computes n elements. */
        void run(double[] x, int xi, double[] z, int zi, int n);
    }

    /** A function of two stretches. */
    interface Two {
        /** Computes n elements. */
        void run(double[] x, int xi, double[] y, int yi, double[] z, int zi, int n);
    }

    private DoubleLoops() {}

    static void negate(double[] x, int xi, double[] z, int zi, int n) {
        for (int i = 0; i < n; i++) {
            z[zi + i] = -x[xi + i];
        }
    }

    static void abs(double[] x, int xi, double[] z, int zi, int n) {
        for (int i = 0; i < n; i++) {
            z[zi + i] = Math.abs(x[xi + i]);
        }
    }

    static void square(double[] x, int xi, double[] z, int zi, int n) {
        for (int i = 0; i < n; i++) {
            z[zi + i] = x[xi + i] * x[xi + i];
        }
    }

    static void reciprocal(double[] x, int xi, double[] z, int zi, int n) {
        for (int i = 0; i < n; i++) {
            z[zi + i] = 1 / x[xi + i];
        }
    }

    static void sqrt(double[] x, int xi, double[] z, int zi, int n) {
        for (int i = 0; i < n; i++) {
            z[zi + i] = Math.sqrt(x[xi + i]);
        }
    }

    static void relu(double[] x, int xi, double[] z, int zi, int n) {
        for (int i = 0; i < n; i++) {
            z[zi + i] = Math.max(x[xi + i], 0);
        }
    }

    static void exp(double[] x, int xi, double[] z, int zi, int n) {
        for (int i = 0; i < n; i++) {
            z[zi + i] = Math.exp(x[xi + i]);
        }
    }

    static void log(double[] x, int xi, double[] z, int zi, int n) {
        for (int i = 0; i < n; i++) {
            z[zi + i] = Math.log(x[xi + i]);
        }
    }

    static void tanh(double[] x, int xi, double[] z, int zi, int n) {
        for (int i = 0; i < n; i++) {
            z[zi + i] = DoubleMath.tanh(x[xi + i]);
        }
    }

    static void sigmoid(double[] x, int xi, double[] z, int zi, int n) {
        for (int i = 0; i < n; i++) {
            z[zi + i] = 1 / (1 + Math.exp(-x[xi + i]));
        }
    }

    static void add(double[] x, int xi, double[] y, int yi, double[] z, int zi, int n) {
        for (int i = 0; i < n; i++) {
            z[zi + i] = x[xi + i] + y[yi + i];
        }
    }

    static void subtract(double[] x, int xi, double[] y, int yi, double[] z, int zi, int n) {
        for (int i = 0; i < n; i++) {
            z[zi + i] = x[xi + i] - y[yi + i];
        }
    }

    static void multiply(double[] x, int xi, double[] y, int yi, double[] z, int zi, int n) {
        for (int i = 0; i < n; i++) {
            z[zi + i] = x[xi + i] * y[yi + i];
        }
    }

    static void divide(double[] x, int xi, double[] y, int yi, double[] z, int zi, int n) {
        for (int i = 0; i < n; i++) {
            z[zi + i] = x[xi + i] / y[yi + i];
        }
    }

    static void max(double[] x, int xi, double[] y, int yi, double[] z, int zi, int n) {
        for (int i = 0; i < n; i++) {
            z[zi + i] = Math.max(x[xi + i], y[yi + i]);
        }
    }

    static void min(double[] x, int xi, double[] y, int yi, double[] z, int zi, int n) {
        for (int i = 0; i < n; i++) {
            z[zi + i] = Math.min(x[xi + i], y[yi + i]);
        }
    }

    /** x where y is positive or NaN, else 0; without a branch, which would be taken at random. */
    static void keepPositive(double[] x, int xi, double[] y, int yi, double[] z, int zi, int n) {
        for (int i = 0; i < n; i++) {
            long mask = y[yi + i] <= 0 ? 0 : -1;
            z[zi + i] = Double.longBitsToDouble(Double.doubleToRawLongBits(x[xi + i]) & mask);
        }
    }
}
