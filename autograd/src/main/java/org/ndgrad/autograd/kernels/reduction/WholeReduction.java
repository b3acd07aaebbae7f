package org.ndgrad.autograd.kernels.reduction;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.indexing.Views;
import org.ndgrad.autograd.kernels.loops.Parallel;
import org.ndgrad.autograd.kernels.loops.StridedLoop;
import org.ndgrad.autograd.kernels.math.Scratch;
import org.ndgrad.autograd.kernels.memory.LongElements;
import org.ndgrad.autograd.kernels.memory.Memory;

/**
 * Reduces dimensions of whole numbers, in 64 bits. The order of a reduction does not matter there, nor which thread
 * does what.
 */
enum WholeReduction {
    SUM(0, true) {
        @Override
        long both(long a, long b) {
            return a + b;
        }

        @Override
        long row(long[] values, int n) {
            long sum = 0;
            long other = 0; // four sums do not wait for each other
            long third = 0;
            long fourth = 0;
            int i = 0;
            for (; i <= n - 4; i += 4) {
                sum += values[i];
                other += values[i + 1];
                third += values[i + 2];
                fourth += values[i + 3];
            }
            for (; i < n; i++) {
                sum += values[i];
            }
            return sum + other + third + fourth;
        }

        @Override
        void columns(long[] values, long[] into, int n) {
            for (int i = 0; i < n; i++) {
                into[i] += values[i];
            }
        }
    },
    PRODUCT(1, false) {
        @Override
        long both(long a, long b) {
            return a * b;
        }

        @Override
        long row(long[] values, int n) {
            long product = 1;
            long other = 1; // two products do not wait for each other
            for (int i = 0; i < n - 1; i += 2) {
                product *= values[i];
                other *= values[i + 1];
            }
            return n % 2 == 0 ? product * other : product * other * values[n - 1];
        }

        @Override
        void columns(long[] values, long[] into, int n) {
            for (int i = 0; i < n; i++) {
                into[i] *= values[i];
            }
        }
    },
    MAX(Long.MIN_VALUE, false) {
        @Override
        long both(long a, long b) {
            return Math.max(a, b);
        }

        @Override
        long row(long[] values, int n) {
            long max = Long.MIN_VALUE;
            long other = max;
            for (int i = 0; i < n - 1; i += 2) {
                max = values[i] > max ? values[i] : max;
                other = values[i + 1] > other ? values[i + 1] : other;
            }
            return Math.max(Math.max(max, other), n == 0 ? max : values[n - 1]);
        }

        @Override
        void columns(long[] values, long[] into, int n) {
            for (int i = 0; i < n; i++) {
                into[i] ^= (into[i] ^ values[i]) & ifLess(into[i], values[i]);
            }
        }
    },
    MIN(Long.MAX_VALUE, false) {
        @Override
        long both(long a, long b) {
            return Math.min(a, b);
        }

        @Override
        long row(long[] values, int n) {
            long min = Long.MAX_VALUE;
            long other = min;
            for (int i = 0; i < n - 1; i += 2) {
                min = values[i] < min ? values[i] : min;
                other = values[i + 1] < other ? values[i + 1] : other;
            }
            return Math.min(Math.min(min, other), n == 0 ? min : values[n - 1]);
        }

        @Override
        void columns(long[] values, long[] into, int n) {
            for (int i = 0; i < n; i++) {
                into[i] ^= (into[i] ^ values[i]) & ifLess(values[i], into[i]);
            }
        }
    };

    private static final int NARROW = 32; // columns less than that together are not worth a thread

    /** So many elements of a long row should a thread get: each takes less time than in other loops. */
    private static final long GRAIN = 4L * Parallel.GRAIN;

    private final long initial;

    /** Whether a block of a long row is reduced to one number in less time than it is combined with another. */
    private final boolean isByRows;

    WholeReduction(long initial, boolean isByRows) {
        this.initial = initial;
        this.isByRows = isByRows;
    }

    /** Returns −1, all bits of it, if a is less than b, else 0, without a branch. */
    private static long ifLess(long a, long b) {
        long difference = a - b; // its sign is wrong if it does not fit
        return (difference ^ ((a ^ b) & (difference ^ a))) >> 63;
    }

    /** Combines two numbers. */
    abstract long both(long a, long b);

    /** Reduces n numbers. */
    abstract long row(long[] values, int n);

    /** Combines each of n numbers with its like. */
    abstract void columns(long[] values, long[] into, int n);

    /** Returns the reduced array's elements in row-major order. */
    long[] of(INDArray x, int[] dims) {
        long[] result = Memory.longs("reduce", Shapes.numel("reduce", Shapes.reduced(x.shape(), dims, false)));
        Arrays.fill(result, initial);
        if (x.isEmpty()) {
            return result;
        }
        long[] targets = ReductionLoop.targets(x.shape(), dims);
        int kept = -1;
        for (int d = 0; d < targets.length; d++) {
            kept = targets[d] != 0 && x.size(d) > 1 && (kept < 0 || x.size(d) > x.size(kept)) ? d : kept;
        }
        if (kept < 0) {
            walk(x, targets, 0, result);
        } else {
            int split = kept;
            long least = kept == x.rank() - 1 ? NARROW : 1;
            long grain = Math.max(least, Parallel.GRAIN / (x.length() / x.size(kept)));
            Parallel.ranges(x.size(kept), grain, (from, to) -> {
                walk(Views.slice(x, split, from, to - from, 1), targets, from * targets[split], result);
            });
        }
        return result;
    }

    private void walk(INDArray x, long[] targets, long first, long[] result) {
        LongElements in = LongElements.of(x);
        long[] block = new long[(int) Math.min(Scratch.BLOCK, x.length())];
        long[] reduced = new long[block.length];
        StridedLoop.Plane plane = (rows, count, o, next, s) -> {
            boolean together = s[1] != 0 && next[1] == 0 && next[0] == count * s[0] && 2 * count <= block.length;
            int most = together ? (int) (block.length / count) : 1;
            for (long i = 0; i < rows; i += most) {
                long from = o[0] + i * next[0];
                int target = (int) (first + o[1] + i * next[1]);
                if (s[1] == 0) {
                    result[target] = both(result[target], row(in, from, s[0], count, block));
                } else if (together) {
                    columns(in, from, s[0], (int) Math.min(most, rows - i) * (int) count, block, reduced, i == 0);
                } else {
                    columns(in, from, s[0], count, target, (int) s[1], block, reduced, result);
                }
            }
            for (int i = 0; i < Math.min(most, rows) && together; i++) {
                spread(reduced, i * (int) count, (int) count, (int) (first + o[1]), (int) s[1], result);
            }
        };
        StridedLoop.planes(x.shape(), new long[][] {x.stride(), targets}, 0, () -> plane);
    }

    /** Combines some rows, which lie one behind another, with the first ones. */
    private void columns(LongElements in, long from, long step, int n, long[] block, long[] reduced, boolean isFirst) {
        in.get(from, step, isFirst ? reduced : block, n);
        if (!isFirst) {
            columns(block, reduced, n);
        }
    }

    /** Combines a row with the results. */
    private void columns(
            LongElements in,
            long from,
            long step,
            long count,
            int target,
            int stride,
            long[] block,
            long[] reduced,
            long[] result) {
        for (long i = 0; i < count; i += block.length) {
            int n = (int) Math.min(block.length, count - i);
            in.get(from + i * step, step, block, n);
            int to = target + (int) i * stride;
            if (stride == 1) {
                System.arraycopy(result, to, reduced, 0, n);
                columns(block, reduced, n);
                System.arraycopy(reduced, 0, result, to, n);
            } else {
                spread(block, 0, n, to, stride, result);
            }
        }
    }

    private void spread(long[] values, int at, int n, int target, int stride, long[] result) {
        for (int i = 0; i < n; i++) {
            result[target + i * stride] = both(result[target + i * stride], values[at + i]);
        }
    }

    private long row(LongElements in, long from, long step, long count, long[] block) {
        if (count <= block.length) {
            in.get(from, step, block, (int) count);
            return row(block, (int) count);
        }
        AtomicLong result = new AtomicLong(initial);
        Parallel.ranges(count, GRAIN, (begin, end) -> {
            long first = from + begin * step;
            long part = isByRows ? blocks(in, first, step, end - begin) : columns(in, first, step, end - begin);
            result.accumulateAndGet(part, this::both);
        });
        return result.get();
    }

    /** Reduces each block by itself. */
    private long blocks(LongElements in, long from, long step, long count) {
        long[] block = new long[(int) Math.min(Scratch.BLOCK, count)];
        long result = initial;
        for (long i = 0; i < count; i += block.length) {
            int n = (int) Math.min(block.length, count - i);
            in.get(from + i * step, step, block, n);
            result = both(result, row(block, n));
        }
        return result;
    }

    /** Combines all blocks, and reduces what they come to. */
    private long columns(LongElements in, long from, long step, long count) {
        long[] block = new long[(int) Math.min(Scratch.BLOCK, count)];
        long[] reduced = new long[block.length];
        Arrays.fill(reduced, initial);
        for (long i = 0; i < count; i += block.length) {
            int n = (int) Math.min(block.length, count - i);
            in.get(from + i * step, step, block, n);
            columns(block, reduced, n);
        }
        return row(reduced, reduced.length);
    }
}
