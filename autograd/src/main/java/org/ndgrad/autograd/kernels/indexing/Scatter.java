package org.ndgrad.autograd.kernels.indexing;

import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.elementwise.Copy;
import org.ndgrad.autograd.kernels.indexing.IndexedLoop.Order;
import org.ndgrad.autograd.kernels.indexing.IndexedRows.Move;
import org.ndgrad.autograd.kernels.math.DoubleLoops;
import org.ndgrad.autograd.kernels.math.FloatLoops;
import org.ndgrad.autograd.kernels.math.Scratch;
import org.ndgrad.autograd.kernels.memory.DoubleElements;
import org.ndgrad.autograd.kernels.memory.Elements;
import org.ndgrad.autograd.kernels.memory.FloatElements;
import org.ndgrad.autograd.kernels.memory.LongElements;
import org.ndgrad.autograd.kernels.memory.Memory;

/** Writing at positions that another array names, one after another in the row-major order of the positions. */
public final class Scatter {

    /** What becomes of an element that is written to. */
    public enum Combine {
        /** The new value; the last one stays. */
        PUT,
        /** The sum. */
        ADD,
        /** The product. */
        MUL,
        /** The larger one; NaN wins. */
        MAX,
        /** The smaller one; NaN wins. */
        MIN;

        private @Nullable Move move() {
            return switch (this) {
                case PUT -> Move.PUT;
                case ADD -> Move.ADD;
                case MUL, MAX, MIN -> null;
            };
        }

        private DoubleBinaryOperator floating() {
            return switch (this) {
                case PUT -> (old, value) -> value;
                case ADD -> Double::sum;
                case MUL -> (old, value) -> old * value;
                case MAX -> Math::max;
                case MIN -> Math::min;
            };
        }

        private LongBinaryOperator integral() {
            return switch (this) {
                case PUT -> (old, value) -> value;
                case ADD -> Long::sum;
                case MUL -> (old, value) -> old * value;
                case MAX -> Math::max;
                case MIN -> Math::min;
            };
        }

        private DoubleLoops.Two doubles() {
            return switch (this) {
                case PUT -> (old, value, z, n) -> DoubleLoops.copy(value, z, n);
                case ADD -> DoubleLoops::add;
                case MUL -> DoubleLoops::multiply;
                case MAX -> DoubleLoops::max;
                case MIN -> DoubleLoops::min;
            };
        }

        private FloatLoops.Two floats() {
            return switch (this) {
                case PUT -> (old, value, z, n) -> FloatLoops.copy(value, z, n);
                case ADD -> FloatLoops::add;
                case MUL -> FloatLoops::multiply;
                case MAX -> FloatLoops::max;
                case MIN -> FloatLoops::min;
            };
        }
    }

    private static final int WORTH_A_LOOP = 8; // elements
    private static final int MANY = 1 << 12; // floats that may meet in one place: then a copy is worth its while
    private static final int MOST = 1 << 20; // then it must be

    private Scatter() {}

    /** Combines each source[…, i, …] with target[…, index[…, i, …], …]. Indices are checked. */
    public static void along(String op, INDArray target, int dim, INDArray index, INDArray source, Combine combine) {
        if (index.isEmpty()) {
            return;
        }
        LargeSums.combine(combine, target, source, (to, from) -> alongOnce(op, to, dim, index, from, combine));
    }

    private static void alongOnce(
            String op, INDArray target, int dim, INDArray index, INDArray source, Combine combine) {
        INDArray sums = wide(target, source, index.size(dim), combine);
        Order order = isSplit(sums, dim, index) ? Order.ANY : Order.ROW_MAJOR;
        IndexedLoop.along(op, sums, dim, index, source, writing(sums, source, combine, order));
        store(sums, target);
    }

    /** Whether parts of the index along its outermost dim write to different elements. */
    private static boolean isSplit(INDArray target, int dim, INDArray index) {
        int outermost = 0;
        while (outermost < dim && index.size(outermost) == 1) {
            outermost++;
        }
        return outermost < dim && Memory.isContiguous(target);
    }

    /**
     * Returns a copy of the target in double precision if values combined there one by one would lose what rounding
     * once keeps: in half types, whose sums stop growing at 2048 or 256, and many floats, whose do at 2²⁴, or large
     * ones, whose may leave the range.
     *
     * @param most how many values may meet in one place
     */
    private static INDArray wide(INDArray target, INDArray source, long most, Combine combine) {
        boolean rounds = combine == Combine.ADD || combine == Combine.MUL;
        boolean cheap = source.length() >= target.length() / 4;
        boolean many = target.dataType() == DataType.FLOAT && (most >= MOST || (most >= MANY && cheap));
        boolean adds = combine == Combine.ADD && target.dataType() == DataType.FLOAT;
        boolean lossy = DTypes.isHalf(target.dataType()) || many || (adds && LargeSums.mayCome(source));
        return rounds && lossy ? Copy.cast(target, DataType.DOUBLE) : target;
    }

    private static void store(INDArray sums, INDArray target) {
        if (sums != target) {
            Copy.assign(target, sums);
            Memory.release(sums);
        }
    }

    /**
     * Combines each source[…, i, …] with target[…, p, …] where p = positions[i] counts the elements of neighboring
     * dims. Positions are checked, but some values may have been combined when one is found that is out of range.
     *
     * @param source of the shape of {@link Gather#flat}
     */
    public static void flat(
            INDArray target,
            int dim,
            int count,
            INDArray positions,
            IndexRange range,
            INDArray source,
            Combine combine) {
        INDArray safe = Memory.shared(target, source) ? Copy.copy(source) : source;
        LargeSums.combine(
                combine, target, safe, (to, from) -> flatOnce(to, dim, count, positions, range, from, combine));
    }

    private static void flatOnce(
            INDArray target, int dim, int count, INDArray positions, IndexRange range, INDArray safe, Combine combine) {
        if (combine == Combine.ADD
                && RowSums.suits(target, dim, count, positions)
                && Memory.isContiguous(target)
                && !safe.isEmpty()) {
            RowSums.add(target, count, positions, range, safe);
            return;
        }
        INDArray sums = wide(target, safe, positions.length(), combine);
        IndexedLoop.flat(sums, dim, count, positions, range, safe, writing(sums, safe, combine, Order.ROW_MAJOR));
        store(sums, target);
    }

    private static IndexedLoop.Work writing(INDArray target, INDArray source, Combine combine, Order order) {
        boolean inRows = target.dataType() == source.dataType() && Memory.isContiguous(target);
        return new IndexedLoop.Work(inRows ? combine.move() : null, order, () -> pairs(target, source, combine));
    }

    private static IndexedLoop.Pairs pairs(INDArray target, INDArray source, Combine combine) {
        DataType type = target.dataType();
        IndexedLoop.Pairs each = oneByOne(target, source, combine);
        if (type == DataType.DOUBLE) {
            Doubles all = new Doubles(DoubleElements.into(target), DoubleElements.of(source), combine, each);
            boolean addsFloats = source.dataType() == DataType.FLOAT && combine == Combine.ADD;
            return addsFloats ? new WideSums(all, FloatElements.of(source)) : all;
        }
        if (type == DataType.FLOAT && source.dataType() == DataType.FLOAT) {
            return new Floats(FloatElements.into(target), FloatElements.of(source), combine, each);
        }
        return DTypes.isFloating(type)
                ? each
                : new Longs(LongElements.into(target), LongElements.of(source), combine, each);
    }

    private record Floats(FloatElements out, FloatElements in, Combine combine, IndexedLoop.Pairs each)
            implements IndexedLoop.Pairs {

        @Override
        public void stretch(long count, long at, long step, long to, long stride) {
            if (count < WORTH_A_LOOP || step == 0) { // with a step of 0, all of them write to one element
                each.stretch(count, at, step, to, stride);
                return;
            }
            float[] old = Scratch.ofThread().floats(0);
            float[] values = Scratch.ofThread().floats(1);
            FloatLoops.Two f = combine.floats();
            for (long i = 0; i < count; i += Scratch.BLOCK) {
                int n = (int) Math.min(Scratch.BLOCK, count - i);
                out.get(at + i * step, step, old, 0, n);
                in.get(to + i * stride, stride, values, 0, n);
                f.run(old, values, old, Math.max(n, Scratch.FEW));
                out.put(at + i * step, step, old, 0, n);
            }
        }

        @Override
        public void list(int n, long[] at, long to, long stride) {
            float[] values = Scratch.ofThread().floats(1);
            if (combine == Combine.PUT) {
                in.get(to, stride, values, 0, n);
                out.scatter(at, values, n);
            } else if (combine == Combine.ADD) {
                in.get(to, stride, values, 0, n);
                out.add(at, values, n);
            } else {
                in.get(to, stride, values, 0, n);
                Scatter.combine(out, combine, at, values, n);
            }
        }
    }

    private record Doubles(DoubleElements out, DoubleElements in, Combine combine, IndexedLoop.Pairs each)
            implements IndexedLoop.Pairs {

        @Override
        public void stretch(long count, long at, long step, long to, long stride) {
            if (count < WORTH_A_LOOP || step == 0) {
                each.stretch(count, at, step, to, stride);
                return;
            }
            double[] old = Scratch.ofThread().doubles(0);
            double[] values = Scratch.ofThread().doubles(1);
            DoubleLoops.Two f = combine.doubles();
            for (long i = 0; i < count; i += Scratch.BLOCK) {
                int n = (int) Math.min(Scratch.BLOCK, count - i);
                out.get(at + i * step, step, old, 0, n);
                in.get(to + i * stride, stride, values, 0, n);
                f.run(old, values, old, n);
                out.put(at + i * step, step, old, 0, n);
            }
        }

        @Override
        public void list(int n, long[] at, long to, long stride) {
            double[] values = Scratch.ofThread().doubles(1);
            if (combine == Combine.PUT) {
                in.get(to, stride, values, 0, n);
                out.scatter(at, values, n);
            } else if (combine == Combine.ADD) {
                in.get(to, stride, values, 0, n);
                out.add(at, values, n);
            } else {
                in.get(to, stride, values, 0, n);
                Scatter.combine(out, combine, at, values, n);
            }
        }
    }

    /** Adds floats to doubles. */
    private record WideSums(Doubles all, FloatElements in) implements IndexedLoop.Pairs {

        @Override
        public void stretch(long count, long at, long step, long to, long stride) {
            all.stretch(count, at, step, to, stride);
        }

        @Override
        public void list(int n, long[] at, long to, long stride) {
            float[] values = Scratch.ofThread().floats(1);
            in.get(to, stride, values, 0, n);
            all.out.add(at, values, n);
        }
    }

    private record Longs(LongElements out, LongElements in, Combine combine, IndexedLoop.Pairs each)
            implements IndexedLoop.Pairs {

        @Override
        public void stretch(long count, long at, long step, long to, long stride) {
            each.stretch(count, at, step, to, stride);
        }

        @Override
        public void list(int n, long[] at, long to, long stride) {
            long[] values = new long[n];
            if (combine == Combine.PUT) {
                in.get(to, stride, values, n);
                out.scatter(at, values, n);
            } else if (combine == Combine.ADD) {
                in.get(to, stride, values, n);
                out.add(at, values, n);
            } else {
                each.list(n, at, to, stride);
            }
        }
    }

    private static IndexedLoop.Pairs oneByOne(INDArray target, INDArray source, Combine combine) {
        Elements out = Elements.into(target);
        Elements in = Elements.of(source);
        if (DTypes.isFloating(target.dataType())) {
            DoubleBinaryOperator f = combine.floating();
            return each((at, to) -> out.set(at, f.applyAsDouble(out.get(at), in.get(to))));
        }
        LongBinaryOperator f = combine.integral();
        return each((at, to) -> out.setLong(at, f.applyAsLong(out.getLong(at), in.getLong(to))));
    }

    /** Multiplies the elements at n offsets, or makes them the larger or smaller ones, one after another. */
    private static void combine(FloatElements out, Combine combine, long[] at, float[] values, int n) {
        FloatBuffer memory = out.buffer();
        float[] old = Scratch.ofThread().floats(0);
        for (int i = 0; i < n; i++) {
            int place = out.start + (int) at[i];
            if (memory == null) {
                out.get(at[i], 1, old, 0, 1);
            } else {
                old[0] = memory.get(place);
            }
            float value = values[i];
            float result = switch (combine) {
                case MUL -> old[0] * value;
                case MAX -> Math.max(old[0], value);
                default -> Math.min(old[0], value);
            };
            if (memory == null) {
                old[0] = result;
                out.put(at[i], 1, old, 0, 1);
            } else {
                memory.put(place, result);
            }
        }
    }

    /** Multiplies the elements at n offsets, or makes them the larger or smaller ones, one after another. */
    private static void combine(DoubleElements out, Combine combine, long[] at, double[] values, int n) {
        DoubleBuffer memory = out.buffer();
        double[] old = Scratch.ofThread().doubles(0);
        for (int i = 0; i < n; i++) {
            int place = out.start + (int) at[i];
            if (memory == null) {
                out.get(at[i], 1, old, 0, 1);
            } else {
                old[0] = memory.get(place);
            }
            double value = values[i];
            double result = switch (combine) {
                case MUL -> old[0] * value;
                case MAX -> Math.max(old[0], value);
                default -> Math.min(old[0], value);
            };
            if (memory == null) {
                old[0] = result;
                out.put(at[i], 1, old, 0, 1);
            } else {
                memory.put(place, result);
            }
        }
    }

    private interface Pair {
        void visit(long at, long to);
    }

    private static IndexedLoop.Pairs each(Pair pair) {
        return new IndexedLoop.Pairs() {
            @Override
            public void stretch(long count, long at, long step, long to, long stride) {
                for (long i = 0; i < count; i++) {
                    pair.visit(at + i * step, to + i * stride);
                }
            }

            @Override
            public void list(int n, long[] at, long to, long stride) {
                for (int i = 0; i < n; i++) {
                    pair.visit(at[i], to + i * stride);
                }
            }
        };
    }
}
