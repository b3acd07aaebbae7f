package org.ndgrad.autograd.kernels.elementwise;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.loops.StridedLoop;
import org.ndgrad.autograd.kernels.math.Binary;
import org.ndgrad.autograd.kernels.math.Predicate;
import org.ndgrad.autograd.kernels.math.Relation;
import org.ndgrad.autograd.kernels.math.Scratch;
import org.ndgrad.autograd.kernels.math.Ternary;
import org.ndgrad.autograd.kernels.math.Unary;
import org.ndgrad.autograd.kernels.memory.DoubleElements;
import org.ndgrad.autograd.kernels.memory.Elements;
import org.ndgrad.autograd.kernels.memory.FloatElements;
import org.ndgrad.autograd.kernels.memory.LongElements;
import org.ndgrad.autograd.kernels.memory.Memory;

/**
 * Functions of each element by itself, with broadcasting and promotion.
 *
 * <p>Floating elements are computed in double precision and rounded once; integral ones in 64 bits. Hence most
 * functions come in two forms.
 */
public final class Pointwise {

    private Pointwise() {}

    /** Returns f(x) in x's type, or the default floating type if x is integral. */
    public static INDArray floating(INDArray x, DoubleUnaryOperator f) {
        return map(x, DTypes.floating(x.dataType()), f);
    }

    /** Returns f(a, b) in the promoted type, or the default floating type if both are integral. */
    public static INDArray floating(String op, INDArray a, INDArray b, DoubleBinaryOperator f) {
        DataType type = DTypes.floating(DTypes.promote(a, b));
        return zip(op, rounded(a, type), rounded(b, type), type, f);
    }

    /** Returns f(a, b, c) in the promoted type, or the default floating one. */
    public static INDArray floating(String op, INDArray a, INDArray b, INDArray c, Ternary f) {
        INDArray result = Memory.allocate(DTypes.floating(DTypes.promote(a, b, c)), broadcast(op, a, b, c));
        if (!result.isEmpty()) {
            Blockwise.zip(a, b, c, result, f);
        }
        return result;
    }

    private static long[] broadcast(String op, INDArray a, INDArray b, INDArray c) {
        return Shapes.broadcast(op, Shapes.broadcast(op, a.shape(), b.shape()), c.shape());
    }

    /** Returns min(max(x, low), high) in the promoted type. */
    public static INDArray clamp(String op, INDArray x, INDArray low, INDArray high) {
        DataType type = x.dataType();
        boolean once = (type == DataType.FLOAT || type == DataType.DOUBLE)
                && low.dataType() == type
                && high.dataType() == type;
        if (!once) {
            return numeric(op, numeric(op, x, low, Binary.MAX), high, Binary.MIN);
        }
        INDArray result = Memory.allocate(type, broadcast(op, x, low, high));
        if (result.isEmpty()) {
            return result;
        }
        Blockwise.zip(x, low, high, result, Ternary.CLAMP);
        return result;
    }

    /** Returns f(x) for floating and g(x) for integral x, in x's type. */
    public static INDArray numeric(INDArray x, DoubleUnaryOperator f, LongUnaryOperator g) {
        return DTypes.isFloating(x.dataType()) ? map(x, x.dataType(), f) : mapLong(x, x.dataType(), g);
    }

    /** Returns f(a, b), or g(a, b) where both are integral, in the promoted type. */
    public static INDArray numeric(String op, INDArray a, INDArray b, DoubleBinaryOperator f, LongBinaryOperator g) {
        DataType type = DTypes.promote(a, b);
        return DTypes.isFloating(type)
                ? zip(op, rounded(a, type), rounded(b, type), type, f)
                : zipLong(op, a, b, type, g);
    }

    /** Returns f(a, b) in the promoted type. */
    public static INDArray numeric(String op, INDArray a, INDArray b, Binary f) {
        return numeric(op, a, b, f, f);
    }

    /** Returns f(x, number) in the promoted type. */
    public static INDArray numeric(INDArray x, Number number, Binary f) {
        return numeric(x, number, f, f);
    }

    /** Returns f(number, x) in the promoted type. */
    public static INDArray numeric(Number number, INDArray x, Binary f) {
        return numeric(number, x, f, f);
    }

    /** Returns f(x, number), or g where both are integral, in the promoted type. */
    public static INDArray numeric(INDArray x, Number number, DoubleBinaryOperator f, LongBinaryOperator g) {
        DataType type = DTypes.promote(x.dataType(), number);
        if (DTypes.isFloating(type)) {
            return zip(x, scalar(type, number), type, x.shape(), f);
        }
        long b = number.longValue();
        return mapLong(x, type, a -> g.applyAsLong(a, b));
    }

    /** Returns f(number, x), or g where both are integral, in the promoted type. */
    public static INDArray numeric(Number number, INDArray x, DoubleBinaryOperator f, LongBinaryOperator g) {
        DataType type = DTypes.promote(x.dataType(), number);
        if (DTypes.isFloating(type)) {
            return zip(scalar(type, number), x, type, x.shape(), f);
        }
        long a = number.longValue();
        return mapLong(x, type, b -> g.applyAsLong(a, b));
    }

    /** Returns f(x, number) in x's type, or the default floating type if x is integral. */
    public static INDArray floating(INDArray x, Number number, DoubleBinaryOperator f) {
        DataType type = DTypes.floating(x.dataType());
        return zip(x, scalar(type, number), type, x.shape(), f);
    }

    /** Returns f(number, x) in x's type, or the default floating type if x is integral. */
    public static INDArray floating(Number number, INDArray x, DoubleBinaryOperator f) {
        DataType type = DTypes.floating(x.dataType());
        return zip(scalar(type, number), x, type, x.shape(), f);
    }

    /** Returns the number as arithmetic with the type uses it. */
    private static INDArray scalar(DataType type, Number number) {
        DataType held = type == DataType.DOUBLE ? type : DataType.FLOAT;
        return Fill.scalar(held, DTypes.round(type, number));
    }

    /** Returns which pairs of elements stand in the relation, as a boolean array. */
    public static INDArray compare(String op, INDArray a, INDArray b, Relation relation) {
        DataType type = DTypes.promote(a, b);
        long[] shape = Shapes.broadcast(op, a.shape(), b.shape());
        if (FloatElements.holds(a.dataType()) && FloatElements.holds(b.dataType())) {
            return relate(a, b, shape, relation);
        }
        return DTypes.isFloating(type)
                ? relate(rounded(a, type), rounded(b, type), shape, relation)
                : relateLong(a, b, shape, relation);
    }

    /** Returns which elements stand in the relation to the number, as a boolean array. */
    public static INDArray compare(INDArray x, Number number, Relation relation) {
        if (DTypes.isFloating(DTypes.promote(x.dataType(), number))) {
            boolean wide = x.dataType() == DataType.DOUBLE || !DTypes.isFloating(x.dataType());
            INDArray other = Fill.scalar(wide ? DataType.DOUBLE : DataType.FLOAT, DTypes.held(x.dataType(), number));
            return relate(x, other, x.shape(), relation);
        }
        return relateLong(x, Fill.filled(DataType.INT64, number.longValue()), x.shape(), relation);
    }

    private static INDArray relate(INDArray a, INDArray b, long[] shape, Relation relation) {
        INDArray result = Memory.allocate(DataType.BOOL, shape);
        if (!result.isEmpty()) {
            Questions.relate(a, b, result, relation);
        }
        return result;
    }

    private static INDArray relateLong(INDArray a, INDArray b, long[] shape, Relation relation) {
        INDArray result = Memory.allocate(DataType.BOOL, shape);
        if (!result.isEmpty()) {
            Questions.relateLong(a, b, result, relation.longs);
        }
        return result;
    }

    /** Returns which elements fulfil the predicate, as a boolean array. */
    public static INDArray test(INDArray x, Predicate predicate) {
        INDArray result = Memory.allocate(DataType.BOOL, x.shape());
        if (!result.isEmpty()) {
            Questions.test(x, result, predicate);
        }
        return result;
    }

    /** Returns a where the condition is not 0 and b elsewhere, all three broadcast together. */
    public static INDArray where(String op, INDArray condition, INDArray a, INDArray b) {
        long[] shape = Shapes.broadcast(op, condition.shape(), Shapes.broadcast(op, a.shape(), b.shape()));
        DataType type = DTypes.promote(a, b);
        INDArray result = Memory.allocate(type, shape);
        if (result.isEmpty()) {
            return result;
        }
        if (DTypes.isFloating(type)) {
            Blockwise.zip(condition, a, b, result, Ternary.CHOOSE);
        } else {
            chooseWhole(condition, a, b, result);
        }
        return result;
    }

    private static void chooseWhole(INDArray condition, INDArray a, INDArray b, INDArray result) {
        LongElements out = LongElements.into(result);
        DoubleElements c = DoubleElements.of(condition);
        LongElements x = LongElements.of(a);
        LongElements y = LongElements.of(b);
        long[] shape = result.shape();
        long[][] strides = {
            result.stride(), aligned(condition, shape), aligned(a, shape), aligned(b, shape),
        };
        StridedLoop.inParallel(shape, strides, () -> {
            double[] holds = new double[Scratch.BLOCK];
            long[] first = new long[Scratch.BLOCK];
            long[] second = new long[Scratch.BLOCK];
            return (count, o, s) -> {
                for (long i = 0; i < count; i += Scratch.BLOCK) {
                    int n = (int) Math.min(Scratch.BLOCK, count - i);
                    c.get(o[1] + i * s[1], s[1], holds, 0, n);
                    x.get(o[2] + i * s[2], s[2], first, n);
                    y.get(o[3] + i * s[3], s[3], second, n);
                    for (int j = 0; j < n; j++) {
                        long mask = holds[j] == 0 ? 0 : -1;
                        first[j] = second[j] ^ ((first[j] ^ second[j]) & mask);
                    }
                    out.put(o[0] + i * s[0], s[0], first, n);
                }
            };
        });
    }

    /**
     * Sets target to f(target, source), or g where both are integral; the source may be broadcast, but not the target.
     */
    public static void into(INDArray target, INDArray source, DoubleBinaryOperator f, LongBinaryOperator g) {
        if (target.isEmpty()) {
            return;
        }
        INDArray safe = Copy.apart(target, source);
        if (DTypes.isFloating(target.dataType()) || DTypes.isFloating(source.dataType())) {
            Blockwise.zip(target, safe, target, f);
        } else {
            Elements out = Elements.into(target);
            Elements in = Elements.of(safe);
            long[] shape = target.shape();
            StridedLoop.over(shape, new long[][] {target.stride(), aligned(safe, shape)}, (count, o, s) -> {
                for (long i = 0; i < count; i++) {
                    long at = o[0] + i * s[0];
                    out.setLong(at, g.applyAsLong(out.getLong(at), in.getLong(o[1] + i * s[1])));
                }
            });
        }
    }

    /** Throws unless an in-place operation with an operand of this shape and type can be stored in the target. */
    public static void checkStorable(String op, INDArray target, long[] shape, DataType type) {
        checkArgument(
                Shapes.broadcastsTo(shape, target.shape()),
                "%s: expected an operand that broadcasts to the shape %s of the changed tensor; got %s."
                        + " Use the operation that returns a new tensor.",
                op,
                Shapes.format(target.shape()),
                Shapes.format(shape));
        checkArgument(
                DTypes.promote(target.dataType(), type) == target.dataType()
                        || DTypes.isFloating(target.dataType())
                        || (!DTypes.isFloating(type) && target.dataType() != DataType.BOOL),
                "%s: expected a result that fits the changed tensor of type %s; got %s."
                        + " Use the operation that returns a new tensor, or cast with to(…).",
                op,
                DTypes.name(target.dataType()),
                DTypes.name(type));
        for (int d = 0; d < target.rank(); d++) {
            checkArgument(
                    target.isEmpty() || target.size(d) <= 1 || Memory.stride(target, d) != 0,
                    "%s: expected a tensor with memory for each element; got an expanded one of shape %s."
                            + " clone() it first.",
                    op,
                    Shapes.format(target.shape()));
        }
    }

    /** Returns f(x) in the given type. */
    static INDArray map(INDArray x, DataType type, DoubleUnaryOperator f) {
        INDArray result = Memory.allocate(type, x.shape());
        if (!result.isEmpty()) {
            Blockwise.map(x, result, f);
        }
        return result;
    }

    /** Returns an operand as float32 holds it, if that is the common type: then 0.3 equals the 0.3 of float64. */
    private static INDArray rounded(INDArray x, DataType type) {
        return type == DataType.FLOAT && x.dataType().width() > 4 ? map(x, type, Unary.SAME) : x;
    }

    private static INDArray mapLong(INDArray x, DataType type, LongUnaryOperator f) {
        INDArray result = Memory.allocate(type, x.shape());
        if (!result.isEmpty()) {
            LongElements out = LongElements.into(result);
            LongElements in = LongElements.of(x);
            StridedLoop.inParallel(x.shape(), new long[][] {result.stride(), x.stride()}, () -> {
                long[] block = new long[Scratch.BLOCK];
                return (count, o, s) -> {
                    for (long i = 0; i < count; i += Scratch.BLOCK) {
                        int n = (int) Math.min(Scratch.BLOCK, count - i);
                        in.get(o[1] + i * s[1], s[1], block, n);
                        for (int j = 0; j < n; j++) {
                            block[j] = f.applyAsLong(block[j]);
                        }
                        out.put(o[0] + i * s[0], s[0], block, n);
                    }
                };
            });
        }
        return result;
    }

    private static INDArray zip(String op, INDArray a, INDArray b, DataType type, DoubleBinaryOperator f) {
        return zip(a, b, type, Shapes.broadcast(op, a.shape(), b.shape()), f);
    }

    private static INDArray zip(INDArray a, INDArray b, DataType type, long[] shape, DoubleBinaryOperator f) {
        INDArray result = Memory.allocate(type, shape);
        if (!result.isEmpty()) {
            Blockwise.zip(a, b, result, f);
        }
        return result;
    }

    private static INDArray zipLong(String op, INDArray a, INDArray b, DataType type, LongBinaryOperator f) {
        INDArray result = Memory.allocate(type, Shapes.broadcast(op, a.shape(), b.shape()));
        if (!result.isEmpty()) {
            LongElements out = LongElements.into(result);
            LongElements x = LongElements.of(a);
            LongElements y = LongElements.of(b);
            long[] shape = result.shape();
            long[][] strides = {result.stride(), aligned(a, shape), aligned(b, shape)};
            StridedLoop.inParallel(shape, strides, () -> {
                long[] left = new long[Scratch.BLOCK];
                long[] right = new long[Scratch.BLOCK];
                return (count, o, s) -> {
                    for (long i = 0; i < count; i += Scratch.BLOCK) {
                        int n = (int) Math.min(Scratch.BLOCK, count - i);
                        x.get(o[1] + i * s[1], s[1], left, n);
                        y.get(o[2] + i * s[2], s[2], right, n);
                        combine(left, right, n, f);
                        out.put(o[0] + i * s[0], s[0], left, n);
                    }
                };
            });
        }
        return result;
    }

    /** Replaces x by f(x, y); sums and differences are so short that a call would take longer. */
    private static void combine(long[] x, long[] y, int n, LongBinaryOperator f) {
        if (f == Binary.ADD) {
            for (int i = 0; i < n; i++) {
                x[i] += y[i];
            }
        } else if (f == Binary.SUBTRACT) {
            for (int i = 0; i < n; i++) {
                x[i] -= y[i];
            }
        } else {
            for (int i = 0; i < n; i++) {
                x[i] = f.applyAsLong(x[i], y[i]);
            }
        }
    }

    private static long[] aligned(INDArray array, long[] shape) {
        return Shapes.broadcastStrides(array.shape(), array.stride(), shape);
    }
}
