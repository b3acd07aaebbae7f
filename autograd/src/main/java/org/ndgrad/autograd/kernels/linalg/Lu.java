package org.ndgrad.autograd.kernels.linalg;

import static com.google.common.base.Preconditions.checkArgument;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.elementwise.Copy;

/**
 * Square matrices as P L U with a permutation, a unit lower and an upper triangular factor, which solves equations and
 * gives determinants. Kept in float64 outside of arrays.
 */
public final class Lu {

    private final DataType type;
    private final long[] batch;
    private final int n;
    private final double[][] factors;
    private final int[][] pivots;

    private Lu(MatrixBatch in) {
        this.type = in.type();
        this.batch = in.batch();
        this.n = in.rows();
        this.factors = new double[in.count()][];
        this.pivots = new int[in.count()][n];
    }

    /** Factors the matrices in the last two dimensions. */
    public static Lu of(INDArray a) {
        MatrixBatch in = MatrixBatch.of(a);
        Lu lu = new Lu(in);
        for (int i = 0; i < lu.factors.length; i++) {
            lu.factors[i] = in.read(i);
            if (lu.n > 0) {
                Lapack.lu(lu.factors[i], lu.n, lu.n, lu.pivots[i]);
            }
        }
        return lu;
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
            Lapack.solve(factors[mine], n, pivots[mine], transposed, x, in.columns());
            out.write(i, x);
        }
        return out.array();
    }

    /** Returns A⁻¹, not finite where A is singular. */
    public INDArray inverse() {
        double[] identity = new double[n * n];
        Lapack.identity(identity, n, n);
        return solve(Copy.of(type, identity, n, n), false);
    }

    /** Returns the determinants. */
    public INDArray det() {
        double[] result = new double[factors.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = parity(i);
            for (int k = 0; k < n; k++) {
                result[i] *= pivot(i, k);
            }
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
        }
        return new INDArray[] {Copy.of(type, sign, batch), Copy.of(type, logarithm, batch)};
    }

    private int parity(int index) {
        int parity = 1;
        for (int k = 0; k < n; k++) {
            parity = pivots[index][k] == k + 1 ? parity : -parity;
        }
        return parity;
    }
}
