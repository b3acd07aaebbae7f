package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;
import static org.ndgrad.autograd.kernels.memory.Memory.array;
import static org.ndgrad.autograd.ops.Matrices.transpose;

import com.google.common.primitives.Ints;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.HalfTypes;
import org.ndgrad.autograd.KeepDim;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.linalg.MatrixExponential;

/** The exponential and norms of matrices. */
public final class MatrixFunctions {

    /** Up to 2 to the power of it, and from that inverse on, matrices and their inverses keep their digits. */
    private static final double INVERSES_FIT = 400;

    private MatrixFunctions() {}

    /**
     * y = e^A = Σ Aᵏ / k!; ∂L/∂A is the upper right block of the exponential of (Aᵀ, g; 0, Aᵀ).
     *
     * <p>Computed in float64 for all floating types, and rounded once.
     *
     * @param x matrices A, shape (…, N, N)
     */
    public static Tensor matrixExp(Tensor x) {
        if (DTypes.isHalf(x.dtype())) {
            return HalfTypes.wide(x, MatrixFunctions::matrixExp);
        }
        Matrices.checkSquare("matrixExp", x);
        return Op.pure("matrixExp", MatrixExponential.of(array(x)))
                .wrt(x, g -> derivative(transpose(x), g), x)
                .tensor();
    }

    /**
     * Returns the derivative of the exponential at a in the direction e. It is linear in e, which is made as large
     * as 1: a large one beside a would take its digits.
     */
    private static Tensor derivative(Tensor a, Tensor e) {
        long n = a.size(-1);
        if (e.numel() == 0) {
            return e;
        }
        Tensor wide = a.to(DataType.DOUBLE);
        Tensor exponents = Scaled.exponents(e.to(DataType.DOUBLE), -2, -1);
        Tensor direction = e.to(DataType.DOUBLE).mul(Elementary.exp2(exponents.neg()));
        Tensor above = Joining.cat(List.of(wide, direction), -1);
        Tensor below = Joining.cat(List.of(Tensor.zerosLike(wide), wide), -1);
        Tensor y = matrixExp(Joining.cat(List.of(above, below), -2))
                .slice(-2, 0, n)
                .slice(-1, n, 2 * n);
        return y.mul(Elementary.exp2(exponents));
    }

    /**
     * y = a norm of the matrices in two dims, see {@link MatrixOrder}.
     *
     * <p>Where several sums or singular values are the largest, the gradient is shared evenly among them.
     *
     * @param dims that of the rows and that of the columns
     * @throws IllegalArgumentException if the norm is the smallest of nothing; the largest of nothing is 0
     */
    public static Tensor matrixNorm(
            Tensor x, MatrixOrder order, @Default("new int[] {-2, -1}") int[] dims, KeepDim keepDim) {
        if (DTypes.isHalf(x.dtype())) {
            return HalfTypes.wide(x, v -> matrixNorm(v, order, dims, keepDim));
        }
        Matrices.check("matrixNorm", x);
        checkArgument(
                dims.length == 2, "matrixNorm: expected two dims; got %s. Use norm for vectors.", Ints.asList(dims));
        int[] both = Shapes.dims("matrixNorm", dims, x.ndim()); // in ascending order
        int row = Shapes.dim("matrixNorm", dims[0], x.ndim());
        int column = Shapes.dim("matrixNorm", dims[1], x.ndim());
        long[] shape = Shapes.reduced(x.shape(), both, keepDim.keeps());
        return switch (order) {
            case FROBENIUS -> Reductions.norm(x, 2, both, keepDim);
            case NUCLEAR -> svdvals(x, row, column).sum(-1).reshape(shape);
            case TWO, MINUS_TWO ->
                extreme(svdvals(x, row, column), -1, order, x).reshape(shape);
            case ONE, MINUS_ONE ->
                extreme(x.abs().sum(row, KeepDim.YES), column, order, x).reshape(shape);
            case INFINITY, MINUS_INFINITY ->
                extreme(x.abs().sum(column, KeepDim.YES), row, order, x).reshape(shape);
        };
    }

    /** The norm of the matrices in the last two dims. */
    public static Tensor matrixNorm(Tensor x, @Default("MatrixOrder.FROBENIUS") MatrixOrder order) {
        return matrixNorm(x, order, new int[] {-2, -1}, KeepDim.NO);
    }

    private static Tensor extreme(Tensor sizes, int dim, MatrixOrder order, Tensor x) {
        int[] over = {dim};
        if (order.isSmallest()) {
            OpChecks.hasElements("matrixNorm", sizes.size(dim), "the dims", x);
            return Reductions.amin(sizes, over, KeepDim.YES);
        }
        return sizes.size(dim) == 0
                ? Reductions.sum(sizes, over, KeepDim.YES)
                : Reductions.amax(sizes, over, KeepDim.YES);
    }

    private static Tensor svdvals(Tensor x, int row, int column) {
        IntStream others = IntStream.range(0, x.ndim()).filter(d -> d != row && d != column);
        return Decompositions.svdvals(
                x.permute(IntStream.concat(others, IntStream.of(row, column)).toArray()));
    }

    /**
     * y = ‖A‖ ‖A⁻¹‖, how much relative errors may grow when equations are solved. A singular matrix gives ∞ with order
     * 2 and 0 with order −2; unlike in PyTorch, the other orders refuse it. An empty matrix gives 0.
     *
     * <p>Computed in float64 for all floating types, and rounded once.
     *
     * @param x matrices A, shape (…, N, N); with the orders 2 and −2 also shape (…, M, N)
     * @return shape (…)
     * @throws IllegalArgumentException if the order is another and a matrix is singular
     */
    public static Tensor cond(Tensor x, MatrixOrder order) {
        boolean spectral = order == MatrixOrder.TWO || order == MatrixOrder.MINUS_TWO;
        if (spectral) {
            Matrices.check("cond", x);
        } else {
            Matrices.checkSquare("cond", x);
        }
        if (x.numel() == 0) {
            return Tensor.zeros(x.dtype(), Arrays.copyOf(x.shape(), x.ndim() - 2));
        }
        Tensor matrices = Scaled.within(INVERSES_FIT, x.to(DataType.DOUBLE), -2, -1);
        Tensor y = spectral
                ? quotient(Decompositions.svdvals(matrices), order)
                : matrixNorm(matrices, order).mul(matrixNorm(Solvers.inv(matrices), order));
        return y.to(x.dtype());
    }

    private static Tensor quotient(Tensor s, MatrixOrder order) {
        Tensor largest = s.select(-1, 0);
        Tensor smallest = s.select(-1, s.size(-1) - 1);
        return order == MatrixOrder.TWO ? largest.div(smallest) : smallest.div(largest);
    }

    /** The condition number in the spectral norm, as {@link #cond(Tensor, MatrixOrder)} does. */
    public static Tensor cond(Tensor x) {
        return cond(x, MatrixOrder.TWO);
    }
}
