package org.ndgrad.nn;

import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.PoolOptions;

/**
 * Puts the elements that {@link MaxPool1d#forwardWithIndices} found where they were in the signal, among zeros.
 *
 * <p>Input: values and indices, (N, C, L') or (C, L'). Output: (N, C, L) or (C, L).
 */
public final class MaxUnpool1d extends MaxUnpool {

    /**
     * Creates the layer for windows side by side.
     *
     * @param kernel the size of a window in each dimension, at least 1
     */
    public MaxUnpool1d(long kernel) {
        this(PoolOptions.of(kernel));
    }

    /**
     * Creates the layer.
     *
     * @param options kernel, stride and padding that the maximum was taken with
     */
    public MaxUnpool1d(PoolOptions options) {
        super(1, options);
    }

    @Override
    Tensor unpool(Tensor x, Tensor indices, PoolOptions options, long... size) {
        return Functions.maxUnpool1d(x, indices, options, size);
    }
}
