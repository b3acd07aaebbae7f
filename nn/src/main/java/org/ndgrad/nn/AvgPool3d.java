package org.ndgrad.nn;

import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.PoolOptions;

/**
 * The average of each window of a volume, y[i] = Σₖ x[i · stride + k − padding] / kernel; padding counts as 0.
 *
 * <p>Input: (N, C, D, H, W) or (C, D, H, W). Output: (N, C, D', H', W') or (C, D', H', W').
 */
public final class AvgPool3d extends SlidingPool {

    /**
     * Creates the layer with windows side by side.
     *
     * @param kernel the size of a window in each dimension, at least 1
     */
    public AvgPool3d(long kernel) {
        this(PoolOptions.of(kernel));
    }

    /** Creates the layer; it takes no dilation. */
    public AvgPool3d(PoolOptions options) {
        super(3, options);
    }

    @Override
    Tensor pool(Tensor x, PoolOptions options) {
        return Functions.avgPool3d(x, options);
    }
}
