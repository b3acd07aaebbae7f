package org.ndgrad.nn;

import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.FractionalPoolOptions;
import org.ndgrad.autograd.ops.ValuesAndIndices;

/**
 * The largest element of each window of a volume, where the windows lie at random, so that sizes shrink by any factor.
 * They are drawn anew in each call, also in evaluation, for each volume and channel.
 * Given samples are the buffer {@code _random_samples}, under PyTorch's name.
 *
 * <p>Source: Graham, Fractional max-pooling, 2014.
 *
 * <p>Input: (N, C, D, H, W) or (C, D, H, W). Output: (N, C, D', H', W') or (C, D', H', W').
 */
public final class FractionalMaxPool3d extends FractionalMaxPool {

    /**
     * Creates the layer.
     *
     * @param options kernel, and the output's sizes or ratios
     */
    public FractionalMaxPool3d(FractionalPoolOptions options) {
        super(3, options);
    }

    @Override
    ValuesAndIndices largest(Tensor x, FractionalPoolOptions options) {
        return Functions.fractionalMaxPool3dWithIndices(x, options);
    }
}
