package org.ndgrad.nn;

import com.google.common.primitives.ImmutableLongArray;
import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.ConvOptions;

/**
 * Windows of images as columns, y[c · K + k, p] = x[c, element k of window p], where the windows lie in rows; what lies
 * in the padding is 0.
 *
 * <p>Input: (N, C, H, W) or (C, H, W). Output: (N, C · K, windows) or (C · K, windows), with K elements in a window.
 */
public final class Unfold extends BuiltIn implements KeepsNothing {

    private final ImmutableLongArray kernel;
    private final ConvOptions options;

    /**
     * Creates the layer with stride 1, without padding and dilation.
     *
     * @param kernel the height and width of a window, or one number for both
     */
    public Unfold(long... kernel) {
        this(kernel, ConvOptions.defaults());
    }

    /**
     * Creates the layer.
     *
     * @param kernel the height and width of a window, or one number for both
     * @param options stride, padding and dilation; no groups
     */
    public Unfold(long[] kernel, ConvOptions options) {
        this.kernel = ImmutableLongArray.copyOf(kernel);
        this.options = Settings.given(this, "options", options);
    }

    @Override
    Tensor compute(Tensor x) {
        return Functions.unfold(x, kernel.toArray(), options);
    }

    @Override
    protected String settings() {
        return "kernel=" + Settings.sizes(kernel)
                + ", stride=" + Settings.sizes(options.stride()) + ", padding=" + Settings.sizes(options.padding())
                + ", dilation=" + Settings.sizes(options.dilation());
    }
}
