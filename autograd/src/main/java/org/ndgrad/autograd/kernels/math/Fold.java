package org.ndgrad.autograd.kernels.math;

/** A way to make one number of many: of the elements of a row, or of each column of several rows. */
public abstract class Fold {

    /** The sum. */
    public static final Fold SUM = new Fold(0, DoubleLoops::add) {
        @Override
        public double both(double a, double b) {
            return a + b;
        }

        @Override
        public double row(double[] x, int at, int n) {
            return RowFolds.FASTEST.sum(x, at, n);
        }

        @Override
        public double row(float[] x, int at, int n) {
            return RowFolds.FASTEST.sum(x, at, n);
        }
    };

    /** The product. */
    public static final Fold PRODUCT = new Fold(1, DoubleLoops::multiply) {
        @Override
        public double both(double a, double b) {
            return a * b;
        }
    };

    /** NaN wins. */
    public static final Fold MAX = new Fold(Double.NEGATIVE_INFINITY, DoubleLoops::max) {
        @Override
        public double both(double a, double b) {
            return Math.max(a, b);
        }

        @Override
        public double row(double[] x, int at, int n) {
            double max = initial;
            double other = initial;
            int i = at;
            for (; i <= at + n - 2; i += 2) {
                max = Math.max(max, x[i]);
                other = Math.max(other, x[i + 1]);
            }
            for (; i < at + n; i++) {
                max = Math.max(max, x[i]);
            }
            return Math.max(max, other);
        }

        @Override
        public double row(float[] x, int at, int n) {
            return RowFolds.FASTEST.largest(x, at, n);
        }
    };

    /** NaN wins. */
    public static final Fold MIN = new Fold(Double.POSITIVE_INFINITY, DoubleLoops::min) {
        @Override
        public double both(double a, double b) {
            return Math.min(a, b);
        }

        @Override
        public double row(float[] x, int at, int n) {
            return RowFolds.FASTEST.smallest(x, at, n);
        }
    };

    /** 1 if any element is not 0, else 0. */
    public static final Fold ANY = new Fold(0, DoubleLoops::any) {
        @Override
        public double both(double a, double b) {
            return a != 0 || b != 0 ? 1 : 0;
        }
    };

    /** 1 if no element is 0, else 0. */
    public static final Fold ALL = new Fold(1, DoubleLoops::all) {
        @Override
        public double both(double a, double b) {
            return a != 0 && b != 0 ? 1 : 0;
        }
    };

    /** What nothing is folded to, and what changes nothing. */
    public final double initial;

    /** Folds each element of one array with its like in another. */
    public final DoubleLoops.Two columns;

    private Fold(double initial, DoubleLoops.Two columns) {
        this.initial = initial;
        this.columns = columns;
    }

    /** Folds two numbers. */
    public abstract double both(double a, double b);

    /** Folds n elements. The result depends on nothing but them and their order. */
    public double row(double[] x, int at, int n) {
        double result = initial;
        for (int i = at; i < at + n; i++) {
            result = both(result, x[i]);
        }
        return result;
    }

    /** Folds n elements to the same bits as if they were doubles. */
    public double row(float[] x, int at, int n) {
        double result = initial;
        for (int i = at; i < at + n; i++) {
            result = both(result, x[i]);
        }
        return result;
    }
}
