package org.ndgrad.autograd.kernels.memory;

import java.util.Arrays;
import java.util.List;
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
 * <p>Each result is multiplied by a vector, and so are the matrices that it was made of: that is seen by plain loops
 * over the matrices, which take a fraction of what the same product takes in Java. Products are of small whole numbers,
 * hence exact.
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
    private static final int N = 67;

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

    private static final List<String> CORES = List.of(("KATMAI COPPERMINE NORTHWOOD PRESCOTT BANIAS ATOM CORE2 PENRYN"
                    + " DUNNINGTON NEHALEM ATHLON OPTERON OPTERON_SSE3 BARCELONA BOBCAT BULLDOZER PILEDRIVER STEAMROLLER"
                    + " EXCAVATOR NANO SANDYBRIDGE HASWELL ZEN SKYLAKEX COOPERLAKE SAPPHIRERAPIDS ARMV8 NEOVERSEN1")
            .split(" "));

    private final double[] numbers = new double[N * N]; // small, whole, without a pattern
    private final float[] floats = new float[N * N];
    private final double[] weights = new double[N]; // all different, none 0: no element is overlooked

    BlasCheck() {
        int state = 1;
        for (int i = 0; i < numbers.length; i++) {
            state = state * 1_103_515_245 + 12_345;
            numbers[i] = (state >>> 16) % 7 - 3;
            floats[i] = (float) numbers[i];
        }
        for (int i = 0; i < N; i++) {
            weights[i] = i + 1;
        }
    }

    /** Returns what is wrong with the BLAS, for a user, or null. */
    final @Nullable String fault() {
        Loader.load(openblas.class);
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
            for (String core : CORES) {
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
        for (boolean left : new boolean[] {false, true}) {
            for (boolean right : new boolean[] {false, true}) {
                String which = (left ? " of a transposed matrix" : "") + (right ? " with a transposed matrix" : "");
                if (!multipliesFloats(left, right)) {
                    return "float32 product" + which;
                }
                if (!multipliesDoubles(left, right)) {
                    return "float64 product" + which;
                }
            }
        }
        for (int side : new int[] {LEFT, RIGHT}) {
            for (int triangle : new int[] {UPPER, LOWER}) {
                for (boolean transposed : new boolean[] {false, true}) {
                    if (!solves(side, triangle, transposed)) {
                        return "solution of a triangular system";
                    }
                }
            }
        }
        return !choleskyFactors() ? "Cholesky factor" : luFactors() ? null : "LU factors";
    }

    private boolean multipliesFloats(boolean left, boolean right) {
        float[] result = new float[ROWS * COLUMNS];
        multiply(ROWS, COLUMNS, INNER, left, floats, right, floats, result);
        double[] c = new double[result.length];
        for (int i = 0; i < c.length; i++) {
            c[i] = result[i];
        }
        return isProduct(left, right, c);
    }

    private boolean multipliesDoubles(boolean left, boolean right) {
        double[] c = new double[ROWS * COLUMNS];
        multiply(ROWS, COLUMNS, INNER, left, numbers, right, numbers, c);
        return isProduct(left, right, c);
    }

    private boolean isProduct(boolean left, boolean right, double[] c) {
        double[] half = right
                ? times(numbers, COLUMNS, INNER, WHOLE, true, weights)
                : times(numbers, INNER, COLUMNS, WHOLE, false, weights);
        double[] whole =
                left ? times(numbers, INNER, ROWS, WHOLE, true, half) : times(numbers, ROWS, INNER, WHOLE, false, half);
        return Arrays.equals(times(c, ROWS, COLUMNS, WHOLE, false, weights), whole);
    }

    private boolean solves(int side, int triangle, boolean transposed) {
        boolean left = side == LEFT;
        int rows = left ? N : FEW;
        int columns = left ? FEW : N;
        double[] a = numbers.clone(); // what is not in the triangle must not be read
        for (int k = 0; k < N; k++) {
            a[k * N + k] = 2 * N;
        }
        double[] x = Arrays.copyOf(numbers, rows * columns);
        solve(side, triangle, transposed, rows, columns, a, x);
        double[] seen = left
                ? times(a, N, N, triangle, transposed, times(x, rows, columns, WHOLE, false, weights))
                : times(x, rows, columns, WHOLE, false, times(a, N, N, triangle, transposed, weights));
        return near(seen, times(numbers, rows, columns, WHOLE, false, weights));
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
