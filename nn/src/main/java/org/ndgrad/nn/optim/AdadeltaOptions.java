package org.ndgrad.nn.optim;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * What can be chosen about {@link Adadelta}, besides the learning rate.
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param rho ρ in [0, 1], the share of both averages that is kept
 * @param epsilon ε ≥ 0, which keeps the division finite
 * @param weightDecay λ ≥ 0, the factor of θ that is added to the gradient
 * @param maximize whether to climb instead of descend
 */
public record AdadeltaOptions(double rho, double epsilon, double weightDecay, boolean maximize) {

    private static final AdadeltaOptions DEFAULTS = new AdadeltaOptions(0.9, 1e-6, 0, false);

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if a number is out of range
     */
    public AdadeltaOptions {
        checkArgument(rho >= 0 && rho <= 1, "Adadelta: expected rho in [0, 1]; got %s. Use 0.9.", rho);
        checkArgument(epsilon >= 0, "Adadelta: expected epsilon >= 0; got %s. Use 1e-6.", epsilon);
        checkArgument(weightDecay >= 0, "Adadelta: expected weightDecay >= 0; got %s. Use 0 for none.", weightDecay);
    }

    /** Returns PyTorch's defaults: ρ = 0.9, ε = 1e-6, no weight decay. */
    public static AdadeltaOptions defaults() {
        return DEFAULTS;
    }

    /** Returns these options with another ρ. */
    public AdadeltaOptions withRho(double rho) {
        return new AdadeltaOptions(rho, epsilon, weightDecay, maximize);
    }

    /** Returns these options with another ε. */
    public AdadeltaOptions withEpsilon(double epsilon) {
        return new AdadeltaOptions(rho, epsilon, weightDecay, maximize);
    }

    /** Returns these options with another weight decay. */
    public AdadeltaOptions withWeightDecay(double weightDecay) {
        return new AdadeltaOptions(rho, epsilon, weightDecay, maximize);
    }

    /** Returns these options with the choice to climb or to descend. */
    public AdadeltaOptions withMaximize(boolean maximize) {
        return new AdadeltaOptions(rho, epsilon, weightDecay, maximize);
    }
}
