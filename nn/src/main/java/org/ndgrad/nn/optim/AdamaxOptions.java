package org.ndgrad.nn.optim;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * What can be chosen about {@link Adamax}, besides the learning rate.
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param beta1 β₁, the share of the first moment that is kept, in [0, 1)
 * @param beta2 β₂, the share of the largest gradient that is kept, in [0, 1)
 * @param epsilon ε ≥ 0, which keeps the division finite
 * @param weightDecay λ ≥ 0, the factor of θ that is added to the gradient
 * @param maximize whether to climb instead of descend
 */
public record AdamaxOptions(double beta1, double beta2, double epsilon, double weightDecay, boolean maximize) {

    private static final AdamaxOptions DEFAULTS = new AdamaxOptions(0.9, 0.999, 1e-8, 0, false);

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if a number is out of range
     */
    public AdamaxOptions {
        checkArgument(
                beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1,
                "Adamax: expected betas in [0, 1); got %s and %s. Use 0 for no memory.",
                beta1,
                beta2);
        checkArgument(epsilon >= 0, "Adamax: expected epsilon >= 0; got %s. Use 1e-8.", epsilon);
        checkArgument(weightDecay >= 0, "Adamax: expected weightDecay >= 0; got %s. Use 0 for none.", weightDecay);
    }

    /** Returns PyTorch's defaults: β = (0.9, 0.999), ε = 1e-8, no weight decay. */
    public static AdamaxOptions defaults() {
        return DEFAULTS;
    }

    /** Returns these options with another β₁. */
    public AdamaxOptions withBeta1(double beta1) {
        return new AdamaxOptions(beta1, beta2, epsilon, weightDecay, maximize);
    }

    /** Returns these options with another β₂. */
    public AdamaxOptions withBeta2(double beta2) {
        return new AdamaxOptions(beta1, beta2, epsilon, weightDecay, maximize);
    }

    /** Returns these options with another ε. */
    public AdamaxOptions withEpsilon(double epsilon) {
        return new AdamaxOptions(beta1, beta2, epsilon, weightDecay, maximize);
    }

    /** Returns these options with another weight decay. */
    public AdamaxOptions withWeightDecay(double weightDecay) {
        return new AdamaxOptions(beta1, beta2, epsilon, weightDecay, maximize);
    }

    /** Returns these options with the choice to climb or to descend. */
    public AdamaxOptions withMaximize(boolean maximize) {
        return new AdamaxOptions(beta1, beta2, epsilon, weightDecay, maximize);
    }
}
