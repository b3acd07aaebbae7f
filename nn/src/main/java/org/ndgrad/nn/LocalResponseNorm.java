package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Checks;
import org.ndgrad.autograd.internal.Text;

/**
 * Local response normalization: y = x / (k + α · mean x²)ᵝ, the mean over neighboring channels.
 *
 * <p>Input: (N, C, *) of at least 3 dims. Output: the same shape. Source: Krizhevsky et al., ImageNet classification
 * with deep convolutional neural networks, 2012.
 */
public final class LocalResponseNorm extends BuiltIn implements KeepsNothing {

    private final int size;
    private final LocalResponseNormOptions options;

    /**
     * Creates the layer with PyTorch's defaults.
     *
     * @param size how many neighbors there are with the channel itself, at least 1
     * @throws IllegalArgumentException if it is less
     */
    public LocalResponseNorm(long size) {
        this(size, LocalResponseNormOptions.defaults());
    }

    /**
     * Creates the layer.
     *
     * @param size how many neighbors there are with the channel itself, at least 1
     * @throws IllegalArgumentException if it is less
     */
    public LocalResponseNorm(long size, LocalResponseNormOptions options) {
        checkArgument(
                size >= 1, "LocalResponseNorm: expected a size of at least 1; got %s. Count the channel itself.", size);
        this.size = Checks.count("LocalResponseNorm", "neighbors", size);
        this.options = Settings.given(this, "options", options);
    }

    @Override
    Tensor compute(Tensor x) {
        Checks.floating(this, "an input", x);
        checkArgument(
                x.ndim() >= 3,
                "LocalResponseNorm(size=%s): expected an input of shape (N, C, *) with at least 3 dims; got %s. Add dims"
                        + " with unsqueeze.",
                size,
                Text.shape(x));
        return Functions.localResponseNorm(x, size, options.alpha(), options.beta(), options.k());
    }

    @Override
    protected String settings() {
        return "size=" + size + ", alpha=" + options.alpha() + ", beta=" + options.beta() + ", k=" + options.k();
    }
}
