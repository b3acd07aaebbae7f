package org.ndgrad.nn;

import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;

/**
 * Averages of an image to a given size, y[i] = the average of x from ⌊i · L / L'⌋ to before ⌈(i + 1) · L / L'⌉ in each
 * dimension.
 *
 * <p>Input: (N, C, H, W) or (C, H, W). Output: (N, C, H', W') or (C, H', W').
 */
public final class AdaptiveAvgPool2d extends AdaptivePool {

    /**
     * Creates the layer.
     *
     * @param size the output's height and width, or one number for all; −1 keeps the input's
     */
    public AdaptiveAvgPool2d(long... size) {
        super(2, size);
    }

    @Override
    Tensor pool(Tensor x, long... size) {
        return Functions.adaptiveAvgPool2d(x, size);
    }
}
