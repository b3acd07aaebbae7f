package org.ndgrad.autograd.kernels.indexing;

import java.nio.Buffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.elementwise.Fill;
import org.ndgrad.autograd.kernels.indexing.IndexedLoop.Order;
import org.ndgrad.autograd.kernels.indexing.IndexedRows.Move;
import org.ndgrad.autograd.kernels.loops.StridedLoop;
import org.ndgrad.autograd.kernels.math.Scratch;
import org.ndgrad.autograd.kernels.memory.DoubleElements;
import org.ndgrad.autograd.kernels.memory.FloatElements;
import org.ndgrad.autograd.kernels.memory.LongElements;
import org.ndgrad.autograd.kernels.memory.Memory;

/** Reading at positions that another array names, and finding such positions. */
public final class Gather {

    private static final int WORTH_A_COPY = 4; // elements

    private Gather() {}

    /** Returns y with y[…, i, …] = x[…, index[…, i, …], …]; the shape is the index's. Indices are checked. */
    public static INDArray gather(String op, INDArray x, int dim, INDArray index) {
        INDArray result = Memory.allocate(x.dataType(), index.shape());
        IndexedLoop.along(op, x, dim, index, result, reading(x, result));
        return result;
    }

    /**
     * Returns x with neighboring dims replaced by those of the positions, which count the elements of these dims in
     * row-major order.
     *
     * @param dim the first of these dims
     * @param count how many they are, at least 1
     * @param positions integral; they are checked
     */
    public static INDArray flat(INDArray x, int dim, int count, INDArray positions, IndexRange range) {
        INDArray result = Memory.allocate(x.dataType(), Shapes.replaced(x.shape(), dim, count, positions.shape()));
        IndexedLoop.flat(x, dim, count, positions, range, result, reading(x, result));
        return result;
    }

    /** Throws unless all positions are in the range. */
    public static void check(INDArray positions, IndexRange range) {
        IndexedLoop.check(positions, range);
    }

    private static IndexedLoop.Work reading(INDArray x, INDArray result) {
        return new IndexedLoop.Work(Move.READ, Order.ANY, () -> pairs(x, result));
    }

    private static IndexedLoop.Pairs pairs(INDArray x, INDArray result) {
        if (x.dataType() == DataType.DOUBLE) {
            return new Doubles(DoubleElements.of(x), DoubleElements.into(result));
        }
        return DTypes.isFloating(x.dataType())
                ? new Floats(FloatElements.of(x), FloatElements.into(result))
                : new Longs(LongElements.of(x), LongElements.into(result));
    }

    /** Returns how long rows should at least be: to copy one by itself takes as long as some elements. */
    private static long leastCopied(@Nullable Buffer from, @Nullable Buffer to, long step, long stride) {
        boolean areCopied = from != null && to != null && step == 1 && stride == 1;
        return areCopied ? WORTH_A_COPY : IndexedLoop.WORTH_A_STRETCH;
    }

    private record Floats(FloatElements in, FloatElements out) implements IndexedLoop.Pairs {

        @Override
        public void stretch(long count, long at, long step, long to, long stride) {
            float[] block = Scratch.ofThread().floats(0);
            for (long i = 0; i < count; i += Scratch.BLOCK) {
                int n = (int) Math.min(Scratch.BLOCK, count - i);
                in.get(at + i * step, step, block, 0, n);
                out.put(to + i * stride, stride, block, 0, n);
            }
        }

        @Override
        public void rows(int n, long[] at, long count, long step, long to, long next, long stride) {
            FloatBuffer from = in.buffer();
            FloatBuffer target = out.buffer();
            if (from == null || target == null || step != 1 || stride != 1) {
                IndexedLoop.Pairs.super.rows(n, at, count, step, to, next, stride);
                return;
            }
            int first = out.start + (int) to;
            int distance = (int) next;
            for (int i = 0; i < n; i++) {
                target.put(first + i * distance, from, in.start + (int) at[i], (int) count);
            }
        }

        @Override
        public long leastRow(long step, long stride) {
            return leastCopied(in.buffer(), out.buffer(), step, stride);
        }

        @Override
        public void list(int n, long[] at, long to, long stride) {
            float[] block = Scratch.ofThread().floats(0);
            in.gather(at, block, n);
            out.put(to, stride, block, 0, n);
        }
    }

    private record Doubles(DoubleElements in, DoubleElements out) implements IndexedLoop.Pairs {

        @Override
        public void stretch(long count, long at, long step, long to, long stride) {
            double[] block = Scratch.ofThread().doubles(0);
            for (long i = 0; i < count; i += Scratch.BLOCK) {
                int n = (int) Math.min(Scratch.BLOCK, count - i);
                in.get(at + i * step, step, block, 0, n);
                out.put(to + i * stride, stride, block, 0, n);
            }
        }

        @Override
        public void rows(int n, long[] at, long count, long step, long to, long next, long stride) {
            DoubleBuffer from = in.buffer();
            DoubleBuffer target = out.buffer();
            if (from == null || target == null || step != 1 || stride != 1) {
                IndexedLoop.Pairs.super.rows(n, at, count, step, to, next, stride);
                return;
            }
            int first = out.start + (int) to;
            int distance = (int) next;
            for (int i = 0; i < n; i++) {
                target.put(first + i * distance, from, in.start + (int) at[i], (int) count);
            }
        }

        @Override
        public long leastRow(long step, long stride) {
            return leastCopied(in.buffer(), out.buffer(), step, stride);
        }

        @Override
        public void list(int n, long[] at, long to, long stride) {
            double[] block = Scratch.ofThread().doubles(0);
            in.gather(at, block, n);
            out.put(to, stride, block, 0, n);
        }
    }

    private record Longs(LongElements in, LongElements out) implements IndexedLoop.Pairs {

        @Override
        public void stretch(long count, long at, long step, long to, long stride) {
            long[] block = new long[(int) Math.min(Scratch.BLOCK, count)];
            for (long i = 0; i < count; i += Scratch.BLOCK) {
                int n = (int) Math.min(Scratch.BLOCK, count - i);
                in.get(at + i * step, step, block, n);
                out.put(to + i * stride, stride, block, n);
            }
        }

        @Override
        public void rows(int n, long[] at, long count, long step, long to, long next, long stride) {
            LongBuffer from = in.buffer();
            LongBuffer target = out.buffer();
            if (from == null || target == null || step != 1 || stride != 1) {
                IndexedLoop.Pairs.super.rows(n, at, count, step, to, next, stride);
                return;
            }
            int first = out.start + (int) to;
            int distance = (int) next;
            for (int i = 0; i < n; i++) {
                target.put(first + i * distance, from, in.start + (int) at[i], (int) count);
            }
        }

        @Override
        public long leastRow(long step, long stride) {
            return leastCopied(in.buffer(), out.buffer(), step, stride);
        }

        @Override
        public void list(int n, long[] at, long to, long stride) {
            long[] block = new long[n];
            in.gather(at, block, n);
            out.put(to, stride, block, n);
        }
    }

    /**
     * Returns the positions of elements among those of several dims in row-major order, as int64.
     *
     * @param sizes of the dims
     * @param dims how messages call them, as dims of the shape {@code whole}
     * @param wraps whether negative indices count from the end
     * @param indices one array a dim; they broadcast together
     */
    public static INDArray positions(
            String op, long[] sizes, int[] dims, long[] whole, boolean wraps, INDArray... indices) {
        long[] shape = {};
        for (INDArray index : indices) {
            shape = Shapes.broadcast(op, shape, index.shape());
        }
        INDArray result = Memory.allocate(DataType.INT64, shape);
        for (int k = 0; k < indices.length && !result.isEmpty(); k++) {
            long size = sizes[k];
            IndexRange range = new IndexRange(op, size, dims[k], whole, wraps);
            boolean isFirst = k == 0;
            LongElements which = LongElements.of(indices[k]);
            long[] aligned = Shapes.broadcastStrides(indices[k].shape(), indices[k].stride(), shape);
            StridedLoop.inParallel(shape, new long[][] {result.stride(), aligned}, () -> {
                LongElements out = LongElements.into(result);
                long[] index = new long[Scratch.BLOCK];
                long[] sum = new long[Scratch.BLOCK];
                return (count, o, s) -> {
                    for (long i = 0; i < count; i += Scratch.BLOCK) {
                        int n = (int) Math.min(Scratch.BLOCK, count - i);
                        which.get(o[1] + i * s[1], s[1], index, n);
                        range.check(index, n);
                        if (isFirst) {
                            out.put(o[0] + i * s[0], s[0], index, n);
                            continue;
                        }
                        out.get(o[0] + i * s[0], s[0], sum, n);
                        for (int j = 0; j < n; j++) {
                            sum[j] = sum[j] * size + index[j];
                        }
                        out.put(o[0] + i * s[0], s[0], sum, n);
                    }
                };
            });
        }
        return result;
    }

    /** Returns the row-major positions of the elements that are not 0, as an int64 vector. */
    public static INDArray nonzero(INDArray x) {
        if (x.isEmpty()) {
            return Memory.allocate(DataType.INT64, 0);
        }
        long[] count = {0};
        bits(x, (bits, n, first, step) -> {
            int sum = 0;
            for (int i = 0; i < n; i++) {
                sum += bits[i];
            }
            count[0] += sum;
        });
        INDArray result = Memory.allocate(DataType.INT64, count[0]);
        if (count[0] > 0) {
            LongElements out = LongElements.into(result);
            long[] positions = new long[Scratch.BLOCK];
            long[] stored = {0};
            bits(x, (bits, n, first, step) -> {
                int next = 0;
                for (int i = 0; i < n; i++) { // without a branch, which would be taken at random
                    positions[next] = first + i * step;
                    next += bits[i];
                }
                out.put(stored[0], 1, positions, next);
                stored[0] += next;
            });
        }
        return result;
    }

    private interface Bits {
        /** Visits n elements, a 1 for each that is not 0, and their row-major positions. */
        void visit(int[] bits, int n, long first, long step);
    }

    private static void bits(INDArray x, Bits visitor) {
        boolean floating = DTypes.isFloating(x.dataType());
        DoubleElements doubles = floating ? DoubleElements.of(x) : null;
        LongElements longs = LongElements.of(x);
        double[] values = Scratch.ofThread().doubles(0);
        long[] numbers = new long[floating ? 0 : Scratch.BLOCK];
        int[] bits = new int[Scratch.BLOCK];
        StridedLoop.over(x.shape(), new long[][] {x.stride(), Shapes.strides(x.shape())}, (count, o, s) -> {
            for (long i = 0; i < count; i += Scratch.BLOCK) {
                int n = (int) Math.min(Scratch.BLOCK, count - i);
                if (doubles == null) {
                    longs.get(o[0] + i * s[0], s[0], numbers, n);
                    for (int j = 0; j < n; j++) {
                        bits[j] = (int) ((numbers[j] | -numbers[j]) >>> 63);
                    }
                } else {
                    doubles.get(o[0] + i * s[0], s[0], values, 0, n);
                    for (int j = 0; j < n; j++) {
                        bits[j] = values[j] != 0 ? 1 : 0;
                    }
                }
                visitor.visit(bits, n, o[1] + i * s[1], s[1]);
            }
        });
    }

    /** Returns the row-major positions in a shape as rows of indices, one a dim, of shape (n, dims). */
    public static INDArray coordinates(INDArray positions, long[] shape) {
        if (shape.length == 1) {
            return Views.reshape(positions, new long[] {positions.length(), 1});
        }
        int dims = shape.length;
        INDArray result = Memory.allocate(DataType.INT64, positions.length(), dims);
        if (result.isEmpty()) {
            return result;
        }
        long[] strides = Shapes.strides(shape);
        LongElements in = LongElements.of(positions);
        LongElements out = LongElements.into(result);
        int most = Math.max(1, Scratch.BLOCK / dims);
        long[] flat = new long[most];
        long[] rows = new long[most * dims];
        long[] index = new long[dims];
        long begin = Long.MIN_VALUE; // of the line along the last dim to which the index belongs
        for (long i = 0; i < positions.length(); i += most) {
            int n = (int) Math.min(most, positions.length() - i);
            in.get(i, 1, flat, n);
            for (int j = 0; j < n; j++) {
                if (begin == Long.MIN_VALUE || flat[j] - begin >= shape[dims - 1]) { // dividing takes its time
                    long rest = flat[j];
                    for (int d = 0; d < dims; d++) {
                        index[d] = rest / strides[d];
                        rest %= strides[d];
                    }
                    begin = flat[j] - index[dims - 1];
                }
                index[dims - 1] = flat[j] - begin;
                System.arraycopy(index, 0, rows, j * dims, dims);
            }
            out.put(i * dims, 1, rows, n * dims);
        }
        return result;
    }

    /** Returns int64 rows that are 1 at the index and 0 elsewhere; the classes are a new last dimension. */
    public static INDArray oneHot(String op, INDArray index, long classes) {
        long[] shape = Arrays.copyOf(index.shape(), index.rank() + 1);
        shape[index.rank()] = classes;
        INDArray result = Fill.filled(DataType.INT64, 0, shape);
        if (!index.isEmpty()) {
            long[] column = Shapes.with(shape, index.rank(), 1);
            INDArray one = Views.expand(op, Fill.filled(DataType.INT64, 1), column);
            Scatter.along(op, result, index.rank(), Views.reshape(index, column), one, Scatter.Combine.PUT);
        }
        return result;
    }
}
