package org.ndgrad.nn.optim;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * What can be chosen about {@link Asgd}, besides the learning rate.
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param lambda λ₀, by which the parameter and the step size shrink
 * @param alpha α, the power with which the step size shrinks
 * @param t0 t₀, the step at which averaging begins
 * @param weightDecay λ ≥ 0, the factor of θ that is added to the gradient
 * @param maximize whether to climb instead of descend
 */
public record AsgdOptions(double lambda, double alpha, double t0, double weightDecay, boolean maximize) {

    private static final AsgdOptions DEFAULTS = new AsgdOptions(1e-4, 0.75, 1e6, 0, false);

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if a number is out of range
     */
    public AsgdOptions {
        checkArgument(
                !Double.isNaN(lambda) && !Double.isNaN(alpha) && !Double.isNaN(t0),
                "Asgd: expected numbers as lambda, alpha and t0; got %s, %s and %s. Leave them as they are.",
                lambda,
                alpha,
                t0);
        checkArgument(weightDecay >= 0, "Asgd: expected weightDecay >= 0; got %s. Use 0 for none.", weightDecay);
    }

    /** Returns PyTorch's defaults: λ₀ = 1e-4, α = 0.75, t₀ = 1e6, no weight decay. */
    public static AsgdOptions defaults() {
        return DEFAULTS;
    }

    /** Returns these options with another λ₀. */
    public AsgdOptions withLambda(double lambda) {
        return new AsgdOptions(lambda, alpha, t0, weightDecay, maximize);
    }

    /** Returns these options with another α. */
    public AsgdOptions withAlpha(double alpha) {
        return new AsgdOptions(lambda, alpha, t0, weightDecay, maximize);
    }

    /** Returns these options with another beginning of averaging. */
    public AsgdOptions withT0(double t0) {
        return new AsgdOptions(lambda, alpha, t0, weightDecay, maximize);
    }

    /** Returns these options with another weight decay. */
    public AsgdOptions withWeightDecay(double weightDecay) {
        return new AsgdOptions(lambda, alpha, t0, weightDecay, maximize);
    }

    /** Returns these options with the choice to climb or to descend. */
    public AsgdOptions withMaximize(boolean maximize) {
        return new AsgdOptions(lambda, alpha, t0, weightDecay, maximize);
    }
}
