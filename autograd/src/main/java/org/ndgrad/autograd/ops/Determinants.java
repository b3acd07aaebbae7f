package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.kernels.memory.Memory.array;
import static org.ndgrad.autograd.ops.Matrices.factors;
import static org.ndgrad.autograd.ops.Matrices.transpose;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.HalfTypes;
import org.ndgrad.autograd.KeepDim;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.elementwise.Copy;
import org.ndgrad.autograd.kernels.linalg.Lu;

/** Determinants of the square matrices in the last two dims, by LU factors in float64; that of an empty matrix is 1. */
public final class Determinants {

    /** Up to this size, cofactors are determinants of minors; there are as many as elements. */
    private static final long SMALL = 12;

    /** Beyond this size, pivots up to this multiple of the largest may be nothing but rounding. */
    private static final double LEAST = 1e-11;

    /** So many factors make a power of two that may not fit. */
    private static final int PARTS = 4;

    private Determinants() {}

    /**
     * y = |A|; ∂L/∂A = g · y A⁻ᵀ, which are the cofactors of A, also where A is singular.
     *
     * @param x matrices A, shape (…, N, N)
     * @return shape (…)
     */
    public static Tensor det(Tensor x) {
        Matrices.checkSquare("det", x);
        if (x.dtype() != DataType.DOUBLE) { // in which it may fit if only its gradient fits in the type
            Lu.checkSize(array(x));
            return det(x.to(DataType.DOUBLE)).to(x.dtype());
        }
        Lu lu = Lu.of(array(x));
        INDArray det = lu.det();
        boolean fits = areNormal(det);
        return Op.pure("det", det)
                .wrt(
                        x,
                        (g, y) -> {
                            Lu regular = fits ? regular(x, lu) : null;
                            return regular != null
                                    ? factors(g.mul(y)).mul(transpose(Solvers.inverse(x, regular)))
                                    : factors(g).mul(cofactors(x));
                        },
                        x)
                .tensor();
    }

    /** Returns factors that give an inverse with all digits, or none. */
    private static @Nullable Lu regular(Tensor x, Lu lu) {
        if (x.size(-1) <= SMALL) {
            return lu.isRegular(1e-5) ? lu : null;
        }
        Lu regular = lu.isRegular(LEAST) ? lu : Lu.balanced(array(x)); // in which no row is small
        return regular.isRegular(LEAST) ? regular : null;
    }

    /** Whether none has left the range, out of which its quotients by a pivot may still be. */
    private static boolean areNormal(INDArray determinants) {
        return Arrays.stream(Copy.toDoubles(determinants))
                .map(Math::abs)
                .noneMatch(d -> d < Double.MIN_NORMAL || d == Double.POSITIVE_INFINITY);
    }

    /** Returns the cofactors without dividing by what may be 0. */
    private static Tensor cofactors(Tensor x) {
        return x.size(-1) <= SMALL ? minors(x) : balancedCofactors(x);
    }

    /** Returns those of the matrix whose rows and columns were divided by powers of two, multiplied by the others'. */
    private static Tensor balancedCofactors(Tensor x) {
        Tensor rows = Scaled.exponents(x, -1);
        Tensor narrow = x.mul(Elementary.exp2(rows.neg()));
        Tensor columns = Scaled.exponents(narrow, -2);
        Tensor exponents =
                rows.add(columns).neg().add(rows.sum(-2, KeepDim.YES)).add(columns.sum(-1, KeepDim.YES));
        Tensor y = excluding(Decompositions.svd(narrow.mul(Elementary.exp2(columns.neg()))));
        Tensor root = Rounding.trunc(exponents.div(PARTS));
        for (int i = 1; i < PARTS; i++) {
            y = y.mul(Elementary.exp2(root));
        }
        return y.mul(Elementary.exp2(exponents.sub(root.mul(PARTS - 1))));
    }

    /** Returns (−1)^(i + j) times the determinant of x without row i and column j. */
    private static Tensor minors(Tensor x) {
        int n = (int) x.size(-1);
        long[] kept = new long[n * (n - 1)];
        double[] signs = new double[n * n];
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < n - 1; k++) {
                kept[i * (n - 1) + k] = k < i ? k : k + 1;
            }
            for (int k = 0; k < n; k++) {
                signs[i * n + k] = (i + k) % 2 == 0 ? 1 : -1;
            }
        }
        long[] batch = Shapes.batch(x.shape());
        Tensor index = Tensor.of(kept);
        Tensor blocks = x.indexSelect(-2, index)
                .indexSelect(-1, index)
                .reshape(Shapes.append(batch, n, n - 1, n, n - 1))
                .transpose(-3, -2);
        return det(blocks).mul(Tensor.of(x.dtype(), signs).reshape(n, n));
    }

    /** Returns U diag(c) Vᵀ, where c is the product of the other singular values. */
    private static Tensor excluding(Svd parts) {
        long n = parts.s().size(-1);
        Tensor others = Comparison.maskedFill(parts.s().unsqueeze(-2), Matrices.isDiagonal(n), 1);
        Tensor products = Reductions.prod(others, new int[] {-1}, KeepDim.NO);
        Tensor sign = det(parts.u().detach()).mul(det(parts.vt().detach()));
        return factors(sign).mul(parts.u().mul(products.unsqueeze(-2)).matmul(parts.vt()));
    }

    /**
     * sign · e^logAbsDet = |A|; ∂L/∂A = g A⁻ᵀ for the logarithm, not finite where A is singular.
     *
     * @param x matrices A, shape (…, N, N)
     */
    public static Slogdet slogdet(Tensor x) {
        Matrices.checkSquare("slogdet", x);
        Lu lu = Lu.of(array(x));
        Op op = Op.pure("slogdet", lu.slogdet())
                .wrtAll(x, g -> factors(g.get(1)).mul(transpose(Solvers.inverse(x, lu))), x);
        return new Slogdet(op.tensors().get(0), op.tensors().get(1));
    }

    /**
     * y = ln |A|, −∞ of a singular matrix, NaN if the determinant is negative; ∂L/∂A = g A⁻ᵀ.
     *
     * @param x matrices A, shape (…, N, N)
     * @return shape (…)
     */
    public static Tensor logdet(Tensor x) {
        if (DTypes.isHalf(x.dtype())) {
            return HalfTypes.wide(x, Determinants::logdet);
        }
        Slogdet parts = slogdet(x);
        return Comparison.maskedFill(parts.logAbsDet(), parts.sign().lt(0), Double.NaN);
    }
}
