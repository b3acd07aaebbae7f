package org.ndgrad.autograd.kernels.reduction;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.loops.Parallel;
import org.ndgrad.autograd.kernels.loops.StridedLoop;
import org.ndgrad.autograd.kernels.math.Reducer;
import org.ndgrad.autograd.kernels.math.Scratch;
import org.ndgrad.autograd.kernels.memory.DoubleElements;
import org.ndgrad.autograd.kernels.memory.FloatElements;
import org.ndgrad.autograd.kernels.memory.Memory;

/**
 * Reduces dimensions of an array, in double precision and along its memory.
 *
 * <p>What is added to what depends on shapes and strides only, not on the number of threads: these share the results
 * among them or, if there is but one, reduce parts of a fixed size.
 */
final class ReductionLoop {

    /** A function to apply to the elements before they are reduced. */
    interface Term {
        /**
         * Replaces n elements.
         *
         * @param target the number of the result to which the first element belongs
         * @param step from the number of one element to that of the next
         */
        void apply(double[] x, int at, int n, int target, int step);
    }

    private static final int BLOCK = Scratch.BLOCK;
    private static final int PART = 64 * BLOCK;
    private static final int NARROW = 32; // columns less than that together are not worth a thread

    private final DoubleElements elements;
    private final @Nullable FloatElements floats; // the same memory, if rows can be reduced as they are
    private final Reducer reducer;
    private final @Nullable Term term;
    private final double[] result;

    // dimensions, outermost first, perhaps behind some of size 1
    private final long[] sizes;
    private final long[] steps; // in the array's memory
    private final long[] targets; // in the result; 0 where a dimension is reduced
    private int outer; // how many dimensions stand in front of the two innermost

    private ReductionLoop(INDArray x, int[] dims, Reducer reducer, @Nullable Term term, double[] result) {
        this.elements = DoubleElements.of(x);
        this.floats = term == null && x.dataType() == DataType.FLOAT ? FloatElements.of(x) : null;
        this.reducer = reducer;
        this.term = term;
        this.result = result;
        this.sizes = new long[x.rank() + 2];
        this.steps = new long[x.rank() + 2];
        this.targets = new long[x.rank() + 2];
        Arrays.fill(sizes, 1);
        arrange(x.shape(), x.stride(), targets(x.shape(), dims));
    }

    /** Returns the reduced array's elements in row-major order. */
    static double[] reduce(INDArray x, int[] dims, Reducer reducer) {
        return reduce(x, dims, reducer, null);
    }

    /** Returns the reduced array's elements in row-major order. */
    static double[] reduce(INDArray x, int[] dims, Reducer reducer, @Nullable Term term) {
        double[] result = Memory.doubles("reduce", Shapes.numel("reduce", Shapes.reduced(x.shape(), dims, false)));
        Arrays.fill(result, reducer.initial);
        if (!x.isEmpty()) {
            new ReductionLoop(x, dims, reducer, term, result).run(x.length());
        }
        return result;
    }

    /** Orders the dimensions as they lie in memory, and merges neighbors. */
    private void arrange(long[] shape, long[] strides, long[] goals) {
        int[] order = new int[shape.length];
        int count = fromLargeToSmall(shape, strides, order);
        int free = sizes.length; // dimensions are filled in from the end
        for (int i = count - 1; i >= 0; i--) {
            int d = order[i];
            boolean merges = free < sizes.length
                    && strides[d] == steps[free] * sizes[free]
                    && goals[d] == targets[free] * sizes[free];
            if (merges) {
                sizes[free] *= shape[d];
            } else {
                free--;
                sizes[free] = shape[d];
                steps[free] = strides[d];
                targets[free] = goals[d];
            }
        }
        outer = Math.max(0, sizes.length - 2 - free);
    }

    /** Sets the numbers of the dimensions that have a size, with the strides from large to small; returns how many. */
    private static int fromLargeToSmall(long[] shape, long[] strides, int[] order) {
        int count = 0;
        for (int d = 0; d < shape.length; d++) {
            if (shape[d] != 1) {
                int at = count++;
                while (at > 0 && strides[order[at - 1]] < strides[d]) {
                    order[at] = order[at - 1];
                    at--;
                }
                order[at] = d;
            }
        }
        return count;
    }

    private void run(long count) {
        int last = sizes.length - 1;
        int kept = last;
        for (int d = last - 1; d >= last - 1 - outer; d--) {
            kept = targets[d] != 0 && (targets[kept] == 0 || sizes[d] > sizes[kept]) ? d : kept;
        }
        if (targets[kept] == 0) {
            planes(last, 0, sizes[last]);
        } else {
            int split = kept;
            long grain = Math.max(kept == last ? NARROW : 1, Parallel.GRAIN / (count / sizes[kept]));
            Parallel.ranges(sizes[kept], grain, (from, to) -> planes(split, from, to));
        }
    }

    /** Reduces what lies in a range of one dimension: for each index of the outer dimensions, the two innermost. */
    private void planes(int dim, long from, long to) {
        int last = sizes.length - 1;
        long rows = dim == last - 1 ? to - from : sizes[last - 1];
        long columns = dim == last ? to - from : sizes[last];
        long start = from * steps[dim];
        long target = from * targets[dim];
        if (outer == 0) {
            plane(start, (int) target, rows, columns);
            return;
        }
        long[] shape = outer(sizes);
        if (dim < last - 1) {
            shape[dim - (last - 1 - outer)] = to - from;
        }
        StridedLoop.over(
                shape, new long[][] {outer(steps), outer(targets)}, new long[] {start, target}, (count, o, s) -> {
                    for (long i = 0; i < count; i++) {
                        plane(o[0] + i * s[0], (int) (o[1] + i * s[1]), rows, columns);
                    }
                });
    }

    private long[] outer(long[] all) {
        return Arrays.copyOfRange(all, all.length - 2 - outer, all.length - 2);
    }

    private void plane(long from, int target, long rows, long columns) {
        int last = sizes.length - 1;
        if (targets[last] == 0 && columns <= BLOCK) {
            shortRows(from, target, rows, (int) columns);
        } else if (targets[last] == 0) {
            for (long i = 0; i < rows; i++) {
                int to = (int) (target + i * targets[last - 1]);
                result[to] = reducer.both(result[to], longRow(from + i * steps[last - 1], columns, to));
            }
        } else {
            for (long j = 0; j < columns; j += BLOCK) {
                int width = (int) Math.min(BLOCK, columns - j);
                columns(from + j * steps[last], (int) (target + j * targets[last]), rows, width);
            }
        }
    }

    /** Reduces rows to one number each. */
    private void shortRows(long from, int target, long rows, int n) {
        int last = sizes.length - 1;
        double[] reduced = Scratch.ofThread().doubles(1);
        int most = BLOCK / n;
        int to = (int) targets[last - 1];
        for (long i = 0; i < rows; i += most) {
            int count = (int) Math.min(most, rows - i);
            int first = (int) (target + i * to);
            reduceRows(from + i * steps[last - 1], count, n, first, to, reduced);
            for (int j = 0; j < count; j++) {
                result[first + j * to] = reducer.both(result[first + j * to], reduced[j]);
            }
        }
    }

    /**
     * Reduces some rows of n elements each.
     *
     * @param target the number of the result to which the first row belongs
     * @param step from the number of one row to that of the next
     */
    private void reduceRows(long from, int rows, int n, int target, int step, double[] reduced) {
        Scratch scratch = Scratch.ofThread();
        if (floats != null) {
            float[] values = scratch.floats(0);
            read(floats, from, rows, n, values);
            reducer.rows(values, n, reduced, rows);
            return;
        }
        double[] values = scratch.doubles(0);
        read(from, rows, n, values);
        for (int j = 0; j < rows; j++) {
            if (term != null) {
                term.apply(values, j * n, n, target + j * step, 0);
            }
            reduced[j] = reducer.row(values, j * n, n);
        }
    }

    /** Reduces rows into one, then into the results. Several rows at a time make a loop that is worth it. */
    private void columns(long from, int target, long rows, int n) {
        int last = sizes.length - 1;
        int most = targets[last - 1] == 0 ? (int) Math.max(1, BLOCK / sizes[last]) : 1;
        ReducedColumns columns = columns();
        for (long i = 0; i < rows; i += most) {
            int count = (int) Math.min(most, rows - i);
            boolean isFirst = i == 0 || targets[last - 1] != 0;
            int to = (int) (target + i * targets[last - 1]);
            columns.take(isFirst, from + i * steps[last - 1], count, n, to, (int) targets[last]);
            if (targets[last - 1] != 0 || i + most >= rows) {
                int kept = (int) Math.min(most, rows);
                spread(columns.values(kept * n), kept, n, to);
            }
        }
    }

    private ReducedColumns columns() {
        FloatElements source = floats;
        return source != null && reducer instanceof Reducer.Extreme extreme
                ? ReducedColumns.ofFloats((from, rows, n, to) -> read(source, from, rows, n, to), extreme)
                : ReducedColumns.ofDoubles(this::read, reducer, term);
    }

    private void spread(double[] reduced, int rows, int n, int target) {
        int step = (int) targets[sizes.length - 1];
        for (int j = 0; j < rows; j++) {
            for (int i = 0; i < n; i++) {
                int to = target + i * step;
                result[to] = reducer.both(result[to], reduced[j * n + i]);
            }
        }
    }

    /** Reads some rows of n elements each. */
    private void read(long from, int rows, int n, double[] to) {
        int last = sizes.length - 1;
        if (rows == 1 || steps[last - 1] == n * steps[last]) {
            elements.get(from, steps[last], to, 0, rows * n);
        } else {
            for (int i = 0; i < rows; i++) {
                elements.get(from + i * steps[last - 1], steps[last], to, i * n, n);
            }
        }
    }

    private void read(FloatElements source, long from, int rows, int n, float[] to) {
        int last = sizes.length - 1;
        if (rows == 1 || steps[last - 1] == n * steps[last]) {
            source.get(from, steps[last], to, 0, rows * n);
        } else {
            for (int i = 0; i < rows; i++) {
                source.get(from + i * steps[last - 1], steps[last], to, i * n, n);
            }
        }
    }

    private double longRow(long from, long n, int target) {
        double[] parts = Memory.doubles("reduce", (n + PART - 1) / PART);
        Parallel.ranges(parts.length, 1, (first, end) -> {
            for (int i = (int) first; i < end; i++) {
                long start = (long) i * PART;
                parts[i] = part(from + start * steps[sizes.length - 1], Math.min(PART, n - start), target);
            }
        });
        return halves(parts);
    }

    /** Reduces whole blocks to one, that one to a number, and what is left to another. */
    private double part(long from, long n, int target) {
        int rest = (int) (n % BLOCK);
        long step = steps[sizes.length - 1];
        double[] reduced = Scratch.ofThread().doubles(1);
        boolean byColumns = reducer.isByColumns && (floats == null || reducer instanceof Reducer.Extreme);
        double result = byColumns ? columns(from, (int) (n - rest), target) : blocks(from, (int) (n - rest), target);
        if (rest == 0) {
            return result;
        }
        reduceRows(from + (n - rest) * step, 1, rest, target, 0, reduced);
        return reducer.both(result, reduced[0]);
    }

    private double columns(long from, int n, int target) {
        ReducedColumns columns = columns();
        for (int i = 0; i < n; i += BLOCK) {
            columns.take(i == 0, from + i * steps[sizes.length - 1], 1, BLOCK, target, 0);
        }
        return n == 0 ? reducer.initial : columns.row(BLOCK);
    }

    /** Reduces each block by itself: of floats whose sum is a double, there is no array then. */
    private double blocks(long from, int n, int target) {
        double[] values = new double[n / BLOCK];
        double[] reduced = Scratch.ofThread().doubles(1);
        for (int i = 0; i < values.length; i++) {
            reduceRows(from + (long) i * BLOCK * steps[sizes.length - 1], 1, BLOCK, target, 0, reduced);
            values[i] = reduced[0];
        }
        return n == 0 ? reducer.initial : halves(values);
    }

    /** Reduces neighbors until one is left, which keeps errors small. */
    private double halves(double[] values) {
        for (int n = values.length; n > 1; n = (n + 1) / 2) {
            for (int i = 0; i < n / 2; i++) {
                values[i] = reducer.both(values[2 * i], values[2 * i + 1]);
            }
            if (n % 2 == 1) {
                values[n / 2] = values[n - 1];
            }
        }
        return values[0];
    }

    /** Returns the strides with which a walk over the shape moves through the reduced result. */
    static long[] targets(long[] shape, int[] dims) {
        long[] kept = Shapes.reduced(shape, dims, true);
        long[] strides = Shapes.strides(kept);
        for (int dim : dims) {
            strides[dim] = 0;
        }
        return strides;
    }
}
