package org.ndgrad.nn;

import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;

/**
 * Mish, y = x · tanh(log(1 + eˣ)).
 *
 * <p>Source: Misra, Mish: a self regularized non-monotonic activation function, 2019.
 *
 * <p>Input: (*). Output: (*), the same shape.
 */
public final class Mish extends BuiltIn implements KeepsNothing {

    /** Creates the layer. */
    public Mish() {}

    @Override
    Tensor compute(Tensor x) {
        return Functions.mish(x);
    }
}
