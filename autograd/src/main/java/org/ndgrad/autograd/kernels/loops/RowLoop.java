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
        boolean lacks = y.rank() < x.rank();
        long[] shape = StridedLoop.without(x.shape(), dim);
        long[] stridesY = lacks ? y.stride() : StridedLoop.without(y.stride(), dimY);
        long strideY = lacks ? 0 : Memory.stride(y, dimY);
        long count = x.size(dim);
        long step = Memory.stride(x, dim);
        long[][] strides = {StridedLoop.without(x.stride(), dim), stridesY};
        int costOfRow = (int) Math.min(Parallel.GRAIN, count * cost);
        StridedLoop.planes(shape, strides, costOfRow, () -> {
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
        boolean lacks = y.rank() < x.rank();
        long[] shape = StridedLoop.without(x.shape(), dim);
        long[] stridesY = lacks ? y.stride() : StridedLoop.without(y.stride(), dimY);
        long strideY = lacks ? 0 : Memory.stride(y, dimY);
        long count = x.size(dim);
        long step = Memory.stride(x, dim);
        StridedLoop.over(shape, new long[][] {StridedLoop.without(x.stride(), dim), stridesY}, (rows, o, s) -> {
            for (long i = 0; i < rows; i++) {
                row.visit(count, o[0] + i * s[0], step, o[1] + i * s[1], strideY);
            }
        });
    }
}
