package org.ndgrad.autograd;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import java.util.List;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;

/**
 * A tensor in another type, as Java's own values, and new ones like it: PyTorch's {@code x.double()} is
 * {@code x.toDouble()}, since Java keeps the word to itself.
 */
public abstract sealed class Conversions extends Subscripts permits TensorOperations {

    Conversions(INDArray values) {
        super(values);
    }

    private Tensor x() {
        return (Tensor) this;
    }

    /** Returns this in float64; see {@link Tensor#to}. */
    public Tensor toDouble() {
        return x().to(DataType.DOUBLE);
    }

    /** Returns this in float32; see {@link Tensor#to}. */
    public Tensor toFloat() {
        return x().to(DataType.FLOAT);
    }

    /** Returns this in float16; see {@link Tensor#to}. */
    public Tensor half() {
        return x().to(DataType.FLOAT16);
    }

    /** Returns this in bfloat16; see {@link Tensor#to}. */
    public Tensor bfloat16() {
        return x().to(DataType.BFLOAT16);
    }

    /** Returns this in int64, truncated towards zero; see {@link Tensor#to}. */
    public Tensor toLong() {
        return x().to(DataType.INT64);
    }

    /** Returns this in int32, truncated towards zero; see {@link Tensor#to}. */
    public Tensor toInt() {
        return x().to(DataType.INT32);
    }

    /** Returns whether elements are not 0; see {@link Tensor#to}. */
    public Tensor toBool() {
        return x().to(DataType.BOOL);
    }

    /** Returns the one value rounded to float32; see {@link Tensor#item}. */
    public float itemFloat() {
        return (float) x().item();
    }

    /**
     * Returns the one value as a whole number.
     *
     * @throws IllegalStateException if there is not exactly one, or if it is not whole or beyond an int
     */
    public int itemInt() {
        long value = x().itemLong();
        checkState(value == (int) value, "itemInt: expected a value within an int; got %s. Call itemLong().", value);
        return (int) value;
    }

    /**
     * Returns the values as lists in lists, one depth for each dim: of {@code Double}, {@code Long} or {@code Boolean}.
     *
     * @throws IllegalArgumentException if this is a scalar
     */
    public List<?> tolist() {
        checkArgument(x().ndim() > 0, "tolist: expected at least 1 dim; got a scalar. Call item().");
        return LongStream.range(0, x().size(0))
                .mapToObj(i -> x().detach().get(i))
                .map(each -> each.ndim() > 0 ? each.tolist() : each.value())
                .toList();
    }

    Object value() {
        if (x().dtype() == DataType.BOOL) {
            return x().itemBoolean();
        }
        if (isFloatingPoint()) {
            return x().item();
        }
        return x().itemLong();
    }

    /** Returns the number of elements, as {@link Tensor#numel}. */
    public long nelement() {
        return x().numel();
    }

    /** Returns the bytes of an element. */
    public int elementSize() {
        return x().dtype().width();
    }

    /** Whether the type is a floating one, the only kind that has gradients. */
    public boolean isFloatingPoint() {
        return DTypes.isFloating(x().dtype());
    }

    /** Has operations on this recorded from now on, and returns this; see {@link Tensor#requiresGrad(boolean)}. */
    @SuppressWarnings("MemberName") // PyTorch's
    public Tensor requiresGrad_() {
        return x().requiresGrad(true);
    }

    /** Returns the transpose of a matrix, as {@link Tensor#t}. */
    @SuppressWarnings("MemberName") // PyTorch's
    public Tensor T() {
        checkArgument(
                x().ndim() == 2,
                "T: expected a matrix; got shape %s. Use mT() for a batch of them, or permute.",
                Shapes.format(x().shape()));
        return x().t();
    }

    /** Returns zeros in this type. */
    public Tensor newZeros(long... shape) {
        return Tensor.zeros(x().dtype(), shape);
    }

    /** Returns ones in this type. */
    public Tensor newOnes(long... shape) {
        return Tensor.ones(x().dtype(), shape);
    }

    /** Returns a tensor in this type whose values are whatever lies in memory; see {@link Tensor#empty}. */
    public Tensor newEmpty(long... shape) {
        return Tensor.empty(x().dtype(), shape);
    }

    /** Returns a tensor full of a number in this type. */
    public Tensor newFull(long[] shape, Number value) {
        return Tensor.full(x().dtype(), value, shape);
    }

    /** Returns a vector in this type. */
    public Tensor newTensor(double... values) {
        return Tensor.of(x().dtype(), values);
    }
}
