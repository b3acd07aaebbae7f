package org.ndgrad.autograd.internal;

import static org.ndgrad.autograd.kernels.memory.Memory.array;

import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.Trace;
import org.ndgrad.autograd.kernels.indexing.Views;
import org.ndgrad.autograd.ops.Joining;

/**
 * Splits a tensor in one operation, whose backward pass joins the gradients of all pieces at once. That of so many
 * slices would make and add a tensor of the whole size for each, which is much for the steps of a sequence.
 */
public final class Pieces {

    private Pieces() {}

    /**
     * Returns views of the given numbers of indices of a dim; ∂L/∂x = the gradients one after another.
     *
     * @param dim from 0
     * @param sizes at least one; they add up to the size of the dim
     */
    public static List<Tensor> of(Tensor x, int dim, long[] sizes) {
        if (sizes.length == 1) {
            return List.of(x);
        }
        INDArray[] views = new INDArray[sizes.length];
        long start = 0;
        for (int i = 0; i < sizes.length; i++) {
            views[i] = Views.slice(array(x), dim, start, sizes[i], 1);
            start += sizes[i];
        }
        List<Tensor> pieces = Op.pureView("split", x, views)
                .wrtAll(x, gradients -> Joining.cat(gradients, dim))
                .tensors();
        Trace.note("split", pieces, x, sizes, dim);
        return pieces;
    }

    /** Returns views of equal size. */
    public static List<Tensor> equal(Tensor x, int dim, int count) {
        long[] sizes = new long[count];
        Arrays.fill(sizes, x.size(dim) / count);
        return of(x, dim, sizes);
    }
}
