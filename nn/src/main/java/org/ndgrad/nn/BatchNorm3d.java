package org.ndgrad.nn;

/**
 * Batch normalization: y = (x − mean) / √(variance + ε) · weight + bias for each channel, with mean and variance of the
 * batch in training, and the running ones in evaluation.
 *
 * <p>Input: (N, C, D, H, W). Output: the same shape. Parameters: {@code weight} (C), ones at first, and {@code bias}
 * (C), zeros. Buffers: {@code running_mean} (C), zeros at first, {@code running_var} (C), ones, and
 * {@code num_batches_tracked} (). After a batch, a running value is (1 − momentum) · old + momentum · new, with the
 * unbiased variance.
 *
 * <p>Refused are other shapes and types, and in training a batch with one value per channel. Source: Ioffe and Szegedy,
 * Batch normalization: accelerating deep network training by reducing internal covariate shift, 2015.
 */
public final class BatchNorm3d extends BatchNorm {

    /**
     * Creates the layer with PyTorch's defaults.
     *
     * @param channels C, at least 1
     * @throws IllegalArgumentException if it is less
     */
    public BatchNorm3d(long channels) {
        this(channels, BatchNormLayerOptions.defaults());
    }

    /**
     * Creates the layer.
     *
     * @param channels C, at least 1
     * @throws IllegalArgumentException if it is less
     */
    public BatchNorm3d(long channels, BatchNormLayerOptions options) {
        super(5, 5, channels, options);
    }
}
