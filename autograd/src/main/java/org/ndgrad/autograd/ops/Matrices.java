package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;

import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.Shapes;

/** What the families of linear algebra share: checks, and parts of matrices that stand in the last two dims. */
final class Matrices {

    private Matrices() {}

    /** Throws unless x holds matrices of a floating type. */
    static void check(String op, Tensor x) {
        OpChecks.floating(op, x);
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

    /** Returns the triangle, without the diagonal if strict, and 0 elsewhere. */
    static Tensor triangle(Tensor x, Triangle triangle, boolean strict) {
        return triangle.isUpper() ? Diagonals.triu(x, strict ? 1 : 0) : Diagonals.tril(x, strict ? -1 : 0);
    }

    /** Returns T + Tᵀ with the diagonal counted once, for the lower triangle T of x. */
    static Tensor mirrored(Tensor x) {
        return Diagonals.tril(x, 0).add(transpose(Diagonals.tril(x, -1)));
    }

    /** Returns where a square matrix has its diagonal. */
    static Tensor isDiagonal(long n) {
        return Tensor.arange(n).unsqueeze(1).eq(Tensor.arange(n));
    }

    /** Whether a gradient is the zeros that stand for none, and stays so when it is differentiated. */
    static boolean isNothing(Tensor g) {
        return !g.requiresGrad() && g.any().item() == 0;
    }
}
