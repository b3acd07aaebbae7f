package org.ndgrad.autograd.kernels.linalg;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import java.util.BitSet;
import org.bytedeco.openblas.global.openblas;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.elementwise.Copy;
import org.ndgrad.autograd.kernels.math.RunningNumber;
import org.ndgrad.autograd.kernels.memory.Memory;

/**
 * Square matrices as P L U with a permutation, a unit lower and an upper triangular factor, which solves equations and
 * gives determinants. Kept in float64 outside of arrays.
 */
public final class Lu {

    /**
     * From this many elements on, dgetrf works in parallel, recursively, each time with 512 KB of the thread's stack.
     */
    private static final long PARALLEL = 10_000;

    /** Up to this exponent, nothing that is made of elements leaves the range. */
    private static final int FAR = 300;

    private final DataType type;
    private final long[] batch;
    private final int n;
    private final double[][] factors;
    private final int[][] pivots;
    private final @Nullable Balance[] balances; // of those that were factored without their units

    private Lu(MatrixBatch in) {
        this.type = in.type();
        this.batch = in.batch();
        this.n = in.rows();
        this.factors = Memory.onHeap("linear algebra", in.count(), double[][]::new);
        this.pivots = Memory.onHeap("linear algebra", in.count(), int[][]::new);
        this.balances = new Balance[factors.length];
    }

    /** Throws if there are more matrices than can be factored, or larger ones. */
    public static void checkSize(INDArray a) {
        MatrixBatch.of(a).count(); // which throws
    }

    /** Factors the matrices in the last two dimensions; those whose pivots leave the range, without their units. */
    public static Lu of(INDArray a) {
        MatrixBatch in = MatrixBatch.of(a);
        Lu lu = new Lu(in);
        for (int i = 0; i < lu.factors.length; i++) {
            lu.factors[i] = in.read(i);
            lu.pivots[i] = Memory.ints("linear algebra", lu.n);
            if (lu.n > 0) {
                factor(lu.factors[i], lu.n, lu.n, lu.pivots[i]);
                if (!Substitution.isPlain(lu.factors[i], lu.n)) {
                    lu.factorBalanced(i, in.read(i), FAR);
                }
            }
        }
        return lu;
    }

    /** Factors the matrices in the last two dimensions, those of numbers without the units of rows and columns. */
    public static Lu balanced(INDArray a) {
        MatrixBatch in = MatrixBatch.of(a);
        Lu lu = of(a);
        for (int i = 0; i < lu.factors.length; i++) {
            lu.factorBalanced(i, in.read(i), 0);
        }
        return lu;
    }

    private void factorBalanced(int index, double[] matrix, int far) {
        Balance balance = Balance.of(matrix, n, n);
        if (balance.largest() > far && Balance.isFinite(matrix)) {
            balance.divide(matrix);
            factor(matrix, n, n, pivots[index]);
            factors[index] = matrix;
            balances[index] = balance;
        }
    }

    private double pivot(int index, int k) {
        return factors[index][k * n + k];
    }

    /** Throws if a matrix has no inverse; returns this. */
    public Lu checkInvertible(String op) {
        for (int i = 0; i < factors.length; i++) {
            for (int k = 0; k < n; k++) {
                checkArgument(
                        pivot(i, k) != 0,
                        "%s: expected invertible matrices; got a singular one, whose pivot %s is 0%s. Use pinv or lstsq,"
                                + " or add a small multiple of the identity.",
                        op,
                        k + 1,
                        batch.length == 0 ? "" : " (matrix " + i + " of the batch)");
            }
        }
        return this;
    }

    /** Whether in all matrices the smallest pivot is above this ratio to the largest, or the inverse has few digits. */
    public boolean isRegular(double ratio) {
        for (int i = 0; i < factors.length; i++) {
            double smallest = Double.POSITIVE_INFINITY;
            double largest = 0;
            for (int k = 0; k < n; k++) {
                smallest = Math.min(smallest, Math.abs(pivot(i, k)));
                largest = Math.max(largest, Math.abs(pivot(i, k)));
            }
            if (smallest <= ratio * largest) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns X with A X = B, or with Aᵀ X = B; not finite where A is singular.
     *
     * @param b shape (…, N, K); its batch and that of A broadcast
     */
    public INDArray solve(INDArray b, boolean transposed) {
        MatrixBatch in = MatrixBatch.of(b);
        long[] wide = Shapes.broadcast("solve", batch, in.batch());
        MatrixBatch out = MatrixBatch.newMatrices(b.dataType(), wide, n, in.columns());
        long[] strides = Shapes.broadcastStrides(batch, Shapes.strides(batch), wide);
        for (int i = 0; i < out.count() && n > 0 && in.columns() > 0; i++) {
            int mine = (int) MatrixBatch.offset(i, wide, strides);
            double[] x = in.read(i, wide, n);
            RightSides sides = RightSides.columns(n, in.columns());
            BitSet far = sides.far(x, balances[mine] != null || !Substitution.isPlain(factors[mine], n));
            solve(factors[mine], n, pivots[mine], transposed, x, in.columns());
            sides.addInfinite(x, far);
            if (!far.isEmpty()) {
                solveFar(mine, transposed, sides, far, in.read(i, wide, n), x);
            }
            out.write(i, x);
        }
        return out.array();
    }

    /** Writes solutions that leave the range nowhere over others, if the matrix and the right side are of numbers. */
    private void solveFar(int index, boolean transposed, RightSides sides, BitSet far, double[] b, double[] x) {
        Substitution triangles = new Substitution(factors[index], n);
        if (balances[index] != null && !triangles.isDefined()) {
            Arrays.fill(x, Double.NaN);
        } else if (triangles.isDefined()) {
            far.stream().filter(i -> sides.isFinite(b, i)).forEach(i -> {
                RunningNumber[] numbers = sides.read(b, i);
                solveFar(index, triangles, transposed, numbers);
                sides.write(numbers, x, i);
            });
        }
    }

    private void solveFar(int index, Substitution triangles, boolean transposed, RunningNumber[] x) {
        Balance balance = balances[index];
        if (balance != null) {
            Substitution.divide(x, transposed ? balance.columns() : balance.rows());
        }
        for (int k = 0; k < n && !transposed; k++) {
            exchange(x, k, pivots[index][k] - 1);
        }
        triangles.solve(transposed, transposed, !transposed, x);
        triangles.solve(!transposed, transposed, transposed, x);
        for (int k = n - 1; k >= 0 && transposed; k--) {
            exchange(x, k, pivots[index][k] - 1);
        }
        if (balance != null) {
            Substitution.divide(x, transposed ? balance.rows() : balance.columns());
        }
    }

    private static void exchange(RunningNumber[] x, int a, int b) {
        RunningNumber value = x[a];
        x[a] = x[b];
        x[b] = value;
    }

    /** Returns A⁻¹, not finite where A is singular. */
    public INDArray inverse() {
        double[] identity = MatrixBatch.newMatrix(n, n);
        Lapack.identity(identity, n, n);
        return solve(Copy.of(type, identity, n, n), false);
    }

    /** Returns the determinants. */
    public INDArray det() {
        double[] result = new double[factors.length];
        for (int i = 0; i < result.length; i++) {
            RunningNumber product = new RunningNumber(parity(i));
            for (int k = 0; k < n; k++) {
                product.multiply(pivot(i, k));
            }
            product.scale(exponent(i));
            result[i] = product.get();
        }
        return Copy.of(type, result, batch);
    }

    /** Returns the signs of the determinants, 0 of singular matrices, and the logarithms of their absolute values. */
    public INDArray[] slogdet() {
        double[] sign = new double[factors.length];
        double[] logarithm = new double[factors.length];
        for (int i = 0; i < sign.length; i++) {
            sign[i] = parity(i);
            for (int k = 0; k < n; k++) {
                sign[i] *= Math.signum(pivot(i, k));
                logarithm[i] += Math.log(Math.abs(pivot(i, k)));
            }
            logarithm[i] += exponent(i) * Math.log(2);
        }
        return new INDArray[] {Copy.of(type, sign, batch), Copy.of(type, logarithm, batch)};
    }

    /** Returns that of the power of two by which the determinant is more than the product of the pivots. */
    private long exponent(int index) {
        Balance balance = balances[index];
        return balance == null ? 0 : balance.sum();
    }

    private int parity(int index) {
        int parity = 1;
        for (int k = 0; k < n; k++) {
            parity = pivots[index][k] == k + 1 ? parity : -parity;
        }
        return parity;
    }

    /** Returns a permutation P, unit lower triangular (or trapezoidal) L and upper U with P L U = A. */
    public static INDArray[] factors(INDArray a) {
        MatrixBatch in = MatrixBatch.of(a);
        int m = in.rows();
        int n = in.columns();
        int k = Math.min(m, n);
        MatrixBatch p = MatrixBatch.newMatrices(a.dataType(), in.batch(), m, m);
        MatrixBatch l = MatrixBatch.newMatrices(a.dataType(), in.batch(), m, k);
        MatrixBatch u = MatrixBatch.newMatrices(a.dataType(), in.batch(), k, n);
        for (int i = 0; i < in.count(); i++) {
            double[] values = in.read(i);
            int[] pivots = new int[k];
            Balance units = Balance.ofColumns(values, m, n); // without those of rows the same ones are exchanged
            if (units != null) {
                units.divide(values);
            }
            if (k > 0) {
                factor(values, m, n, pivots);
            }
            double[] permutation = MatrixBatch.newMatrix(m, m);
            Lapack.identity(permutation, m, m);
            for (int row = k - 1; row >= 0; row--) {
                exchange(permutation, m, m, row, pivots[row] - 1);
            }
            p.write(i, permutation);
            double[] lower = Arrays.copyOf(values, m * k);
            for (int column = 0; column < k; column++) {
                Arrays.fill(lower, column * m, column * m + column, 0);
                lower[column * m + column] = 1;
            }
            l.write(i, lower);
            for (int column = 0; column < n; column++) {
                Arrays.fill(values, column * m + Math.min(column + 1, m), (column + 1) * m, 0);
            }
            if (units != null) {
                units.multiplyColumns(values, m);
            }
            u.write(i, values, m);
        }
        return new INDArray[] {p.array(), l.array(), u.array()};
    }

    /** Factors a matrix in place; its row k was exchanged with row pivots[k] - 1. */
    static void factor(double[] matrix, int m, int n, int[] pivots) {
        if ((long) m * n < PARALLEL) {
            openblas.LAPACKE_dgetrf_work(Lapack.COLUMN_MAJOR, m, n, matrix, m, pivots);
        } else { // threads of the JVM have stacks of 1 MB, so that dgetrf would kill the process
            openblas.LAPACKE_dgetrf2_work(Lapack.COLUMN_MAJOR, m, n, matrix, m, pivots);
        }
        spreadNan(matrix, m, n);
    }

    /** All that is below a pivot and to its right is made by dividing by it, but LAPACK does not divide by NaN. */
    private static void spreadNan(double[] matrix, int m, int n) {
        int least = Math.min(m, n);
        int k = 0;
        while (k < least && !Double.isNaN(matrix[k * m + k])) {
            k++;
        }
        for (int column = k; k < least && column < n; column++) {
            Arrays.fill(matrix, column * m + k + 1, (column + 1) * m, Double.NaN);
        }
    }

    /**
     * Solves A X = B, or Aᵀ X = B, in place by what {@link #factor} made of A. Row exchanges and two triangular
     * systems; dgetrs does the same, but wakes its threads for the smallest ones.
     */
    static void solve(double[] factors, int n, int[] pivots, boolean transposed, double[] x, int columns) {
        if (transposed) {
            triangular(factors, n, true, true, x, columns);
            triangular(factors, n, false, true, x, columns);
            for (int k = n - 1; k >= 0; k--) {
                exchange(x, n, columns, k, pivots[k] - 1);
            }
        } else {
            for (int k = 0; k < n; k++) {
                exchange(x, n, columns, k, pivots[k] - 1);
            }
            triangular(factors, n, false, false, x, columns);
            triangular(factors, n, true, false, x, columns);
        }
    }

    private static void triangular(double[] a, int n, boolean upper, boolean transposed, double[] x, int columns) {
        int triangle = upper ? Lapack.UPPER : Lapack.LOWER;
        int diagonal = upper ? Lapack.GENERAL_DIAGONAL : Lapack.UNIT_DIAGONAL;
        int mode = transposed ? Lapack.TRANSPOSED : Lapack.AS_IS;
        openblas.cblas_dtrsm(Lapack.COLUMN_MAJOR, Lapack.LEFT, triangle, mode, diagonal, n, columns, 1, a, n, x, n);
    }

    private static void exchange(double[] x, int rows, int columns, int a, int b) {
        for (int start = 0; a != b && start < rows * columns; start += rows) {
            double value = x[start + a];
            x[start + a] = x[start + b];
            x[start + b] = value;
        }
    }
}
