package org.ndgrad.nn;

import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;

/**
 * Layer normalization: y = (x − mean) / √(variance + ε) · weight + bias, mean and variance over the last dims.
 *
 * <p>Input: (*, shape). Output: the same shape. Parameters: {@code weight} (shape), ones at first, and {@code bias}
 * (shape), zeros. Source: Ba et al., Layer normalization, 2016.
 */
public final class LayerNorm extends ShapeNorm {

    private final NormLayerOptions options;

    /**
     * Creates the layer with PyTorch's defaults.
     *
     * @param shape the sizes of the last dims
     * @throws IllegalArgumentException if there are none
     */
    public LayerNorm(long... shape) {
        this(shape, NormLayerOptions.defaults());
    }

    /** Creates a layer that normalizes over the last dim, of the given size. */
    public LayerNorm(long size, NormLayerOptions options) {
        this(new long[] {size}, options);
    }

    /**
     * Creates the layer.
     *
     * @param shape the sizes of the last dims
     * @throws IllegalArgumentException if there are none
     */
    public LayerNorm(long[] shape, NormLayerOptions options) {
        super(shape, options.affine(), options.bias(), options.dtype());
        this.options = options;
    }

    @Override
    Tensor compute(Tensor x) {
        long[] shape = check(x);
        return Functions.layerNorm(x, shape, affine().withEpsilon(options.epsilon()));
    }

    @Override
    protected String settings() {
        return "shape=" + shapeText() + ", epsilon=" + options.epsilon() + ", affine=" + options.affine()
                + (options.affine() ? ", bias=" + options.bias() : "");
    }
}
