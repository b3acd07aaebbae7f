package org.ndgrad.nn;

import org.ndgrad.autograd.Tensor;

/**
 * Logistic sigmoid, y = 1 / (1 + e⁻ˣ).
 *
 * <p>Input: (*). Output: (*), the same shape.
 */
public final class Sigmoid extends BuiltIn implements KeepsNothing {

    /** Creates the layer. */
    public Sigmoid() {}

    /**
     * Applies the function to each element.
     *
     * @param x any shape
     * @return shape of x
     */
    @Override
    Tensor compute(Tensor x) {
        return x.sigmoid();
    }
}
