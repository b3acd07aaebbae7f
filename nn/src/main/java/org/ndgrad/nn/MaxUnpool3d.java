package org.ndgrad.nn;

import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.PoolOptions;

/**
 * Puts the elements that {@link MaxPool3d#forwardWithIndices} found where they were in the volume, among zeros.
 *
 * <p>Input: values and indices, (N, C, D', H', W') or (C, D', H', W'). Output: (N, C, D, H, W) or (C, D, H, W).
 */
public final class MaxUnpool3d extends MaxUnpool {

    /**
     * Creates the layer for windows side by side.
     *
     * @param kernel the size of a window in each dimension, at least 1
     */
    public MaxUnpool3d(long kernel) {
        this(PoolOptions.of(kernel));
    }

    /**
     * Creates the layer.
     *
     * @param options kernel, stride and padding that the maximum was taken with
     */
    public MaxUnpool3d(PoolOptions options) {
        super(3, options);
    }

    @Override
    Tensor unpool(Tensor x, Tensor indices, PoolOptions options, long... size) {
        return Functions.maxUnpool3d(x, indices, options, size);
    }
}
