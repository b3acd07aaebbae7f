package org.ndgrad.nn;

import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.NormalizationOptions;

/**
 * Root mean square normalization: y = x / √(mean x² + ε) · weight, the mean over the last dims.
 *
 * <p>Input: (*, shape). Output: the same shape. Parameter: {@code weight} (shape), ones at first. Source: Zhang and
 * Sennrich, Root mean square layer normalization, 2019.
 */
public final class RmsNorm extends ShapeNorm {

    private final RmsNormOptions options;

    /**
     * Creates the layer with PyTorch's defaults.
     *
     * @param shape the sizes of the last dims
     * @throws IllegalArgumentException if there are none
     */
    public RmsNorm(long... shape) {
        this(shape, RmsNormOptions.defaults());
    }

    /** Creates a layer that normalizes over the last dim, of the given size. */
    public RmsNorm(long size, RmsNormOptions options) {
        this(new long[] {size}, options);
    }

    /**
     * Creates the layer.
     *
     * @param shape the sizes of the last dims
     * @throws IllegalArgumentException if there are none
     */
    public RmsNorm(long[] shape, RmsNormOptions options) {
        super(shape, options.affine(), false, options.dtype());
        this.options = options;
    }

    @Override
    Tensor compute(Tensor x) {
        long[] shape = check(x);
        NormalizationOptions now = affine();
        now = options.epsilon().isPresent() ? now.withEpsilon(options.epsilon().getAsDouble()) : now;
        return Functions.rmsNorm(x, shape, now);
    }

    @Override
    protected String settings() {
        return "shape=" + shapeText() + ", epsilon="
                + (options.epsilon().isPresent() ? options.epsilon().getAsDouble() : "the dtype's")
                + ", affine=" + options.affine();
    }
}
