package org.ndgrad.autograd.kernels.reduction;

import java.util.Arrays;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.loops.RowLoop;
import org.ndgrad.autograd.kernels.loops.StridedLoop;
import org.ndgrad.autograd.kernels.math.DoubleLoops;
import org.ndgrad.autograd.kernels.math.RunningNumber;
import org.ndgrad.autograd.kernels.math.Scratch;
import org.ndgrad.autograd.kernels.memory.DoubleElements;
import org.ndgrad.autograd.kernels.memory.Elements;
import org.ndgrad.autograd.kernels.memory.LongElements;
import org.ndgrad.autograd.kernels.memory.Memory;

/**
 * Functions of all elements up to each one along a dimension.
 *
 * <p>Floating values are carried along in double precision and rounded where they are stored.
 */
public final class Scan {

    private Scan() {}

    /** Replaces numbers by the results up to each of them, and returns the last one. */
    private interface Doubles {
        double run(double before, double[] values, int n);
    }

    /** Replaces numbers by the results up to each of them, and returns the last one. */
    private interface Longs {
        long run(long before, long[] values, int n);
    }

    /** Returns running sums, from the end if reverse; integral and boolean values are counted in int64. */
    public static INDArray sum(INDArray x, int dim, boolean reverse) {
        return running(
                x,
                dim,
                reverse,
                (in, out) -> {
                    RowLoop.Row each = doubles(in, out, 0.0, RunningSum::new);
                    return new RunningRows.Doubles(each, in, out, 0.0, DoubleLoops::add, 0, Double.MAX_VALUE);
                },
                (in, out) -> new RunningRows.Longs(longs(in, out, 0, Scan::sums), in, out, 0, WholeReduction.SUM));
    }

    /** Returns running products; integral and boolean values are multiplied in int64. */
    public static INDArray prod(INDArray x, int dim) {
        return running(
                x,
                dim,
                false,
                (in, out) -> {
                    RowLoop.Row each = doubles(in, out, 1, RunningProduct::new);
                    return new RunningRows.Doubles(
                            each, in, out, 1, DoubleLoops::multiply, RunningNumber.LEAST, RunningNumber.MOST);
                },
                (in, out) ->
                        new RunningRows.Longs(longs(in, out, 1, Scan::products), in, out, 1, WholeReduction.PRODUCT));
    }

    /** Returns log Σ exp(x) up to each element, without overflow; floating values only. */
    public static INDArray logsumexp(INDArray x, int dim) {
        return running(
                x,
                dim,
                false,
                (in, out) -> doubles(in, out, Double.NEGATIVE_INFINITY, () -> Scan::logSums),
                (in, out) -> longs(in, out, 0, Scan::sums));
    }

    /** Four at once: of the additions that wait for each other, one is left. */
    private static long sums(long before, long[] values, int n) {
        long sum = before;
        int i = 0;
        for (; i <= n - 4; i += 4) {
            long two = values[i] + values[i + 1];
            long three = two + values[i + 2];
            long four = three + values[i + 3];
            values[i] += sum;
            values[i + 1] = sum + two;
            values[i + 2] = sum + three;
            sum += four;
            values[i + 3] = sum;
        }
        for (; i < n; i++) {
            sum += values[i];
            values[i] = sum;
        }
        return sum;
    }

    /** Sums that come back from beyond the range. */
    private static final class RunningSum implements Doubles {
        private final RunningNumber sum = new RunningNumber(0.0);

        @Override
        public double run(double before, double[] values, int n) {
            int i = 0;
            while (i < n) {
                i = sum.isPlain() ? fast(values, i, n) : i;
                if (i < n) {
                    sum.add(values[i]);
                    values[i++] = sum.get();
                }
            }
            return sum.get();
        }

        /** Goes on as long as sums fit; returns where they do not. */
        private int fast(double[] values, int start, int n) {
            double last = sum.get();
            int i = start;
            for (; i < n; i++) {
                double next = last + values[i];
                if (!(Math.abs(next) <= Double.MAX_VALUE)) {
                    break;
                }
                last = next;
                values[i] = next;
            }
            sum.set(last);
            return i;
        }
    }

    /** Products that come back from beyond the range. */
    private static final class RunningProduct implements Doubles {
        private final RunningNumber product = new RunningNumber(1);

        @Override
        public double run(double before, double[] values, int n) {
            int i = 0;
            while (i < n) {
                i = product.isPlain() ? fast(values, i, n) : i;
                if (i < n) {
                    product.multiply(values[i]);
                    values[i++] = product.get();
                }
            }
            return product.get();
        }

        /** Goes on as long as products fit; returns where they do not. */
        private int fast(double[] values, int start, int n) {
            double last = product.get();
            int i = start;
            for (; i < n; i++) {
                double next = last * values[i];
                if (!RunningNumber.isInside(next)) {
                    break;
                }
                last = next;
                values[i] = next;
            }
            product.set(last);
            return i;
        }
    }

    private static long products(long before, long[] values, int n) {
        long product = before;
        for (int i = 0; i < n; i++) {
            product *= values[i];
            values[i] = product;
        }
        return product;
    }

    private static double logSums(double before, double[] values, int n) {
        double sum = before;
        for (int i = 0; i < n; i++) {
            sum = logaddexp(sum, values[i]);
            values[i] = sum;
        }
        return sum;
    }

    private static double logaddexp(double a, double b) {
        double larger = Math.max(a, b);
        return Double.isInfinite(larger) ? larger : larger + Math.log1p(Math.exp(-Math.abs(a - b)));
    }

    private static INDArray running(
            INDArray x,
            int dim,
            boolean reverse,
            BiFunction<DoubleElements, DoubleElements, RowLoop.Row> ofDoubles,
            BiFunction<LongElements, LongElements, RowLoop.Row> ofLongs) {
        boolean floating = DTypes.isFloating(x.dataType());
        INDArray result = Memory.allocate(floating ? x.dataType() : DataType.INT64, x.shape());
        if (!result.isEmpty()) {
            RowLoop.inParallel(x, dim, result, dim, 1, () -> {
                RowLoop.Row row = floating
                        ? ofDoubles.apply(DoubleElements.of(x), DoubleElements.into(result))
                        : ofLongs.apply(LongElements.of(x), LongElements.into(result));
                return reverse ? new RunningRows.Reversed(row) : row;
            });
        }
        return result;
    }

    private static RowLoop.Row doubles(DoubleElements in, DoubleElements out, double none, Supplier<Doubles> f) {
        double[] block = Scratch.ofThread().doubles(0);
        return (count, from, step, to, stride) -> {
            Doubles ofRow = f.get();
            double value = none;
            for (long i = 0; i < count; i += Scratch.BLOCK) {
                int n = (int) Math.min(Scratch.BLOCK, count - i);
                in.get(from + i * step, step, block, 0, n);
                value = ofRow.run(value, block, n);
                out.put(to + i * stride, stride, block, 0, n);
            }
        };
    }

    private static RowLoop.Row longs(LongElements in, LongElements out, long none, Longs f) {
        long[] block = new long[Scratch.BLOCK];
        return (count, from, step, to, stride) -> {
            long value = none;
            for (long i = 0; i < count; i += Scratch.BLOCK) {
                int n = (int) Math.min(Scratch.BLOCK, count - i);
                in.get(from + i * step, step, block, n);
                value = f.run(value, block, n);
                out.put(to + i * stride, stride, block, n);
            }
        };
    }

    /** Returns the positions of the last largest of the values so far, as int64; NaN counts as the largest. */
    public static INDArray argmax(INDArray x, int dim) {
        return positions(x, dim, 1);
    }

    /** Returns the positions of the last smallest of the values so far, as int64; NaN counts as the smallest. */
    public static INDArray argmin(INDArray x, int dim) {
        return positions(x, dim, -1);
    }

    private static INDArray positions(INDArray x, int dim, int sign) {
        INDArray result = Memory.allocate(DataType.INT64, x.shape());
        if (result.isEmpty()) {
            return result;
        }
        RowLoop.inParallel(x, dim, result, dim, 1, () -> {
            LongElements out = LongElements.into(result);
            return DTypes.isFloating(x.dataType())
                    ? records(DoubleElements.of(x), out, sign)
                    : records(LongElements.of(x), out, sign < 0 ? -1 : 0);
        });
        return result;
    }

    private static RowLoop.Row records(DoubleElements in, LongElements out, int sign) {
        double[] block = Scratch.ofThread().doubles(0);
        long[] positions = new long[Scratch.BLOCK];
        return (count, from, step, to, stride) -> {
            long best = 0;
            double held = Double.NEGATIVE_INFINITY;
            for (long i = 0; i < count; i += Scratch.BLOCK) {
                int n = (int) Math.min(Scratch.BLOCK, count - i);
                in.get(from + i * step, step, block, 0, n);
                for (int j = 0; j < n; j++) {
                    double next = sign * block[j];
                    if (next >= held || Double.isNaN(next)) {
                        best = i + j;
                        held = next;
                    }
                    positions[j] = best;
                }
                out.put(to + i * stride, stride, positions, n);
            }
        };
    }

    /**
     * The same of whole numbers.
     *
     * @param flip -1 to turn their order around, which flipping all bits does, else 0
     */
    private static RowLoop.Row records(LongElements in, LongElements out, long flip) {
        long[] block = new long[Scratch.BLOCK];
        long[] positions = new long[Scratch.BLOCK];
        return (count, from, step, to, stride) -> {
            long best = 0;
            long held = Long.MIN_VALUE;
            for (long i = 0; i < count; i += Scratch.BLOCK) {
                int n = (int) Math.min(Scratch.BLOCK, count - i);
                in.get(from + i * step, step, block, n);
                for (int j = 0; j < n; j++) {
                    long next = block[j] ^ flip;
                    if (next >= held) {
                        best = i + j;
                        held = next;
                    }
                    positions[j] = best;
                }
                out.put(to + i * stride, stride, positions, n);
            }
        };
    }

    /**
     * Returns y with yᵢ = bᵢ + aᵢ · yᵢ₋₁, or yᵢ₊₁ if reverse, where what lies beyond the end counts as 0.
     *
     * @param b at least 1-d
     * @param a of b's shape
     */
    public static INDArray recurrence(INDArray b, INDArray a, int dim, boolean reverse) {
        INDArray result = Memory.allocate(b.dataType(), b.shape());
        if (result.isEmpty()) {
            return result;
        }
        Elements terms = Elements.of(b);
        Elements factors = Elements.of(a);
        Elements out = Elements.into(result);
        long n = b.size(dim);
        along(dim, new INDArray[] {b, a, result}, (o, step) -> {
            double value = 0;
            for (long k = 0; k < n; k++) {
                long i = reverse ? n - 1 - k : k;
                double carried = k == 0 ? 0 : factors.get(o[1] + i * step[1]) * value;
                value = terms.get(o[0] + i * step[0]) + carried;
                out.set(o[2] + i * step[2], value);
            }
        });
        return result;
    }

    /**
     * Returns Pᵢ₋₁ · Rᵢ with Pᵢ = x₀ · … · xᵢ and Rᵢ = gᵢ + xᵢ₊₁ · Rᵢ₊₁, the gradient of running products, right
     * wherever it fits: P and R may be beyond the range.
     *
     * @param g at least 1-d
     * @param x of g's shape
     */
    public static INDArray prodBackward(INDArray g, INDArray x, int dim) {
        INDArray result = Memory.allocate(x.dataType(), x.shape());
        if (result.isEmpty()) {
            return result;
        }
        int n = Shapes.toInt("cumprod", x.size(dim));
        RunningNumber[] sums = new RunningNumber[n];
        Arrays.setAll(sums, i -> new RunningNumber(0));
        Elements terms = Elements.of(g);
        Elements factors = Elements.of(x);
        Elements out = Elements.into(result);
        along(dim, new INDArray[] {g, x, result}, (o, step) -> {
            RunningNumber sum = new RunningNumber(0);
            for (int i = n - 1; i >= 0; i--) {
                if (i < n - 1) {
                    sum.multiply(factors.get(o[1] + (i + 1) * step[1]));
                }
                sum.add(terms.get(o[0] + i * step[0]));
                sums[i].set(sum);
            }
            RunningNumber product = new RunningNumber(1);
            for (int i = 0; i < n; i++) {
                sums[i].multiply(product);
                out.set(o[2] + i * step[2], sums[i].get());
                product.multiply(factors.get(o[1] + i * step[1]));
            }
        });
        return result;
    }

    /** Visits a row of several arrays of one shape. */
    private interface Rows {
        /** Is told where the row begins in each array, and how far apart its elements are. */
        void visit(long[] offsets, long[] steps);
    }

    private static void along(int dim, INDArray[] arrays, Rows rows) {
        long[] steps =
                Arrays.stream(arrays).mapToLong(x -> Memory.stride(x, dim)).toArray();
        long[][] strides = Arrays.stream(arrays)
                .map(x -> StridedLoop.without(x.stride(), dim))
                .toArray(long[][]::new);
        StridedLoop.over(StridedLoop.without(arrays[0].shape(), dim), strides, (count, o, s) -> {
            for (long row = 0; row < count; row++) {
                long[] starts = o.clone();
                for (int k = 0; k < starts.length; k++) {
                    starts[k] += row * s[k];
                }
                rows.visit(starts, steps);
            }
        });
    }
}
