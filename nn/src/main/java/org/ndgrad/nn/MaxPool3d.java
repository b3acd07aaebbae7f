package org.ndgrad.nn;

import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.PoolOptions;
import org.ndgrad.autograd.ops.ValuesAndIndices;

/**
 * The largest element of each window of a volume, y[i] = maxₖ x[i · stride + k · dilation − padding]. NaN wins; padding
 * counts as −∞.
 *
 * <p>Input: (N, C, D, H, W) or (C, D, H, W). Output: (N, C, D', H', W') or (C, D', H', W').
 */
public final class MaxPool3d extends MaxPool {

    /**
     * Creates the layer with windows side by side.
     *
     * @param kernel the size of a window in each dimension, at least 1
     */
    public MaxPool3d(long kernel) {
        this(PoolOptions.of(kernel));
    }

    /** Creates the layer; it takes no options of averages. */
    public MaxPool3d(PoolOptions options) {
        super(3, options);
    }

    @Override
    ValuesAndIndices largest(Tensor x, PoolOptions options) {
        return Functions.maxPool3dWithIndices(x, options);
    }
}
