package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Text;

/**
 * Leaky rectified linear unit with slopes that are learned, y = x for x > 0, else w · x. The parameter {@code weight},
 * w, has shape (C): one slope for all, or one for each channel. Don't let it decay: it would become plain ReLU.
 *
 * <p>Source: He et al., Delving deep into rectifiers, 2015.
 *
 * <p>Input: (*), or (N, C, *) with a slope for each channel. Output: the same shape.
 */
public final class PRelu extends BuiltIn implements KeepsNothing {

    private final Tensor weight;

    /** Creates the layer with one slope for all. */
    public PRelu() {
        this(1);
    }

    /**
     * Creates the layer.
     *
     * @param channels C, or 1 for one slope for all
     */
    public PRelu(long channels) {
        this(channels, PReluOptions.defaults());
    }

    /**
     * Creates the layer.
     *
     * @param channels C, or 1 for one slope for all
     * @throws IllegalArgumentException if channels is not at least 1
     */
    public PRelu(long channels, PReluOptions options) {
        checkArgument(channels >= 1, "PRelu: expected at least 1 channel; got %s. Use 1 for one slope.", channels);
        weight = parameter("weight", Tensor.full(options.dtype(), options.slope(), channels));
    }

    @Override
    Tensor compute(Tensor x) {
        long channels = weight.size(0);
        checkArgument(
                channels == 1 || (x.ndim() > 1 && x.size(1) == channels),
                "%s: expected an input of shape (N, %s, *); got %s. Make 'channels' the number of channels, or 1.",
                this,
                channels,
                Text.shape(x));
        checkArgument(
                x.dtype() == weight.dtype(),
                "%s: expected an input of dtype %s, like the weight; got %s. Convert one of them with to(…).",
                this,
                Text.dtype(weight),
                Text.dtype(x));
        return Functions.prelu(x, weight);
    }

    /** Returns the slopes, shape (C). */
    public Tensor weight() {
        return weight;
    }

    @Override
    protected String settings() {
        return "channels=" + weight.size(0);
    }
}
