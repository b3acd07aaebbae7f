package org.ndgrad.nn;

import org.ndgrad.autograd.Tensor;

/**
 * Logarithm of the softmax along a dimension, yᵢ = xᵢ − log Σⱼ exp xⱼ, without overflow.
 *
 * <p>What {@link Losses#nllLoss} takes.
 *
 * <p>Input: (*). Output: (*), the same shape.
 */
public final class LogSoftmax extends BuiltIn implements KeepsNothing {

    private final int dim;

    /**
     * Creates the layer.
     *
     * @param dim the dimension of the classes; −1 is the last
     */
    public LogSoftmax(int dim) {
        this.dim = dim;
    }

    /**
     * Applies the function along the dimension.
     *
     * @param x any shape that has the dimension
     * @return shape of x
     * @throws IndexOutOfBoundsException if x has no such dimension
     */
    @Override
    Tensor compute(Tensor x) {
        return x.logSoftmax(dim);
    }

    @Override
    protected String settings() {
        return "dim=" + dim;
    }
}
