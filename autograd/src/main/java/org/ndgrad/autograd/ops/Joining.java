package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import com.google.common.collect.Lists;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.indexing.Views;
import org.ndgrad.autograd.kernels.memory.Memory;

/** Several tensors into one, and one into several. */
public final class Joining {

    private Joining() {}

    /**
     * y = the tensors one after another along a dim; each gets its slice of g.
     *
     * @param tensors at least one, equal in all sizes but that of the dim; empty vectors, of shape (0), are passed over
     * @return a new tensor of the promoted type
     */
    public static Tensor cat(List<Tensor> tensors, @Default("0") int dim) {
        OpChecks.notEmpty("cat", tensors);
        Tensor first = tensors.stream()
                .filter(tensor -> !isNothing(tensor))
                .findFirst()
                .orElse(tensors.get(0));
        int along = isNothing(first) ? 0 : Shapes.dim("cat", dim, first.ndim());
        DataType type = first.dtype();
        for (Tensor tensor : tensors) {
            checkArgument(tensor.ndim() > 0, "cat: expected at least 1 dim; got a scalar. Use stack.");
            checkArgument(
                    isNothing(tensor)
                            || (tensor.ndim() == first.ndim()
                                    && Arrays.equals(
                                            Shapes.with(tensor.shape(), along, 0),
                                            Shapes.with(first.shape(), along, 0))),
                    "cat: expected tensors that differ in dim %s only; got shapes %s and %s. Make the other sizes equal.",
                    along,
                    Shapes.format(first.shape()),
                    Shapes.format(tensor.shape()));
            type = DTypes.promote(type, tensor.dtype());
        }
        Op op = Op.pure("cat", Views.cat(arrays(first, tensors), along, type));
        long start = 0;
        for (Tensor tensor : tensors) {
            long from = start;
            long to = start + (isNothing(tensor) ? 0 : tensor.size(along));
            op.wrt(tensor, isNothing(tensor) ? g -> Tensor.zeros(g.dtype(), 0) : g -> g.slice(along, from, to));
            start = to;
        }
        return op.tensor();
    }

    private static List<INDArray> arrays(Tensor first, List<Tensor> tensors) {
        Iterable<Tensor> parts = Iterables.filter(tensors, tensor -> tensor == first || !isNothing(tensor));
        return ImmutableList.copyOf(Iterables.transform(parts, Memory::array));
    }

    private static boolean isNothing(Tensor tensor) {
        return tensor.ndim() == 1 && tensor.numel() == 0;
    }

    /** y = tensors of one shape side by side along a new dim. */
    public static Tensor stack(List<Tensor> tensors, @Default("0") int dim) {
        OpChecks.notEmpty("stack", tensors);
        for (Tensor tensor : tensors) {
            checkArgument(
                    Arrays.equals(tensor.shape(), tensors.get(0).shape()),
                    "stack: expected tensors of one shape; got %s and %s. Reshape or expand them.",
                    Shapes.format(tensors.get(0).shape()),
                    Shapes.format(tensor.shape()));
        }
        int place = Shapes.dim("stack", dim, tensors.get(0).ndim() + 1);
        return cat(ImmutableList.copyOf(Lists.transform(tensors, tensor -> tensor.unsqueeze(place))), place);
    }

    /** y = the tensors side by side: along dim 1, but vectors and scalars into one vector. */
    public static Tensor hstack(List<Tensor> tensors) {
        List<Tensor> parts = map(tensors, Shaping::atleast1d);
        return cat(parts, parts.isEmpty() || parts.get(0).ndim() == 1 ? 0 : 1);
    }

    /** y = the tensors one below another, along dim 0; a vector is a row. */
    public static Tensor vstack(List<Tensor> tensors) {
        return cat(map(tensors, Shaping::atleast2d), 0);
    }

    /** y = the tensors one behind another, along dim 2; see {@link Shaping#atleast3d}. */
    public static Tensor dstack(List<Tensor> tensors) {
        return cat(map(tensors, Shaping::atleast3d), 2);
    }

    /** y = the tensors side by side, along dim 1; a vector is a column. */
    public static Tensor columnStack(List<Tensor> tensors) {
        return cat(map(tensors, tensor -> tensor.ndim() < 2 ? tensor.reshape(tensor.numel(), 1) : tensor), 1);
    }

    private static List<Tensor> map(List<Tensor> tensors, UnaryOperator<Tensor> f) {
        return tensors.stream().map(f).collect(ImmutableList.toImmutableList());
    }

    /** Returns views of this many indices of a dim each, the last one of what is left. */
    public static List<Tensor> split(Tensor x, long size, @Default("0") int dim) {
        int along = Shapes.dim("split", dim, x.ndim());
        checkArgument(
                size >= 1 || (size == 0 && x.size(along) == 0),
                "split: expected pieces of at least 1 index; got %s. Give a size.",
                size);
        OpChecks.views("split", x.size(along) / Math.max(size, 1));
        ImmutableList.Builder<Tensor> pieces = ImmutableList.builder();
        long start = 0;
        long left = x.size(along);
        do {
            long length = Math.min(size, left);
            pieces.add(x.slice(along, start, start + length));
            start += length;
            left -= length;
        } while (left > 0);
        return pieces.build();
    }

    /** Returns views of the given numbers of indices of a dim, which add up to its size. */
    public static List<Tensor> split(Tensor x, long[] sizes, @Default("0") int dim) {
        int along = Shapes.dim("split", dim, x.ndim());
        checkArgument(
                addUp(sizes, x.size(along)),
                "split: expected sizes that add up to %s, the size of dim %s; got %s. Correct them.",
                x.size(along),
                along,
                Arrays.toString(sizes));
        OpChecks.views("split", sizes.length);
        ImmutableList.Builder<Tensor> pieces = ImmutableList.builder();
        long start = 0;
        for (long size : sizes) {
            pieces.add(x.slice(along, start, start + size));
            start += size;
        }
        return pieces.build();
    }

    private static boolean addUp(long[] sizes, long total) {
        long left = total;
        for (long size : sizes) {
            if (size < 0 || size > left) {
                return false;
            }
            left -= size;
        }
        return left == 0;
    }

    /** Returns at most this many views of equal size, the last one possibly smaller; just as many of an empty dim. */
    public static List<Tensor> chunk(Tensor x, int chunks, @Default("0") int dim) {
        checkArgument(chunks >= 1, "chunk: expected at least 1 chunk; got %s. Give a count.", chunks);
        long size = x.size(Shapes.dim("chunk", dim, x.ndim()));
        return size == 0 ? split(x, Memory.longs("chunk", chunks), dim) : split(x, (size - 1) / chunks + 1, dim);
    }

    /** Returns exactly this many views, the first ones an index larger if the dim's size is no multiple of it. */
    public static List<Tensor> tensorSplit(Tensor x, int sections, @Default("0") int dim) {
        checkArgument(sections >= 1, "tensorSplit: expected at least 1 section; got %s. Give a count.", sections);
        long size = x.size(Shapes.dim("tensorSplit", dim, x.ndim()));
        long[] sizes = Memory.longs("tensorSplit", sections);
        Arrays.setAll(sizes, i -> size / sections + (i < size % sections ? 1 : 0));
        return split(x, sizes, dim);
    }

    /**
     * Returns the views before, between and behind indices of a dim.
     *
     * @param indices where to cut; negative ones count from the end, and a piece that would end before it starts is
     *     empty
     */
    public static List<Tensor> tensorSplit(Tensor x, long[] indices, @Default("0") int dim) {
        int along = Shapes.dim("tensorSplit", dim, x.ndim());
        ImmutableList.Builder<Tensor> pieces = ImmutableList.builder();
        long start = 0;
        for (long index : indices) {
            pieces.add(x.slice(along, start, index));
            start = index;
        }
        return pieces.add(x.slice(along, start, Long.MAX_VALUE)).build();
    }

    /** Returns the views at each index of a dim. */
    public static List<Tensor> unbind(Tensor x, @Default("0") int dim) {
        int along = Shapes.dim("unbind", dim, x.ndim());
        OpChecks.views("unbind", x.size(along));
        ImmutableList.Builder<Tensor> views = ImmutableList.builder();
        for (long i = 0; i < x.size(along); i++) {
            views.add(x.select(along, i));
        }
        return views.build();
    }
}
