package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;
import static org.ndgrad.autograd.kernels.memory.Memory.array;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.HalfTypes;
import org.ndgrad.autograd.Index;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Reduce;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.Constants;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.elementwise.Copy;
import org.ndgrad.autograd.kernels.indexing.Scatter;

/**
 * Copies of a tensor with other values in some places.
 *
 * <p>Where several values are written to one place, the last one in row-major order stays. The gradient goes to all of
 * them, as in PyTorch, which is not the derivative then; so name each place once, or combine the values with {@link
 * #scatterReduce}.
 */
public final class Scattering {

    /** What values do to those that are there. */
    public enum Put {
        REPLACE,
        ADD
    }

    /** Whether the values that are there take part. */
    public enum Own {
        INCLUDED,
        EXCLUDED
    }

    private Scattering() {}

    /**
     * y = x with y[…, index[…, i, …], …] = source[…, i, …]; ∂L/∂x = g elsewhere, ∂L/∂source = g gathered.
     *
     * @param index integral, of as many dims as x and no larger than it but along the dim
     * @param source of x's type, at least as large as the index in every dim; what lies beyond the index is not used
     */
    public static Tensor scatter(Tensor x, int dim, Tensor index, Tensor source) {
        int along = Indexing.checkIndex("scatter", x, dim, index);
        if (x.ndim() == 0 || index.ndim() == 0) {
            return scatter(line(x), 0, line(index), line(source)).reshape(x.shape());
        }
        Tensor used = Indexing.checkSource("scatter", x, index, source);
        INDArray result = Copy.copy(array(x));
        Scatter.along("scatter", result, along, array(index), array(used), Scatter.Combine.PUT);
        return Op.pure("scatter", result)
                .wrt(x, g -> scatter(g, along, index, 0), index)
                .wrt(used, g -> g.gather(along, index), index)
                .tensor();
    }

    /**
     * y = x with y[…, index[…, i, …], …] = number; ∂L/∂x = g elsewhere. See
     * {@link #scatter(Tensor, int, Tensor, Tensor)}.
     */
    public static Tensor scatter(Tensor x, int dim, Tensor index, Number number) {
        return scatter(x, dim, index, OpChecks.constant("scatter", x, number).expand(index.shape()));
    }

    private static Tensor line(Tensor x) {
        return Indexing.line(x);
    }

    /**
     * y = x with the values of the source combined at the index's places, those of x among them; see {@link
     * #scatterReduce(Tensor, int, Tensor, Tensor, Reduce, Own)}.
     */
    public static Tensor scatterReduce(Tensor x, int dim, Tensor index, Tensor source, Reduce how) {
        return scatterReduce(x, dim, index, source, how, Own.INCLUDED);
    }

    /**
     * y = x with y[…, index[…, i, …], …] = the sum, product, mean, largest or smallest of the source[…, i, …] that meet
     * there; gradients are those of that function, exact also for products with zeros and for ties.
     *
     * <p>Unlike in PyTorch, a value of x that takes no part has no share in the gradient if it happens to be as large
     * as the largest, and products with several zeros can be differentiated twice.
     *
     * @param index integral, of as many dims as x and no larger than it but along the dim
     * @param source of x's type, at least as large as the index in every dim; what lies beyond the index is not used
     * @param own whether x's own values take part where the index points; elsewhere they stay
     */
    public static Tensor scatterReduce(Tensor x, int dim, Tensor index, Tensor source, Reduce how, Own own) {
        boolean includeSelf = OpChecks.given("scatterReduce", "choice of own elements", own) == Own.INCLUDED;
        int along = Indexing.checkIndex("scatterReduce", x, dim, index);
        if (x.ndim() == 0 || index.ndim() == 0) {
            return scatterReduce(line(x), 0, line(index), line(source), how, own)
                    .reshape(x.shape());
        }
        Tensor used = Indexing.checkSource("scatterReduce", x, index, source);
        return switch (how) {
            case SUM -> Indexing.scatterAdd(includeSelf ? x : scatter(x, along, index, 0), along, index, used);
            case PROD -> Scattered.product(x, along, index, used, includeSelf);
            case MEAN -> Scattered.mean(x, along, index, used, includeSelf);
            case AMAX -> Scattered.extreme(x, along, index, used, Scatter.Combine.MAX, includeSelf);
            case AMIN -> Scattered.extreme(x, along, index, used, Scatter.Combine.MIN, includeSelf);
        };
    }

    /** As {@link #indexAdd(Tensor, int, Tensor, Tensor, Number)} with α = 1. */
    public static Tensor indexAdd(Tensor x, int dim, Tensor index, Tensor source) {
        return indexAdd(x, dim, index, source, 1);
    }

    /**
     * y = x with y[…, index[i], …] += α · source[…, i, …]; ∂L/∂x = g, ∂L/∂source = α · g there.
     *
     * @param index an integral vector
     * @param source of x's type and shape, but with one slice along the dim for each index
     */
    public static Tensor indexAdd(Tensor x, int dim, Tensor index, Tensor source, Number alpha) {
        checkArgument(
                source.ndim() == x.ndim(),
                "indexAdd: expected a source of as many dims as x, %s; got %s. Reshape it.",
                x.ndim(),
                source.ndim());
        Number factor = Constants.factor("indexAdd", source.dtype(), alpha);
        return factor.doubleValue() == 1
                ? added(x, dim, index, source)
                : HalfTypes.wide(x, source, (v, w) -> added(v, dim, index, w.mul(factor)));
    }

    private static Tensor added(Tensor x, int dim, Tensor index, Tensor source) {
        return slices(
                "indexAdd",
                x,
                dim,
                index,
                source,
                (positions, lines, values) -> positions.add("indexAdd", lines, values));
    }

    /**
     * y = x with y[…, index[i], …] = source[…, i, …]; ∂L/∂x = g elsewhere, ∂L/∂source = g there.
     *
     * @param index an integral vector
     * @param source of x's type and shape, but with one slice along the dim for each index
     */
    public static Tensor indexCopy(Tensor x, int dim, Tensor index, Tensor source) {
        return slices(
                "indexCopy",
                x,
                dim,
                index,
                source,
                (positions, lines, values) -> positions.put("indexCopy", lines, values));
    }

    private interface Change {
        Tensor apply(Positions positions, Tensor x, Tensor values);
    }

    private static Tensor slices(String op, Tensor x, int dim, Tensor index, Tensor source, Change change) {
        int along = Shapes.dim(op, dim, x.ndim());
        Tensor lines = line(x);
        Positions positions = slices(op, lines, along, false, index);
        checkSource(op, lines, positions.chosen(lines.shape()), line(source));
        return change.apply(positions, lines, line(source)).reshape(x.shape());
    }

    private static Positions slices(String op, Tensor x, int dim, boolean wraps, Tensor index) {
        OpChecks.vector(op, index, "scatter");
        return Positions.of(op, x, dim, wraps, line(index));
    }

    private static void checkSource(String op, Tensor x, long[] shape, Tensor source) {
        checkArgument(
                Arrays.equals(source.shape(), shape) && source.dtype() == x.dtype(),
                "%s: expected a source of shape %s, type %s; got %s %s. Expand it, or convert it with to(…).",
                op,
                Shapes.format(shape),
                DTypes.name(x.dtype()),
                Shapes.format(source.shape()),
                DTypes.name(source.dtype()));
    }

    /**
     * y = x with y[…, index[i], …] = number; ∂L/∂x = g elsewhere. See {@link #indexFill(Tensor, int, Tensor, Tensor)}.
     */
    public static Tensor indexFill(Tensor x, int dim, Tensor index, Number number) {
        return indexFill(x, dim, index, OpChecks.constant("indexFill", x, number));
    }

    /**
     * y = x with y[…, index[i], …] = value; ∂L/∂x = g elsewhere, ∂L/∂value = the sum of g there.
     *
     * @param index an integral vector; negative positions count from the end
     * @param value of shape (); converted to x's type
     */
    public static Tensor indexFill(Tensor x, int dim, Tensor index, Tensor value) {
        checkArgument(
                value.ndim() == 0,
                "indexFill: expected a value of shape (); got %s. Use indexCopy for several.",
                Shapes.format(value.shape()));
        Tensor lines = line(x);
        int along = Shapes.dim("indexFill", dim, x.ndim());
        Positions positions = slices("indexFill", lines, along, true, index);
        Tensor mask = new Positions(positions.flat(), 0, 1, positions.range())
                .put("indexFill", Tensor.zeros(DataType.BOOL, lines.size(along)), Tensor.of(true));
        long[] aligned = new long[lines.ndim() - along];
        Arrays.fill(aligned, 1);
        return Comparison.maskedFill(
                x,
                mask.reshape(Shapes.with(aligned, 0, -1)).expand(lines.shape()).reshape(x.shape()),
                value);
    }

    /**
     * y = x with other values at {@link Indexing#get get(x, at)}; ∂L/∂x = g elsewhere (everywhere if values are added),
     * ∂L/∂values = g there.
     *
     * @param values of x's type; broadcast to the shape of {@code get(x, at)}
     * @param put whether values replace those of x, or are added, also where a position is named several times
     */
    public static Tensor indexPut(Tensor x, Tensor values, Put put, Index... at) {
        checkArgument(
                values.dtype() == x.dtype(),
                "indexPut: expected values of type %s; got %s. Convert them with to(…).",
                DTypes.name(x.dtype()),
                DTypes.name(values.dtype()));
        Subscript subscript = Subscript.of("indexPut", x, at);
        Tensor view = subscript.view();
        Tensor changed;
        if (subscript.positions().isEmpty()) {
            Tensor wide = values.expand(view.shape());
            changed = put == Put.ADD ? view.add(wide) : wide;
        } else {
            Positions positions = subscript.positions().orElseThrow();
            Tensor wide = values.expand(positions.chosen(view.shape()));
            changed = put == Put.ADD ? positions.add("indexPut", view, wide) : positions.put("indexPut", view, wide);
        }
        return subscript.isWhole() ? changed : overwrite("indexPut", x, changed, subscript.part());
    }

    /**
     * y = x where the mask does not hold, elsewhere the source's elements one after another, both in row-major order;
     * ∂L/∂x = g where it does not hold, ∂L/∂source = g where it does, for the elements used.
     *
     * @param mask boolean; broadcasts with x
     * @param source of x's type and any shape; has as many elements as the mask holds, or more
     */
    public static Tensor maskedScatter(Tensor x, Tensor mask, Tensor source) {
        Indexing.checkMask("maskedScatter", mask);
        long[] shape = Shapes.broadcast("maskedScatter", x.shape(), mask.shape());
        Positions positions = Positions.where(line(mask.expand(shape)));
        long count = positions.flat().numel();
        checkArgument(
                source.dtype() == x.dtype() && source.numel() >= count,
                "maskedScatter: expected a source of type %s with at least %s elements; got %s with %s. Match the mask.",
                DTypes.name(x.dtype()),
                count,
                DTypes.name(source.dtype()),
                source.numel());
        return positions
                .put("maskedScatter", line(x.expand(shape)), source.reshape(-1).slice(0, 0, count))
                .reshape(shape);
    }

    /**
     * y = x with y[…, index, …] = source; ∂L/∂x = g elsewhere, ∂L/∂source = g there.
     *
     * @param source of x's type and of the shape of {@code x.select(dim, index)}
     */
    public static Tensor selectScatter(Tensor x, Tensor source, int dim, long index) {
        return overwrite("selectScatter", x, source, each -> each.select(dim, index));
    }

    /**
     * y = x with y[…, start : end : step, …] = source; ∂L/∂x = g elsewhere, ∂L/∂source = g there.
     *
     * @param source of x's type and of the shape of {@code x.slice(dim, start, end, step)}
     */
    public static Tensor sliceScatter(Tensor x, Tensor source, int dim, long start, long end, @Default("1") long step) {
        return overwrite("sliceScatter", x, source, each -> each.slice(dim, start, end, step));
    }

    /**
     * y = x with y[i, i + offset] = source[i] in two dims; ∂L/∂x = g elsewhere, ∂L/∂source = g there.
     *
     * @param source of x's type; its last dim is the diagonal, its others are x's other dims
     * @param offset 0 for the main diagonal, more for one above it, less for one below
     */
    public static Tensor diagonalScatter(
            Tensor x, Tensor source, @Default("0") long offset, @Default("0") int dimA, @Default("1") int dimB) {
        int a = Shapes.dim("diagonalScatter", dimA, x.ndim());
        int b = Shapes.dim("diagonalScatter", dimB, x.ndim());
        checkArgument(
                a != b && x.ndim() >= 2,
                "diagonalScatter: expected two different dims; got %s and %s for shape %s. Choose others.",
                dimA,
                dimB,
                Shapes.format(x.shape()));
        return overwrite("diagonalScatter", x, source, each -> Diagonals.diagonal(each, offset, a, b));
    }

    /** y = x with the source in a part of it; ∂L/∂x = g elsewhere, ∂L/∂source = g there. */
    private static Tensor overwrite(String op, Tensor x, Tensor source, UnaryOperator<Tensor> part) {
        Tensor result = x.detach().clone();
        Tensor target = part.apply(result);
        checkSource(op, x, target.shape(), source);
        Copy.assign(array(target), array(source));
        long[] shape = target.shape();
        return Op.pure(op, array(result))
                .wrt(x, g -> overwrite(op, g, Tensor.zeros(g.dtype()).expand(shape), part))
                .wrt(source, part)
                .tensor();
    }
}
