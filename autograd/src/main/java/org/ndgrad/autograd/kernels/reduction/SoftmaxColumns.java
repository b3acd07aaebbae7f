package org.ndgrad.autograd.kernels.reduction;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.indexing.Views;
import org.ndgrad.autograd.kernels.loops.Parallel;
import org.ndgrad.autograd.kernels.loops.StridedLoop;
import org.ndgrad.autograd.kernels.math.DoubleLoops;
import org.ndgrad.autograd.kernels.math.FloatLoops;
import org.ndgrad.autograd.kernels.math.FloatMath;
import org.ndgrad.autograd.kernels.math.Scratch;
import org.ndgrad.autograd.kernels.math.Unary;
import org.ndgrad.autograd.kernels.memory.DoubleElements;
import org.ndgrad.autograd.kernels.memory.FloatElements;
import org.ndgrad.autograd.kernels.memory.Memory;

/**
 * {@link Softmax} along a dimension whose elements lie farther apart than those of different columns: many columns at a
 * time, and several rows of them if they are few. Each column is summed in order, in float64.
 *
 * <p>float32 is computed as {@link PowerRows} does: powers are float32.
 */
abstract class SoftmaxColumns {

    private static final int FEW = 8; // columns; less are computed one after another
    private static final int NARROW = 32; // columns less than that together are not worth a thread

    private final double[] sums = Scratch.ofThread().doubles(3);

    private SoftmaxColumns() {}

    /** Whether the columns of x along the dimension lie side by side, as do those of a new array of the given type. */
    static boolean fit(INDArray x, DataType type, int dim) {
        int last = x.rank() - 1;
        boolean known = (type == DataType.FLOAT && FloatElements.holds(x.dataType()))
                || (type == DataType.DOUBLE && x.dataType() == type);
        return known
                && dim < last
                && x.size(last) >= FEW
                && Math.abs(Memory.stride(x, last)) < Math.abs(Memory.stride(x, dim));
    }

    /** Sets z to exp(x) / Σ exp(x), or its logarithm, of each column. */
    static void softmax(INDArray x, int dim, INDArray z, boolean log) {
        int last = x.rank() - 1;
        int longest = dim == 0 ? 1 : 0;
        for (int d = longest; d <= last; d++) {
            longest = d != dim && x.size(d) > x.size(longest) ? d : longest;
        }
        int split = longest;
        long grain =
                Math.max(split == last ? NARROW : 1, Parallel.GRAIN / (Softmax.COST * (x.length() / x.size(split))));
        Parallel.ranges(x.size(split), grain, (from, to) -> {
            INDArray part = Views.slice(x, split, from, to - from, 1);
            INDArray result = Views.slice(z, split, from, to - from, 1);
            SoftmaxColumns columns = z.dataType() == DataType.FLOAT
                    ? new OfFloats(FloatElements.of(part), FloatElements.into(result))
                    : new OfDoubles(DoubleElements.of(part), DoubleElements.into(result));
            long[][] strides = {StridedLoop.without(part.stride(), dim), StridedLoop.without(result.stride(), dim)};
            long[] steps = {Memory.stride(x, dim), Memory.stride(z, dim)};
            StridedLoop.planes(StridedLoop.without(part.shape(), dim), strides, 0, () -> (planes, n, o, next, s) -> {
                for (long i = 0; i < planes; i++) {
                    for (long j = 0; j < n; j += Scratch.BLOCK) {
                        long[] begin = {o[0] + i * next[0] + j * s[0], o[1] + i * next[1] + j * s[1]};
                        columns.run(x.size(dim), (int) Math.min(Scratch.BLOCK, n - j), begin, steps, s, log);
                    }
                }
            });
        });
    }

    /**
     * Computes columns side by side.
     *
     * @param count how many elements each has
     * @param n how many columns
     * @param begin where they begin in x and in z
     * @param steps from row to row
     * @param strides from column to column
     */
    private void run(long count, int n, long[] begin, long[] steps, long[] strides, boolean log) {
        int most = (int) Math.min(Scratch.BLOCK / n, count);
        clear(most * n);
        for (long i = 0; i < count; i += most) {
            int rows = (int) Math.min(most, count - i);
            move(this::read, rows, n, begin[0] + i * steps[0], steps[0], strides[0]);
            raise(pad(rows * n));
        }
        combine(most, n);
        Arrays.fill(sums, 0, n, 0);
        for (long i = 0; i < count; i += most) {
            int rows = (int) Math.min(most, count - i);
            move(this::read, rows, n, begin[0] + i * steps[0], steps[0], strides[0]);
            exp(pad(rows * n));
            add(rows, n, sums);
            if (!log) {
                move(this::write, rows, n, begin[1] + i * steps[1], steps[1], strides[1]);
            }
        }
        if (log) {
            logarithms(count, n, most, begin[0], steps[0], strides[0]);
        }
        end(sums, most, n, log);
        for (long i = 0; i < count; i += most) {
            int rows = (int) Math.min(most, count - i);
            if (log) {
                move(this::read, rows, n, begin[0] + i * steps[0], steps[0], strides[0]);
                subtract(pad(rows * n));
            } else {
                move(this::readBack, rows, n, begin[1] + i * steps[1], steps[1], strides[1]);
                divide(pad(rows * n));
            }
            move(this::write, rows, n, begin[1] + i * steps[1], steps[1], strides[1]);
        }
    }

    /** Replaces sums by their logarithms: from the powers but for the largest, where it matters that they are small. */
    private void logarithms(long count, int n, int most, long begin, long next, long step) {
        boolean near = false;
        for (int j = 0; j < n; j++) {
            near |= sums[j] < PowerRows.NEAR_ONE;
        }
        double[] others = new double[near ? n : 0];
        double[] ones = new double[near ? n : 0];
        for (long i = 0; i < count && near; i += most) {
            int rows = (int) Math.min(most, count - i);
            move(this::read, rows, n, begin + i * next, next, step);
            exp(pad(rows * n));
            addOthers(rows, n, others, ones);
        }
        for (int j = 0; j < n; j++) {
            sums[j] = sums[j] < PowerRows.NEAR_ONE ? Math.log1p(others[j] + (ones[j] - 1)) : Math.log(sums[j]);
        }
    }

    private static int pad(int n) {
        return Math.max(n, Scratch.FEW);
    }

    /** Sets the largest elements to −∞. */
    abstract void clear(int n);

    /** Moves n elements between memory, where they lie a step apart, and the values from a place on. */
    private interface Stretch {
        void move(long offset, long step, int at, int n);
    }

    /** Moves rows of n elements, in one stretch if there is nothing between them. */
    private static void move(Stretch stretch, int rows, int n, long first, long next, long step) {
        boolean dense = next == n * step;
        for (int i = 0; i < (dense ? 1 : rows); i++) {
            stretch.move(first + i * next, step, i * n, dense ? rows * n : n);
        }
    }

    abstract void read(long offset, long step, int at, int n);

    abstract void readBack(long offset, long step, int at, int n);

    abstract void write(long offset, long step, int at, int n);

    /** Compares the largest elements with those that were read. */
    abstract void raise(int n);

    /** Sets the largest elements of all rows to those of their columns. */
    abstract void combine(int rows, int n);

    /** Replaces what was read by e to the power of its difference from the largest. */
    abstract void exp(int n);

    abstract void add(int rows, int n, double[] to);

    /** Adds those that are 1 to one array, the others to another. */
    abstract void addOthers(int rows, int n, double[] others, double[] ones);

    /** Remembers, for each row, by what to divide or what to subtract. */
    abstract void end(double[] values, int rows, int n, boolean log);

    abstract void divide(int n);

    abstract void subtract(int n);

    private static final class OfFloats extends SoftmaxColumns {
        private final FloatElements in;
        private final FloatElements out;
        private final float[] values = Scratch.ofThread().floats(0);
        private final float[] largest = Scratch.ofThread().floats(1);
        private final float[] ends = Scratch.ofThread().floats(2);

        OfFloats(FloatElements in, FloatElements out) {
            this.in = in;
            this.out = out;
        }

        @Override
        void clear(int n) {
            Arrays.fill(largest, 0, n, Float.NEGATIVE_INFINITY);
        }

        @Override
        void read(long offset, long step, int at, int n) {
            in.get(offset, step, values, at, n);
        }

        @Override
        void readBack(long offset, long step, int at, int n) {
            out.get(offset, step, values, at, n);
        }

        @Override
        void write(long offset, long step, int at, int n) {
            out.put(offset, step, values, at, n);
        }

        @Override
        void raise(int n) {
            FloatLoops.max(largest, values, largest, n);
        }

        @Override
        void combine(int rows, int n) {
            for (int i = n; i < rows * n; i++) {
                largest[i % n] = Math.max(largest[i % n], largest[i]);
            }
            for (int i = 1; i < rows; i++) {
                System.arraycopy(largest, 0, largest, i * n, n);
            }
        }

        @Override
        void exp(int n) {
            FloatLoops.subtract(values, largest, values, n);
            FloatMath.exp(values, 0, values, 0, n);
        }

        @Override
        void add(int rows, int n, double[] to) {
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < n; j++) {
                    to[j] += values[i * n + j];
                }
            }
        }

        @Override
        void addOthers(int rows, int n, double[] others, double[] ones) {
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < n; j++) {
                    boolean isOne = values[i * n + j] == 1;
                    ones[j] += isOne ? 1 : 0;
                    others[j] += isOne ? 0 : values[i * n + j];
                }
            }
        }

        @Override
        void end(double[] sums, int rows, int n, boolean log) {
            for (int j = 0; j < n; j++) {
                ends[j] = (float) (log ? sums[j] : 1 / sums[j]);
            }
            for (int i = 1; i < rows; i++) {
                System.arraycopy(ends, 0, ends, i * n, n);
            }
        }

        @Override
        void divide(int n) {
            FloatLoops.multiply(values, ends, values, n);
        }

        @Override
        void subtract(int n) {
            FloatLoops.subtract(values, largest, values, n);
            FloatLoops.subtract(values, ends, values, n);
        }
    }

    private static final class OfDoubles extends SoftmaxColumns {
        private final DoubleElements in;
        private final DoubleElements out;
        private final double[] values = Scratch.ofThread().doubles(0);
        private final double[] largest = Scratch.ofThread().doubles(1);
        private final double[] ends = Scratch.ofThread().doubles(2);

        OfDoubles(DoubleElements in, DoubleElements out) {
            this.in = in;
            this.out = out;
        }

        @Override
        void clear(int n) {
            Arrays.fill(largest, 0, n, Double.NEGATIVE_INFINITY);
        }

        @Override
        void read(long offset, long step, int at, int n) {
            in.get(offset, step, values, at, n);
        }

        @Override
        void readBack(long offset, long step, int at, int n) {
            out.get(offset, step, values, at, n);
        }

        @Override
        void write(long offset, long step, int at, int n) {
            out.put(offset, step, values, at, n);
        }

        @Override
        void raise(int n) {
            DoubleLoops.max(largest, values, largest, n);
        }

        @Override
        void combine(int rows, int n) {
            for (int i = n; i < rows * n; i++) {
                largest[i % n] = Math.max(largest[i % n], largest[i]);
            }
            for (int i = 1; i < rows; i++) {
                System.arraycopy(largest, 0, largest, i * n, n);
            }
        }

        @Override
        void exp(int n) {
            DoubleLoops.subtract(values, largest, values, n);
            Unary.EXP.doubles.run(values, values, n);
        }

        @Override
        void add(int rows, int n, double[] to) {
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < n; j++) {
                    to[j] += values[i * n + j];
                }
            }
        }

        @Override
        void addOthers(int rows, int n, double[] others, double[] ones) {
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < n; j++) {
                    boolean isOne = values[i * n + j] == 1;
                    ones[j] += isOne ? 1 : 0;
                    others[j] += isOne ? 0 : values[i * n + j];
                }
            }
        }

        @Override
        void end(double[] sums, int rows, int n, boolean log) {
            for (int i = 0; i < rows; i++) {
                System.arraycopy(sums, 0, ends, i * n, n);
            }
        }

        @Override
        void divide(int n) {
            DoubleLoops.divide(values, ends, values, n);
        }

        @Override
        void subtract(int n) {
            DoubleLoops.subtract(values, largest, values, n);
            DoubleLoops.subtract(values, ends, values, n);
        }
    }
}
