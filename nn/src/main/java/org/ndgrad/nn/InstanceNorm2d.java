package org.ndgrad.nn;

/**
 * Instance normalization: y = (x − mean) / √(variance + ε) for each channel of each sample. If asked for, times a
 * weight plus a bias, and with running values in evaluation.
 *
 * <p>Input: (N, C, H, W) or (C, H, W). Output: the same shape. Parameters, if affine: {@code weight} (C), ones at
 * first, and {@code bias} (C), zeros. Buffers, if tracked: {@code running_mean} (C), {@code running_var} (C) and
 * {@code num_batches_tracked} (), which stays 0, as in PyTorch.
 *
 * <p>Refused are other shapes and types, and a channel with one value. Source: Ulyanov et al., Instance normalization:
 * the missing ingredient for fast stylization, 2016.
 */
public final class InstanceNorm2d extends InstanceNorm {

    /**
     * Creates the layer with PyTorch's defaults.
     *
     * @param channels C, at least 1
     * @throws IllegalArgumentException if it is less
     */
    public InstanceNorm2d(long channels) {
        this(channels, InstanceNormOptions.defaults());
    }

    /**
     * Creates the layer.
     *
     * @param channels C, at least 1
     * @throws IllegalArgumentException if it is less
     */
    public InstanceNorm2d(long channels, InstanceNormOptions options) {
        super(2, channels, options);
    }
}
