package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;
import static org.ndgrad.autograd.kernels.memory.Memory.array;

import com.google.common.math.LongMath;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.Index;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.elementwise.Copy;
import org.ndgrad.autograd.kernels.elementwise.Pointwise;
import org.ndgrad.autograd.kernels.indexing.Gather;
import org.ndgrad.autograd.kernels.indexing.Scatter;
import org.ndgrad.autograd.kernels.indexing.Views;

/**
 * Elements chosen by indices. These are checked; a position may be named several times. Backward passes read an index
 * again, so it must not be changed before.
 */
public final class Indexing {

    private Indexing() {}

    /**
     * y = x[at] as in Python: a view where no index is a tensor, else a copy; ∂L/∂x = g added up where it came from.
     *
     * <p>Indices stand for the dims from the first on; dims without one stay whole. See {@link Index} for what each
     * does.
     *
     * @return without the dims of single positions; where tensors are among the indices, their shape stands for their
     *     dims, in place if these are neighbors, else in front
     * @throws IndexOutOfBoundsException if a position is out of range, or if there are more indices than dims
     * @throws IllegalArgumentException if a mask has another shape than the dims it is for, or if index tensors do not
     *     broadcast
     */
    public static Tensor get(Tensor x, Index... at) {
        Subscript subscript = Subscript.of("get", x, at);
        return subscript
                .positions()
                .map(positions -> positions.take("get", subscript.view()))
                .orElse(subscript.view());
    }

    /**
     * Copies values over the elements of x that {@link #get} would return, in place, where nothing is recorded; the
     * last value stays where a position is named several times. See {@link Scattering#indexPut} for a new tensor.
     *
     * @param values broadcast to the shape of {@code get(x, at)}, converted to x's type
     */
    public static void set(Tensor x, Tensor values, Index... at) {
        Tensor cast = values.to(x.dtype());
        Op.inPlace("set", x, target -> overwrite(x.detach(), cast.detach(), at), cast);
    }

    private static void overwrite(Tensor x, Tensor values, Index... at) {
        Subscript subscript = Subscript.of("set", x, at);
        INDArray view = array(subscript.view());
        if (subscript.positions().isEmpty()) {
            Pointwise.checkStorable("set", view, values.shape(), values.dtype());
            Copy.assign(view, array(values));
            return;
        }
        Pointwise.checkStorable("set", view, new long[0], values.dtype());
        Positions positions = subscript.positions().orElseThrow();
        positions.overwrite("set", view, Views.expand("set", array(values), positions.chosen(view.shape())));
    }

    /**
     * y[…, i, …] = x[…, index[…, i, …], …]; ∂L/∂x = g added up where it came from.
     *
     * @param index integral, of as many dims as x and no larger than it in the others; its shape is the result's
     */
    public static Tensor gather(Tensor x, int dim, Tensor index) {
        return gather("gather", x, dim, index);
    }

    private static Tensor gather(String op, Tensor x, int dim, Tensor index) {
        int along = checkIndex(op, x, dim, index);
        if (x.ndim() == 0 || index.ndim() == 0) {
            return gather(op, line(x), 0, line(index)).reshape(index.shape());
        }
        long[] shape = x.shape();
        return Op.pure(op, Gather.gather(op, array(x), along, array(index)))
                .wrt(x, g -> scatterAdd(Tensor.zeros(g.dtype(), shape), along, index, g), index)
                .tensor();
    }

    /** A scalar counts as a vector of one element. */
    static Tensor line(Tensor x) {
        return x.ndim() == 0 ? x.reshape(1) : x;
    }

    /**
     * y = x with y[…, index[…, i, …], …] += source[…, i, …]; ∂L/∂x = g, ∂L/∂source = g gathered.
     *
     * @param index integral, of as many dims as x
     * @param source at least as large as the index in every dim; what lies beyond the index is not used
     */
    public static Tensor scatterAdd(Tensor x, int dim, Tensor index, Tensor source) {
        int along = checkIndex("scatterAdd", x, dim, index);
        if (x.ndim() == 0 || index.ndim() == 0) {
            return scatterAdd(line(x), 0, line(index), line(source)).reshape(x.shape());
        }
        Tensor used = checkSource("scatterAdd", x, index, source);
        INDArray result = Copy.copy(array(x));
        Scatter.along("scatterAdd", result, along, array(index), array(used), Scatter.Combine.ADD);
        return Op.pure("scatterAdd", result)
                .wrt(x, g -> g)
                .wrt(used, g -> gather(g, along, index), index)
                .tensor();
    }

    /** Checks the source of a scatter and returns the part of it that the index uses. */
    static Tensor checkSource(String op, Tensor x, Tensor index, Tensor source) {
        checkArgument(
                source.dtype() == x.dtype()
                        && (index.numel() == 0
                                || (source.ndim() == index.ndim() && fits(index.shape(), source.shape(), -1))),
                "%s: expected a source of type %s at least as large as the index %s; got %s %s. Match them.",
                op,
                DTypes.name(x.dtype()),
                Shapes.format(index.shape()),
                DTypes.name(source.dtype()),
                Shapes.format(source.shape()));
        if (index.numel() == 0) {
            return source.flatten().slice(0, 0, 0).reshape(index.shape());
        }
        Tensor used = source;
        for (int d = 0; d < index.ndim(); d++) {
            used = used.size(d) == index.size(d) ? used : used.slice(d, 0, index.size(d));
        }
        return used;
    }

    /**
     * y = the slices x[…, index[i], …] of a dim in the index's order; ∂L/∂x = g added up where it came from.
     *
     * @param index an integral vector
     */
    public static Tensor indexSelect(Tensor x, int dim, Tensor index) {
        OpChecks.vector("indexSelect", index, "gather");
        int along = Shapes.dim("indexSelect", dim, x.ndim());
        if (x.ndim() == 0) {
            return gather("indexSelect", x, 0, index.reshape()).reshape();
        }
        return Positions.of("indexSelect", x, along, false, line(index)).take("indexSelect", x);
    }

    /**
     * y[i] = x at position index[i] of its elements in row-major order; ∂L/∂x = g added up where it came from.
     *
     * @param index integral; negative positions count from the end
     * @return of the index's shape
     */
    public static Tensor take(Tensor x, Tensor index) {
        return Positions.inAll("take", x, index).take("take", line(x));
    }

    /**
     * y[…, i, …] = x[…, index[…, i, …], …] where x and the index broadcast together in all dims but this one; ∂L/∂x = g
     * added up where it came from.
     *
     * @param index integral, of as many dims as x; negative positions count from the end
     */
    public static Tensor takeAlongDim(Tensor x, Tensor index, int dim) {
        checkArgument(
                x.ndim() == index.ndim(),
                "takeAlongDim: expected an index of as many dims as %s; got %s. Add dims with unsqueeze.",
                Shapes.format(x.shape()),
                Shapes.format(index.shape()));
        int along = Shapes.dim("takeAlongDim", dim, x.ndim());
        if (x.ndim() == 0) {
            return take(x, index);
        }
        Positions.checkIntegral("takeAlongDim", "an integral index", index);
        INDArray checked = Gather.positions(
                "takeAlongDim", new long[] {x.size(along)}, new int[] {along}, x.shape(), true, array(index));
        long[] together = Shapes.broadcast(
                "takeAlongDim", Shapes.with(x.shape(), along, 1), Shapes.with(index.shape(), along, 1));
        Tensor wide = x.expand(Shapes.with(together, along, x.size(along)));
        Tensor positions = Op.pure("takeAlongDim", checked).tensor();
        return gather("takeAlongDim", wide, along, positions.expand(Shapes.with(together, along, index.size(along))));
    }

    /**
     * y = the elements of x where the mask holds, in row-major order, as a vector; ∂L/∂x = g where they came from, else
     * 0.
     *
     * @param mask boolean; broadcasts with x
     */
    public static Tensor maskedSelect(Tensor x, Tensor mask) {
        checkMask("maskedSelect", mask);
        long[] shape = Shapes.broadcast("maskedSelect", x.shape(), mask.shape());
        Tensor elements = line(x.expand(shape));
        return Positions.where(line(mask.expand(shape))).take("maskedSelect", elements);
    }

    static void checkMask(String op, Tensor mask) {
        checkArgument(
                mask.dtype() == DataType.BOOL,
                "%s: expected a boolean mask; got %s. Compare, or convert with to(DataType.BOOL).",
                op,
                DTypes.name(mask.dtype()));
    }

    /**
     * y = the indices of the elements that are not 0, in row-major order, int64.
     *
     * @return of shape (n, dims of x); NaN counts as not 0
     */
    public static Tensor nonzero(Tensor x) {
        return Op.pure("nonzero", Gather.coordinates(Gather.nonzero(array(x)), x.shape()))
                .tensor();
    }

    /**
     * y[…, c] = 1 where the label is c, else 0, in int64.
     *
     * @param labels integral, shape (*), from 0 to classes−1
     * @return shape (*, classes)
     */
    public static Tensor oneHot(Tensor labels, long classes) {
        Positions.checkIntegral("oneHot", "integral labels", labels);
        checkArgument(classes >= 1, "oneHot: expected at least 1 class; got %s. Give their number.", classes);
        return Op.pure("oneHot", Gather.oneHot("oneHot", array(labels), classes))
                .tensor();
    }

    /** As {@link #oneHot(Tensor, long)} with as many classes as the largest label needs; at least one label. */
    public static Tensor oneHot(Tensor labels) {
        Positions.checkIntegral("oneHot", "integral labels", labels);
        OpChecks.hasElements("oneHot", labels.numel(), "the labels", labels);
        return oneHot(labels, LongMath.saturatedAdd(Math.max(labels.max().itemLong(), 0), 1));
    }

    static int checkIndex(String op, Tensor x, int dim, Tensor index) {
        int along = Shapes.dim(op, dim, x.ndim());
        Positions.checkIntegral(op, "an integral index", index);
        checkArgument(
                index.numel() == 0
                        || (line(index).ndim() == line(x).ndim()
                                && fits(line(index).shape(), line(x).shape(), along)),
                "%s: expected an index of as many dims as %s, no larger but along dim %s; got %s. Expand or cut it.",
                op,
                Shapes.format(x.shape()),
                along,
                Shapes.format(index.shape()));
        return along;
    }

    private static boolean fits(long[] small, long[] large, int except) {
        for (int d = 0; d < small.length; d++) {
            if (d != except && small[d] > large[d]) {
                return false;
            }
        }
        return true;
    }
}
