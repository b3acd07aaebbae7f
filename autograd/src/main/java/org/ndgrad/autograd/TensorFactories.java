package org.ndgrad.autograd;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.Constants;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.elementwise.Copy;
import org.ndgrad.autograd.kernels.elementwise.Fill;
import org.ndgrad.autograd.kernels.elementwise.NestedArrays;
import org.ndgrad.autograd.kernels.indexing.Views;
import org.ndgrad.autograd.kernels.memory.Operand;

/** How tensors come to be, {@code Tensor.of(1.0, 2.0)}. In a class of its own for length only. */
public abstract sealed class TensorFactories extends Operand permits Subscripts {

    TensorFactories(INDArray values) {
        super(values);
    }

    private static Tensor constant(INDArray data) {
        return new Tensor(data, Storage.ofData(data));
    }

    /** Returns a scalar, of shape (), in float32. */
    public static Tensor of(double value) {
        return of(DTypes.DEFAULT, value);
    }

    /** Returns a scalar, of shape (), in the given type. */
    public static Tensor of(DataType dtype, Number value) {
        boolean floating = DTypes.isFloating(dtype);
        return constant(Fill.filled(dtype, floating ? value : Constants.held("Tensor.of", dtype, value)));
    }

    /** Returns a scalar, of shape (), in int64. */
    public static Tensor of(long value) {
        return constant(Copy.of(DataType.INT64, new long[] {value}));
    }

    /** Returns a scalar, of shape (), in bool. */
    public static Tensor of(boolean value) {
        return of(DataType.BOOL, value ? 1 : 0);
    }

    /** Returns a vector of float32. */
    public static Tensor of(double... values) {
        return of(DTypes.DEFAULT, values);
    }

    /** Returns a vector of the given type. */
    public static Tensor of(DataType dtype, double... values) {
        for (int i = 0; i < values.length && !DTypes.isFloating(dtype); i++) {
            Constants.whole("Tensor.of", dtype, values[i]);
        }
        return constant(Copy.of(dtype, values, values.length));
    }

    /** Returns a vector of float32. */
    public static Tensor of(float... values) {
        return constant(NestedArrays.read(null, values));
    }

    /** Returns a vector of int64. */
    public static Tensor of(long... values) {
        return constant(Copy.of(DataType.INT64, values, values.length));
    }

    /** Returns a vector of int64. */
    public static Tensor of(int... values) {
        return constant(NestedArrays.read(null, values));
    }

    /** Returns a vector of booleans. */
    public static Tensor of(boolean... values) {
        return constant(NestedArrays.read(null, values));
    }

    /**
     * Returns the numbers of a nested Java array, such as {@code double[][]} or {@code int[][][]}.
     *
     * @throws IllegalArgumentException if rows differ in length or hold something else than numbers or booleans
     */
    public static Tensor of(Object[] nested) {
        return constant(NestedArrays.read(null, nested));
    }

    /** Returns the numbers of a nested Java array in the given type. */
    public static Tensor of(DataType dtype, Object[] nested) {
        return constant(NestedArrays.read(dtype, nested));
    }

    /** Returns a tensor over the same memory as an ND4J array, any order and strides. */
    public static Tensor of(INDArray array) {
        DTypes.check("Tensor.of", array.dataType());
        return constant(array);
    }

    /** Returns float32 zeros. */
    public static Tensor zeros(long... shape) {
        return filled(DTypes.DEFAULT, 0, shape);
    }

    /** Returns zeros of the given type. */
    public static Tensor zeros(DataType dtype, long... shape) {
        return filled(dtype, 0, shape);
    }

    /** Returns float32 ones. */
    public static Tensor ones(long... shape) {
        return filled(DTypes.DEFAULT, 1, shape);
    }

    /** Returns ones of the given type. */
    public static Tensor ones(DataType dtype, long... shape) {
        return filled(dtype, 1, shape);
    }

    /**
     * Returns the value everywhere, without its fraction in an integral type.
     *
     * @throws IllegalArgumentException if the type does not reach to the value
     */
    public static Tensor full(DataType dtype, Number value, long... shape) {
        return filled(dtype, Constants.held("full", dtype, value), shape);
    }

    private static Tensor filled(DataType dtype, Number value, long... shape) {
        Shapes.numel("full", shape);
        return constant(Fill.filled(dtype, value, shape));
    }

    /** Returns zeros of x's shape and type. */
    public static Tensor zerosLike(Tensor x) {
        return filled(x.dtype(), 0, x.shape());
    }

    /** Returns ones of x's shape and type. */
    public static Tensor onesLike(Tensor x) {
        return filled(x.dtype(), 1, x.shape());
    }

    /** Returns the identity matrix, shape (n, n). */
    public static Tensor eye(DataType dtype, long n) {
        INDArray result = Fill.filled(dtype, 0, n, n);
        Fill.fill(Views.diagonal(result, 0, 0, 1), 1);
        return constant(result);
    }

    /** Returns 0 … end−1 in int64. */
    public static Tensor arange(long end) {
        checkArgument(end >= 0, "arange: expected an end of at least 0; got %s. Give start, end and step.", end);
        return constant(Fill.positions(end));
    }

    /** Returns start, start + step, … below end (above it for a negative step), in float32. */
    public static Tensor arange(double start, double end, double step) {
        double count = Math.ceil((end - start) / step);
        checkArgument(
                count >= 0 && count < Long.MAX_VALUE,
                "arange: expected a step that leads from start to end; got %s, %s, %s. Check its sign.",
                start,
                end,
                step);
        return constant(Fill.sequence(DTypes.DEFAULT, start, step, (long) count));
    }

    /**
     * Returns steps numbers evenly spaced from start to end, both included; without fractions in an integral type.
     *
     * @throws IllegalArgumentException if the type does not reach to start or end
     */
    public static Tensor linspace(DataType dtype, Number start, Number end, long steps) {
        checkArgument(steps >= 0, "linspace: expected at least 0 steps; got %s. Give a count.", steps);
        Number first = Constants.held("linspace", dtype, start);
        Number last = Constants.held("linspace", dtype, end);
        if (!DTypes.isFloating(dtype)) {
            return constant(Fill.spaced(dtype, first.longValue(), last.longValue(), steps));
        }
        double step = steps > 1 ? (end.doubleValue() - start.doubleValue()) / (steps - 1) : 0;
        INDArray values = Fill.sequence(dtype, start.doubleValue(), step, steps);
        if (steps > 1) {
            Fill.fill(Views.select(values, 0, steps - 1), end);
        }
        return constant(values);
    }

    /** Returns float32 numbers drawn evenly from [0, 1) by the default generator. */
    public static Tensor rand(long... shape) {
        return rand(DTypes.DEFAULT, Rng.defaultRng(), shape);
    }

    /** Returns numbers drawn evenly from [0, 1), of a floating type. */
    public static Tensor rand(DataType dtype, RandomGenerator rng, long... shape) {
        checkDrawn("rand", dtype);
        Shapes.numel("rand", shape);
        return constant(Fill.uniform(dtype, rng, shape));
    }

    /** Returns float32 numbers drawn from the standard normal distribution by the default generator. */
    public static Tensor randn(long... shape) {
        return randn(DTypes.DEFAULT, Rng.defaultRng(), shape);
    }

    private static void checkDrawn(String op, DataType dtype) {
        checkArgument(
                DTypes.isFloating(dtype),
                "%s: expected a floating type; got %s. Draw float32 and convert, or use randperm.",
                op,
                DTypes.name(dtype));
    }

    /** Returns numbers drawn from the standard normal distribution, of a floating type. */
    public static Tensor randn(DataType dtype, RandomGenerator rng, long... shape) {
        checkDrawn("randn", dtype);
        Shapes.numel("randn", shape);
        return constant(Fill.normal(dtype, rng, shape));
    }

    /** Returns 0 … n−1 in random order, in int64. */
    public static Tensor randperm(RandomGenerator rng, long n) {
        checkArgument(n >= 0, "randperm: expected a count of at least 0; got %s. Give a count.", n);
        return constant(Fill.permutation(rng, n));
    }
}
