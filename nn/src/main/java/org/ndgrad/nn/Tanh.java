package org.ndgrad.nn;

import org.ndgrad.autograd.Tensor;

/**
 * Hyperbolic tangent, y = tanh x.
 *
 * <p>Input: (*). Output: (*), the same shape.
 */
public final class Tanh extends BuiltIn implements KeepsNothing {

    /** Creates the layer. */
    public Tanh() {}

    /**
     * Applies the function to each element.
     *
     * @param x any shape
     * @return shape of x
     */
    @Override
    Tensor compute(Tensor x) {
        return x.tanh();
    }
}
