package org.ndgrad.autograd;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.Constants;
import org.ndgrad.autograd.ops.Comparison;
import org.ndgrad.autograd.ops.Indexing;

/** Reading and writing elements, as brackets do in Python. */
public abstract sealed class Subscripts extends TensorFactories permits TensorOperations {

    Subscripts(INDArray values) {
        super(values);
    }

    private Tensor whole() {
        return (Tensor) this;
    }

    /**
     * Returns the elements at these positions, one for each of the first dims: a view without these dims; {@code get(2,
     * -1)} is Python's {@code x[2, -1]}. Change them in place with {@code get(2, -1).assign(…)}.
     *
     * @param positions from 0, negative ones counting from the end
     */
    public Tensor get(long... positions) {
        return get(Arrays.stream(positions).mapToObj(Index::at).toArray(Index[]::new));
    }

    /** Returns the elements that the indices choose: a view if no tensor is among them; see {@link Indexing#get}. */
    public Tensor get(Index... at) {
        return Indexing.get(whole(), at);
    }

    /**
     * Copies values, broadcast to the shape of {@code get(at)}, over the elements there, {@code x[at] = value} in
     * Python, and returns this. Only where nothing is recorded, see {@link Tensor#addi(Tensor)}; see
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
        return Comparison.where(condition, whole(), other);
    }
}
