package org.ndgrad.nn;

import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.FractionalPoolOptions;
import org.ndgrad.autograd.ops.ValuesAndIndices;

/**
 * The largest element of each window of an image, where the windows lie at random, so that sizes shrink by any factor.
 * They are drawn anew in each call, also in evaluation, for each image and channel.
 * Given samples are the buffer {@code _random_samples}, under PyTorch's name.
 *
 * <p>Source: Graham, Fractional max-pooling, 2014.
 *
 * <p>Input: (N, C, H, W) or (C, H, W). Output: (N, C, H', W') or (C, H', W').
 */
public final class FractionalMaxPool2d extends FractionalMaxPool {

    /**
     * Creates the layer.
     *
     * @param options kernel, and the output's sizes or ratios
     */
    public FractionalMaxPool2d(FractionalPoolOptions options) {
        super(2, options);
    }

    @Override
    ValuesAndIndices largest(Tensor x, FractionalPoolOptions options) {
        return Functions.fractionalMaxPool2dWithIndices(x, options);
    }
}
