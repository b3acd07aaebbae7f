package org.ndgrad.nn;

import org.ndgrad.autograd.Tensor;

/**
 * Softmax over the channels of each pixel, y = exp x / Σ exp x.
 *
 * <p>Input: (N, C, H, W) or (C, H, W). Output: the same shape.
 */
public final class Softmax2d extends BuiltIn implements KeepsNothing {

    /** Creates the layer. */
    public Softmax2d() {}

    @Override
    Tensor compute(Tensor x) {
        Settings.checkImage(this, 2, x);
        return x.softmax(-3);
    }
}
