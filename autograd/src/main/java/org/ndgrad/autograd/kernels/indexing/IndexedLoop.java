package org.ndgrad.autograd.kernels.indexing;

import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.loops.StridedLoop;
import org.ndgrad.autograd.kernels.math.Scratch;
import org.ndgrad.autograd.kernels.memory.LongElements;
import org.ndgrad.autograd.kernels.memory.Memory;

/** Walks the elements of an array that positions name, beside an array laid out like the positions. */
final class IndexedLoop {

    /** What becomes of pairs, in one thread. */
    interface Pairs {
        /**
         * Visits pairs that lie at equal steps in both arrays.
         *
         * @param count how many pairs
         * @param at where they begin in the indexed array
         * @param step from pair to pair in the indexed array
         * @param to where they begin in the other array
         * @param stride from pair to pair in the other array
         */
        void stretch(long count, long at, long step, long to, long stride);

        /**
         * Visits pairs that lie anywhere in the indexed array.
         *
         * @param n how many pairs, at most {@link Scratch#BLOCK}
         * @param at where they lie in the indexed array
         * @param to where they begin in the other array
         * @param stride from pair to pair in the other array
         */
        void list(int n, long[] at, long to, long stride);
    }

    /** Which pairs. */
    private interface Offsets {
        /** Sets the first n of {@code to} to offsets in the indexed array, as the elements of the positions say. */
        void read(long offset, long stride, long[] to, int n);
    }

    /** Whether pairs may be visited in any order. */
    enum Order {
        ANY,
        ROW_MAJOR
    }

    private IndexedLoop() {}

    /** Pairs indexed[…, index[…, i, …], …] with shaped[…, i, …]; both have as many dims as the index. */
    static void along(
            String op, INDArray indexed, int dim, INDArray index, INDArray shaped, Order order, Supplier<Pairs> pairs) {
        if (index.isEmpty()) {
            return;
        }
        long[] whole = indexed.shape();
        long size = whole[dim];
        long step = Memory.stride(indexed, dim);
        long[] strides = indexed.stride().clone();
        strides[dim] = 0;
        LongElements which = LongElements.of(index);
        Offsets offsets = (offset, stride, to, n) -> {
            which.get(offset, stride, to, n);
            check(op, to, n, size, dim, whole, false);
            for (int i = 0; i < n; i++) {
                to[i] *= step;
            }
        };
        walk(index.shape(), index.stride(), strides, shaped.stride(), offsets, order, pairs);
    }

    /**
     * Pairs indexed[…, p, …] with shaped[…, i, …] where p = positions[i] counts the elements of neighboring dims in
     * row-major order.
     *
     * @param dim the first of these dims
     * @param count how many they are, at least 1
     * @param shaped of the indexed array's shape, but with the positions' shape for these dims
     */
    static void flat(
            INDArray indexed,
            int dim,
            int count,
            INDArray positions,
            INDArray shaped,
            Order order,
            Supplier<Pairs> pairs) {
        if (shaped.isEmpty()) {
            return;
        }
        long[] which = new long[shaped.rank()];
        long[] strides = new long[shaped.rank()];
        for (int d = 0; d < shaped.rank(); d++) {
            if (d < dim) {
                strides[d] = Memory.stride(indexed, d);
            } else if (d < dim + positions.rank()) {
                which[d] = Memory.stride(positions, d - dim);
            } else {
                strides[d] = Memory.stride(indexed, d - positions.rank() + count);
            }
        }
        walk(shaped.shape(), which, strides, shaped.stride(), offsets(indexed, dim, count, positions), order, pairs);
    }

    private static Offsets offsets(INDArray indexed, int dim, int count, INDArray positions) {
        LongElements which = LongElements.of(positions);
        int last = dim + count - 1;
        long[] sizes = indexed.shape();
        long[] strides = indexed.stride();
        boolean even = true; // whether the elements lie at equal steps
        for (int d = dim; d < last; d++) {
            even &= strides[d] == strides[d + 1] * sizes[d + 1];
        }
        boolean simple = even;
        return (offset, stride, to, n) -> {
            which.get(offset, stride, to, n);
            for (int i = 0; i < n; i++) {
                to[i] = simple ? to[i] * strides[last] : split(to[i], dim, last, sizes, strides);
            }
        };
    }

    private static long split(long position, int first, int last, long[] sizes, long[] strides) {
        long rest = position;
        long offset = 0;
        for (int d = last; d > first; d--) {
            offset += rest % sizes[d] * strides[d];
            rest /= sizes[d];
        }
        return offset + rest * strides[first];
    }

    private static void walk(
            long[] shape,
            long[] which,
            long[] strides,
            long[] shaped,
            Offsets offsets,
            Order order,
            Supplier<Pairs> pairs) {
        long[][] all = {which, strides, shaped};
        if (order == Order.ANY) {
            StridedLoop.inParallel(shape, all, () -> visitor(offsets, pairs.get()));
        } else {
            StridedLoop.over(shape, all, visitor(offsets, pairs.get()));
        }
    }

    private static StridedLoop.Run visitor(Offsets offsets, Pairs pairs) {
        long[] at = new long[Scratch.BLOCK];
        return (count, o, s) -> {
            if (s[0] == 0) {
                offsets.read(o[0], 0, at, 1);
                pairs.stretch(count, o[1] + at[0], s[1], o[2], s[2]);
                return;
            }
            for (long i = 0; i < count; i += Scratch.BLOCK) {
                int n = (int) Math.min(Scratch.BLOCK, count - i);
                offsets.read(o[0] + i * s[0], s[0], at, n);
                long first = o[1] + i * s[1];
                for (int j = 0; j < n; j++) {
                    at[j] += first + j * s[1];
                }
                pairs.list(n, at, o[2] + i * s[2], s[2]);
            }
        };
    }

    /**
     * Throws unless the first n indices are those of a dim.
     *
     * @param dim what the message calls the dim, of an array of the shape
     * @param wraps whether negative ones count from the end; to these the size is added
     */
    static void check(String op, long[] indices, int n, long size, int dim, long[] shape, boolean wraps) {
        long outside = 0; // negative if one of them is
        for (int i = 0; i < n; i++) {
            long index = wraps ? wrapped(indices[i], size) : indices[i];
            outside |= index | (size - 1 - index);
        }
        for (int i = 0; i < n && outside < 0; i++) {
            long index = wraps ? wrapped(indices[i], size) : indices[i];
            if (index < 0 || index >= size) {
                throw outside(op, indices[i], size, dim, shape, wraps);
            }
        }
        for (int i = 0; i < n && wraps; i++) {
            indices[i] = wrapped(indices[i], size);
        }
    }

    private static long wrapped(long index, long size) {
        return index + ((index >> (Long.SIZE - 1)) & size);
    }

    private static IndexOutOfBoundsException outside(
            String op, long index, long size, int dim, long[] shape, boolean wraps) {
        String range = size == 0 ? "no indices" : "indices from " + (wraps ? -size : 0) + " to " + (size - 1);
        return new IndexOutOfBoundsException(op + ": expected " + range + " along dim " + dim + " of shape "
                + Shapes.format(shape) + "; got " + index + ". Check how the indices are made.");
    }
}
