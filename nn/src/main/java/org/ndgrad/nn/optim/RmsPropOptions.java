package org.ndgrad.nn.optim;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * What can be chosen about {@link RmsProp}, besides the learning rate.
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param alpha α ≥ 0, the share of the average of squares that is kept
 * @param epsilon ε ≥ 0, which keeps the division finite
 * @param weightDecay λ ≥ 0, the factor of θ that is added to the gradient
 * @param momentum μ ≥ 0, the share of the velocity that is kept
 * @param centered whether to divide by the standard deviation of the gradient instead of its root mean square
 * @param maximize whether to climb instead of descend
 */
public record RmsPropOptions(
        double alpha, double epsilon, double weightDecay, double momentum, boolean centered, boolean maximize) {

    private static final RmsPropOptions DEFAULTS = new RmsPropOptions(0.99, 1e-8, 0, 0, false, false);

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if a number is out of range
     */
    public RmsPropOptions {
        checkArgument(alpha >= 0, "RmsProp: expected alpha >= 0; got %s. Use 0.99.", alpha);
        checkArgument(epsilon >= 0, "RmsProp: expected epsilon >= 0; got %s. Use 1e-8.", epsilon);
        checkArgument(weightDecay >= 0, "RmsProp: expected weightDecay >= 0; got %s. Use 0 for none.", weightDecay);
        checkArgument(momentum >= 0, "RmsProp: expected momentum >= 0; got %s. Use 0 for none.", momentum);
    }

    /** Returns PyTorch's defaults: α = 0.99, ε = 1e-8, neither momentum nor weight decay. */
    public static RmsPropOptions defaults() {
        return DEFAULTS;
    }

    /** Returns these options with another α. */
    public RmsPropOptions withAlpha(double alpha) {
        return new RmsPropOptions(alpha, epsilon, weightDecay, momentum, centered, maximize);
    }

    /** Returns these options with another ε. */
    public RmsPropOptions withEpsilon(double epsilon) {
        return new RmsPropOptions(alpha, epsilon, weightDecay, momentum, centered, maximize);
    }

    /** Returns these options with another weight decay. */
    public RmsPropOptions withWeightDecay(double weightDecay) {
        return new RmsPropOptions(alpha, epsilon, weightDecay, momentum, centered, maximize);
    }

    /** Returns these options with another momentum. */
    public RmsPropOptions withMomentum(double momentum) {
        return new RmsPropOptions(alpha, epsilon, weightDecay, momentum, centered, maximize);
    }

    /** Returns these options with the standard deviation or the root mean square. */
    public RmsPropOptions withCentered(boolean centered) {
        return new RmsPropOptions(alpha, epsilon, weightDecay, momentum, centered, maximize);
    }

    /** Returns these options with the choice to climb or to descend. */
    public RmsPropOptions withMaximize(boolean maximize) {
        return new RmsPropOptions(alpha, epsilon, weightDecay, momentum, centered, maximize);
    }
}
