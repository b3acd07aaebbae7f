package org.ndgrad.autograd.kernels.loops;

import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.memory.Memory;

/** Walks two arrays row by row, a row being the elements along one dimension. */
public final class RowLoop {

    /** Handles a row of each array. */
    public interface Row {
        /**
         * Visits a pair of rows.
         *
         * @param count the elements of the first array's row
         * @param from where the first array's row begins
         * @param step from element to element in the first array's row
         * @param to where the second array's row begins
         * @param stride from element to element in the second array's row
         */
        void visit(long count, long from, long step, long to, long stride);

        /**
         * Visits pairs of rows that begin at equal steps.
         *
         * @param rows how many, at least 1
         * @param next from row to row in the first array
         * @param nextTo from row to row in the second array
         */
        default void rows(long rows, long count, long from, long next, long step, long to, long nextTo, long stride) {
            for (long i = 0; i < rows; i++) {
                visit(count, from + i * next, step, to + i * nextTo, stride);
            }
        }
    }

    /**
     * The way through both arrays.
     *
     * @param shape of x without the rows' dimension
     * @param strides from row to row, of x and of y
     * @param count the elements of a row of x
     * @param step from element to element in a row of x
     * @param strideY from element to element in a row of y, 0 if y lacks the rows' dimension
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Walk(long[] shape, long[][] strides, long count, long step, long strideY) {

        static Walk of(INDArray x, int dim, INDArray y, int dimY) {
            boolean lacks = y.rank() < x.rank();
            long[] stridesY = lacks ? y.stride() : StridedLoop.without(y.stride(), dimY);
            return new Walk(
                    StridedLoop.without(x.shape(), dim),
                    new long[][] {StridedLoop.without(x.stride(), dim), stridesY},
                    x.size(dim),
                    Memory.stride(x, dim),
                    lacks ? 0 : Memory.stride(y, dimY));
        }
    }

    private RowLoop() {}

    /**
     * As {@link #of}, but in several threads if there is much to do.
     *
     * @param cost how many times as long as in a simple loop an element takes
     * @param row makes the visitor of a thread
     */
    public static void inParallel(INDArray x, int dim, INDArray y, int dimY, int cost, Supplier<Row> row) {
        if (x.rank() <= 1) {
            of(x, dim, y, dimY, row.get());
            return;
        }
        Walk walk = Walk.of(x, dim, y, dimY);
        int costOfRow = (int) Math.min(Parallel.GRAIN, walk.count * cost);
        StridedLoop.planes(walk.shape, walk.strides, costOfRow, () -> {
            long count = walk.count;
            long step = walk.step;
            long strideY = walk.strideY;
            Row visitor = row.get();
            return (planes, rows, o, next, s) -> {
                for (long j = 0; j < planes; j++) {
                    visitor.rows(rows, count, o[0] + j * next[0], s[0], step, o[1] + j * next[1], s[1], strideY);
                }
            };
        });
    }

    /** Walks x along its dimension and y along its own; y may also lack that dimension. Neither is empty. */
    public static void of(INDArray x, int dim, INDArray y, int dimY, Row row) {
        if (x.rank() == 0) {
            row.visit(1, 0, 0, 0, 0);
            return;
        }
        Walk walk = Walk.of(x, dim, y, dimY);
        long count = walk.count;
        long step = walk.step;
        long strideY = walk.strideY;
        StridedLoop.over(walk.shape, walk.strides, (rows, o, s) -> {
            for (long i = 0; i < rows; i++) {
                row.visit(count, o[0] + i * s[0], step, o[1] + i * s[1], strideY);
            }
        });
    }
}
