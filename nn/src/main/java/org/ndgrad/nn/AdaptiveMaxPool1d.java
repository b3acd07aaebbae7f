package org.ndgrad.nn;

import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.ValuesAndIndices;

/**
 * The largest elements of a signal to a given size, y[i] = the largest of x from ⌊i · L / L'⌋ to before
 * ⌈(i + 1) · L / L'⌉ in each dimension. NaN wins.
 *
 * <p>Input: (N, C, L) or (C, L). Output: (N, C, L') or (C, L').
 */
public final class AdaptiveMaxPool1d extends AdaptiveMaxPool {

    /**
     * Creates the layer.
     *
     * @param size the output's size, or −1 to keep the input's
     */
    public AdaptiveMaxPool1d(long size) {
        super(1, size);
    }

    @Override
    ValuesAndIndices largest(Tensor x, long... size) {
        return Functions.adaptiveMaxPool1dWithIndices(x, size[0]);
    }
}
