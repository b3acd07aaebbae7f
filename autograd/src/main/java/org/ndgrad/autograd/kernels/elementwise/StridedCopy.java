package org.ndgrad.autograd.kernels.elementwise;

import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.loops.StridedLoop;
import org.ndgrad.autograd.kernels.math.Scratch;
import org.ndgrad.autograd.kernels.memory.DoubleElements;
import org.ndgrad.autograd.kernels.memory.FloatElements;
import org.ndgrad.autograd.kernels.memory.LongElements;

/**
 * Copies between arrays of one type along their strides, in several threads if there is much to do. Where elements lie
 * close together along one dimension in one array and along another in the other, squares of them are copied, of which
 * the cache holds both sides.
 */
public final class StridedCopy {

    private static final int SIDE = 32; // of a square
    private static final int SHORT = 8; // rows of so few elements are not worth a call each

    private StridedCopy() {}

    /** Elements of one array and of another. */
    private interface Pair {
        /** Copies n elements, at most a block. */
        void row(long to, long stride, long from, long step, int n);

        /** Copies rows of n elements, if there are buffers; returns whether there are. */
        boolean square(long to, long next, long stride, long from, long down, long step, int rows, int n);
    }

    /** Copies all elements of an array. */
    static void copy(INDArray target, INDArray source, long[] steps) {
        copy(target, source, steps, 0);
    }

    /**
     * Copies elements of an array, which do not lie in the target's memory.
     *
     * @param steps the strides with which to go through the source, in the target's shape
     * @param start where to begin in the source
     */
    public static void copy(INDArray target, INDArray source, long[] steps, long start) {
        long[][] strides = {target.stride(), steps};
        StridedLoop.planes(target.shape(), strides, 1, () -> {
            Pair pair = pair(target, source);
            return (rows, n, o, next, s) -> plane(pair, rows, n, o[0], start + o[1], next, s);
        });
    }

    /**
     * Copies the elements of matrices whose column's number less the row's is within a range, bounds included.
     *
     * @param target of the source's shape, of at least two dims
     */
    public static void band(INDArray target, INDArray source, long least, long most) {
        long[] difference = new long[source.rank()];
        difference[source.rank() - 1] = 1;
        difference[source.rank() - 2] = -1;
        long low = Math.max(least, Long.MIN_VALUE / 2);
        long high = Math.min(most, Long.MAX_VALUE / 2);
        StridedLoop.planes(target.shape(), new long[][] {target.stride(), source.stride(), difference}, 1, () -> {
            Pair pair = pair(target, source);
            return (rows, n, o, next, s) -> {
                for (long i = 0; i < rows; i++) {
                    long d = o[2] + i * next[2];
                    boolean inside = s[2] != 0 || (d >= low && d <= high);
                    long begin = s[2] == 0 ? 0 : Math.max(0, s[2] > 0 ? low - d : d - high);
                    long end = s[2] == 0 ? n : Math.min(n, (s[2] > 0 ? high - d : d - low) + 1);
                    for (long j = begin; inside && j < end; j += Scratch.BLOCK) {
                        int count = (int) Math.min(Scratch.BLOCK, end - j);
                        pair.row(o[0] + i * next[0] + j * s[0], s[0], o[1] + i * next[1] + j * s[1], s[1], count);
                    }
                }
            };
        });
    }

    private static void plane(Pair pair, long rows, long n, long to, long from, long[] next, long[] s) {
        boolean turned = Math.abs(next[0]) < Math.abs(s[0]) || Math.abs(next[1]) < Math.abs(s[1]);
        if (turned && next[1] != 0 && Math.min(rows, n) >= SIDE / 4 && squares(pair, rows, n, to, from, next, s)) {
            return;
        }
        if (n <= SHORT && n < rows) {
            rows(pair, n, rows, to, from, s, next);
        } else {
            rows(pair, rows, n, to, from, next, s);
        }
    }

    private static void rows(Pair pair, long rows, long n, long to, long from, long[] next, long[] s) {
        for (long j = 0; j < n; j += Scratch.BLOCK) { // block by block, so that the cache holds what short rows share
            int count = (int) Math.min(Scratch.BLOCK, n - j);
            for (long i = 0; i < rows; i++) {
                pair.row(to + i * next[0] + j * s[0], s[0], from + i * next[1] + j * s[1], s[1], count);
            }
        }
    }

    private static boolean squares(Pair pair, long rows, long n, long to, long from, long[] next, long[] s) {
        for (long i = 0; i < rows; i += SIDE) {
            for (long j = 0; j < n; j += SIDE) {
                boolean done = pair.square(
                        to + i * next[0] + j * s[0],
                        next[0],
                        s[0],
                        from + i * next[1] + j * s[1],
                        next[1],
                        s[1],
                        (int) Math.min(SIDE, rows - i),
                        (int) Math.min(SIDE, n - j));
                if (!done) {
                    return false;
                }
            }
        }
        return true;
    }

    private static Pair pair(INDArray target, INDArray source) {
        if (FloatElements.holds(source.dataType())) {
            FloatElements out = FloatElements.into(target);
            FloatElements in = FloatElements.of(source);
            return new Floats(out, in, out.buffer(), in.buffer());
        }
        if (DTypes.isFloating(source.dataType())) {
            DoubleElements out = DoubleElements.into(target);
            DoubleElements in = DoubleElements.of(source);
            return new Doubles(out, in, out.buffer(), in.buffer());
        }
        LongElements out = LongElements.into(target);
        LongElements in = LongElements.of(source);
        return new Longs(out, in, out.buffer(), in.buffer(), new long[Scratch.BLOCK]);
    }

    private record Floats(
            FloatElements out,
            FloatElements in,
            @Nullable FloatBuffer target,
            @Nullable FloatBuffer source) implements Pair {

        @Override
        public void row(long to, long stride, long from, long step, int n) {
            if (stride == 1 && step == 1 && target != null && source != null) {
                target.put(out.start + (int) to, source, in.start + (int) from, n);
            } else {
                float[] block = Scratch.ofThread().floats(0);
                in.get(from, step, block, 0, n);
                out.put(to, stride, block, 0, n);
            }
        }

        @Override
        public boolean square(long to, long next, long stride, long from, long down, long step, int rows, int n) {
            if (target == null || source == null) {
                return false;
            }
            for (int i = 0; i < rows; i++) {
                int first = out.start + (int) (to + i * next);
                int begin = in.start + (int) (from + i * down);
                for (int j = 0; j < n; j++) {
                    target.put(first + j * (int) stride, source.get(begin + j * (int) step));
                }
            }
            return true;
        }
    }

    private record Doubles(
            DoubleElements out,
            DoubleElements in,
            @Nullable DoubleBuffer target,
            @Nullable DoubleBuffer source) implements Pair {

        @Override
        public void row(long to, long stride, long from, long step, int n) {
            if (stride == 1 && step == 1 && target != null && source != null) {
                target.put(out.start + (int) to, source, in.start + (int) from, n);
            } else {
                double[] block = Scratch.ofThread().doubles(0);
                in.get(from, step, block, 0, n);
                out.put(to, stride, block, 0, n);
            }
        }

        @Override
        public boolean square(long to, long next, long stride, long from, long down, long step, int rows, int n) {
            if (target == null || source == null) {
                return false;
            }
            for (int i = 0; i < rows; i++) {
                int first = out.start + (int) (to + i * next);
                int begin = in.start + (int) (from + i * down);
                for (int j = 0; j < n; j++) {
                    target.put(first + j * (int) stride, source.get(begin + j * (int) step));
                }
            }
            return true;
        }
    }

    private record Longs(
            LongElements out,
            LongElements in,
            @Nullable LongBuffer target,
            @Nullable LongBuffer source,
            @SuppressWarnings("ArrayRecordComponent") long[] block)
            implements Pair {

        @Override
        public void row(long to, long stride, long from, long step, int n) {
            if (stride == 1 && step == 1 && target != null && source != null) {
                target.put(out.start + (int) to, source, in.start + (int) from, n);
            } else {
                in.get(from, step, block, n);
                out.put(to, stride, block, n);
            }
        }

        @Override
        public boolean square(long to, long next, long stride, long from, long down, long step, int rows, int n) {
            if (target == null || source == null) {
                return false;
            }
            for (int i = 0; i < rows; i++) {
                int first = out.start + (int) (to + i * next);
                int begin = in.start + (int) (from + i * down);
                for (int j = 0; j < n; j++) {
                    target.put(first + j * (int) stride, source.get(begin + j * (int) step));
                }
            }
            return true;
        }
    }
}
