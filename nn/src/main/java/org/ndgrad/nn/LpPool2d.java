package org.ndgrad.nn;

import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.PoolOptions;

/**
 * The p-norm of each window of an image, y[i] = (Σₖ x[i · stride + k]ᵖ)^(1/p): the sum for p = 1, the largest for
 * p = ∞.
 *
 * <p>Input: (N, C, H, W) or (C, H, W). Output: (N, C, H', W') or (C, H', W').
 */
public final class LpPool2d extends LpPool {

    /**
     * Creates the layer with windows side by side.
     *
     * @param p the exponent, not 0
     * @param kernel the size of a window in each dimension, at least 1
     */
    public LpPool2d(double p, long kernel) {
        this(p, PoolOptions.of(kernel));
    }

    /**
     * Creates the layer.
     *
     * @param p the exponent, not 0
     * @param options kernel, stride and ceil mode
     */
    public LpPool2d(double p, PoolOptions options) {
        super(2, p, options);
    }

    @Override
    Tensor pool(Tensor x, double p, PoolOptions options) {
        return Functions.lpPool2d(x, p, options);
    }
}
