package org.ndgrad.nn;

import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;

/**
 * Rectified linear unit with a ceiling, y = min(max(x, 0), 6); dy/dx is 0 at both bounds. NaN stays.
 *
 * <p>Input: (*). Output: (*), the same shape.
 */
public final class Relu6 extends BuiltIn implements KeepsNothing {

    /** Creates the layer. */
    public Relu6() {}

    @Override
    Tensor compute(Tensor x) {
        return Functions.relu6(x);
    }
}
