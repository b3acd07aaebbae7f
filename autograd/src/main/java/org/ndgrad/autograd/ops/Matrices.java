package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;

import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;

/** What the families of linear algebra share: checks, and parts of matrices that stand in the last two dims. */
final class Matrices {

    private Matrices() {}

    /** Throws unless x holds matrices of a floating type. */
    static void check(String op, Tensor x) {
        checkArgument(
                DTypes.isFloating(x.dtype()),
                "%s: expected a tensor of a floating type; got %s. Convert it with to(DataType.FLOAT).",
                op,
                DTypes.name(x.dtype()));
        checkArgument(
                x.ndim() >= 2,
                "%s: expected matrices of shape (…, N, M); got shape %s. Use unsqueeze.",
                op,
                Shapes.format(x.shape()));
    }

    /** Throws unless x holds square matrices of a floating type. */
    static void checkSquare(String op, Tensor x) {
        check(op, x);
        checkArgument(
                x.size(-1) == x.size(-2),
                "%s: expected square matrices of shape (…, N, N); got shape %s. Use lstsq, pinv or svd for others.",
                op,
                Shapes.format(x.shape()));
    }

    static void checkSameType(String op, Tensor a, Tensor b) {
        checkArgument(
                a.dtype() == b.dtype(),
                "%s: expected operands of one type; got %s and %s. Convert one with to(…).",
                op,
                DTypes.name(a.dtype()),
                DTypes.name(b.dtype()));
    }

    /** Throws unless B has this many rows, counting dims from the end. */
    static void checkRows(String op, Tensor a, Tensor b, int dim, long rows) {
        checkArgument(
                b.size(dim) == rows,
                "%s: expected size %s in dim %s of the right side; got shapes %s and %s. Transpose or reshape one of"
                        + " them.",
                op,
                rows,
                dim,
                Shapes.format(a.shape()),
                Shapes.format(b.shape()));
    }

    static Tensor transpose(Tensor x) {
        return x.transpose(-2, -1);
    }

    /** Returns one factor per matrix in the shape in which it multiplies them. */
    static Tensor factors(Tensor x) {
        return x.unsqueeze(-1).unsqueeze(-1);
    }

    /** Returns x where it is at least so many places below the diagonal, else 0. */
    static Tensor lower(Tensor x, long below) {
        return Comparison.where(position(x).le(-below), x, Tensor.of(x.dtype(), 0));
    }

    /** Returns x where it is at least so many places above the diagonal, else 0. */
    static Tensor upper(Tensor x, long above) {
        return Comparison.where(position(x).ge(above), x, Tensor.of(x.dtype(), 0));
    }

    /** Returns the triangle, without the diagonal if strict, and 0 elsewhere. */
    static Tensor triangle(Tensor x, Triangle triangle, boolean strict) {
        return triangle.isUpper() ? upper(x, strict ? 1 : 0) : lower(x, strict ? 1 : 0);
    }

    /** Returns T + Tᵀ with the diagonal counted once, for the lower triangle T of x. */
    static Tensor mirrored(Tensor x) {
        return lower(x, 0).add(transpose(lower(x, 1)));
    }

    /** Returns the elements with row = column, shape (…, min(N, M)), as if N = M. */
    static Tensor diagonal(Tensor x) {
        return Comparison.where(position(x).eq(0), x, Tensor.of(x.dtype(), 0)).sum(-1);
    }

    /** Returns the square matrices of these diagonals. */
    static Tensor withDiagonal(Tensor diagonals) {
        Tensor columns = diagonals.unsqueeze(-1);
        return Comparison.where(isDiagonal(diagonals.size(-1)), columns, Tensor.of(diagonals.dtype(), 0));
    }

    /** Returns where a square matrix has its diagonal. */
    static Tensor isDiagonal(long n) {
        return Tensor.arange(n).unsqueeze(1).eq(Tensor.arange(n));
    }

    private static Tensor position(Tensor x) {
        return Tensor.arange(x.size(-1)).sub(Tensor.arange(x.size(-2)).unsqueeze(1));
    }

    /** Whether a gradient is the zeros that stand for none, and stays so when it is differentiated. */
    static boolean isNothing(Tensor g) {
        return !g.requiresGrad() && g.any().item() == 0;
    }
}
