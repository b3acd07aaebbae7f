package org.ndgrad.autograd;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.Constants;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.elementwise.Copy;
import org.ndgrad.autograd.kernels.elementwise.Fill;
import org.ndgrad.autograd.kernels.elementwise.NestedArrays;
import org.ndgrad.autograd.kernels.elementwise.NestedLists;
import org.ndgrad.autograd.kernels.elementwise.Sequences;
import org.ndgrad.autograd.kernels.indexing.Views;
import org.ndgrad.autograd.kernels.memory.Memory;

/**
 * How tensors come to be, {@code Tensor.of(1.0, 2.0)}. In a class of its own for length only.
 *
 * <p>An optional type comes first, a generator after it, then what PyTorch's function takes.
 */
public abstract sealed class TensorFactories extends LikeFactories permits Subscripts {

    private static volatile DataType defaultDtype = DTypes.DEFAULT;

    TensorFactories(INDArray values) {
        super(values);
    }

    static Tensor constant(INDArray data) {
        return new Tensor(data, Storage.ofData(data));
    }

    /** Returns the type of floating tensors for which none is asked: float32, unless a script has set another one. */
    public static DataType defaultDtype() {
        return defaultDtype;
    }

    /**
     * Sets the type of floating tensors for which none is asked, for a whole program, in all its threads.
     *
     * <p>It is for the first line of a script, and changes what is made from here on by factories, such as
     * {@code Tensor.of(0.5)}, {@code Tensor.randn(3, 4)} or {@code new Linear(3, 2)}, where they are given no type. It
     * changes nothing that exists, no sequence of random numbers, and no result of an operation: what is computed from
     * whole numbers, such as a mean, remains float32. Libraries ask for a type where they need one.
     *
     * @throws IllegalArgumentException if the type is not a floating one
     */
    public static void defaultDtype(DataType dtype) {
        checkNotNull(
                dtype, "defaultDtype: expected a floating type; got null. Give DOUBLE, FLOAT, FLOAT16 or BFLOAT16.");
        checkArgument(
                DTypes.isFloating(dtype),
                "defaultDtype: expected a floating type; got %s. Give DOUBLE, FLOAT, FLOAT16 or BFLOAT16; ask for other"
                        + " types where you need them, as in Tensor.zeros(dtype, 3).",
                DTypes.name(dtype));
        defaultDtype = dtype;
    }

    /** Returns a scalar, of shape (), in the default type. */
    public static Tensor of(double value) {
        return of(defaultDtype, value);
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

    /** Returns a vector of the default type; a Java {@code double} is a number, and asks for no type. */
    public static Tensor of(double... values) {
        return of(defaultDtype, values);
    }

    /** Returns a vector of the given type. */
    public static Tensor of(DataType dtype, double... values) {
        for (int i = 0; i < values.length && !DTypes.isFloating(dtype); i++) {
            Constants.whole("Tensor.of", dtype, values[i]);
        }
        return constant(Copy.of(dtype, values, values.length));
    }

    /** Returns a vector of the default type; a Java {@code float} is a number, and asks for no type. */
    public static Tensor of(float... values) {
        return constant(NestedArrays.natural(defaultDtype, values));
    }

    /** Returns a vector of int64. */
    public static Tensor of(long... values) {
        return constant(Copy.of(DataType.INT64, values, values.length));
    }

    /** Returns a vector of int64. */
    public static Tensor of(int... values) {
        return constant(NestedArrays.natural(defaultDtype, values));
    }

    /** Returns a vector of booleans. */
    public static Tensor of(boolean... values) {
        return constant(NestedArrays.natural(defaultDtype, values));
    }

    /**
     * Returns the numbers of a nested Java array, such as {@code double[][]} or {@code int[][][]}: {@code double} and
     * {@code float} in the default type, whole ones in int64.
     *
     * @throws IllegalArgumentException if rows differ in length or hold something else than numbers or booleans
     */
    public static Tensor of(Object[] nested) {
        return constant(NestedArrays.natural(defaultDtype, nested));
    }

    /** Returns the numbers of a nested Java array in the given type. */
    public static Tensor of(DataType dtype, Object[] nested) {
        return constant(NestedArrays.read(dtype, nested));
    }

    /**
     * Returns the numbers of a list, or of lists in lists, such as a {@code List<Double>}, a
     * {@code List<List<Integer>>}, or what {@link Tensor#tolist} gave: of int64 if all are whole by their Java type, of
     * bool if all are booleans, else of the default type.
     *
     * @throws IllegalArgumentException if rows differ in length or depth, or hold something else than numbers or
     *     booleans
     */
    public static Tensor of(List<?> nested) {
        return constant(NestedArrays.natural(defaultDtype, NestedLists.array(nested)));
    }

    /** Returns the numbers of a list, or of lists in lists, in the given type. */
    public static Tensor of(DataType dtype, List<?> nested) {
        return constant(NestedArrays.read(dtype, NestedLists.array(nested)));
    }

    /** Returns a tensor over the same memory as an ND4J array, any order and strides. */
    public static Tensor of(INDArray array) {
        DTypes.check("Tensor.of", array.dataType());
        return constant(array);
    }

    /** Returns a tensor of the default type, whose values are whatever lies in memory: write them before reading. */
    public static Tensor empty(long... shape) {
        return empty(defaultDtype, shape);
    }

    /** Returns a tensor whose values are whatever lies in memory: write them before reading. */
    public static Tensor empty(DataType dtype, long... shape) {
        Shapes.numel("empty", shape);
        return constant(Memory.allocate(dtype, shape));
    }

    /** Returns zeros of the default type. */
    public static Tensor zeros(long... shape) {
        return filled("zeros", defaultDtype, 0, shape);
    }

    /** Returns zeros of the given type. */
    public static Tensor zeros(DataType dtype, long... shape) {
        return filled("zeros", dtype, 0, shape);
    }

    /** Returns ones of the default type. */
    public static Tensor ones(long... shape) {
        return filled("ones", defaultDtype, 1, shape);
    }

    /** Returns ones of the given type. */
    public static Tensor ones(DataType dtype, long... shape) {
        return filled("ones", dtype, 1, shape);
    }

    /**
     * Returns the value everywhere, {@code full(7, 3, 4)} for shape (3, 4): in int64 if it is a whole number by its
     * Java type, else in the default type.
     *
     * @throws IllegalArgumentException if the type does not reach to the value
     */
    public static Tensor full(Number value, long... shape) {
        return full(DTypes.isIntegral(value) ? DataType.INT64 : defaultDtype, value, shape);
    }

    /** As {@link #full(Number, long...)}, in PyTorch's order. */
    public static Tensor full(long[] shape, Number value) {
        return full(value, shape);
    }

    /** Returns the truth value everywhere, in bool. */
    public static Tensor full(boolean value, long... shape) {
        return full(DataType.BOOL, value ? 1 : 0, shape);
    }

    /**
     * Returns the value everywhere, without its fraction in an integral type.
     *
     * @throws IllegalArgumentException if the type does not reach to the value
     */
    public static Tensor full(DataType dtype, Number value, long... shape) {
        return filled("full", dtype, Constants.held("full", dtype, value), shape);
    }

    static Tensor filled(String op, DataType dtype, Number value, long... shape) {
        Shapes.numel(op, shape);
        return constant(Fill.filled(dtype, value, shape));
    }

    /** Returns the identity matrix of the default type, shape (n, n). */
    public static Tensor eye(long n) {
        return eye(defaultDtype, n, n);
    }

    /** Returns ones on the main diagonal of zeros, shape (n, m), in the default type. */
    public static Tensor eye(long n, long m) {
        return eye(defaultDtype, n, m);
    }

    /** Returns the identity matrix, shape (n, n). */
    public static Tensor eye(DataType dtype, long n) {
        return eye(dtype, n, n);
    }

    /** Returns ones on the main diagonal of zeros, shape (n, m). */
    public static Tensor eye(DataType dtype, long n, long m) {
        Shapes.numel("eye", n, m);
        INDArray result = Fill.filled(dtype, 0, n, m);
        Fill.fill(Views.diagonal(result, 0, 0, 1), 1);
        return constant(result);
    }

    /** Returns 0, 1, … below end, in int64. */
    public static Tensor arange(long end) {
        return arange(DataType.INT64, 0, end, 1);
    }

    /** Returns 0, 1, … below end, in the default type. */
    public static Tensor arange(double end) {
        return arange(defaultDtype, 0, end, 1);
    }

    /** Returns start, start + 1, … below end, in int64. */
    public static Tensor arange(long start, long end) {
        return arange(DataType.INT64, start, end, 1);
    }

    /** Returns start, start + 1, … below end, in the default type. */
    public static Tensor arange(double start, double end) {
        return arange(defaultDtype, start, end, 1);
    }

    /** Returns start, start + step, … below end (above it for a negative step), in int64. */
    public static Tensor arange(long start, long end, long step) {
        return arange(DataType.INT64, start, end, step);
    }

    /** Returns start, start + step, … below end (above it for a negative step), in the default type. */
    public static Tensor arange(double start, double end, double step) {
        return arange(defaultDtype, start, end, step);
    }

    /** Returns 0, 1, … below end, in the given type. */
    public static Tensor arange(DataType dtype, Number end) {
        return arange(dtype, 0, end, 1);
    }

    /** Returns start, start + 1, … below end, in the given type. */
    public static Tensor arange(DataType dtype, Number start, Number end) {
        return arange(dtype, start, end, 1);
    }

    /**
     * Returns start + i · step for i = 0, 1, … below end (above it for a negative step), in the given type. Of steps
     * with a fraction, rounding decides whether the last number falls before end; {@link #linspace} counts instead.
     *
     * @throws IllegalArgumentException if the step is 0 or leads away from end, if a number has a fraction and the type
     *     is integral, or if the type does not reach to a number
     */
    public static Tensor arange(DataType dtype, Number start, Number end, Number step) {
        return constant(Sequences.arange(dtype, start, end, step));
    }

    /** Returns steps numbers evenly spaced from start to end, both included, in the default type. */
    public static Tensor linspace(double start, double end, long steps) {
        return linspace(defaultDtype, start, end, steps);
    }

    /**
     * Returns steps numbers evenly spaced from start to end, both included; without fractions in an integral type.
     *
     * @throws IllegalArgumentException if the type does not reach to start or end
     */
    public static Tensor linspace(DataType dtype, Number start, Number end, long steps) {
        return constant(Sequences.linspace(dtype, start, end, steps));
    }

    /** Returns 10 to the powers {@code linspace(start, end, steps)}, in the default type. */
    public static Tensor logspace(double start, double end, long steps) {
        return logspace(defaultDtype, start, end, steps, 10);
    }

    /** Returns base to the powers {@code linspace(start, end, steps)}, in the default type. */
    public static Tensor logspace(double start, double end, long steps, double base) {
        return logspace(defaultDtype, start, end, steps, base);
    }

    /** Returns 10 to the powers {@code linspace(start, end, steps)}, in the given type. */
    public static Tensor logspace(DataType dtype, double start, double end, long steps) {
        return logspace(dtype, start, end, steps, 10);
    }

    /**
     * Returns base to the powers {@code linspace(start, end, steps)}, without fractions in an integral type.
     *
     * @throws IllegalArgumentException if an integral type does not reach to a power
     */
    public static Tensor logspace(DataType dtype, double start, double end, long steps, double base) {
        return constant(Sequences.logspace(dtype, start, end, steps, base));
    }
}
