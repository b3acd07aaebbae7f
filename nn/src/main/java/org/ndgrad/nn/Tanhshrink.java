package org.ndgrad.nn;

import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;

/**
 * What the hyperbolic tangent takes away, y = x − tanh x, exact for small x.
 *
 * <p>Input: (*). Output: (*), the same shape.
 */
public final class Tanhshrink extends BuiltIn implements KeepsNothing {

    /** Creates the layer. */
    public Tanhshrink() {}

    @Override
    Tensor compute(Tensor x) {
        return Functions.tanhshrink(x);
    }
}
