package org.ndgrad.nn;

import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.Activations;

/**
 * Gaussian error linear unit, y = x · Φ(x) with the normal distribution function Φ, exact by erf.
 *
 * <p>Source: Hendrycks and Gimpel, Gaussian error linear units (GELUs), 2016.
 *
 * <p>Input: (*). Output: (*), the same shape.
 */
public final class Gelu extends BuiltIn implements KeepsNothing {

    /** Creates the layer. */
    public Gelu() {}

    /**
     * Applies the function to each element.
     *
     * @param x any shape
     * @return shape of x
     */
    @Override
    Tensor compute(Tensor x) {
        return Activations.gelu(x);
    }
}
