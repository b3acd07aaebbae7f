package org.ndgrad.autograd.kernels;

/**
 * Functions of stretches of float arrays, z[zi … zi + n) of x[xi … xi + n) and y[yi … yi + n), which may be the same. Each is a
 * loop of its own, since that is what the just-in-time compiler turns into vector instructions.
 */
final class FloatLoops {

    /** A function of one stretch. */
    interface One {
        /** Computes n elements. */
        void run(float[] x, int xi, float[] z, int zi, int n);
    }

    /** A function of two stretches. */
    interface Two {
        /** Computes n elements. */
        void run(float[] x, int xi, float[] y, int yi, float[] z, int zi, int n);
    }

    private FloatLoops() {}

    static void negate(float[] x, int xi, float[] z, int zi, int n) {
        for (int i = 0; i < n; i++) {
            z[zi + i] = -x[xi + i];
        }
    }

    static void abs(float[] x, int xi, float[] z, int zi, int n) {
        for (int i = 0; i < n; i++) {
            z[zi + i] = Math.abs(x[xi + i]);
        }
    }

    static void square(float[] x, int xi, float[] z, int zi, int n) {
        for (int i = 0; i < n; i++) {
            z[zi + i] = x[xi + i] * x[xi + i];
        }
    }

    static void reciprocal(float[] x, int xi, float[] z, int zi, int n) {
        for (int i = 0; i < n; i++) {
            z[zi + i] = 1 / x[xi + i];
        }
    }

    static void sqrt(float[] x, int xi, float[] z, int zi, int n) {
        for (int i = 0; i < n; i++) {
            z[zi + i] = (float) Math.sqrt(x[xi + i]);
        }
    }

    static void relu(float[] x, int xi, float[] z, int zi, int n) {
        for (int i = 0; i < n; i++) {
            z[zi + i] = Math.max(x[xi + i], 0);
        }
    }

    static void add(float[] x, int xi, float[] y, int yi, float[] z, int zi, int n) {
        for (int i = 0; i < n; i++) {
            z[zi + i] = x[xi + i] + y[yi + i];
        }
    }

    static void subtract(float[] x, int xi, float[] y, int yi, float[] z, int zi, int n) {
        for (int i = 0; i < n; i++) {
            z[zi + i] = x[xi + i] - y[yi + i];
        }
    }

    static void multiply(float[] x, int xi, float[] y, int yi, float[] z, int zi, int n) {
        for (int i = 0; i < n; i++) {
            z[zi + i] = x[xi + i] * y[yi + i];
        }
    }

    static void divide(float[] x, int xi, float[] y, int yi, float[] z, int zi, int n) {
        for (int i = 0; i < n; i++) {
            z[zi + i] = x[xi + i] / y[yi + i];
        }
    }

    static void max(float[] x, int xi, float[] y, int yi, float[] z, int zi, int n) {
        for (int i = 0; i < n; i++) {
            z[zi + i] = Math.max(x[xi + i], y[yi + i]);
        }
    }

    static void min(float[] x, int xi, float[] y, int yi, float[] z, int zi, int n) {
        for (int i = 0; i < n; i++) {
            z[zi + i] = Math.min(x[xi + i], y[yi + i]);
        }
    }

    /** x where y is positive or NaN, else 0; without a branch, which would be taken at random. */
    static void keepPositive(float[] x, int xi, float[] y, int yi, float[] z, int zi, int n) {
        for (int i = 0; i < n; i++) {
            int mask = y[yi + i] <= 0 ? 0 : -1;
            z[zi + i] = Float.intBitsToFloat(Float.floatToRawIntBits(x[xi + i]) & mask);
        }
    }
}
