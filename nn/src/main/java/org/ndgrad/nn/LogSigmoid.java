package org.ndgrad.nn;

import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;

/**
 * Logarithm of the logistic function, y = log(1 / (1 + e⁻ˣ)), exact far below 0, where it is x.
 *
 * <p>Input: (*). Output: (*), the same shape.
 */
public final class LogSigmoid extends BuiltIn implements KeepsNothing {

    /** Creates the layer. */
    public LogSigmoid() {}

    @Override
    Tensor compute(Tensor x) {
        return Functions.logsigmoid(x);
    }
}
