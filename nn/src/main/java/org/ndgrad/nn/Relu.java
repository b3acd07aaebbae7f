package org.ndgrad.nn;

import org.ndgrad.autograd.Tensor;

/**
 * Rectified linear unit, y = max(x, 0); dy/dx at 0 is 0.
 *
 * <p>Input: (*). Output: (*), the same shape.
 */
public final class Relu extends BuiltIn implements KeepsNothing {

    /** Creates the layer. */
    public Relu() {}

    /**
     * Applies the function to each element.
     *
     * @param x any shape
     * @return shape of x
     */
    @Override
    Tensor compute(Tensor x) {
        return x.relu();
    }
}
