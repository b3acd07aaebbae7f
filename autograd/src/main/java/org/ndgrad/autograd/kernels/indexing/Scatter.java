package org.ndgrad.autograd.kernels.indexing;

import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.elementwise.Copy;
import org.ndgrad.autograd.kernels.math.FloatLoops;
import org.ndgrad.autograd.kernels.math.Scratch;
import org.ndgrad.autograd.kernels.memory.Elements;
import org.ndgrad.autograd.kernels.memory.FloatElements;
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

    private Scatter() {}

    /** Combines each source[…, i, …] with target[…, index[…, i, …], …]. Indices are checked. */
    public static void along(String op, INDArray target, int dim, INDArray index, INDArray source, Combine combine) {
        if (!index.isEmpty()) {
            IndexedLoop.along(op, target, dim, index, source, writing(target, source, combine));
        }
    }

    /**
     * Combines each source[…, i, …] with target[…, p, …] where p = positions[i] counts the elements of neighboring
     * dims.
     *
     * @param source of the shape of {@link Gather#flat}
     */
    public static void flat(INDArray target, int dim, int count, INDArray positions, INDArray source, Combine combine) {
        if (!source.isEmpty()) {
            INDArray safe = Memory.shared(target, source) ? Copy.copy(source) : source;
            IndexedLoop.flat(target, dim, count, positions, safe, writing(target, safe, combine));
        }
    }

    private static IndexedLoop.Pairs writing(INDArray target, INDArray source, Combine combine) {
        IndexedLoop.Pairs each = oneByOne(target, source, combine);
        if (target.dataType() != DataType.FLOAT || source.dataType() != DataType.FLOAT) {
            return each;
        }
        FloatElements out = FloatElements.into(target);
        FloatElements in = FloatElements.of(source);
        FloatLoops.Two f = combine.floats();
        return (count, at, step, to, stride) -> {
            if (count < WORTH_A_LOOP || step == 0) { // with a step of 0, all of them write to one element
                each.visit(count, at, step, to, stride);
                return;
            }
            float[] old = Scratch.ofThread().floats(0);
            float[] values = Scratch.ofThread().floats(1);
            for (long i = 0; i < count; i += Scratch.BLOCK) {
                int n = (int) Math.min(Scratch.BLOCK, count - i);
                out.get(at + i * step, step, old, 0, n);
                in.get(to + i * stride, stride, values, 0, n);
                f.run(old, values, old, Math.max(n, Scratch.FEW));
                out.put(at + i * step, step, old, 0, n);
            }
        };
    }

    private static IndexedLoop.Pairs oneByOne(INDArray target, INDArray source, Combine combine) {
        Elements out = Elements.into(target);
        Elements in = Elements.of(source);
        if (DTypes.isFloating(target.dataType())) {
            DoubleBinaryOperator f = combine.floating();
            return (count, at, step, to, stride) -> {
                for (long i = 0; i < count; i++) {
                    out.set(at + i * step, f.applyAsDouble(out.get(at + i * step), in.get(to + i * stride)));
                }
            };
        }
        LongBinaryOperator f = combine.integral();
        return (count, at, step, to, stride) -> {
            for (long i = 0; i < count; i++) {
                out.setLong(at + i * step, f.applyAsLong(out.getLong(at + i * step), in.getLong(to + i * stride)));
            }
        };
    }
}
