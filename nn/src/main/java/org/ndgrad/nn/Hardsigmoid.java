package org.ndgrad.nn;

import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;

/**
 * Sigmoid made of three lines, y = min(max(x / 6 + ½, 0), 1); dy/dx is 0 at and beyond ±3.
 *
 * <p>Input: (*). Output: (*), the same shape.
 */
public final class Hardsigmoid extends BuiltIn implements KeepsNothing {

    /** Creates the layer. */
    public Hardsigmoid() {}

    @Override
    Tensor compute(Tensor x) {
        return Functions.hardsigmoid(x);
    }
}
