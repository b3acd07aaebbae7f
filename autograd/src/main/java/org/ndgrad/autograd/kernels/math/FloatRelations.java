package org.ndgrad.autograd.kernels.math;

/** Questions about the first n elements of float arrays, each a loop of its own, see {@link FloatLoops}. */
public final class FloatRelations {

    /** A question about one array. */
    public interface One {
        /** Answers it for n elements. */
        void run(float[] x, boolean[] z, int n);
    }

    /** A question about two arrays. */
    public interface Two {
        /** Answers it for n elements. */
        void run(float[] x, float[] y, boolean[] z, int n);
    }

    private FloatRelations() {}

    /** Returns the loop over a relation between two numbers. */
    static Two each(Relation.OfDoubles f) {
        return (x, y, z, n) -> {
            for (int i = 0; i < n; i++) {
                z[i] = f.test(x[i], y[i]);
            }
        };
    }

    /** Whether x is NaN. */
    static void isNan(float[] x, boolean[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = Float.isNaN(x[i]);
        }
    }

    /** Whether x is ±∞. */
    static void isInfinite(float[] x, boolean[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = Math.abs(x[i]) == Float.POSITIVE_INFINITY;
        }
    }

    /** Whether x is neither ±∞ nor NaN. */
    static void isFinite(float[] x, boolean[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = Math.abs(x[i]) <= Float.MAX_VALUE;
        }
    }

    /** Whether x is 0. */
    static void isZero(float[] x, boolean[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = x[i] == 0;
        }
    }

    static void equal(float[] x, float[] y, boolean[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = x[i] == y[i];
        }
    }

    /** Whether x = y or both are NaN. */
    static void same(float[] x, float[] y, boolean[] z, int n) {
        for (int i = 0; i < n; i++) {
            int nans = (Float.isNaN(x[i]) ? 1 : 0) & (Float.isNaN(y[i]) ? 1 : 0);
            z[i] = ((x[i] == y[i] ? 1 : 0) | nans) != 0;
        }
    }

    static void unequal(float[] x, float[] y, boolean[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = x[i] != y[i];
        }
    }

    static void less(float[] x, float[] y, boolean[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = x[i] < y[i];
        }
    }

    static void lessOrEqual(float[] x, float[] y, boolean[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = x[i] <= y[i];
        }
    }

    static void greater(float[] x, float[] y, boolean[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = x[i] > y[i];
        }
    }

    static void greaterOrEqual(float[] x, float[] y, boolean[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = x[i] >= y[i];
        }
    }

    static void both(float[] x, float[] y, boolean[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = ((x[i] != 0 ? 1 : 0) & (y[i] != 0 ? 1 : 0)) != 0;
        }
    }

    static void any(float[] x, float[] y, boolean[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = ((x[i] != 0 ? 1 : 0) | (y[i] != 0 ? 1 : 0)) != 0;
        }
    }

    /** Whether just one is not 0. */
    static void either(float[] x, float[] y, boolean[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = x[i] != 0 ^ y[i] != 0;
        }
    }
}
