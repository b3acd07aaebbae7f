package org.ndgrad.nn;

import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;

/**
 * Swish made of pieces, y = x · min(max(x / 6 + ½, 0), 1): 0 up to −3, x from 3 on.
 *
 * <p>Source: Howard et al., Searching for MobileNetV3, 2019.
 *
 * <p>Input: (*). Output: (*), the same shape.
 */
public final class Hardswish extends BuiltIn implements KeepsNothing {

    /** Creates the layer. */
    public Hardswish() {}

    @Override
    Tensor compute(Tensor x) {
        return Functions.hardswish(x);
    }
}
