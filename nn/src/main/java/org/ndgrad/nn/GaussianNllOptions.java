package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import org.ndgrad.autograd.internal.Checks;

/**
 * What can be chosen about {@link Losses#gaussianNllLoss}.
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param reduction how to combine the elements' losses
 * @param full whether to add the constant ½ log(2 π)
 * @param epsilon the smallest variance to reckon with, above 0
 */
public record GaussianNllOptions(Reduction reduction, boolean full, double epsilon) {

    private static final GaussianNllOptions DEFAULTS = new GaussianNllOptions(Reduction.MEAN, false, 1e-6);

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if epsilon is not above 0
     * @throws NullPointerException if one of them is null
     */
    public GaussianNllOptions {
        Checks.given("GaussianNllOptions", "reduction", reduction);
        checkArgument(epsilon > 0, "gaussianNllLoss: expected epsilon > 0; got %s. Use 1e-6.", epsilon);
    }

    /** Returns PyTorch's defaults: mean, without the constant, variances of at least 1e-6. */
    public static GaussianNllOptions defaults() {
        return DEFAULTS;
    }

    /** Returns these options with another reduction. */
    public GaussianNllOptions withReduction(Reduction reduction) {
        return new GaussianNllOptions(reduction, full, epsilon);
    }

    /** Returns these options with the constant or without. */
    public GaussianNllOptions withFull(boolean full) {
        return new GaussianNllOptions(reduction, full, epsilon);
    }

    /** Returns these options with another smallest variance. */
    public GaussianNllOptions withEpsilon(double epsilon) {
        return new GaussianNllOptions(reduction, full, epsilon);
    }
}
