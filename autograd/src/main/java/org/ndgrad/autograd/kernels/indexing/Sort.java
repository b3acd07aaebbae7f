package org.ndgrad.autograd.kernels.indexing;

import java.util.function.ToIntFunction;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.elementwise.Copy;
import org.ndgrad.autograd.kernels.loops.RowLoop;
import org.ndgrad.autograd.kernels.memory.Elements;
import org.ndgrad.autograd.kernels.memory.LongElements;
import org.ndgrad.autograd.kernels.memory.Memory;

/**
 * Positions of elements by their order along a dimension, as int64. NaN is the largest; equal elements keep their
 * order.
 */
public final class Sort {

    private static final int COST = 8; // of an element, times as much as in a simple loop

    private Sort() {}

    /**
     * Returns the positions of the first elements in order.
     *
     * @param count how many, at most the size of the dimension; 1 if x is 0-d
     */
    public static INDArray first(INDArray x, int dim, long count, boolean descending) {
        INDArray rows = rows(x, dim);
        int last = Math.max(0, x.rank() - 1);
        INDArray result = Memory.allocate(DataType.INT64, shape(rows, last, count));
        if (!result.isEmpty()) {
            int wanted = (int) count;
            RowLoop.inParallel(rows, last, result, last, COST, () -> {
                SortKeys keys = new SortKeys(rows, last, descending);
                LongElements out = LongElements.into(result);
                return (n, from, step, to, stride) -> {
                    put(keys.first(from, step, wanted), wanted, out, to, stride);
                };
            });
        }
        return x.rank() == 0 ? result : Copy.contiguous(Views.moveFromEnd(result, dim));
    }

    /** Stores the lower 32 bits of numbers. */
    private static void put(long[] numbers, int count, LongElements out, long to, long stride) {
        for (int i = 0; i < count; i++) {
            numbers[i] = (int) numbers[i];
        }
        out.put(to, stride, numbers, count);
    }

    private static long[] shape(INDArray x, int dim, long count) {
        return x.rank() == 0 ? x.shape() : Shapes.with(x.shape(), dim, count);
    }

    /** Returns the array with the dimension as the last one, along which elements lie one after another. */
    private static INDArray rows(INDArray x, int dim) {
        if (x.rank() == 0) {
            return x;
        }
        INDArray rows = Views.moveToEnd(x, dim);
        return Memory.stride(rows, -1) == 1 || x.size(dim) == x.length() ? rows : Copy.copy(rows);
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
        INDArray result = Memory.allocate(DataType.INT64, shape(x, dim, 1));
        if (!result.isEmpty()) {
            INDArray rows = rows(x, dim);
            int last = Math.max(0, x.rank() - 1);
            INDArray moved = x.rank() == 0 ? result : Views.moveToEnd(result, dim);
            RowLoop.inParallel(rows, last, moved, last, COST, () -> {
                SortKeys keys = new SortKeys(rows, last, false);
                Elements out = Elements.into(moved);
                return (n, from, step, to, unused) -> {
                    keys.read(from, step);
                    out.setLong(to, find.applyAsInt(keys));
                };
            });
        }
        return result;
    }
}
