package org.ndgrad.autograd.kernels.indexing;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.loops.StridedLoop;
import org.ndgrad.autograd.kernels.math.Scratch;
import org.ndgrad.autograd.kernels.memory.LongElements;
import org.ndgrad.autograd.kernels.memory.Memory;

/**
 * Walks short rows of an array whose elements positions name, beside rows laid out like the positions. A row is a Java
 * array of its length while it is at work, so that the bounds of the array check the positions.
 */
final class IndexedRows {

    /** What becomes of an element of a row and one beside it. */
    enum Move {
        /** The one beside it becomes the element. */
        READ,
        /** The element becomes the one beside it. */
        PUT,
        /** The element becomes the sum. */
        ADD
    }

    /** A row of the indexed array, and a block of what lies beside the positions, in one thread. */
    interface Row {
        /** Brings the row. */
        void load(long at, long step);

        /** Brings the block. */
        void open(long to, long stride, int n);

        /**
         * Moves elements between the row and the block.
         *
         * @param positions in the row
         * @param first the first of them that counts
         * @param begin of the block
         * @return the bits that any of the positions has
         * @throws ArrayIndexOutOfBoundsException if the last bits of a position are not in the row
         */
        long move(long[] positions, int first, int begin, int n);

        /** Takes the row back. */
        void store(long at, long step);

        /** Takes the block back. */
        void close(long to, long stride, int n);
    }

    private static final int WORTH_A_ROW = 8; // elements
    private static final int RARE = 4; // elements of the row per position: then bringing all is not worth it
    private static final int COST = 4; // how many times as long as in a simple loop an element takes

    private final LongElements which;
    private final IndexRange range;
    private final long step;
    private final Move move;
    private final Row row;
    private final long[] positions = new long[Scratch.BLOCK];

    private IndexedRows(LongElements which, IndexRange range, long step, Move move, Row row) {
        this.which = which;
        this.range = range;
        this.step = step;
        this.move = move;
        this.row = row;
    }

    /** Whether it is worth it for positions along a dim. */
    static boolean suits(INDArray indexed, int dim, INDArray index) {
        if (dim != index.rank() - 1) {
            return false;
        }
        long size = indexed.size(dim);
        long count = index.size(dim);
        return TypedRows.isKnown(indexed.dataType())
                && count >= WORTH_A_ROW
                && size <= Scratch.LARGEST
                && size <= RARE * count
                && index.length() > count;
    }

    /**
     * Pairs indexed[…, index[…, i]] with shaped[…, i], in this order within each row.
     *
     * @param indexed shares no memory with itself if it is written to
     */
    static void along(INDArray indexed, IndexRange range, INDArray index, INDArray shaped, Move move) {
        int dim = index.rank() - 1;
        long[] strides = indexed.stride().clone();
        strides[dim] = 0;
        LongElements which = LongElements.of(index);
        long step = Memory.stride(indexed, dim);
        StridedLoop.planes(
                index.shape(),
                new long[][] {index.stride(), strides, shaped.stride()},
                COST,
                () -> new IndexedRows(which, range, step, move, TypedRows.of(indexed, shaped, move))::visit);
    }

    private void visit(long rows, long count, long[] o, long[] next, long[] s) {
        boolean shared = next[0] == 0; // all rows have the same positions
        boolean joined = (shared || next[0] == count * s[0]) && next[2] == count * s[2];
        int most = joined ? (int) Math.max(1, positions.length / count) : 1; // rows at once
        for (long r = 0; r < rows; r += most) {
            int together = (int) Math.min(most, rows - r);
            for (long i = 0; i < count; i += positions.length) {
                int n = (int) Math.min(positions.length, count - i);
                if (!shared || r == 0 || n < count) {
                    int given = shared ? n : together * n;
                    which.get(o[0] + r * next[0] + i * s[0], s[0], positions, given);
                    if (range.wraps()) {
                        range.check(positions, given);
                    }
                }
                long to = o[2] + r * next[2] + i * s[2];
                if (move != Move.READ) {
                    row.open(to, s[2], together * n);
                }
                for (int j = 0; j < together; j++) {
                    long at = o[1] + (r + j) * next[1];
                    row.load(at, step);
                    move(shared ? 0 : j * n, j * n, n);
                    if (move != Move.READ) {
                        row.store(at, step);
                    }
                }
                if (move == Move.READ) {
                    row.close(to, s[2], together * n);
                }
            }
        }
    }

    private void move(int first, int begin, int n) {
        boolean inside;
        try {
            inside = row.move(positions, first, begin, n) >>> 31 == 0;
        } catch (ArrayIndexOutOfBoundsException e) {
            inside = false;
        }
        if (!inside) {
            range.offsets(positions, first, first + n, 1, 0, 0);
        }
    }
}
