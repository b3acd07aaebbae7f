package org.ndgrad.nn;

import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.InterpolateOptions;

/**
 * Gives signals, images or volumes another size, by the nearest element or by interpolation.
 *
 * <pre>{@code
 * new Upsample(InterpolateOptions.ofFactors(2).withMode(InterpolateOptions.Mode.LINEAR));
 * }</pre>
 *
 * <p>Input: (N, C, L), (N, C, H, W) or (N, C, D, H, W). Output: the same dimensions, of the size that the options ask
 * for.
 */
public final class Upsample extends BuiltIn implements KeepsNothing {

    private final InterpolateOptions options;

    /**
     * Creates the layer, which repeats the nearest element.
     *
     * @param factor by what to multiply each spatial size
     */
    public Upsample(double factor) {
        this(InterpolateOptions.ofFactors(factor));
    }

    /** Creates the layer. */
    public Upsample(InterpolateOptions options) {
        this.options = Settings.given(this, "options", options);
    }

    @Override
    Tensor compute(Tensor x) {
        return Functions.interpolate(x, options);
    }

    @Override
    protected String settings() {
        return (options.sizes().isEmpty() ? "factors=" + options.factors() : "sizes=" + Settings.sizes(options.sizes()))
                + ", mode="
                + options.mode()
                + (options.alignCorners() ? ", alignCorners=true" : "");
    }
}
