package org.ndgrad.autograd.kernels.reduction;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.loops.RowLoop;
import org.ndgrad.autograd.kernels.math.Reducer;
import org.ndgrad.autograd.kernels.math.Scratch;
import org.ndgrad.autograd.kernels.memory.DoubleElements;
import org.ndgrad.autograd.kernels.memory.Elements;
import org.ndgrad.autograd.kernels.memory.FloatElements;
import org.ndgrad.autograd.kernels.memory.LongElements;

/** Positions of the first largest or smallest elements along a dimension. NaN is both. */
final class Records {

    private Records() {}

    /**
     * Finds positions, as int64.
     *
     * @param sign 1 for the largest, -1 for the smallest
     * @param result of x's shape without the dimension, or with size 1; not empty
     */
    static void find(INDArray x, int dim, int sign, INDArray result) {
        RowLoop.inParallel(x, dim, result, dim, 1, () -> {
            Elements positions = Elements.into(result);
            Row row = row(x, sign);
            return DTypes.isFloating(x.dataType())
                    ? new Rows(row, DoubleElements.of(x), positions, sign)
                    : (n, from, step, to, unused) -> positions.setLong(to, row.first(n, from, step));
        });
    }

    /** Rows of floating values, many at a time where their elements lie between each other. */
    private record Rows(Row row, DoubleElements in, Elements out, int sign) implements RowLoop.Row {

        @Override
        public void visit(long count, long from, long step, long to, long stride) {
            out.setLong(to, row.first(count, from, step));
        }

        @Override
        public void rows(long rows, long count, long from, long next, long step, long to, long nextTo, long stride) {
            if (!RunningRows.isBetween(rows, next, step)) {
                RowLoop.Row.super.rows(rows, count, from, next, step, to, nextTo, stride);
                return;
            }
            double[] values = Scratch.ofThread().doubles(0);
            double[] records = Scratch.ofThread().doubles(1);
            long[] best = new long[(int) Math.min(Scratch.BLOCK, rows)];
            for (long first = 0; first < rows; first += best.length) {
                int n = (int) Math.min(best.length, rows - first);
                Arrays.fill(records, 0, n, Double.NEGATIVE_INFINITY);
                Arrays.fill(best, 0);
                for (long i = 0; i < count; i++) {
                    in.get(from + first * next + i * step, next, values, 0, n);
                    for (int j = 0; j < n; j++) {
                        double value = sign * values[j];
                        if (!(value <= records[j]) && !Double.isNaN(records[j])) {
                            records[j] = value;
                            best[j] = i;
                        }
                    }
                }
                for (int j = 0; j < n; j++) {
                    out.setLong(to + (first + j) * nextTo, best[j]);
                }
            }
        }
    }

    private interface Row {
        long first(long n, long from, long step);
    }

    private static Row row(INDArray x, int sign) {
        if (x.dataType() == DataType.FLOAT) {
            FloatElements in = FloatElements.of(x);
            return (n, from, step) -> floats(in, n, from, step, sign);
        }
        if (DTypes.isFloating(x.dataType())) {
            DoubleElements in = DoubleElements.of(x);
            return (n, from, step) -> doubles(in, n, from, step, sign);
        }
        LongElements in = LongElements.of(x);
        long[] block = new long[(int) Math.min(Scratch.BLOCK, x.length())];
        return (n, from, step) -> longs(in, n, from, step, sign < 0 ? -1 : 0, block);
    }

    private static long floats(FloatElements in, long n, long from, long step, int sign) {
        float[] block = Scratch.ofThread().floats(0);
        float factor = sign;
        Reducer extreme = sign > 0 ? Reducer.MAX : Reducer.MIN;
        long best = 0;
        float record = Float.NEGATIVE_INFINITY;
        for (long start = 0; start < n; start += Scratch.BLOCK) {
            int count = (int) Math.min(Scratch.BLOCK, n - start);
            in.get(from + start * step, step, block, 0, count);
            if (start > 0 && factor * extreme.row(block, 0, count) <= record) {
                continue; // no record, as in most blocks of many
            }
            for (int i = 0; i < count; i++) {
                float value = factor * block[i];
                if (!(value <= record)) { // NaN is larger than any number
                    best = start + i;
                    record = value;
                    if (Float.isNaN(value)) {
                        return best;
                    }
                }
            }
        }
        return best;
    }

    private static long doubles(DoubleElements in, long n, long from, long step, int sign) {
        double[] block = Scratch.ofThread().doubles(0);
        double factor = sign;
        Reducer extreme = sign > 0 ? Reducer.MAX : Reducer.MIN;
        long best = 0;
        double record = Double.NEGATIVE_INFINITY;
        for (long start = 0; start < n; start += Scratch.BLOCK) {
            int count = (int) Math.min(Scratch.BLOCK, n - start);
            in.get(from + start * step, step, block, 0, count);
            if (start > 0 && factor * extreme.row(block, 0, count) <= record) {
                continue;
            }
            for (int i = 0; i < count; i++) {
                double value = factor * block[i];
                if (!(value <= record)) {
                    best = start + i;
                    record = value;
                    if (Double.isNaN(value)) {
                        return best;
                    }
                }
            }
        }
        return best;
    }

    /** Flipping all bits turns the order of whole numbers around. */
    private static long longs(LongElements in, long n, long from, long step, long flip, long[] block) {
        long best = 0;
        long record = Long.MIN_VALUE;
        for (long start = 0; start < n; start += block.length) {
            int count = (int) Math.min(block.length, n - start);
            in.get(from + start * step, step, block, count);
            for (int i = 0; i < count; i++) {
                long value = block[i] ^ flip;
                if (value > record) {
                    best = start + i;
                    record = value;
                }
            }
        }
        return best;
    }
}
