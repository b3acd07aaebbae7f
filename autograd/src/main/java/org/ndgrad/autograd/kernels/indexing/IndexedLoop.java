package org.ndgrad.autograd.kernels.indexing;

import java.util.function.LongUnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.loops.StridedLoop;
import org.ndgrad.autograd.kernels.memory.Elements;

/** Walks the elements of an array that positions name, beside an array laid out like the positions. */
final class IndexedLoop {

    /** A stretch of pairs, which lie at equal steps in both arrays. */
    interface Pairs {
        /**
         * Visits the stretch.
         *
         * @param count how many pairs
         * @param at where it begins in the indexed array
         * @param step from pair to pair in the indexed array
         * @param to where it begins in the other array
         * @param stride from pair to pair in the other array
         */
        void visit(long count, long at, long step, long to, long stride);
    }

    private IndexedLoop() {}

    /** Pairs indexed[…, index[…, i, …], …] with shaped[…, i, …]; both have as many dims as the index. */
    static void along(String op, INDArray indexed, int dim, INDArray index, INDArray shaped, Pairs pairs) {
        if (index.isEmpty()) {
            return;
        }
        long[] whole = indexed.shape();
        long size = whole[dim];
        long step = indexed.stride(dim);
        long[] strides = indexed.stride().clone();
        strides[dim] = 0;
        Elements which = Elements.of(index);
        LongUnaryOperator offset = i -> step * checked(op, which.getLong(i), size, dim, whole, false);
        walk(index.shape(), index.stride(), strides, shaped.stride(), offset, pairs);
    }

    /**
     * Pairs indexed[…, p, …] with shaped[…, i, …] where p = positions[i] counts the elements of neighboring dims in
     * row-major order.
     *
     * @param dim the first of these dims
     * @param count how many they are, at least 1
     * @param shaped of the indexed array's shape, but with the positions' shape for these dims
     */
    static void flat(INDArray indexed, int dim, int count, INDArray positions, INDArray shaped, Pairs pairs) {
        if (shaped.isEmpty()) {
            return;
        }
        long[] which = new long[shaped.rank()];
        long[] strides = new long[shaped.rank()];
        for (int d = 0; d < shaped.rank(); d++) {
            if (d < dim) {
                strides[d] = indexed.stride(d);
            } else if (d < dim + positions.rank()) {
                which[d] = positions.stride(d - dim);
            } else {
                strides[d] = indexed.stride(d - positions.rank() + count);
            }
        }
        walk(shaped.shape(), which, strides, shaped.stride(), offset(indexed, dim, count, positions), pairs);
    }

    private static LongUnaryOperator offset(INDArray indexed, int dim, int count, INDArray positions) {
        Elements which = Elements.of(positions);
        long first = indexed.stride(dim);
        if (count == 1) {
            return i -> which.getLong(i) * first;
        }
        long[] sizes = indexed.shape();
        long[] strides = indexed.stride();
        return i -> {
            long position = which.getLong(i);
            long offset = 0;
            for (int d = dim + count - 1; d > dim; d--) {
                offset += position % sizes[d] * strides[d];
                position /= sizes[d];
            }
            return offset + position * first;
        };
    }

    private static void walk(
            long[] shape, long[] which, long[] strides, long[] shaped, LongUnaryOperator offset, Pairs pairs) {
        StridedLoop.over(shape, new long[][] {which, strides, shaped}, (count, o, s) -> {
            if (s[0] == 0) {
                pairs.visit(count, o[1] + offset.applyAsLong(o[0]), s[1], o[2], s[2]);
                return;
            }
            for (long i = 0; i < count; i++) {
                pairs.visit(1, o[1] + i * s[1] + offset.applyAsLong(o[0] + i * s[0]), 0, o[2] + i * s[2], 0);
            }
        });
    }

    /**
     * Returns the index if it is one of a dim.
     *
     * @param dim what the message calls the dim, of an array of the shape
     * @param wraps whether negative ones count from the end
     */
    static long checked(String op, long index, long size, int dim, long[] shape, boolean wraps) {
        if (index >= size || index < (wraps ? -size : 0)) {
            String range = size == 0 ? "no indices" : "indices from " + (wraps ? -size : 0) + " to " + (size - 1);
            throw new IndexOutOfBoundsException(op + ": expected " + range + " along dim " + dim + " of shape "
                    + Shapes.format(shape) + "; got " + index + ". Check how the indices are made.");
        }
        return index < 0 ? index + size : index;
    }
}
