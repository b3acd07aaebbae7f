package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Layout;
import org.ndgrad.autograd.kernels.Shapes;

/** Several tensors into one, and one into several. */
public final class Joining {

    private Joining() {}

    /**
     * y = the tensors one after another along a dim; each gets its slice of g.
     *
     * @param tensors at least one, equal in all sizes but that of the dim
     */
    public static Tensor cat(List<Tensor> tensors, int dim) {
        checkArgument(!tensors.isEmpty(), "cat: expected at least one tensor; got none. Check the list.");
        Tensor first = tensors.get(0);
        checkArgument(first.ndim() > 0, "cat: expected at least 1 dim; got a scalar. Use stack.");
        int along = Shapes.dim("cat", dim, first.ndim());
        DataType type = first.dtype();
        for (Tensor tensor : tensors) {
            checkArgument(
                    tensor.ndim() == first.ndim()
                            && Arrays.equals(
                                    Shapes.with(tensor.shape(), along, 0), Shapes.with(first.shape(), along, 0)),
                    "cat: expected tensors that differ in dim %s only; got shapes %s and %s. Make the other sizes equal.",
                    along,
                    Shapes.format(first.shape()),
                    Shapes.format(tensor.shape()));
            type = DTypes.promote(type, tensor.dtype());
        }
        Op op = Op.of("cat", Layout.cat(Lists.transform(tensors, Tensor::data), along, type));
        long start = 0;
        for (Tensor tensor : tensors) {
            long from = start;
            long to = start + tensor.size(along);
            op.wrt(tensor, g -> g.slice(along, from, to));
            start = to;
        }
        return op.tensor();
    }

    /** y = tensors of one shape side by side along a new dim. */
    public static Tensor stack(List<Tensor> tensors, int dim) {
        checkArgument(!tensors.isEmpty(), "stack: expected at least one tensor; got none. Check the list.");
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

    /** Returns views of this many indices of a dim each, the last one of what is left. */
    public static List<Tensor> split(Tensor x, long size, int dim) {
        int along = Shapes.dim("split", dim, x.ndim());
        checkArgument(size >= 1, "split: expected pieces of at least 1 index; got %s. Give a size.", size);
        ImmutableList.Builder<Tensor> pieces = ImmutableList.builder();
        long start = 0;
        do {
            pieces.add(x.slice(along, start, Math.min(start + size, x.size(along))));
            start += size;
        } while (start < x.size(along));
        return pieces.build();
    }

    /** Returns views of the given numbers of indices of a dim, which add up to its size. */
    public static List<Tensor> split(Tensor x, long[] sizes, int dim) {
        int along = Shapes.dim("split", dim, x.ndim());
        checkArgument(
                Arrays.stream(sizes).allMatch(size -> size >= 0)
                        && Arrays.stream(sizes).sum() == x.size(along),
                "split: expected sizes that add up to %s, the size of dim %s; got %s. Correct them.",
                x.size(along),
                along,
                Arrays.toString(sizes));
        ImmutableList.Builder<Tensor> pieces = ImmutableList.builder();
        long start = 0;
        for (long size : sizes) {
            pieces.add(x.slice(along, start, start + size));
            start += size;
        }
        return pieces.build();
    }

    /** Returns at most this many views of equal size, the last one possibly smaller. */
    public static List<Tensor> chunk(Tensor x, int chunks, int dim) {
        checkArgument(chunks >= 1, "chunk: expected at least 1 chunk; got %s. Give a count.", chunks);
        long size = x.size(Shapes.dim("chunk", dim, x.ndim()));
        return split(x, Math.max(1, (size + chunks - 1) / chunks), dim);
    }

    /** Returns the views at each index of a dim. */
    public static List<Tensor> unbind(Tensor x, int dim) {
        int along = Shapes.dim("unbind", dim, x.ndim());
        ImmutableList.Builder<Tensor> views = ImmutableList.builder();
        for (long i = 0; i < x.size(along); i++) {
            views.add(x.select(along, i));
        }
        return views.build();
    }
}
