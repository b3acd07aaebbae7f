package org.ndgrad.nn;

import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.PoolOptions;

/**
 * The average of each window of an image, y[i] = Σₖ x[i · stride + k − padding] / kernel; padding counts as 0.
 *
 * <p>Input: (N, C, H, W) or (C, H, W). Output: (N, C, H', W') or (C, H', W').
 */
public final class AvgPool2d extends SlidingPool {

    /**
     * Creates the layer with windows side by side.
     *
     * @param kernel the size of a window in each dimension, at least 1
     */
    public AvgPool2d(long kernel) {
        this(PoolOptions.of(kernel));
    }

    /** Creates the layer; it takes no dilation. */
    public AvgPool2d(PoolOptions options) {
        super(2, options);
    }

    @Override
    Tensor pool(Tensor x, PoolOptions options) {
        return Functions.avgPool2d(x, options);
    }
}
