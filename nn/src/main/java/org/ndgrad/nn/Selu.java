package org.ndgrad.nn;

import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;

/**
 * Scaled exponential linear unit, y = λ x for x > 0, else λ α (eˣ − 1), with the λ and α that keep mean 0 and variance
 * 1; {@link AlphaDropout} goes with it.
 *
 * <p>Source: Klambauer et al., Self-normalizing neural networks, 2017.
 *
 * <p>Input: (*). Output: (*), the same shape.
 */
public final class Selu extends BuiltIn implements KeepsNothing {

    /** Creates the layer. */
    public Selu() {}

    @Override
    Tensor compute(Tensor x) {
        return Functions.selu(x);
    }
}
