package org.ndgrad.nn;

import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.PoolOptions;

/**
 * Puts the elements that {@link MaxPool2d#forwardWithIndices} found where they were in the image, among zeros.
 *
 * <p>Input: values and indices, (N, C, H', W') or (C, H', W'). Output: (N, C, H, W) or (C, H, W).
 */
public final class MaxUnpool2d extends MaxUnpool {

    /**
     * Creates the layer for windows side by side.
     *
     * @param kernel the size of a window in each dimension, at least 1
     */
    public MaxUnpool2d(long kernel) {
        this(PoolOptions.of(kernel));
    }

    /**
     * Creates the layer.
     *
     * @param options kernel, stride and padding that the maximum was taken with
     */
    public MaxUnpool2d(PoolOptions options) {
        super(2, options);
    }

    @Override
    Tensor unpool(Tensor x, Tensor indices, PoolOptions options, long... size) {
        return Functions.maxUnpool2d(x, indices, options, size);
    }
}
