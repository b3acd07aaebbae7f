package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;
import static org.ndgrad.autograd.kernels.memory.Memory.array;

import java.util.Optional;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.elementwise.Copy;
import org.ndgrad.autograd.kernels.elementwise.Fill;
import org.ndgrad.autograd.kernels.indexing.Gather;
import org.ndgrad.autograd.kernels.indexing.IndexRange;
import org.ndgrad.autograd.kernels.indexing.Scatter;

/**
 * Positions in some neighboring dims of a tensor, and what can be done there: the operations from which those of {@link
 * Indexing}, {@link Scattering} and {@link Embeddings} are made.
 *
 * @param flat integral: they count the elements of these dims in row-major order; checked where they are used
 * @param dim the first of these dims
 * @param count how many they are
 * @param range what is allowed, if a user's index stands for the positions
 */
record Positions(Tensor flat, int dim, int count, Optional<IndexRange> range) {

    /** Positions that were computed. */
    Positions(Tensor flat, int dim, int count) {
        this(flat, dim, count, Optional.empty());
    }

    /** Returns the positions in one dim that an index of any shape names. */
    static Positions of(String op, Tensor x, int dim, boolean wraps, Tensor index) {
        checkIntegral(op, "an integral index", index);
        return new Positions(index, dim, 1, Optional.of(new IndexRange(op, x.size(dim), dim, x.shape(), wraps)));
    }

    /** Returns positions in a vector. */
    static Positions at(INDArray flat) {
        return new Positions(Op.pure("positions", flat).tensor(), 0, 1);
    }

    /**
     * Returns the positions among all elements in row-major order that an index names; negative ones are from the end.
     */
    static Positions inAll(String op, Tensor x, Tensor index) {
        checkIntegral(op, "an integral index", index);
        IndexRange range = new IndexRange(op, x.numel(), 0, new long[] {x.numel()}, true);
        return new Positions(index, 0, Math.max(x.ndim(), 1), Optional.of(range));
    }

    /** Returns the positions in all dims where the mask, of x's shape, is not 0. */
    static Positions where(Tensor mask) {
        return new Positions(Op.pure("nonzero", Gather.nonzero(array(mask))).tensor(), 0, mask.ndim());
    }

    private IndexRange range(String op, long... shape) {
        int[] dims = IntStream.range(dim, dim + count).toArray();
        return range.orElseGet(() -> IndexRange.ofPositions(op, Shapes.count(shape, dims)));
    }

    /** A mask would pass for the positions 0 and 1. */
    static void checkIntegral(String op, String what, Tensor index) {
        checkArgument(
                !DTypes.isFloating(index.dtype()) && index.dtype() != DataType.BOOL,
                "%s: expected %s; got %s. Convert with to(DataType.INT64).",
                op,
                what,
                DTypes.name(index.dtype()));
    }

    /** Returns the shape of what is chosen from a tensor of a shape: these dims give way to those of the positions. */
    long[] chosen(long... shape) {
        return Shapes.replaced(shape, dim, count, flat.shape());
    }

    /** y = the elements of x at the positions; ∂L/∂x = g added up there. */
    Tensor take(String op, Tensor x) {
        long[] shape = x.shape();
        return Op.pure(op, taken(op, array(x)))
                .wrt(x, g -> spread(op, g, shape), flat)
                .tensor();
    }

    /** Returns the elements of x at the positions. */
    INDArray taken(String op, INDArray x) {
        return Gather.flat(x, dim, count, array(flat), range(op, x.shape()));
    }

    /** y = 0 but for the source added up at the positions; ∂L/∂source = g there. */
    Tensor spread(String op, Tensor source, long[] shape) {
        INDArray result = Fill.filled(source.dtype(), 0, shape);
        combine(op, result, array(source), Scatter.Combine.ADD);
        return Op.pure(op, result).wrt(source, g -> take(op, g), flat).tensor();
    }

    /** y = x with the source, of the chosen shape, added at the positions; ∂L/∂x = g, ∂L/∂source = g there. */
    Tensor add(String op, Tensor x, Tensor source) {
        INDArray result = Copy.copy(array(x));
        combine(op, result, array(source), Scatter.Combine.ADD);
        return Op.pure(op, result)
                .wrt(x, g -> g)
                .wrt(source, g -> take(op, g), flat)
                .tensor();
    }

    /**
     * y = x with the source, broadcast to the chosen shape, at the positions; ∂L/∂x = g elsewhere, ∂L/∂source = g
     * there.
     */
    Tensor put(String op, Tensor x, Tensor source) {
        Tensor values = source.expand(chosen(x.shape()));
        INDArray result = Copy.copy(array(x));
        combine(op, result, array(values), Scatter.Combine.PUT);
        return Op.pure(op, result)
                .wrt(x, g -> put(op, g, Tensor.zeros(g.dtype())), flat)
                .wrt(values, g -> take(op, g), flat)
                .tensor();
    }

    /** Changes an array as {@link #put} would; all positions are checked before. */
    void overwrite(String op, INDArray target, INDArray source) {
        Gather.check(array(flat), range(op, target.shape()));
        combine(op, target, source, Scatter.Combine.PUT);
    }

    private void combine(String op, INDArray target, INDArray source, Scatter.Combine how) {
        Scatter.flat(target, dim, count, array(flat), range(op, target.shape()), source, how);
    }

    /** Returns 0, 1, 2, … in a shape. */
    static Tensor order(long... shape) {
        return Tensor.arange(Shapes.numel("order", shape)).reshape(shape);
    }
}
