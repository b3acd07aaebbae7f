package org.ndgrad.autograd.kernels.linalg;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Decompositions of the matrices in the last two dimensions, by the LAPACK that ND4J brings along.
 *
 * <p>All types are computed in float64 and rounded once. Matrices without elements never reach LAPACK.
 */
public final class Lapack {

    static final int COLUMN_MAJOR = 102;
    static final int AS_IS = 111;
    static final int TRANSPOSED = 112;
    static final int UPPER = 121;
    static final int LOWER = 122;
    static final int GENERAL_DIAGONAL = 131;
    static final int UNIT_DIAGONAL = 132;
    static final int LEFT = 141;
    static final int RIGHT = 142;

    /** A workspace of this many columns lets LAPACK work on panels of a matrix. */
    private static final int PANEL = 32;

    private Lapack() {}

    /** Returns the triangular factor: L with L Lᵀ = A, or Rᵀ = L; only the same triangle of A is read. */
    public static INDArray cholesky(INDArray a, boolean upper) {
        MatrixBatch in = MatrixBatch.of(a);
        int n = in.rows();
        MatrixBatch out = MatrixBatch.newMatrices(a.dataType(), in.batch(), n, n);
        for (int i = 0; i < in.count() && n > 0; i++) {
            double[] values = in.read(i);
            Balance units = Balance.ofDiagonal(values, n);
            if (units != null) {
                units.divide(values);
            }
            int info = openblas.LAPACKE_dpotrf_work(COLUMN_MAJOR, (byte) (upper ? 'U' : 'L'), n, values, n);
            for (int k = 0; k < n && info == 0; k++) {
                info = values[k * n + k] > 0 ? 0 : k + 1; // NaN passes by LAPACK
            }
            checkArgument(
                    info == 0,
                    "cholesky: expected positive definite matrices; got one whose leading minor of order %s is not"
                            + " positive%s. Add a small multiple of the identity, or use eigh.",
                    info,
                    in.which(i));
            clear(values, n, !upper);
            if (units != null && upper) {
                units.multiplyColumns(values, n);
            } else if (units != null) {
                units.multiplyRows(values);
            }
            out.write(i, values);
        }
        return out.array();
    }

    /** Sets what is strictly above the diagonal to 0, or strictly below. */
    static void clear(double[] square, int n, boolean above) {
        for (int column = 0; column < n; column++) {
            for (int row = above ? 0 : column + 1; row < (above ? column : n); row++) {
                square[column * n + row] = 0;
            }
        }
    }

    /**
     * Returns Q with orthonormal columns and the upper triangular R with Q R = A.
     *
     * @param complete whether Q is square, else R has no more rows than columns
     */
    public static INDArray[] qr(INDArray a, boolean complete) {
        MatrixBatch in = MatrixBatch.of(a);
        int m = in.rows();
        int n = in.columns();
        int k = Math.min(m, n);
        int width = complete ? m : k;
        MatrixBatch q = MatrixBatch.newMatrices(a.dataType(), in.batch(), m, width);
        MatrixBatch r = MatrixBatch.newMatrices(a.dataType(), in.batch(), width, n);
        for (int i = 0; i < in.count() && m > 0; i++) {
            double[] values = in.read(i);
            double[] tau = new double[k];
            double[] square = MatrixBatch.newMatrix(m, width);
            Balance units = Balance.ofColumns(values, m, n);
            if (units != null) {
                units.divide(values);
            }
            if (k == 0) {
                identity(square, m, width);
            } else {
                double[] work = MatrixBatch.newMatrix(PANEL, Math.max(width, n));
                int size = work.length;
                openblas.LAPACKE_dgeqrf_work(COLUMN_MAJOR, m, n, values, m, tau, work, size);
                System.arraycopy(values, 0, square, 0, m * Math.min(width, n));
                openblas.LAPACKE_dorgqr_work(COLUMN_MAJOR, m, width, k, square, m, tau, work, size);
                for (int column = 0; column < n; column++) {
                    for (int row = column + 1; row < m; row++) {
                        values[column * m + row] = 0;
                    }
                }
            }
            if (units != null) {
                units.multiplyColumns(values, m);
            }
            q.write(i, square);
            r.write(i, values, m);
        }
        return new INDArray[] {q.array(), r.array()};
    }

    /**
     * Returns the eigenvalues of symmetric matrices in ascending order, and orthonormal eigenvectors as columns.
     *
     * @param upper which triangle is read
     */
    public static INDArray[] eigh(INDArray a, boolean upper) {
        MatrixBatch in = MatrixBatch.of(a);
        int n = in.rows();
        MatrixBatch values = MatrixBatch.newVectors(a.dataType(), in.batch(), n);
        MatrixBatch vectors = MatrixBatch.newMatrices(a.dataType(), in.batch(), n, n);
        for (int i = 0; i < in.count() && n > 0; i++) {
            double[] matrix = in.read(i);
            values.write(i, eigh(in, i, matrix, 'V', upper));
            vectors.write(i, matrix);
        }
        return new INDArray[] {values.array(), vectors.array()};
    }

    /** Returns the eigenvalues alone. */
    public static INDArray eigvalsh(INDArray a, boolean upper) {
        MatrixBatch in = MatrixBatch.of(a);
        MatrixBatch values = MatrixBatch.newVectors(a.dataType(), in.batch(), in.rows());
        for (int i = 0; i < in.count() && in.rows() > 0; i++) {
            values.write(i, eigh(in, i, in.read(i), 'N', upper));
        }
        return values.array();
    }

    private static double[] eigh(MatrixBatch in, int index, double[] matrix, char job, boolean upper) {
        int n = in.rows();
        clear(matrix, n, !upper); // what is not read need not be finite
        checkFinite("eigh", in, index, matrix);
        double[] values = new double[n];
        char triangle = upper ? 'U' : 'L';
        int info = openblas.LAPACKE_dsyevd(COLUMN_MAJOR, (byte) job, (byte) triangle, n, matrix, n, values);
        checkConverged("eigh", in, index, info);
        return values;
    }

    /**
     * Returns U, S and Vᵀ with U diag(S) Vᵀ = A; S is descending.
     *
     * @param full whether U and Vᵀ are square, else they have as many columns and rows as S has elements
     */
    public static INDArray[] svd(INDArray a, boolean full) {
        MatrixBatch in = MatrixBatch.of(a);
        int m = in.rows();
        int n = in.columns();
        int k = Math.min(m, n);
        int width = full ? m : k;
        int height = full ? n : k;
        MatrixBatch u = MatrixBatch.newMatrices(a.dataType(), in.batch(), m, width);
        MatrixBatch s = MatrixBatch.newVectors(a.dataType(), in.batch(), k);
        MatrixBatch vt = MatrixBatch.newMatrices(a.dataType(), in.batch(), height, n);
        for (int i = 0; i < in.count(); i++) {
            double[] left = MatrixBatch.newMatrix(m, width);
            double[] right = MatrixBatch.newMatrix(height, n);
            if (k == 0) {
                identity(left, m, width);
                identity(right, n, height);
            } else {
                s.write(i, svd(in, i, full ? 'A' : 'S', left, right, height));
            }
            u.write(i, left);
            vt.write(i, right);
        }
        return new INDArray[] {u.array(), s.array(), vt.array()};
    }

    /** Returns the singular values alone. */
    public static INDArray svdvals(INDArray a) {
        MatrixBatch in = MatrixBatch.of(a);
        MatrixBatch s = MatrixBatch.newVectors(a.dataType(), in.batch(), Math.min(in.rows(), in.columns()));
        for (int i = 0; i < in.count() && s.rows() > 0; i++) {
            s.write(i, svd(in, i, 'N', new double[1], new double[1], 1));
        }
        return s.array();
    }

    private static double[] svd(MatrixBatch in, int index, char job, double[] left, double[] right, int height) {
        int m = in.rows();
        int n = in.columns();
        double[] matrix = in.read(index);
        checkFinite("svd", in, index, matrix);
        double[] s = new double[Math.min(m, n)];
        int info = openblas.LAPACKE_dgesdd(
                COLUMN_MAJOR, (byte) job, m, n, matrix, m, s, left, job == 'N' ? 1 : m, right, height);
        checkConverged("svd", in, index, info);
        return s;
    }

    static void identity(double[] matrix, int rows, int columns) {
        for (int d = 0; d < Math.min(rows, columns); d++) {
            matrix[d * rows + d] = 1;
        }
    }

    /** LAPACK may not terminate on other numbers. */
    static void checkFinite(String op, MatrixBatch in, int index, double[] values) {
        for (double value : values) {
            checkArgument(
                    Double.isFinite(value),
                    "%s: expected finite elements; got %s%s. Look for what made it, or clamp.",
                    op,
                    value,
                    in.which(index));
        }
    }

    static void checkConverged(String op, MatrixBatch in, int index, int info) {
        checkState(
                info == 0,
                "%s: expected LAPACK to converge; got error code %s%s. Scale the matrix, or add a little noise to it.",
                op,
                info,
                in.which(index));
    }
}
