package org.ndgrad.nn;

import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.Activations;

/**
 * Smooth rectifier, y = log(1 + eˣ), stable for every x.
 *
 * <p>Input: (*). Output: (*), the same shape.
 */
public final class Softplus extends BuiltIn implements KeepsNothing {

    /** Creates the layer. */
    public Softplus() {}

    /**
     * Applies the function to each element.
     *
     * @param x any shape
     * @return shape of x
     */
    @Override
    Tensor compute(Tensor x) {
        return Activations.softplus(x);
    }
}
