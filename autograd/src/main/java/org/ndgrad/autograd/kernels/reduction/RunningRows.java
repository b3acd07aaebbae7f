package org.ndgrad.autograd.kernels.reduction;

import java.util.Arrays;
import org.ndgrad.autograd.kernels.loops.RowLoop;
import org.ndgrad.autograd.kernels.math.DoubleLoops;
import org.ndgrad.autograd.kernels.math.Scratch;
import org.ndgrad.autograd.kernels.memory.DoubleElements;
import org.ndgrad.autograd.kernels.memory.LongElements;

/**
 * Running results of rows: of many rows at a time where their elements lie between each other, so that memory is read
 * and written along and no result waits for another, else of one row after another.
 */
final class RunningRows {

    private static final int FEW = 8; // rows; less are visited one after another

    private RunningRows() {}

    /** Returns whether rows lie between each other, and are enough to go through many at a time. */
    static boolean isBetween(long rows, long next, long step) {
        return rows >= FEW && Math.abs(next) < Math.abs(step);
    }

    /**
     * Rows of floating values.
     *
     * @param each visits one row, whatever its results are
     * @param none what a row begins with
     * @param combine a result with the next element
     * @param least the smallest and {@code most} the largest size that a result may have to be right in doubles
     */
    record Doubles(
            RowLoop.Row each,
            DoubleElements in,
            DoubleElements out,
            double none,
            DoubleLoops.Two combine,
            double least,
            double most)
            implements RowLoop.Row {

        @Override
        public void visit(long count, long from, long step, long to, long stride) {
            each.visit(count, from, step, to, stride);
        }

        @Override
        public void rows(long rows, long count, long from, long next, long step, long to, long nextTo, long stride) {
            if (!isBetween(rows, next, step)) {
                RowLoop.Row.super.rows(rows, count, from, next, step, to, nextTo, stride);
                return;
            }
            for (long row = 0; row < rows; row += Scratch.BLOCK) {
                int n = (int) Math.min(Scratch.BLOCK, rows - row);
                boolean[] suits = some(n, count, from + row * next, next, step, to + row * nextTo, nextTo, stride);
                for (int i = 0; i < n; i++) {
                    if (!suits[i]) {
                        each.visit(count, from + (row + i) * next, step, to + (row + i) * nextTo, stride);
                    }
                }
            }
        }

        /** Returns of which rows the results are right. */
        private boolean[] some(int n, long count, long from, long next, long step, long to, long nextTo, long stride) {
            double[] values = Scratch.ofThread().doubles(0);
            double[] results = Scratch.ofThread().doubles(1);
            double[] smallest = Scratch.ofThread().doubles(2);
            double[] largest = Scratch.ofThread().doubles(3);
            Arrays.fill(results, 0, n, none);
            Arrays.fill(smallest, 0, n, most);
            Arrays.fill(largest, 0, n, least);
            for (long i = 0; i < count; i++) {
                in.get(from + i * step, next, values, 0, n);
                combine.run(results, values, results, n);
                extend(results, smallest, largest, n);
                out.put(to + i * stride, nextTo, results, 0, n);
            }
            boolean[] suits = new boolean[n];
            for (int i = 0; i < n; i++) {
                suits[i] = smallest[i] >= least && largest[i] <= most;
            }
            return suits;
        }

        private static void extend(double[] results, double[] smallest, double[] largest, int n) {
            for (int i = 0; i < n; i++) {
                smallest[i] = Math.min(smallest[i], Math.abs(results[i]));
            }
            for (int i = 0; i < n; i++) {
                largest[i] = Math.max(largest[i], Math.abs(results[i]));
            }
        }
    }

    /** Rows of whole numbers. */
    record Longs(RowLoop.Row each, LongElements in, LongElements out, long none, WholeReduction combine)
            implements RowLoop.Row {

        @Override
        public void visit(long count, long from, long step, long to, long stride) {
            each.visit(count, from, step, to, stride);
        }

        @Override
        public void rows(long rows, long count, long from, long next, long step, long to, long nextTo, long stride) {
            if (!isBetween(rows, next, step)) {
                RowLoop.Row.super.rows(rows, count, from, next, step, to, nextTo, stride);
                return;
            }
            long[] values = new long[(int) Math.min(Scratch.BLOCK, rows)];
            long[] results = new long[values.length];
            for (long row = 0; row < rows; row += values.length) {
                int n = (int) Math.min(values.length, rows - row);
                Arrays.fill(results, none);
                for (long i = 0; i < count; i++) {
                    in.get(from + row * next + i * step, next, values, n);
                    combine.columns(values, results, n);
                    out.put(to + row * nextTo + i * stride, nextTo, results, n);
                }
            }
        }
    }

    /** Rows from their ends. */
    record Reversed(RowLoop.Row row) implements RowLoop.Row {

        @Override
        public void visit(long count, long from, long step, long to, long stride) {
            row.visit(count, from + (count - 1) * step, -step, to + (count - 1) * stride, -stride);
        }

        @Override
        public void rows(long rows, long count, long from, long next, long step, long to, long nextTo, long stride) {
            row.rows(rows, count, from + (count - 1) * step, next, -step, to + (count - 1) * stride, nextTo, -stride);
        }
    }
}
