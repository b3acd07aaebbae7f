package org.ndgrad.nn;

import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.PoolOptions;

/**
 * The average of each window of a signal, y[i] = Σₖ x[i · stride + k − padding] / kernel; padding counts as 0.
 *
 * <p>Input: (N, C, L) or (C, L). Output: (N, C, L') or (C, L').
 */
public final class AvgPool1d extends SlidingPool {

    /**
     * Creates the layer with windows side by side.
     *
     * @param kernel the size of a window in each dimension, at least 1
     */
    public AvgPool1d(long kernel) {
        this(PoolOptions.of(kernel));
    }

    /** Creates the layer; it takes no dilation. */
    public AvgPool1d(PoolOptions options) {
        super(1, options);
    }

    @Override
    Tensor pool(Tensor x, PoolOptions options) {
        return Functions.avgPool1d(x, options);
    }
}
