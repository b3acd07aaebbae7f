package org.ndgrad.autograd.kernels.linalg;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.BitSet;
import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.elementwise.Copy;
import org.ndgrad.autograd.kernels.math.RunningNumber;
import org.ndgrad.autograd.kernels.memory.Memory;

/** Triangular systems, and systems with more or fewer equations than unknowns. */
public final class LeastSquares {

    private LeastSquares() {}

    /** LAPACK's ways to solve them. */
    public enum Method {
        /** By QR; full rank is taken for granted. */
        GELS,
        /** By QR with pivoting. */
        GELSY,
        /** By SVD, divide and conquer. */
        GELSD,
        /** By SVD. */
        GELSS
    }

    /**
     * Returns X with A X = B, or with X A = B; only one triangle of A is read, and zeros on its diagonal give infinity.
     *
     * @param a shape (…, N, N)
     * @param b shape (…, N, K), or (…, K, N) if A stands on the right; the batches broadcast
     * @param unit whether to read ones in place of the diagonal
     */
    public static INDArray triangular(INDArray a, INDArray b, boolean upper, boolean left, boolean unit) {
        MatrixBatch matrices = MatrixBatch.of(a);
        MatrixBatch in = MatrixBatch.of(b);
        int n = in.rows();
        int k = in.columns();
        long[] wide = Shapes.broadcast("solveTriangular", matrices.batch(), in.batch());
        MatrixBatch out = MatrixBatch.newMatrices(b.dataType(), wide, n, k);
        for (int i = 0; i < out.count() && n > 0 && k > 0; i++) {
            double[] x = in.read(i, wide, n);
            double[] matrix = matrices.read(i, wide, matrices.rows());
            RightSides sides = left ? RightSides.columns(n, k) : RightSides.rows(n, k);
            BitSet far = sides.far(x, !unit && !Substitution.isPlain(matrix, matrices.rows()));
            openblas.cblas_dtrsm(
                    Lapack.COLUMN_MAJOR,
                    left ? Lapack.LEFT : Lapack.RIGHT,
                    upper ? Lapack.UPPER : Lapack.LOWER,
                    Lapack.AS_IS,
                    unit ? Lapack.UNIT_DIAGONAL : Lapack.GENERAL_DIAGONAL,
                    n,
                    k,
                    1,
                    matrix,
                    matrices.rows(),
                    x,
                    n);
            sides.addInfinite(x, far);
            if (!far.isEmpty()) {
                Lapack.clear(matrix, matrices.rows(), !upper); // what is not read
                for (int d = 0; d < matrices.rows() && unit; d++) {
                    matrix[d * matrices.rows() + d] = 1;
                }
                substitute(new Substitution(matrix, matrices.rows()), upper, !left, sides, far, in.read(i, wide, n), x);
            }
            out.write(i, x);
        }
        return out.array();
    }

    /** Writes solutions that leave the range nowhere over others, if the matrix and the right side are of numbers. */
    private static void substitute(
            Substitution triangle,
            boolean upper,
            boolean transposed,
            RightSides sides,
            BitSet far,
            double[] b,
            double[] x) {
        if (triangle.isDefined()) {
            far.stream().filter(i -> sides.isFinite(b, i)).forEach(i -> {
                RunningNumber[] numbers = sides.read(b, i);
                triangle.solve(upper, transposed, false, numbers);
                sides.write(numbers, x, i);
            });
        }
    }

    /**
     * Returns X of least norm among those with the least ‖A X − B‖, the ranks of A (none by GELS), and its singular
     * values (by GELSD and GELSS).
     *
     * @param a shape (…, M, N)
     * @param b shape (…, M, K); the batches broadcast
     * @param tolerance singular values up to this multiple of the largest count as 0
     */
    public static INDArray[] solve(INDArray a, INDArray b, Method method, double tolerance) {
        MatrixBatch matrices = MatrixBatch.of(a);
        MatrixBatch in = MatrixBatch.of(b);
        int m = matrices.rows();
        int n = matrices.columns();
        int k = in.columns();
        int tall = Math.max(1, Math.max(m, n));
        int least = Math.min(m, n);
        long[] wide = Shapes.broadcast("lstsq", matrices.batch(), in.batch());
        MatrixBatch out = MatrixBatch.newMatrices(b.dataType(), wide, n, k);
        boolean valued = method == Method.GELSD || method == Method.GELSS;
        MatrixBatch values = valued
                ? MatrixBatch.newVectors(a.dataType(), wide, least)
                : MatrixBatch.newVectors(a.dataType(), new long[0], 0);
        double[] ranks = new double[out.count()];
        for (int i = 0; i < ranks.length; i++) {
            double[] matrix = matrices.read(i, wide, m);
            double[] right = in.read(i, wide, tall);
            double[] x =
                    k == 0 ? MatrixBatch.newMatrix(tall, 1) : right; // a column of zeros, so that the rank is found
            if (least > 0) {
                Lapack.checkFinite("lstsq", matrices, i, matrix);
                Lapack.checkFinite("lstsq", in, i, right);
                double[] s = MatrixBatch.newMatrix(least, 1);
                ranks[i] = run(method, new int[] {m, n, Math.max(1, k)}, matrix, x, s, tolerance, i);
                if (valued) {
                    values.write(i, s);
                }
            } else {
                x = MatrixBatch.newMatrix(tall, Math.max(1, k));
            }
            out.write(i, x, tall);
        }
        INDArray rank =
                method == Method.GELS ? Memory.allocate(DataType.INT64, 0) : Copy.of(DataType.INT64, ranks, wide);
        return new INDArray[] {out.array(), rank, values.array()};
    }

    private static int run(
            Method method, int[] sizes, double[] a, double[] x, double[] s, double tolerance, int index) {
        int m = sizes[0];
        int n = sizes[1];
        int k = sizes[2];
        int tall = Math.max(m, n);
        int[] rank = new int[1];
        int layout = Lapack.COLUMN_MAJOR;
        int info = switch (method) {
            case GELS -> openblas.LAPACKE_dgels(layout, (byte) 'N', m, n, k, a, m, x, tall);
            case GELSY -> openblas.LAPACKE_dgelsy(layout, m, n, k, a, m, x, tall, new int[n], tolerance, rank);
            case GELSD -> openblas.LAPACKE_dgelsd(layout, m, n, k, a, m, x, tall, s, tolerance, rank);
            case GELSS -> openblas.LAPACKE_dgelss(layout, m, n, k, a, m, x, tall, s, tolerance, rank);
        };
        checkArgument(
                info == 0,
                "lstsq: expected matrices of full rank; got error code %s for matrix %s. Use the driver GELSY or GELSD.",
                info,
                index);
        return rank[0];
    }
}
