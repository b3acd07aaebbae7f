package org.ndgrad.autograd.kernels.memory;

import com.google.common.base.Splitter;
import java.util.Arrays;
import java.util.Map;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.openblas.global.openblas;
import org.jspecify.annotations.Nullable;

/**
 * Looks once per process whether the BLAS computes right. OpenBLAS chooses among a dozen sets of functions by the
 * processor, and a set may be wrong although another one, on the machine of whoever tested it, is right.
 *
 * <p>A result is multiplied by a vector, and so are the matrices that it was made of: plain loops over the matrices see
 * that, in a fraction of the time that the same product takes in Java. What else is to give the same result is compared
 * with it. All of this runs before anything is compiled, so that each pass over a matrix counts.
 */
class BlasCheck {

    private static final int COLUMN_MAJOR = 102;
    private static final int AS_IS = 111;
    private static final int TRANSPOSED = 112;
    private static final int UPPER = 121;
    private static final int LOWER = 122;
    private static final int GENERAL_DIAGONAL = 131;
    private static final int WHOLE = 0;
    private static final int LEFT = 141;
    private static final int RIGHT = 142;

    /** Above what the functions for triangles compute in one piece, and not a multiple of anything. */
    private static final int N = 41;

    private static final int FEW = 5;

    /** The sizes of products, above what is computed at a time, likewise. */
    private static final int ROWS = 35;

    private static final int COLUMNS = 19;
    private static final int INNER = 37;

    private static final double TOLERANCE = 1e-7;

    /**
     * A function that came with OpenBLAS 0.3.30, on all platforms. What is older is not even tried: it may kill the
     * JVM.
     */
    private static final String RECENT = "cblas_sgemmtr";

    private static final String CORES =
            "KATMAI COPPERMINE NORTHWOOD PRESCOTT BANIAS ATOM CORE2 PENRYN DUNNINGTON NEHALEM"
                    + " ATHLON OPTERON OPTERON_SSE3 BARCELONA BOBCAT BULLDOZER PILEDRIVER STEAMROLLER EXCAVATOR NANO SANDYBRIDGE"
                    + " HASWELL ZEN SKYLAKEX COOPERLAKE SAPPHIRERAPIDS ARMV8 NEOVERSEN1";

    private final double[] numbers = new double[N * N]; // small, whole, without a pattern
    private final double[] weights = new double[N]; // all different, none 0: no element is overlooked

    BlasCheck() {
        int state = 1;
        for (int i = 0; i < numbers.length; i++) {
            state = state * 1_103_515_245 + 12_345;
            numbers[i] = (state >>> 16) % 7 - 3;
        }
        for (int i = 0; i < N; i++) {
            weights[i] = i + 1;
        }
    }

    /** Returns what is wrong with the BLAS, for a user, or null. */
    final @Nullable String fault() {
        openblas.blas_get_num_threads(); // loads it, once; to ask JavaCPP for it takes as long again
        if (Loader.addressof("openblas_get_config") != null && Loader.addressof(RECENT) == null) {
            return message("OpenBLAS 0.3.31, since older ones are wrong on some processors", "another version");
        }
        String wrong = wrong();
        return wrong == null ? null : message("a BLAS that computes right", "a wrong " + wrong);
    }

    private static String message(String expected, String got) {
        return "ndgrad: expected " + expected + "; got " + got + " (" + library() + ", core " + core()
                + "). Let org.bytedeco:openblas have version 0.3.31-1.5.13 for the classifier " + Loader.getPlatform()
                + ", as ndgrad-autograd asks for: look for a dependency, or dependency management, that asks for another.";
    }

    /** Returns the file that was loaded; the folder it lies in has the name of its jar. */
    private static String library() {
        for (Map.Entry<String, String> loaded : Loader.getLoadedLibraries().entrySet()) {
            if (loaded.getKey().matches("(lib)?openblas(@.*)?|mkl_rt.*")) {
                return loaded.getValue();
            }
        }
        return "unknown library";
    }

    /** Returns which set of functions OpenBLAS has chosen. */
    private static String core() {
        Pointer chosen = Loader.addressof("gotoblas");
        if (chosen != null) {
            Pointer table = new PointerPointer<>(chosen).get();
            for (String core : Splitter.on(' ').split(CORES)) {
                Pointer known = Loader.addressof("gotoblas_" + core);
                if (known != null && known.address() == table.address()) {
                    return core;
                }
            }
        }
        return "unknown";
    }

    /** Returns what is computed wrong, or null. */
    final @Nullable String wrong() {
        String wrong = wrongProduct();
        if (wrong != null) {
            return wrong;
        }
        if (!solves()) {
            return "solution of a triangular system";
        }
        return !choleskyFactors() ? "Cholesky factor" : luFactors() ? null : "LU factors";
    }

    /** All are the same product, of whole numbers and hence exact: plain loops see one, which the others must equal. */
    private @Nullable String wrongProduct() {
        double[] expected = new double[ROWS * COLUMNS];
        double[][] a = {Arrays.copyOf(numbers, ROWS * INNER), transpose(numbers, ROWS, INNER)};
        double[][] b = {Arrays.copyOf(numbers, INNER * COLUMNS), transpose(numbers, INNER, COLUMNS)};
        float[][] x = {floats(a[0]), floats(a[1])};
        float[][] y = {floats(b[0]), floats(b[1])};
        for (int left = 0; left < 2; left++) {
            for (int right = 0; right < 2; right++) {
                double[] c = new double[expected.length];
                multiply(ROWS, COLUMNS, INNER, left == 1, a[left], right == 1, b[right], c);
                if (left + right == 0) {
                    double[] half = times(b[0], INNER, COLUMNS, WHOLE, false, weights);
                    double[] seen = times(c, ROWS, COLUMNS, WHOLE, false, weights);
                    expected = Arrays.equals(seen, times(a[0], ROWS, INNER, WHOLE, false, half)) ? c : expected;
                }
                if (!Arrays.equals(c, expected)) {
                    return product("float64", left, right);
                }
                float[] z = new float[expected.length];
                multiply(ROWS, COLUMNS, INNER, left == 1, x[left], right == 1, y[right], z);
                for (int i = 0; i < z.length; i++) {
                    if (z[i] != expected[i]) {
                        return product("float32", left, right);
                    }
                }
            }
        }
        return null;
    }

    private static String product(String type, int left, int right) {
        return type + " product" + (left == 1 ? " of a transposed matrix" : "")
                + (right == 1 ? " with a transposed matrix" : "");
    }

    /**
     * Solves U x = b, and Uᵀ x = b, each in four ways: by U or by its transpose, for x or for xᵀ. Plain loops see the
     * first solution, which the others must be near.
     */
    private boolean solves() {
        double[] a = numbers.clone(); // what is not in the triangle must not be read
        for (int k = 0; k < N; k++) {
            a[k * N + k] = 2 * N;
        }
        double[] flipped = transpose(a, N, N);
        double[] b = Arrays.copyOf(numbers, N * FEW);
        double[] row = transpose(b, N, FEW);
        for (int way = 0; way < 2; way++) {
            boolean plain = way == 0;
            double[] x = b.clone();
            solve(LEFT, UPPER, !plain, N, FEW, a, x);
            double[] seen = times(a, N, N, UPPER, !plain, times(x, N, FEW, WHOLE, false, weights));
            double[] other = b.clone();
            solve(LEFT, LOWER, plain, N, FEW, flipped, other);
            double[] across = row.clone();
            solve(RIGHT, UPPER, plain, FEW, N, a, across);
            double[] last = row.clone();
            solve(RIGHT, LOWER, !plain, FEW, N, flipped, last);
            double[] expected = transpose(x, N, FEW);
            if (!near(seen, times(b, N, FEW, WHOLE, false, weights))
                    || !near(other, x)
                    || !near(across, expected)
                    || !near(last, expected)) {
                return false;
            }
        }
        return true;
    }

    /** Factors N I + u uᵀ. */
    private boolean choleskyFactors() {
        double[] a = new double[N * N];
        double product = 0;
        for (int column = 0; column < N; column++) {
            product += numbers[column] * weights[column];
            for (int row = column; row < N; row++) {
                a[column * N + row] = numbers[row] * numbers[column] + (row == column ? N : 0);
            }
        }
        double[] expected = new double[N];
        for (int k = 0; k < N; k++) {
            expected[k] = N * weights[k] + numbers[k] * product;
        }
        return cholesky(N, a) == 0
                && near(times(a, N, N, LOWER, false, times(a, N, N, LOWER, true, weights)), expected);
    }

    private boolean luFactors() {
        double[] u = numbers.clone();
        int[] pivots = new int[N];
        if (lu(N, u, pivots) != 0) {
            return false;
        }
        double[] l = u.clone();
        for (int k = 0; k < N; k++) {
            l[k * N + k] = 1;
        }
        double[] seen = times(l, N, N, LOWER, false, times(u, N, N, UPPER, false, weights));
        for (int k = N - 1; k >= 0; k--) {
            int other = pivots[k] - 1;
            double value = seen[k];
            seen[k] = seen[other];
            seen[other] = value;
        }
        return near(seen, times(numbers, N, N, WHOLE, false, weights));
    }

    private static double[] transpose(double[] matrix, int rows, int columns) {
        double[] result = new double[rows * columns];
        for (int column = 0; column < columns; column++) {
            for (int row = 0; row < rows; row++) {
                result[row * columns + column] = matrix[column * rows + row];
            }
        }
        return result;
    }

    private static float[] floats(double[] values) {
        float[] result = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = (float) values[i];
        }
        return result;
    }

    /**
     * Returns a matrix, one of its triangles, or the transpose of it, times the first elements of a vector.
     *
     * @param rows of the matrix as it lies in memory, column after column
     */
    private static double[] times(
            double[] matrix, int rows, int columns, int part, boolean transposed, double[] vector) {
        double[] result = new double[transposed ? columns : rows];
        for (int column = 0; column < columns; column++) {
            int at = column * rows;
            int end = part == UPPER ? column + 1 : rows;
            double factor = vector[column];
            double sum = 0;
            for (int row = part == LOWER ? column : 0; row < end; row++) {
                if (transposed) {
                    sum += matrix[at + row] * vector[row];
                } else {
                    result[row] += matrix[at + row] * factor;
                }
            }
            if (transposed) {
                result[column] = sum;
            }
        }
        return result;
    }

    private static boolean near(double[] seen, double[] expected) {
        for (int i = 0; i < seen.length; i++) {
            if (!(Math.abs(seen[i] - expected[i]) <= TOLERANCE)) { // NaN is not near
                return false;
            }
        }
        return true;
    }

    /** Sets c to the product of a and b, n × k and k × m, either of which may be given as its transpose. */
    void multiply(int n, int m, int k, boolean left, float[] a, boolean right, float[] b, float[] c) {
        openblas.cblas_sgemm(
                COLUMN_MAJOR, mode(left), mode(right), n, m, k, 1, a, left ? k : n, b, right ? m : k, 0, c, n);
    }

    void multiply(int n, int m, int k, boolean left, double[] a, boolean right, double[] b, double[] c) {
        openblas.cblas_dgemm(
                COLUMN_MAJOR, mode(left), mode(right), n, m, k, 1, a, left ? k : n, b, right ? m : k, 0, c, n);
    }

    /** Replaces b by the x with a x = b, or x a = b. */
    void solve(int side, int triangle, boolean transposed, int rows, int columns, double[] a, double[] b) {
        int order = side == LEFT ? rows : columns;
        openblas.cblas_dtrsm(
                COLUMN_MAJOR, side, triangle, mode(transposed), GENERAL_DIAGONAL, rows, columns, 1, a, order, b, rows);
    }

    int cholesky(int n, double[] a) {
        return openblas.LAPACKE_dpotrf_work(COLUMN_MAJOR, (byte) 'L', n, a, n);
    }

    int lu(int n, double[] a, int[] pivots) {
        return openblas.LAPACKE_dgetrf_work(COLUMN_MAJOR, n, n, a, n, pivots);
    }

    private static int mode(boolean transposed) {
        return transposed ? TRANSPOSED : AS_IS;
    }
}
