package org.ndgrad.nn.optim;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * What can be chosen about {@link AdamW}, besides the learning rate.
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param beta1 β₁, the share of the first moment that is kept, in [0, 1)
 * @param beta2 β₂, the share of the second moment that is kept, in [0, 1)
 * @param epsilon ε ≥ 0, which keeps the division finite
 * @param weightDecay λ ≥ 0, of which the share η λ of θ goes in a step
 * @param amsgrad whether the step sizes may only shrink (AMSGrad)
 * @param maximize whether to climb instead of descend
 */
public record AdamWOptions(
        double beta1, double beta2, double epsilon, double weightDecay, boolean amsgrad, boolean maximize) {

    private static final AdamWOptions DEFAULTS = new AdamWOptions(0.9, 0.999, 1e-8, 1e-2, false, false);

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if a number is out of range
     */
    public AdamWOptions {
        checkArgument(
                beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1,
                "AdamW: expected betas in [0, 1); got %s and %s. Use 0 for no memory.",
                beta1,
                beta2);
        checkArgument(epsilon >= 0, "AdamW: expected epsilon >= 0; got %s. Use 1e-8.", epsilon);
        checkArgument(weightDecay >= 0, "AdamW: expected weightDecay >= 0; got %s. Use 0 for none.", weightDecay);
    }

    /** Returns PyTorch's defaults: β = (0.9, 0.999), ε = 1e-8, λ = 0.01. */
    public static AdamWOptions defaults() {
        return DEFAULTS;
    }

    /** Returns these options with another β₁. */
    public AdamWOptions withBeta1(double beta1) {
        return new AdamWOptions(beta1, beta2, epsilon, weightDecay, amsgrad, maximize);
    }

    /** Returns these options with another β₂. */
    public AdamWOptions withBeta2(double beta2) {
        return new AdamWOptions(beta1, beta2, epsilon, weightDecay, amsgrad, maximize);
    }

    /** Returns these options with another ε. */
    public AdamWOptions withEpsilon(double epsilon) {
        return new AdamWOptions(beta1, beta2, epsilon, weightDecay, amsgrad, maximize);
    }

    /** Returns these options with another weight decay. */
    public AdamWOptions withWeightDecay(double weightDecay) {
        return new AdamWOptions(beta1, beta2, epsilon, weightDecay, amsgrad, maximize);
    }

    /** Returns these options with AMSGrad or without. */
    public AdamWOptions withAmsgrad(boolean amsgrad) {
        return new AdamWOptions(beta1, beta2, epsilon, weightDecay, amsgrad, maximize);
    }

    /** Returns these options with the choice to climb or to descend. */
    public AdamWOptions withMaximize(boolean maximize) {
        return new AdamWOptions(beta1, beta2, epsilon, weightDecay, amsgrad, maximize);
    }
}
