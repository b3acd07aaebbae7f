package org.ndgrad.nn;

import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.ValuesAndIndices;

/**
 * The largest elements of an image to a given size, y[i] = the largest of x from ⌊i · L / L'⌋ to before
 * ⌈(i + 1) · L / L'⌉ in each dimension. NaN wins.
 *
 * <p>Input: (N, C, H, W) or (C, H, W). Output: (N, C, H', W') or (C, H', W').
 */
public final class AdaptiveMaxPool2d extends AdaptiveMaxPool {

    /**
     * Creates the layer.
     *
     * @param size the output's height and width, or one number for all; −1 keeps the input's
     */
    public AdaptiveMaxPool2d(long... size) {
        super(2, size);
    }

    @Override
    ValuesAndIndices largest(Tensor x, long... size) {
        return Functions.adaptiveMaxPool2dWithIndices(x, size);
    }
}
