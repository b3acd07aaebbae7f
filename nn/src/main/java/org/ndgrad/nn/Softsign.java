package org.ndgrad.nn;

import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;

/**
 * Softsign, y = x / (1 + |x|); ±1 at ±∞.
 *
 * <p>Input: (*). Output: (*), the same shape.
 */
public final class Softsign extends BuiltIn implements KeepsNothing {

    /** Creates the layer. */
    public Softsign() {}

    @Override
    Tensor compute(Tensor x) {
        return Functions.softsign(x);
    }
}
