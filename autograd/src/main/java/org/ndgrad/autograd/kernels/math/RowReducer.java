package org.ndgrad.autograd.kernels.math;

/**
 * Sums and extremes of n elements of an array from one on. They depend on nothing but the elements and their order:
 * where the JVM has the module {@code jdk.incubator.vector}, a subclass gives the same bits in less time.
 */
public class RowReducer {

    /** The fastest that this JVM has. */
    public static final RowReducer FASTEST = fastest();

    /** So many sums are made at the same time, since one would wait for each addition to end. */
    static final int SUMS = 8;

    /** From here on, halves are compared, which are long enough for vector instructions. */
    private static final int SHORT = 2 * Scratch.FEW;

    RowReducer() {}

    private static RowReducer fastest() {
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            return new RowReducer();
        }
        try {
            Class<?> type = Class.forName("org.ndgrad.autograd.kernels.math.VectorRowReducer");
            return (RowReducer) type.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("VectorRowReducer: expected in the same jar as RowReducer; it was left out.", e);
        }
    }

    /** Returns the sum, made in double precision. */
    public double sum(float[] x, int at, int n) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double s4 = 0;
        double s5 = 0;
        double s6 = 0;
        double s7 = 0;
        int i = at;
        for (; i <= at + n - SUMS; i += SUMS) {
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

    /** Returns the sum. */
    public double sum(double[] x, int at, int n) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double s4 = 0;
        double s5 = 0;
        double s6 = 0;
        double s7 = 0;
        int i = at;
        for (; i <= at + n - SUMS; i += SUMS) {
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

    /** Returns the largest element; NaN wins. */
    float largest(float[] x, int at, int n) {
        return n < SHORT ? fewLargest(x, at, n) : halves(x, at, n, Reducer.MAX);
    }

    private static float fewLargest(float[] x, int at, int n) {
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

    /** Returns the smallest element; NaN wins. */
    float smallest(float[] x, int at, int n) {
        return n < SHORT ? fewSmallest(x, at, n) : halves(x, at, n, Reducer.MIN);
    }

    private static float fewSmallest(float[] x, int at, int n) {
        float m0 = Float.POSITIVE_INFINITY;
        float m1 = m0;
        float m2 = m0;
        float m3 = m0;
        int i = at;
        for (; i <= at + n - 4; i += 4) {
            m0 = Math.min(m0, x[i]);
            m1 = Math.min(m1, x[i + 1]);
            m2 = Math.min(m2, x[i + 2]);
            m3 = Math.min(m3, x[i + 3]);
        }
        for (; i < at + n; i++) {
            m0 = Math.min(m0, x[i]);
        }
        return Math.min(Math.min(m0, m1), Math.min(m2, m3));
    }

    /** Returns the largest element; NaN wins. */
    double largest(double[] x, int at, int n) {
        if (n >= SHORT) {
            return halves(x, at, n, Reducer.MAX);
        }
        double result = Double.NEGATIVE_INFINITY;
        for (int i = at; i < at + n; i++) {
            result = Math.max(result, x[i]);
        }
        return result;
    }

    /** Returns the smallest element; NaN wins. */
    double smallest(double[] x, int at, int n) {
        if (n >= SHORT) {
            return halves(x, at, n, Reducer.MIN);
        }
        double result = Double.POSITIVE_INFINITY;
        for (int i = at; i < at + n; i++) {
            result = Math.min(result, x[i]);
        }
        return result;
    }

    /** Chooses between both halves of a row, element by element, again and again: these are loops of vectors. */
    private static float halves(float[] x, int at, int n, Reducer.Extreme extreme) {
        float[] left = Scratch.ofThread().floats(Scratch.INNER - 1);
        float[] right = Scratch.ofThread().floats(Scratch.INNER);
        int half = n / 2;
        float odd = x[at + n - 1]; // an element once more changes nothing
        System.arraycopy(x, at, left, 0, half);
        System.arraycopy(x, at + half, right, 0, half);
        extreme.floats.run(left, right, left, half);
        while (half >= SHORT) {
            odd = extreme.both(odd, left[half - 1]);
            half /= 2;
            System.arraycopy(left, half, right, 0, half);
            extreme.floats.run(left, right, left, half);
        }
        for (int i = 0; i < half; i++) {
            odd = extreme.both(odd, left[i]);
        }
        return odd;
    }

    private static double halves(double[] x, int at, int n, Reducer.Extreme extreme) {
        double[] left = Scratch.ofThread().doubles(Scratch.INNER - 1);
        double[] right = Scratch.ofThread().doubles(Scratch.INNER);
        int half = n / 2;
        double odd = x[at + n - 1];
        System.arraycopy(x, at, left, 0, half);
        System.arraycopy(x, at + half, right, 0, half);
        extreme.columns.run(left, right, left, half);
        while (half >= SHORT) {
            odd = extreme.both(odd, left[half - 1]);
            half /= 2;
            System.arraycopy(left, half, right, 0, half);
            extreme.columns.run(left, right, left, half);
        }
        for (int i = 0; i < half; i++) {
            odd = extreme.both(odd, left[i]);
        }
        return odd;
    }

    /**
     * Sets z to the extremes of rows of n elements each, at least 1, which lie one behind another.
     *
     * @param extreme the largest or the smallest
     */
    public void extremes(float[] x, int n, float[] z, int rows, Reducer.Extreme extreme) {
        if (n < SHORT) {
            windows(x, n, z, rows, extreme);
        } else {
            each(x, n, z, rows, extreme);
        }
    }

    /** Does so row by row. */
    final void each(float[] x, int n, float[] z, int rows, Reducer.Extreme extreme) {
        boolean isLargest = extreme == Reducer.MAX;
        for (int i = 0; i < rows; i++) {
            z[i] = isLargest ? largest(x, i * n, n) : smallest(x, i * n, n);
        }
    }

    /** Chooses among 2, 4, 8 … neighbors of each element, in loops of vectors over all rows; two such cover a row. */
    private static void windows(float[] x, int n, float[] z, int rows, Reducer.Extreme extreme) {
        float[] window = Scratch.ofThread().floats(Scratch.INNER - 1);
        float[] next = Scratch.ofThread().floats(Scratch.INNER);
        int size = rows * n;
        int width = 1;
        System.arraycopy(x, 0, window, 0, size);
        Scratch.pad(window, size);
        for (; 2 * width <= n; width *= 2) {
            System.arraycopy(window, width, next, 0, size - width);
            extreme.floats.run(window, next, window, Math.max(size, Scratch.FEW));
        }
        for (int i = 0; i < rows; i++) {
            z[i] = extreme.both(window[i * n], window[i * n + n - width]);
        }
    }
}
