package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;
import static org.ndgrad.autograd.kernels.memory.Memory.array;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.indexing.StridedLayout;
import org.ndgrad.autograd.kernels.indexing.Views;
import org.ndgrad.autograd.kernels.memory.Memory;

/** Views that may show an element several times. Change a {@code clone()} of one in place, not the view itself. */
public final class Windows {

    private Windows() {}

    /**
     * y[i, j, …] = the element i · strides[0] + j · strides[1] + … behind x's first one in memory; a view. ∂L/∂x = g
     * added up where it came from; what y shows of the memory besides x gets no gradient.
     *
     * @param strides one per size, at least 0; they count elements of the memory, not of x, if x is a view itself
     * @throws IllegalArgumentException if the window leaves the memory
     */
    public static Tensor asStrided(Tensor x, long[] shape, long[] strides) {
        return through(
                x, StridedLayout.of(shape, strides, StridedLayout.of(array(x)).start()));
    }

    /**
     * As {@link #asStrided(Tensor, long[], long[])}, but beginning at an element of the memory.
     *
     * @param offset counted from the beginning of the memory, which is not x's first element if x is a view
     */
    public static Tensor asStrided(Tensor x, long[] shape, long[] strides, long offset) {
        return through(x, StridedLayout.of(shape, strides, offset));
    }

    private static Tensor through(Tensor x, StridedLayout window) {
        StridedLayout own = StridedLayout.of(array(x));
        boolean once = Memory.isContiguous(array(x));
        return Op.pureView("asStrided", x, window.on(array(x)))
                .wrt(x, g -> gradient(g, own, once, window))
                .tensor();
    }

    /**
     * Puts g into memory of its own through the window and looks at it as x did; shared where x shows a place often.
     */
    private static Tensor gradient(Tensor g, StridedLayout own, boolean once, StridedLayout window) {
        long start = Math.min(own.start(), window.start());
        long size = Math.max(own.end(), window.end()) - start;
        StridedLayout here = own.moved(-start);
        Tensor found = through(spread(g, window.moved(-start), size), here);
        if (once) {
            return found;
        }
        Tensor often = spread(Tensor.ones(g.dtype(), own.shape()), here, size);
        return found.div(through(often, here));
    }

    /** y = zeros with x added in the window; ∂L/∂x = g through the window. A new tensor. */
    private static Tensor spread(Tensor x, StridedLayout window, long size) {
        return Op.pure("spread", Views.embed(array(x), new long[] {size}, window::on))
                .wrt(x, g -> {
                    Tensor memory = g.contiguous();
                    return through(
                            memory, window.moved(StridedLayout.of(array(memory)).start()));
                })
                .tensor();
    }

    /**
     * y[…, i, …, j] = x[…, i · step + j, …]: windows of a dim, each a row of the new last dim; a view. ∂L/∂x = g added
     * up where it came from.
     *
     * @param size how many indices a window has, up to the size of the dim
     * @param step how far the next window is, at least 1
     * @return shape (…, (n − size) / step + 1, …, size) for a dim of n indices; (size) for a scalar
     */
    public static Tensor unfold(Tensor x, int dim, long size, long step) {
        int along = Shapes.dim("unfold", dim, x.ndim());
        long indices = x.size(along);
        checkArgument(
                size >= 0 && size <= indices,
                "unfold: expected a window of 0 to %s indices, the size of dim %s; got %s. Pad x or use a smaller one.",
                indices,
                dim,
                size);
        checkArgument(step >= 1, "unfold: expected a step of at least 1; got %s. Give a distance.", step);
        if (x.ndim() == 0) {
            return x.reshape(1).slice(0, 0, size);
        }
        long[] shape = x.shape();
        INDArray value = Views.unfold(array(x), along, size, step);
        return Op.pureView("unfold", x, value)
                .wrt(x, g -> fold(g, shape, along, step))
                .tensor();
    }

    /** y = zeros of the shape with the windows added where they were cut out; ∂L/∂x = g unfolded. A new tensor. */
    private static Tensor fold(Tensor x, long[] shape, int dim, long step) {
        long size = x.size(-1);
        return Op.pure("fold", Views.embed(array(x), shape, all -> Views.unfold(all, dim, size, step)))
                .wrt(x, g -> unfold(g, dim, size, step))
                .tensor();
    }
}
