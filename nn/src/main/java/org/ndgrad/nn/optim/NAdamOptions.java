package org.ndgrad.nn.optim;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * What can be chosen about {@link NAdam}, besides the learning rate.
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param beta1 β₁, the share of the first moment that is kept, in [0, 1)
 * @param beta2 β₂, the share of the second moment that is kept, in [0, 1)
 * @param epsilon ε ≥ 0, which keeps the division finite
 * @param weightDecay λ ≥ 0, the factor of θ that is added to the gradient
 * @param momentumDecay ψ ≥ 0, how fast the momentum grows towards β₁
 * @param decoupledWeightDecay whether weights decay beside the gradient, θ ← (1 − η λ) θ, instead of in it
 * @param maximize whether to climb instead of descend
 */
public record NAdamOptions(
        double beta1,
        double beta2,
        double epsilon,
        double weightDecay,
        double momentumDecay,
        boolean decoupledWeightDecay,
        boolean maximize) {

    private static final NAdamOptions DEFAULTS = new NAdamOptions(0.9, 0.999, 1e-8, 0, 4e-3, false, false);

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if a number is out of range
     */
    public NAdamOptions {
        checkArgument(
                beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1,
                "NAdam: expected betas in [0, 1); got %s and %s. Use 0 for no memory.",
                beta1,
                beta2);
        checkArgument(epsilon >= 0, "NAdam: expected epsilon >= 0; got %s. Use 1e-8.", epsilon);
        checkArgument(weightDecay >= 0, "NAdam: expected weightDecay >= 0; got %s. Use 0 for none.", weightDecay);
        checkArgument(momentumDecay >= 0, "NAdam: expected momentumDecay >= 0; got %s. Use 0.004.", momentumDecay);
    }

    /** Returns PyTorch's defaults: β = (0.9, 0.999), ε = 1e-8, ψ = 0.004, no weight decay. */
    public static NAdamOptions defaults() {
        return DEFAULTS;
    }

    /** Returns these options with another β₁. */
    public NAdamOptions withBeta1(double beta1) {
        return new NAdamOptions(beta1, beta2, epsilon, weightDecay, momentumDecay, decoupledWeightDecay, maximize);
    }

    /** Returns these options with another β₂. */
    public NAdamOptions withBeta2(double beta2) {
        return new NAdamOptions(beta1, beta2, epsilon, weightDecay, momentumDecay, decoupledWeightDecay, maximize);
    }

    /** Returns these options with another ε. */
    public NAdamOptions withEpsilon(double epsilon) {
        return new NAdamOptions(beta1, beta2, epsilon, weightDecay, momentumDecay, decoupledWeightDecay, maximize);
    }

    /** Returns these options with another weight decay. */
    public NAdamOptions withWeightDecay(double weightDecay) {
        return new NAdamOptions(beta1, beta2, epsilon, weightDecay, momentumDecay, decoupledWeightDecay, maximize);
    }

    /** Returns these options with another momentum decay. */
    public NAdamOptions withMomentumDecay(double momentumDecay) {
        return new NAdamOptions(beta1, beta2, epsilon, weightDecay, momentumDecay, decoupledWeightDecay, maximize);
    }

    /** Returns these options with the decay beside the gradient or in it. */
    public NAdamOptions withDecoupledWeightDecay(boolean decoupledWeightDecay) {
        return new NAdamOptions(beta1, beta2, epsilon, weightDecay, momentumDecay, decoupledWeightDecay, maximize);
    }

    /** Returns these options with the choice to climb or to descend. */
    public NAdamOptions withMaximize(boolean maximize) {
        return new NAdamOptions(beta1, beta2, epsilon, weightDecay, momentumDecay, decoupledWeightDecay, maximize);
    }
}
