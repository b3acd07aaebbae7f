package org.ndgrad.nn;

import org.ndgrad.autograd.Tensor;

/**
 * Softmax along a dimension, yᵢ = exp xᵢ / Σⱼ exp xⱼ: positive numbers with sum 1.
 *
 * <p>Not needed before {@link Losses#crossEntropy}, which takes logits.
 *
 * <p>Input: (*). Output: (*), the same shape.
 */
public final class Softmax extends BuiltIn implements KeepsNothing {

    private final int dim;

    /**
     * Creates the layer.
     *
     * @param dim the dimension of the classes; −1 is the last
     */
    public Softmax(int dim) {
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
        return x.softmax(dim);
    }

    @Override
    protected String settings() {
        return "dim=" + dim;
    }
}
