package org.ndgrad.autograd;

import static com.google.common.base.Preconditions.checkState;

import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.Constants;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.ops.Comparison;
import org.ndgrad.autograd.ops.Indexing;

/** Reading and writing elements, as brackets do in Python. */
public abstract sealed class Subscripts extends TensorFactories permits Conversions {

    Subscripts(INDArray values) {
        super(values);
    }

    private Tensor whole() {
        return (Tensor) this;
    }

    /**
     * Returns the elements at these positions, one for each of the first dims: a view without these dims; {@code get(2,
     * -1)} is Python's {@code x[2, -1]}. Change them in place with {@code get(2, -1).copy_(…)}.
     *
     * @param positions from 0, negative ones counting from the end
     */
    public Tensor get(long... positions) {
        return get(at(LongStream.of(positions)));
    }

    /** Returns the elements that the indices choose: a view if no tensor is among them; see {@link Indexing#get}. */
    public Tensor get(Index... at) {
        return Functions.get(whole(), at);
    }

    /**
     * Copies values, broadcast to the shape of {@code get(at)}, over the elements there, {@code x[at] = value} in
     * Python, and returns this. Only where nothing is recorded, see {@link Tensor#add_(Tensor)}; see
     * {@link Indexing#set}.
     */
    public Tensor set(Tensor value, Index... at) {
        Indexing.set(whole(), value, at);
        return whole();
    }

    /** Sets the elements that the indices choose to a number; see {@link #set(Tensor, Index...)}. */
    public Tensor set(Number value, Index... at) {
        DataType type = whole().dtype();
        return set(Tensor.of(type, Constants.held("set", type, value)), at);
    }

    /**
     * Returns this where the condition holds, else other, {@code x.where(condition, other)} in PyTorch; see {@link
     * Comparison#where}.
     */
    public Tensor where(Tensor condition, Tensor other) {
        return Functions.where(condition, whole(), other);
    }

    /** Returns this where the condition holds, else the number. */
    public Tensor where(Tensor condition, Number other) {
        return Functions.where(condition, whole(), other);
    }

    /**
     * Returns the one value as a whole number, exact also beyond 2⁵³.
     *
     * @throws IllegalStateException if there is not exactly one, or if it has a fraction or is not finite
     */
    public long itemLong() {
        double value = whole().item();
        checkState(
                value == Math.rint(value) && Double.isFinite(value),
                "itemLong: expected a whole number; got %s. Round it first, or call item().",
                value);
        return whole().toLongArray()[0];
    }

    /**
     * Returns the one value of a boolean tensor, as {@code x.gt(0).all().itemBoolean()}.
     *
     * @throws IllegalStateException if there is not exactly one, or if the tensor is not boolean
     */
    public boolean itemBoolean() {
        DataType type = whole().dtype();
        checkState(
                type == DataType.BOOL,
                "itemBoolean: expected a boolean tensor; got %s. Compare first, as with ne(0).",
                DTypes.name(type));
        return whole().item() != 0;
    }

    /** Returns the elements at an index of the first dim, and at positions of the next, as {@code x[:, 2]}. */
    public Tensor get(Index first, long second, long... others) {
        return get(
                Stream.concat(Stream.of(first), Stream.of(at(second, others))).toArray(Index[]::new));
    }

    /** Returns the elements at a position of the first dim, and at indices of the next, as {@code x[2, :]}. */
    public Tensor get(long first, Index second, Index... others) {
        return get(Stream.concat(Stream.of(Index.at(first), second), Stream.of(others))
                .toArray(Index[]::new));
    }

    /** Returns the elements at indices of the first dims and a position of the third, as {@code x[:, 1:, 0]}. */
    public Tensor get(Index first, Index second, long third) {
        return get(first, second, Index.at(third));
    }

    /** Returns the elements at an index, a position and an index, as {@code x[:, 0, 1:]}. */
    public Tensor get(Index first, long second, Index third) {
        return get(first, Index.at(second), third);
    }

    /** Returns the elements at a position, an index and a position, as {@code x[0, :, 1]}. */
    public Tensor get(long first, Index second, long third) {
        return get(Index.at(first), second, Index.at(third));
    }

    /** Returns the elements at two positions and an index, as {@code x[0, 1, 2:]}. */
    public Tensor get(long first, long second, Index third) {
        return get(Index.at(first), Index.at(second), third);
    }

    /**
     * Sets the elements at these positions, one for each of the first dims, to a number: {@code set(5, 0, 1)} is
     * Python's {@code x[0, 1] = 5}. See {@link #set(Tensor, Index...)}; where positions and ranges are mixed, write
     * {@code get(Index.all(), 1).fill_(5)}.
     */
    public Tensor set(Number value, long first, long... others) {
        return set(value, at(first, others));
    }

    /** Copies values over the elements at these positions, one for each of the first dims. */
    public Tensor set(Tensor value, long first, long... others) {
        return set(value, at(first, others));
    }

    private static Index[] at(long first, long... others) {
        return at(LongStream.concat(LongStream.of(first), LongStream.of(others)));
    }

    private static Index[] at(LongStream positions) {
        return positions.mapToObj(Index::at).toArray(Index[]::new);
    }
}
