package org.ndgrad.nn;

import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;

/**
 * Softmax of the negative along a dimension, yᵢ = exp −xᵢ / Σⱼ exp −xⱼ: positive numbers with sum 1.
 *
 * <p>Input: (*). Output: (*), the same shape.
 */
public final class Softmin extends BuiltIn implements KeepsNothing {

    private final int dim;

    /**
     * Creates the layer.
     *
     * @param dim the dimension along which numbers sum to 1; −1 is the last
     */
    public Softmin(int dim) {
        this.dim = dim;
    }

    @Override
    Tensor compute(Tensor x) {
        return Functions.softmin(x, dim);
    }

    @Override
    protected String settings() {
        return "dim=" + dim;
    }
}
