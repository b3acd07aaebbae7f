package org.ndgrad.nn;

import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;

/**
 * Averages of a signal to a given size, y[i] = the average of x from ⌊i · L / L'⌋ to before ⌈(i + 1) · L / L'⌉ in each
 * dimension.
 *
 * <p>Input: (N, C, L) or (C, L). Output: (N, C, L') or (C, L').
 */
public final class AdaptiveAvgPool1d extends AdaptivePool {

    /**
     * Creates the layer.
     *
     * @param size the output's size, or −1 to keep the input's
     */
    public AdaptiveAvgPool1d(long size) {
        super(1, size);
    }

    @Override
    Tensor pool(Tensor x, long... size) {
        return Functions.adaptiveAvgPool1d(x, size[0]);
    }
}
