package org.ndgrad.nn;

import com.google.common.primitives.ImmutableLongArray;
import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.ConvOptions;

/**
 * Images of windows that are added up, y[c, i] = Σ x[c · K + k, p] over all windows p whose element k is i: the
 * transpose of {@link Unfold}.
 *
 * <p>Input: (N, C · K, windows) or (C · K, windows), with K elements in a window. Output: (N, C, H, W) or (C, H, W).
 */
public final class Fold extends BuiltIn implements KeepsNothing {

    private final ImmutableLongArray size;
    private final ImmutableLongArray kernel;
    private final ConvOptions options;

    /**
     * Creates the layer with stride 1, without padding and dilation.
     *
     * @param size the height and width of the output, or one number for both
     * @param kernel the height and width of a window, or one number for both
     */
    public Fold(long[] size, long[] kernel) {
        this(size, kernel, ConvOptions.defaults());
    }

    /**
     * Creates the layer.
     *
     * @param size the height and width of the output, or one number for both
     * @param kernel the height and width of a window, or one number for both
     * @param options stride, padding and dilation; no groups
     */
    public Fold(long[] size, long[] kernel, ConvOptions options) {
        this.size = ImmutableLongArray.copyOf(size);
        this.kernel = ImmutableLongArray.copyOf(kernel);
        this.options = Settings.given(this, "options", options);
    }

    @Override
    Tensor compute(Tensor x) {
        return Functions.fold(x, size.toArray(), kernel.toArray(), options);
    }

    @Override
    protected String settings() {
        return "size=" + Settings.sizes(size) + ", kernel=" + Settings.sizes(kernel)
                + ", stride=" + Settings.sizes(options.stride()) + ", padding=" + Settings.sizes(options.padding())
                + ", dilation=" + Settings.sizes(options.dilation());
    }
}
