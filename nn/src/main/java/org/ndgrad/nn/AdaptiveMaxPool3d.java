package org.ndgrad.nn;

import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.ValuesAndIndices;

/**
 * The largest elements of a volume to a given size, y[i] = the largest of x from ⌊i · L / L'⌋ to before
 * ⌈(i + 1) · L / L'⌉ in each dimension. NaN wins.
 *
 * <p>Input: (N, C, D, H, W) or (C, D, H, W). Output: (N, C, D', H', W') or (C, D', H', W').
 */
public final class AdaptiveMaxPool3d extends AdaptiveMaxPool {

    /**
     * Creates the layer.
     *
     * @param size the output's depth, height and width, or one number for all; −1 keeps the input's
     */
    public AdaptiveMaxPool3d(long... size) {
        super(3, size);
    }

    @Override
    ValuesAndIndices largest(Tensor x, long... size) {
        return Functions.adaptiveMaxPool3dWithIndices(x, size);
    }
}
