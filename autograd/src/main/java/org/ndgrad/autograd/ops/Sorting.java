package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;
import static org.ndgrad.autograd.kernels.memory.Memory.array;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.KeepDim;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Order;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.indexing.Sort;

/**
 * Elements chosen by their order along a dim. Gradients flow back to where they came from.
 *
 * <p>NaN is the largest of all. Equal elements keep their order, so that the first of them counts.
 */
public final class Sorting {

    private Sorting() {}

    /** Returns the elements along a dim from the smallest to the largest, and where they were. */
    public static ValuesAndIndices sort(Tensor x, @Default("-1") int dim) {
        return sort(x, dim, Order.ASCENDING);
    }

    /** Returns the elements along a dim in order, and where they were. Equal elements keep their order either way. */
    public static ValuesAndIndices sort(Tensor x, int dim, Order order) {
        int along = Shapes.dim("sort", dim, x.ndim());
        return chosen("sort", x, along, first("sort", x, along, size(x, along), order));
    }

    /** y = the elements along the first dim from the smallest to the largest. */
    public static Tensor msort(Tensor x) {
        return sort(x, 0).values();
    }

    /** y = the positions of the elements along a dim from the smallest to the largest, int64. */
    public static Tensor argsort(Tensor x, @Default("-1") int dim) {
        return argsort(x, dim, Order.ASCENDING);
    }

    /** y = the positions of the elements along a dim in order, int64. Equal elements keep their order either way. */
    public static Tensor argsort(Tensor x, int dim, Order order) {
        int along = Shapes.dim("argsort", dim, x.ndim());
        return Op.pure("argsort", first("argsort", x, along, size(x, along), order))
                .tensor();
    }

    /** Returns the k largest elements along a dim, the largest first, and where they were. */
    public static ValuesAndIndices topk(Tensor x, long k, @Default("-1") int dim) {
        return topk(x, k, dim, Order.DESCENDING);
    }

    /**
     * Returns the first k elements of a dim in order, and where they were.
     *
     * @param k from 0 to the size of the dim; 1 for a scalar
     * @param order descending for the largest, ascending for the smallest
     */
    public static ValuesAndIndices topk(Tensor x, long k, int dim, Order order) {
        int along = Shapes.dim("topk", dim, x.ndim());
        checkArgument(
                k >= (x.ndim() == 0 ? 1 : 0) && k <= size(x, along),
                "topk: expected a k of at most %s, the size of dim %s of shape %s; got %s. Ask for fewer.",
                size(x, along),
                along,
                Shapes.format(x.shape()),
                k);
        return chosen("topk", x, along, first("topk", x, along, k, order));
    }

    /**
     * Returns the k-th smallest elements along a dim, and where they were.
     *
     * @param k from 1 to the size of the dim
     */
    public static ValuesAndIndices kthvalue(Tensor x, long k, @Default("-1") int dim, KeepDim keepDim) {
        int along = Shapes.dim("kthvalue", dim, x.ndim());
        checkArgument(
                k >= 1 && k <= size(x, along),
                "kthvalue: expected a k from 1 to %s, the size of dim %s of shape %s; got %s. Count from 1.",
                size(x, along),
                along,
                Shapes.format(x.shape()),
                k);
        return reduced(chosen("kthvalue", x, along, Sort.kth(array(x), along, k)), x, along, keepDim);
    }

    /**
     * y = the median of all elements, the lower one of two; g is shared evenly among the elements that equal it.
     *
     * <p>NaN if there is one, or if there is no element.
     */
    public static Tensor median(Tensor x) {
        return median("median", x, false);
    }

    /** y = the {@link #median(Tensor)} of all elements but NaN, NaN if there is no other. */
    public static Tensor nanmedian(Tensor x) {
        return median("nanmedian", x, true);
    }

    private static Tensor median(String op, Tensor x, boolean skipNan) {
        if (x.numel() == 0) {
            OpChecks.floating(op, x);
            return Tensor.of(x.dtype(), Double.NaN).add(Reductions.sum(x, new int[0], KeepDim.NO));
        }
        Tensor flat = x.detach().flatten();
        INDArray position = Sort.median(array(flat), 0, skipNan);
        return Op.pure(op, array(chosen(op, flat, 0, position).values().reshape()))
                .wrt(x, (g, y) -> Reductions.shared(g, y, x), x)
                .tensor();
    }

    /** Returns the medians along a dim, the lower ones of two, and where they were; the first NaN if there is one. */
    public static ValuesAndIndices median(Tensor x, int dim, KeepDim keepDim) {
        return median("median", x, dim, keepDim, false);
    }

    /** Returns the medians along a dim of all elements but NaN, and where they were; NaN if there is no other. */
    public static ValuesAndIndices nanmedian(Tensor x, int dim, KeepDim keepDim) {
        return median("nanmedian", x, dim, keepDim, true);
    }

    private static ValuesAndIndices median(String op, Tensor x, int dim, KeepDim keepDim, boolean skipNan) {
        int along = checkDim(op, x, dim);
        return reduced(chosen(op, x, along, Sort.median(array(x), along, skipNan)), x, along, keepDim);
    }

    /**
     * Returns the most frequent elements along a dim, the smallest of several, and where they were last.
     *
     * <p>Unlike PyTorch, counts NaN as one element.
     */
    public static ValuesAndIndices mode(Tensor x, @Default("-1") int dim, KeepDim keepDim) {
        int along = checkDim("mode", x, dim);
        return reduced(chosen("mode", x, along, Sort.mode(array(x), along)), x, along, keepDim);
    }

    private static int checkDim(String op, Tensor x, int dim) {
        int along = Shapes.dim(op, dim, x.ndim());
        OpChecks.hasElements(op, size(x, along), "dim " + along, x);
        return along;
    }

    private static long size(Tensor x, int dim) {
        return x.ndim() == 0 ? 1 : x.size(dim);
    }

    private static INDArray first(String op, Tensor x, int dim, long count, Order order) {
        return Sort.first(array(x), dim, count, OpChecks.given(op, "order", order) == Order.DESCENDING);
    }

    private static ValuesAndIndices chosen(String op, Tensor x, int dim, INDArray positions) {
        Tensor indices = Op.pure(op, positions).tensor();
        return new ValuesAndIndices(Indexing.gather(x, dim, indices), indices);
    }

    /** Takes the dim of size 1 away if it is not to be kept. */
    private static ValuesAndIndices reduced(ValuesAndIndices kept, Tensor x, int dim, KeepDim keepDim) {
        return keepDim.keeps() || x.ndim() == 0
                ? kept
                : new ValuesAndIndices(
                        kept.values().squeeze(dim), kept.indices().squeeze(dim));
    }
}
