package org.ndgrad.autograd.kernels.indexing;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.indexing.IndexedRows.Move;
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

        /**
         * Visits rows that lie anywhere in the indexed array, each a stretch.
         *
         * @param n how many rows
         * @param at where they begin in the indexed array
         * @param to where the first begins in the other array
         * @param next from row to row in the other array
         */
        default void rows(int n, long[] at, long count, long step, long to, long next, long stride) {
            for (int i = 0; i < n; i++) {
                stretch(count, at[i], step, to + i * next, stride);
            }
        }

        /** Returns how long rows should at least be; of shorter ones, pairs are listed. */
        default long leastRow(long step, long stride) {
            return WORTH_A_STRETCH;
        }
    }

    /**
     * What is done.
     *
     * @param rows what is done to a row in an array of its own, or null if rows are not worth it
     * @param pairs makes for a thread what is done to pairs elsewhere
     */
    record Work(@Nullable Move rows, Order order, Supplier<Pairs> pairs) {}

    /** Which pairs. */
    private interface Offsets {
        /**
         * Replaces the positions from a number to another by offsets in the indexed array, counted on from a first, and
         * from one step more for each further position.
         */
        void replace(long[] positions, int from, int to, long first, long step);
    }

    /** Whether pairs may be visited in any order. */
    enum Order {
        ANY,
        ROW_MAJOR
    }

    static final int WORTH_A_STRETCH = 8; // elements
    private static final int RANDOM_ACCESS = 8; // what an element costs that lies anywhere

    private IndexedLoop() {}

    /** Pairs indexed[…, index[…, i, …], …] with shaped[…, i, …]; both have as many dims as the index. */
    static void along(String op, INDArray indexed, int dim, INDArray index, INDArray shaped, Work work) {
        if (index.isEmpty()) {
            return;
        }
        IndexRange range = IndexRange.of(op, indexed, dim);
        if (work.rows != null && IndexedRows.suits(indexed, dim, index)) {
            IndexedRows.along(indexed, range, index, shaped, work.rows);
            return;
        }
        long factor = Memory.stride(indexed, dim);
        long[] strides = indexed.stride().clone();
        strides[dim] = 0;
        Offsets offsets = (at, from, to, first, step) -> range.offsets(at, from, to, factor, first, step);
        walk(index, index.shape(), index.stride(), strides, shaped.stride(), offsets, work);
    }

    /**
     * Pairs indexed[…, p, …] with shaped[…, i, …] where p = positions[i] counts the elements of neighboring dims in
     * row-major order.
     *
     * @param dim the first of these dims
     * @param count how many they are, at least 1
     * @param range of the positions
     * @param shaped of the indexed array's shape, but with the positions' shape for these dims
     */
    static void flat(
            INDArray indexed, int dim, int count, INDArray positions, IndexRange range, INDArray shaped, Work work) {
        if (shaped.isEmpty()) {
            check(positions, range);
            return;
        }
        if (work.rows != null && count == 1 && positions.rank() == 1 && dim == shaped.rank() - 1) {
            INDArray index = Views.expand("index", positions, shaped.shape());
            if (IndexedRows.suits(indexed, dim, index)) {
                IndexedRows.along(indexed, range, index, shaped, work.rows);
                return;
            }
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
        Offsets offsets = offsets(indexed, dim, count, range);
        walk(positions, shaped.shape(), which, strides, shaped.stride(), offsets, work);
    }

    /** Throws unless all positions are in the range. */
    static void check(INDArray positions, IndexRange range) {
        LongElements which = LongElements.of(positions);
        StridedLoop.inParallel(positions.shape(), new long[][] {positions.stride()}, () -> {
            long[] block = new long[Scratch.BLOCK];
            return (count, o, s) -> {
                for (long i = 0; i < count; i += block.length) {
                    int n = (int) Math.min(block.length, count - i);
                    which.get(o[0] + i * s[0], s[0], block, n);
                    range.check(block, n);
                }
            };
        });
    }

    private static Offsets offsets(INDArray indexed, int dim, int count, IndexRange range) {
        int last = dim + count - 1;
        long[] sizes = indexed.shape();
        long[] strides = indexed.stride();
        boolean even = true; // whether the elements lie at equal steps
        for (int d = dim; d < last; d++) {
            even &= strides[d] == strides[d + 1] * sizes[d + 1];
        }
        if (even) {
            return (at, from, to, first, step) -> range.offsets(at, from, to, strides[last], first, step);
        }
        return (at, from, to, first, step) -> {
            range.offsets(at, from, to, 1, 0, 0);
            for (int i = from; i < to; i++) {
                at[i] = first + (i - from) * step + split(at[i], dim, last, sizes, strides);
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
            INDArray positions, long[] shape, long[] which, long[] strides, long[] shaped, Offsets offsets, Work work) {
        int last = shape.length - 1;
        boolean byRows = last >= 0 && which[last] == 0 && shape[last] >= WORTH_A_STRETCH;
        int cost = work.order == Order.ROW_MAJOR ? 0 : byRows ? 1 : RANDOM_ACCESS;
        long[][] all = {which, strides, shaped};
        LongElements in = LongElements.of(positions);
        StridedLoop.planes(shape, all, cost, () -> visitor(in, offsets, work.pairs.get()));
    }

    private static StridedLoop.Plane visitor(LongElements positions, Offsets offsets, Pairs pairs) {
        long[] at = new long[Scratch.BLOCK];
        return (rows, count, o, next, s) -> {
            if (s[0] == 0) {
                wholeRows(positions, offsets, pairs, at, rows, count, o, next, s);
                return;
            }
            boolean joined = next[0] == count * s[0] && next[2] == count * s[2];
            int most = joined ? (int) Math.max(1, at.length / count) : 1; // rows at once
            for (long row = 0; row < rows; row += most) {
                long together = Math.min(most, rows - row) * count;
                for (long i = 0; i < together; i += at.length) {
                    int n = (int) Math.min(at.length, together - i);
                    positions.get(o[0] + row * next[0] + i * s[0], s[0], at, n);
                    int length = (int) Math.min(n, count);
                    long first = o[1] + row * next[1] + i * s[1];
                    for (int from = 0; from < n; from += length) {
                        offsets.replace(at, from, from + length, first, s[1]);
                        first += next[1];
                    }
                    pairs.list(n, at, o[2] + row * next[2] + i * s[2], s[2]);
                }
            }
        };
    }

    /** Visits rows each of which one position names. */
    private static void wholeRows(
            LongElements positions,
            Offsets offsets,
            Pairs pairs,
            long[] at,
            long rows,
            long count,
            long[] o,
            long[] next,
            long[] s) {
        boolean isShort = next[2] == count * s[2] && count < pairs.leastRow(s[1], s[2]);
        int most = isShort ? at.length / (int) count : at.length;
        for (long row = 0; row < rows; row += most) {
            int n = (int) Math.min(most, rows - row);
            positions.get(o[0] + row * next[0], next[0], at, n);
            offsets.replace(at, 0, n, o[1] + row * next[1], next[1]);
            long to = o[2] + row * next[2];
            if (isShort) {
                spread(at, n, (int) count, s[1]);
                pairs.list(n * (int) count, at, to, s[2]);
            } else {
                pairs.rows(n, at, count, s[1], to, next[2], s[2]);
            }
        }
    }

    /** Replaces each of n offsets by so many, a step apart, from the last to the first. */
    private static void spread(long[] at, int n, int count, long step) {
        int next = n * count;
        for (int i = n - 1; i >= 0; i--) {
            long offset = at[i] + (count - 1) * step;
            for (int j = 0; j < count; j++) {
                at[--next] = offset;
                offset -= step;
            }
        }
    }
}
