package org.ndgrad.nn;

import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;

/**
 * Sigmoid linear unit, also called swish, y = x · σ(x).
 *
 * <p>Input: (*). Output: (*), the same shape.
 */
public final class Silu extends BuiltIn implements KeepsNothing {

    /** Creates the layer. */
    public Silu() {}

    /**
     * Applies the function to each element.
     *
     * @param x any shape
     * @return shape of x
     */
    @Override
    Tensor compute(Tensor x) {
        return Functions.silu(x);
    }
}
