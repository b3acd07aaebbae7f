package org.ndgrad.autograd.kernels.math;

/** Questions about the first n elements of double arrays, each a loop of its own, see {@link DoubleLoops}. */
public final class DoubleRelations {

    /** A question about one array. */
    public interface One {
        /** Answers it for n elements. */
        void run(double[] x, boolean[] z, int n);
    }

    /** A question about two arrays. */
    public interface Two {
        /** Answers it for n elements. */
        void run(double[] x, double[] y, boolean[] z, int n);
    }

    private DoubleRelations() {}

    /** Returns the loop over a relation between two numbers. */
    static Two each(Relation.OfDoubles f) {
        return (x, y, z, n) -> {
            for (int i = 0; i < n; i++) {
                z[i] = f.test(x[i], y[i]);
            }
        };
    }

    /** Whether x is NaN. */
    static void isNan(double[] x, boolean[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = Double.isNaN(x[i]);
        }
    }

    /** Whether x is ±∞. */
    static void isInfinite(double[] x, boolean[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = Math.abs(x[i]) == Double.POSITIVE_INFINITY;
        }
    }

    /** Whether x is neither ±∞ nor NaN. */
    static void isFinite(double[] x, boolean[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = Math.abs(x[i]) <= Double.MAX_VALUE;
        }
    }

    /** Whether x is 0. */
    static void isZero(double[] x, boolean[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = x[i] == 0;
        }
    }

    static void equal(double[] x, double[] y, boolean[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = x[i] == y[i];
        }
    }

    /** Whether x = y or both are NaN. */
    static void same(double[] x, double[] y, boolean[] z, int n) {
        for (int i = 0; i < n; i++) {
            int nans = (Double.isNaN(x[i]) ? 1 : 0) & (Double.isNaN(y[i]) ? 1 : 0);
            z[i] = ((x[i] == y[i] ? 1 : 0) | nans) != 0;
        }
    }

    static void unequal(double[] x, double[] y, boolean[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = x[i] != y[i];
        }
    }

    static void less(double[] x, double[] y, boolean[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = x[i] < y[i];
        }
    }

    static void lessOrEqual(double[] x, double[] y, boolean[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = x[i] <= y[i];
        }
    }

    static void greater(double[] x, double[] y, boolean[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = x[i] > y[i];
        }
    }

    static void greaterOrEqual(double[] x, double[] y, boolean[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = x[i] >= y[i];
        }
    }

    static void both(double[] x, double[] y, boolean[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = ((x[i] != 0 ? 1 : 0) & (y[i] != 0 ? 1 : 0)) != 0;
        }
    }

    static void any(double[] x, double[] y, boolean[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = ((x[i] != 0 ? 1 : 0) | (y[i] != 0 ? 1 : 0)) != 0;
        }
    }

    /** Whether just one is not 0. */
    static void either(double[] x, double[] y, boolean[] z, int n) {
        for (int i = 0; i < n; i++) {
            z[i] = x[i] != 0 ^ y[i] != 0;
        }
    }
}
