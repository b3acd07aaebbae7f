package org.ndgrad.nn;

import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;

/**
 * Averages of a volume to a given size, y[i] = the average of x from ⌊i · L / L'⌋ to before ⌈(i + 1) · L / L'⌉ in each
 * dimension.
 *
 * <p>Input: (N, C, D, H, W) or (C, D, H, W). Output: (N, C, D', H', W') or (C, D', H', W').
 */
public final class AdaptiveAvgPool3d extends AdaptivePool {

    /**
     * Creates the layer.
     *
     * @param size the output's depth, height and width, or one number for all; −1 keeps the input's
     */
    public AdaptiveAvgPool3d(long... size) {
        super(3, size);
    }

    @Override
    Tensor pool(Tensor x, long... size) {
        return Functions.adaptiveAvgPool3d(x, size);
    }
}
