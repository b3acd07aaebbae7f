package org.ndgrad.autograd.kernels.indexing;

import java.util.function.ToIntFunction;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.loops.RowLoop;
import org.ndgrad.autograd.kernels.memory.Elements;
import org.ndgrad.autograd.kernels.memory.Memory;

/**
 * Positions of elements by their order along a dimension, as int64. NaN is the largest; equal elements keep their
 * order.
 */
public final class Sort {

    private Sort() {}

    /**
     * Returns the positions of the first elements in order.
     *
     * @param count how many, at most the size of the dimension; 1 if x is 0-d
     */
    public static INDArray first(INDArray x, int dim, long count, boolean descending) {
        long[] shape = x.rank() == 0 ? x.shape() : Shapes.with(x.shape(), dim, count);
        INDArray result = Memory.allocate(DataType.INT64, shape);
        if (!result.isEmpty()) {
            SortKeys keys = new SortKeys(x, dim, descending);
            Elements out = Elements.into(result);
            RowLoop.of(x, dim, result, dim, (n, from, step, to, stride) -> {
                keys.read(from, step);
                int[] positions = keys.first((int) count);
                for (int i = 0; i < count; i++) {
                    out.setLong(to + i * stride, positions[i]);
                }
            });
        }
        return result;
    }

    /** Returns the positions of the k-th smallest elements, k from 1 to the size; the dimension stays with size 1. */
    public static INDArray kth(INDArray x, int dim, long k) {
        return position(x, dim, keys -> keys.at((int) k - 1));
    }

    /** Returns the positions of the lower medians; NaN if there is one, unless it is skipped. */
    public static INDArray median(INDArray x, int dim, boolean skipNan) {
        return position(x, dim, keys -> keys.median(skipNan));
    }

    /** Returns the last positions of the most frequent elements, the smallest of them if there are several. */
    public static INDArray mode(INDArray x, int dim) {
        return position(x, dim, SortKeys::mode);
    }

    /** The dimension is not empty. */
    private static INDArray position(INDArray x, int dim, ToIntFunction<SortKeys> find) {
        long[] shape = x.rank() == 0 ? x.shape() : Shapes.with(x.shape(), dim, 1);
        INDArray result = Memory.allocate(DataType.INT64, shape);
        if (!result.isEmpty()) {
            SortKeys keys = new SortKeys(x, dim, false);
            Elements out = Elements.into(result);
            RowLoop.of(x, dim, result, dim, (n, from, step, to, unused) -> {
                keys.read(from, step);
                out.setLong(to, find.applyAsInt(keys));
            });
        }
        return result;
    }
}
