package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;

/**
 * Leaky rectified linear unit with random slopes, y = x for x > 0, else r · x: in training, r is drawn evenly between
 * two slopes for each element; in evaluation it is their mean.
 *
 * <p>Source: Xu et al., Empirical evaluation of rectified activations in convolutional network, 2015.
 *
 * <p>Input: (*). Output: (*), the same shape.
 */
public final class RRelu extends BuiltIn implements KeepsNothing {

    private final RReluOptions options;

    /** Creates the layer with slopes from 1/8 to 1/3. */
    public RRelu() {
        this(RReluOptions.defaults());
    }

    /**
     * Creates the layer.
     *
     * @throws IllegalArgumentException unless the smallest slope is at most the largest, and both are finite
     */
    public RRelu(RReluOptions options) {
        Settings.finite("RRelu", "lower slope", options.lower());
        Settings.finite("RRelu", "upper slope", options.upper());
        checkArgument(
                options.lower() <= options.upper(),
                "RRelu: expected lower <= upper; got lower=%s, upper=%s. Swap them.",
                options.lower(),
                options.upper());
        this.options = options;
    }

    @Override
    Tensor compute(Tensor x) {
        return isTraining()
                ? Functions.rrelu(x, options.lower(), options.upper(), options.rng())
                : Functions.rrelu(x, options.lower(), options.upper());
    }

    @Override
    protected String settings() {
        return "lower=" + options.lower() + ", upper=" + options.upper();
    }
}
