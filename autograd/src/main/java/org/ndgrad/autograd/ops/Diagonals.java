package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;
import static org.ndgrad.autograd.kernels.memory.Memory.array;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.List;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.indexing.Views;

/**
 * Diagonals and triangles of matrices. An offset counts diagonals to the right of the main one, a negative one below.
 */
public final class Diagonals {

    private Diagonals() {}

    /** y[i] = x[i, i] for the first two dims, a view; ∂L/∂x = g on the diagonal, 0 elsewhere. */
    public static Tensor diagonal(Tensor x) {
        return diagonal(x, 0, 0, 1);
    }

    /**
     * y[…, i] = x[…, i, …, i + offset, …], a view; ∂L/∂x = g on the diagonal, 0 elsewhere.
     *
     * @param dimA the dim of the rows
     * @param dimB the dim of the columns, another one
     * @return x's other dims, and the diagonal as the last; it is empty if the offset leaves the matrix
     */
    public static Tensor diagonal(Tensor x, @Default("0") long offset, @Default("0") int dimA, @Default("1") int dimB) {
        int[] dims = pair("diagonal", x.shape(), dimA, dimB);
        long[] shape = x.shape();
        return Op.pureView("diagonal", x, Views.diagonal(array(x), offset, dims[0], dims[1]))
                .wrt(x, g -> embed(g, shape, offset, dims))
                .tensor();
    }

    /** y = zeros of the shape with x on the diagonal; ∂L/∂x = g's diagonal. A new tensor. */
    private static Tensor embed(Tensor x, long[] shape, long offset, int[] dims) {
        return Op.pure("diagEmbed", Views.embed(array(x), shape, all -> Views.diagonal(all, offset, dims[0], dims[1])))
                .wrt(x, g -> diagonal(g, offset, dims[0], dims[1]))
                .tensor();
    }

    private static int[] pair(String op, long[] shape, int dimA, int dimB) {
        checkArgument(
                shape.length >= 2,
                "%s: expected at least 2 dims; got shape %s. Use diagEmbed to make matrices.",
                op,
                Shapes.format(shape));
        int a = Shapes.dim(op, dimA, shape.length);
        int b = Shapes.dim(op, dimB, shape.length);
        OpChecks.differ(op, dimA, dimB, shape.length);
        return new int[] {a, b};
    }

    /** y = square matrices, zero but for the diagonals, which are the last dim of x; ∂L/∂x = g's diagonals. */
    public static Tensor diagEmbed(Tensor x) {
        return diagEmbed(x, 0, -2, -1);
    }

    /**
     * y = zeros with x's last dim on the diagonals; ∂L/∂x = g's diagonals. A new tensor.
     *
     * @param x at least 1 dim, n being the size of the last
     * @param dimA the dim of the result that is to be the rows
     * @param dimB the one that is to be the columns, another one
     * @return one dim more than x; the two new ones have size n + |offset|
     */
    public static Tensor diagEmbed(
            Tensor x, @Default("0") long offset, @Default("-2") int dimA, @Default("-1") int dimB) {
        OpChecks.hasDim("diagEmbed", x);
        checkArgument(
                Math.abs((double) offset) < 0x1p62,
                "diagEmbed: expected an offset between -2^62 and 2^62; got %s. Use a smaller one.",
                offset);
        long[] shape = Arrays.copyOf(x.shape(), x.ndim() + 1);
        int[] dims = pair("diagEmbed", shape, dimA, dimB);
        int next = 0;
        for (int d = 0; d < shape.length; d++) {
            boolean isNew = d == dims[0] || d == dims[1];
            shape[d] = isNew ? Shapes.sum("diagEmbed", x.size(-1), Math.abs(offset)) : x.size(next++);
        }
        Shapes.numel("diagEmbed", shape);
        return embed(x, shape, offset, dims);
    }

    /** y = the square matrix with the vector x on a diagonal, or a copy of that diagonal of the matrix x. */
    public static Tensor diag(Tensor x, @Default("0") long offset) {
        checkArgument(
                x.ndim() == 1 || x.ndim() == 2,
                "diag: expected a vector or a matrix; got shape %s. Use diagEmbed or diagonal.",
                Shapes.format(x.shape()));
        return x.ndim() == 1
                ? diagEmbed(x, offset, 0, 1)
                : diagonal(x, offset, 0, 1).clone();
    }

    /** y = the square matrix with all elements of x, in row-major order, on a diagonal. */
    public static Tensor diagflat(Tensor x, @Default("0") long offset) {
        return diag(x.flatten(), offset);
    }

    /** y = Σᵢ x[i, i] of a matrix; ∂L/∂x = g on the diagonal, 0 elsewhere. */
    public static Tensor trace(Tensor x) {
        checkArgument(
                x.ndim() == 2,
                "trace: expected a matrix; got shape %s. Use diagonal(x, 0, -2, -1).sum(-1) for several.",
                Shapes.format(x.shape()));
        return diagonal(x).sum();
    }

    /**
     * y = x on and below a diagonal, 0 above; ∂L/∂x = g likewise. A new tensor.
     *
     * @param x matrices, shape (…, m, n)
     */
    public static Tensor tril(Tensor x, @Default("0") long diagonal) {
        return band("tril", x, Long.MIN_VALUE, diagonal);
    }

    /**
     * y = x on and above a diagonal, 0 below; ∂L/∂x = g likewise. A new tensor.
     *
     * @param x matrices, shape (…, m, n)
     */
    public static Tensor triu(Tensor x, @Default("0") long diagonal) {
        return band("triu", x, diagonal, Long.MAX_VALUE);
    }

    private static Tensor band(String op, Tensor x, long least, long most) {
        checkArgument(
                x.ndim() >= 2,
                "%s: expected at least 2 dims; got shape %s. Reshape it to matrices.",
                op,
                Shapes.format(x.shape()));
        return Op.pure(op, Views.band(array(x), least, most))
                .wrt(x, g -> band(op, g, least, most))
                .tensor();
    }

    /**
     * y = the tensors one behind another along the diagonal of a matrix, 0 elsewhere; each gets its block of g.
     *
     * @param tensors at least one, of at most 2 dims; a vector is a row, a scalar a matrix of one element
     * @return shape (sum of rows, sum of columns), of the promoted type
     */
    public static Tensor blockDiag(List<Tensor> tensors) {
        OpChecks.notEmpty("blockDiag", tensors);
        for (Tensor tensor : tensors) {
            checkArgument(
                    tensor.ndim() <= 2,
                    "blockDiag: expected tensors of at most 2 dims; got shape %s. Select matrices.",
                    Shapes.format(tensor.shape()));
        }
        List<Tensor> blocks = tensors.stream().map(Shaping::atleast2d).collect(ImmutableList.toImmutableList());
        long columns = Shapes.sum(
                "blockDiag", blocks.stream().mapToLong(block -> block.size(1)).toArray());
        ImmutableList.Builder<Tensor> rows = ImmutableList.builder();
        long left = 0;
        for (Tensor block : blocks) {
            rows.add(Padding.pad(block, new long[] {left, columns - left - block.size(1)}, 0));
            left += block.size(1);
        }
        return Joining.cat(rows.build(), 0);
    }
}
