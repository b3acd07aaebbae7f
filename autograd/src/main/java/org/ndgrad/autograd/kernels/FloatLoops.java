package org.ndgrad.autograd.kernels;

/**
 * Functions of the first n elements of float arrays, z of x and y, which may be the same. Each is a loop of its own, without an
 * offset to the index, since that is what the just-in-time compiler turns into vector instructions. Choices are made between
 * whole numbers: of these it makes no branch, which would be taken at random and cost ten times as much.
 */
final class FloatLoops {

    /** A function of one array. */
    interface One {
        /** Computes n elements. */
        void run(float[] x, float[] z, int n);
    }

    /** A function of two arrays. */
    interface Two {
        /** Computes n elements. */
        void run(float[] x, float[] y, float[] z, int n);
    }

    private FloatLoops() {}

    static void negate(float[] x, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = -x[i];
        }
    }

    static void abs(float[] x, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = Math.abs(x[i]);
        }
    }

    static void square(float[] x, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = x[i] * x[i];
        }
    }

    static void reciprocal(float[] x, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = 1 / x[i];
        }
    }

    static void sqrt(float[] x, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = (float) Math.sqrt(x[i]);
        }
    }

    static void relu(float[] x, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = Math.max(x[i], 0);
        }
    }

    static void add(float[] x, float[] y, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = x[i] + y[i];
        }
    }

    static void subtract(float[] x, float[] y, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = x[i] - y[i];
        }
    }

    static void multiply(float[] x, float[] y, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = x[i] * y[i];
        }
    }

    static void divide(float[] x, float[] y, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = x[i] / y[i];
        }
    }

    static void max(float[] x, float[] y, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = Math.max(x[i], y[i]);
        }
    }

    static void min(float[] x, float[] y, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = Math.min(x[i], y[i]);
        }
    }

    /** x where y is positive or NaN, else 0. */
    static void keepPositive(float[] x, float[] y, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            int mask = y[i] <= 0 ? 0 : -1;
            z[i] = Float.intBitsToFloat(Float.floatToRawIntBits(x[i]) & mask);
        }
    }

    static void equal(float[] x, float[] y, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            int bit = x[i] == y[i] ? 1 : 0;
            z[i] = bit;
        }
    }

    static void unequal(float[] x, float[] y, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            int bit = x[i] != y[i] ? 1 : 0;
            z[i] = bit;
        }
    }

    static void less(float[] x, float[] y, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            int bit = x[i] < y[i] ? 1 : 0;
            z[i] = bit;
        }
    }

    static void lessOrEqual(float[] x, float[] y, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            int bit = x[i] <= y[i] ? 1 : 0;
            z[i] = bit;
        }
    }

    static void greater(float[] x, float[] y, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            int bit = x[i] > y[i] ? 1 : 0;
            z[i] = bit;
        }
    }

    static void greaterOrEqual(float[] x, float[] y, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            int bit = x[i] >= y[i] ? 1 : 0;
            z[i] = bit;
        }
    }

    static void any(float[] x, float[] y, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            int bit = (x[i] != 0 ? 1 : 0) | (y[i] != 0 ? 1 : 0);
            z[i] = bit;
        }
    }

    static void all(float[] x, float[] y, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            int bit = (x[i] != 0 ? 1 : 0) & (y[i] != 0 ? 1 : 0);
            z[i] = bit;
        }
    }

    /** x where the condition is not 0, else y. */
    static void choose(float[] condition, float[] x, float[] y, float[] z, int n) {
        for (int i = 0; i < n; i++) {
            int mask = condition[i] == 0 ? 0 : -1;
            int other = Float.floatToRawIntBits(y[i]);
            z[i] = Float.intBitsToFloat(other ^ ((Float.floatToRawIntBits(x[i]) ^ other) & mask));
        }
    }

    static void copy(float[] x, float[] z, int n) {
        System.arraycopy(x, 0, z, 0, n);
    }

    /** Returns the sum of n elements, with eight sums that the processor adds to at the same time. */
    static double sum(float[] x, int at, int n) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double s4 = 0;
        double s5 = 0;
        double s6 = 0;
        double s7 = 0;
        int i = at;
        for (; i <= at + n - 8; i += 8) {
            s0 += x[i];
            s1 += x[i + 1];
            s2 += x[i + 2];
            s3 += x[i + 3];
            s4 += x[i + 4];
            s5 += x[i + 5];
            s6 += x[i + 6];
            s7 += x[i + 7];
        }
        double sum = ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7));
        for (; i < at + n; i++) {
            sum += x[i];
        }
        return sum;
    }

    /** Returns the largest of n elements; NaN wins. */
    static float largest(float[] x, int at, int n) {
        float m0 = Float.NEGATIVE_INFINITY;
        float m1 = m0;
        float m2 = m0;
        float m3 = m0;
        int i = at;
        for (; i <= at + n - 4; i += 4) {
            m0 = Math.max(m0, x[i]);
            m1 = Math.max(m1, x[i + 1]);
            m2 = Math.max(m2, x[i + 2]);
            m3 = Math.max(m3, x[i + 3]);
        }
        for (; i < at + n; i++) {
            m0 = Math.max(m0, x[i]);
        }
        return Math.max(Math.max(m0, m1), Math.max(m2, m3));
    }
}
