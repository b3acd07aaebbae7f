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
    SUM(0) {
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
    PRODUCT(1) {
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
    MAX(Long.MIN_VALUE) {
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
                if (values[i] > into[i]) { // rarely, once there were some
                    into[i] = values[i];
                }
            }
        }
    },
    MIN(Long.MAX_VALUE) {
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
                if (values[i] < into[i]) {
                    into[i] = values[i];
                }
            }
        }
    };

    private static final int NARROW = 32; // columns less than that together are not worth a thread

    private final long initial;

    WholeReduction(long initial) {
        this.initial = initial;
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
        StridedLoop.over(x.shape(), new long[][] {x.stride(), targets}, new long[] {0, first}, (count, o, s) -> {
            if (s[1] == 0) {
                int target = (int) o[1];
                result[target] = both(result[target], row(in, o[0], s[0], count, block));
                return;
            }
            for (long i = 0; i < count; i += block.length) {
                int n = (int) Math.min(block.length, count - i);
                in.get(o[0] + i * s[0], s[0], block, n);
                int target = (int) (o[1] + i * s[1]);
                if (s[1] == 1) {
                    System.arraycopy(result, target, reduced, 0, n);
                    columns(block, reduced, n);
                    System.arraycopy(reduced, 0, result, target, n);
                } else {
                    for (int j = 0; j < n; j++) {
                        result[target + j * (int) s[1]] = both(result[target + j * (int) s[1]], block[j]);
                    }
                }
            }
        });
    }

    private long row(LongElements in, long from, long step, long count, long[] block) {
        if (count <= block.length) {
            in.get(from, step, block, (int) count);
            return row(block, (int) count);
        }
        AtomicLong result = new AtomicLong(initial);
        Parallel.ranges(count, Parallel.GRAIN, (begin, end) -> {
            long[] part = new long[(int) Math.min(Scratch.BLOCK, end - begin)];
            long reduced = initial;
            for (long i = begin; i < end; i += part.length) {
                int n = (int) Math.min(part.length, end - i);
                in.get(from + i * step, step, part, n);
                reduced = both(reduced, row(part, n));
            }
            result.accumulateAndGet(reduced, this::both);
        });
        return result.get();
    }
}
