package org.ndgrad.nn.optim;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * What can be chosen about {@link Gradients#clipGradNorm(Iterable, double, ClipOptions)}.
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param p the power of the norm, not 0; ∞ for the largest element
 * @param errorIfNonfinite whether a norm that is infinite or NaN is an error
 */
public record ClipOptions(double p, boolean errorIfNonfinite) {

    private static final ClipOptions DEFAULTS = new ClipOptions(2, false);

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if a number is out of range
     */
    public ClipOptions {
        checkArgument(
                p != 0 && !Double.isNaN(p),
                "clipGradNorm: expected a norm p other than 0; got %s. Use 2, or infinity for the largest element.",
                p);
    }

    /** Returns PyTorch's defaults: the Euclidean norm, no error. */
    public static ClipOptions defaults() {
        return DEFAULTS;
    }

    /** Returns these options with another norm. */
    public ClipOptions withP(double p) {
        return new ClipOptions(p, errorIfNonfinite);
    }

    /** Returns these options with an error for such norms or without. */
    public ClipOptions withErrorIfNonfinite(boolean errorIfNonfinite) {
        return new ClipOptions(p, errorIfNonfinite);
    }
}
