package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Gather;
import org.ndgrad.autograd.kernels.Memory;
import org.ndgrad.autograd.kernels.Shapes;

/** Elements chosen by index tensors. Indices count from 0 and are checked; a position may be named several times. */
public final class Indexing {

    private Indexing() {}

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
        long[] shape = x.shape();
        return Op.of(op, Gather.gather(op, x.data(), along, index.data()))
                .wrt(x, g -> scatterAdd(Tensor.zeros(g.dtype(), shape), along, index, g), index)
                .tensor();
    }

    /**
     * y = x with y[…, index[…, i, …], …] += source[…, i, …]; ∂L/∂x = g, ∂L/∂source = g gathered.
     *
     * @param index integral, of as many dims as x
     * @param source at least as large as the index in every dim; what lies beyond the index is not used
     */
    public static Tensor scatterAdd(Tensor x, int dim, Tensor index, Tensor source) {
        int along = checkIndex("scatterAdd", x, dim, index);
        checkArgument(
                source.ndim() == index.ndim() && fits(index.shape(), source.shape(), -1) && source.dtype() == x.dtype(),
                "scatterAdd: expected a source of type %s at least as large as the index %s; got %s %s. Match them.",
                DTypes.name(x.dtype()),
                Shapes.format(index.shape()),
                DTypes.name(source.dtype()),
                Shapes.format(source.shape()));
        Tensor used = source;
        for (int d = 0; d < source.ndim(); d++) {
            used = used.size(d) == index.size(d) ? used : used.slice(d, 0, index.size(d));
        }
        INDArray result = Memory.copy(x.data());
        Gather.scatterAdd("scatterAdd", result, along, index.data(), used.data());
        return Op.of("scatterAdd", result)
                .wrt(x, g -> g)
                .wrt(used, g -> gather(g, along, index), index)
                .tensor();
    }

    /**
     * y = the slices x[…, index[i], …] of a dim in the index's order; ∂L/∂x = g added up where it came from.
     *
     * @param index an integral vector
     */
    public static Tensor indexSelect(Tensor x, int dim, Tensor index) {
        checkArgument(
                index.ndim() <= 1,
                "indexSelect: expected a vector as index; got shape %s. Use gather for other shapes.",
                Shapes.format(index.shape()));
        int along = Shapes.dim("indexSelect", dim, x.ndim());
        if (x.ndim() == 0) {
            return gather("indexSelect", x, 0, index.reshape()).reshape();
        }
        long[] line = new long[x.ndim()];
        Arrays.fill(line, 1);
        line[along] = index.numel();
        return gather(
                "indexSelect", x, along, index.reshape(line).expand(Shapes.with(x.shape(), along, index.numel())));
    }

    /**
     * y[…, c] = 1 where the label is c, else 0, in int64.
     *
     * @param labels integral, shape (*), from 0 to classes−1
     * @return shape (*, classes)
     */
    public static Tensor oneHot(Tensor labels, long classes) {
        checkIntegral("oneHot", "integral labels", labels);
        checkArgument(classes >= 1, "oneHot: expected at least 1 class; got %s. Give their number.", classes);
        return Op.of("oneHot", Gather.oneHot("oneHot", labels.data(), classes)).tensor();
    }

    private static int checkIndex(String op, Tensor x, int dim, Tensor index) {
        int along = Shapes.dim(op, dim, x.ndim());
        checkIntegral(op, "an integral index", index);
        checkArgument(
                index.numel() == 0 || (index.ndim() == x.ndim() && fits(index.shape(), x.shape(), along)),
                "%s: expected an index of as many dims as %s, no larger but along dim %s; got %s. Expand or cut it.",
                op,
                Shapes.format(x.shape()),
                along,
                Shapes.format(index.shape()));
        return along;
    }

    /** A mask would pass for the positions 0 and 1. */
    private static void checkIntegral(String op, String what, Tensor index) {
        checkArgument(
                !DTypes.isFloating(index.dtype()) && index.dtype() != DataType.BOOL,
                "%s: expected %s; got %s. Convert with to(DataType.INT64).",
                op,
                what,
                DTypes.name(index.dtype()));
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
