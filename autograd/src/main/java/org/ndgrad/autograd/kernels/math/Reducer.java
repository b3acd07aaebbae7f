package org.ndgrad.autograd.kernels.math;

/** A way to make one number of many: of the elements of a row, or of each column of several rows. */
public abstract class Reducer {

    /** The sum. */
    public static final Reducer SUM = new Reducer(0, DoubleLoops::add, true) {
        @Override
        public double both(double a, double b) {
            return a + b;
        }

        @Override
        public double row(double[] x, int at, int n) {
            return RowReducer.FASTEST.sum(x, at, n);
        }

        @Override
        public double row(float[] x, int at, int n) {
            return RowReducer.FASTEST.sum(x, at, n);
        }
    };

    /** The product. */
    public static final Reducer PRODUCT = new Reducer(1, DoubleLoops::multiply, true) {
        @Override
        public double both(double a, double b) {
            return a * b;
        }

        @Override
        public double row(double[] x, int at, int n) {
            double p0 = 1; // four products do not wait for each other
            double p1 = 1;
            double p2 = 1;
            double p3 = 1;
            int i = at;
            for (; i <= at + n - 4; i += 4) {
                p0 *= x[i];
                p1 *= x[i + 1];
                p2 *= x[i + 2];
                p3 *= x[i + 3];
            }
            for (; i < at + n; i++) {
                p0 *= x[i];
            }
            return (p0 * p1) * (p2 * p3);
        }

        @Override
        public double row(float[] x, int at, int n) {
            double p0 = 1;
            double p1 = 1;
            double p2 = 1;
            double p3 = 1;
            int i = at;
            for (; i <= at + n - 4; i += 4) {
                p0 *= x[i];
                p1 *= x[i + 1];
                p2 *= x[i + 2];
                p3 *= x[i + 3];
            }
            for (; i < at + n; i++) {
                p0 *= x[i];
            }
            return (p0 * p1) * (p2 * p3);
        }
    };

    /** NaN wins. */
    public static final Extreme MAX = new Extreme(Double.NEGATIVE_INFINITY, DoubleLoops::max, FloatLoops::max) {
        @Override
        public double both(double a, double b) {
            return Math.max(a, b);
        }

        @Override
        float both(float a, float b) {
            return Math.max(a, b);
        }

        @Override
        public double row(double[] x, int at, int n) {
            return RowReducer.FASTEST.largest(x, at, n);
        }

        @Override
        public double row(float[] x, int at, int n) {
            return RowReducer.FASTEST.largest(x, at, n);
        }
    };

    /** NaN wins. */
    public static final Extreme MIN = new Extreme(Double.POSITIVE_INFINITY, DoubleLoops::min, FloatLoops::min) {
        @Override
        public double both(double a, double b) {
            return Math.min(a, b);
        }

        @Override
        float both(float a, float b) {
            return Math.min(a, b);
        }

        @Override
        public double row(double[] x, int at, int n) {
            return RowReducer.FASTEST.smallest(x, at, n);
        }

        @Override
        public double row(float[] x, int at, int n) {
            return RowReducer.FASTEST.smallest(x, at, n);
        }
    };

    /** 1 if any element is not 0, else 0. */
    public static final Reducer ANY = new Reducer(0, DoubleLoops::any, false) {
        @Override
        public double both(double a, double b) {
            return a != 0 || b != 0 ? 1 : 0;
        }
    };

    /** 1 if no element is 0, else 0. */
    public static final Reducer ALL = new Reducer(1, DoubleLoops::all, false) {
        @Override
        public double both(double a, double b) {
            return a != 0 && b != 0 ? 1 : 0;
        }
    };

    /** What nothing is reduced to, and what changes nothing. */
    public final double initial;

    /** Combines each element of one array with its like in another. */
    public final DoubleLoops.Two columns;

    /** Whether a long row is reduced in less time if its blocks are combined first, element by element. */
    public final boolean isByColumns;

    private Reducer(double initial, DoubleLoops.Two columns, boolean isByColumns) {
        this.initial = initial;
        this.columns = columns;
        this.isByColumns = isByColumns;
    }

    /** Combines two numbers. */
    public abstract double both(double a, double b);

    /** Reduces n elements. The result depends on nothing but them and their order. */
    public double row(double[] x, int at, int n) {
        double result = initial;
        for (int i = at; i < at + n; i++) {
            result = both(result, x[i]);
        }
        return result;
    }

    /** Reduces n elements to the same bits as if they were doubles. */
    public double row(float[] x, int at, int n) {
        double result = initial;
        for (int i = at; i < at + n; i++) {
            result = both(result, x[i]);
        }
        return result;
    }

    /** Reduces rows of n floats each, at least 1, which lie one behind another. */
    public void rows(float[] x, int n, double[] z, int rows) {
        for (int i = 0; i < rows; i++) {
            z[i] = row(x, i * n, n);
        }
    }

    /** The largest or smallest of many, which are elements themselves: floats are chosen as floats. */
    public abstract static class Extreme extends Reducer {

        /** Chooses between each float of one array and its like in another. */
        public final FloatLoops.Two floats;

        private Extreme(double initial, DoubleLoops.Two columns, FloatLoops.Two floats) {
            super(initial, columns, true);
            this.floats = floats;
        }

        /** Chooses between two floats. */
        abstract float both(float a, float b);

        @Override
        public void rows(float[] x, int n, double[] z, int rows) {
            float[] extremes = Scratch.ofThread().floats(1);
            RowReducer.FASTEST.extremes(x, n, extremes, rows, this);
            for (int i = 0; i < rows; i++) {
                z[i] = extremes[i];
            }
        }
    }
}
