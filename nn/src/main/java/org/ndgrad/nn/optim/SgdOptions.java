package org.ndgrad.nn.optim;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * What can be chosen about {@link Sgd}, besides the learning rate.
 *
 * <pre>{@code
 * new Sgd(parameters, 0.1, SgdOptions.defaults().withMomentum(0.9));
 * }</pre>
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param momentum μ ≥ 0, the share of the velocity that is kept
 * @param dampening τ, the share of the gradient that does not enter the velocity
 * @param weightDecay λ ≥ 0, the factor of θ that is added to the gradient
 * @param nesterov whether to look ahead by Nesterov's rule; needs momentum, and no dampening
 * @param maximize whether to climb instead of descend
 */
public record SgdOptions(double momentum, double dampening, double weightDecay, boolean nesterov, boolean maximize) {

    private static final SgdOptions DEFAULTS = new SgdOptions(0, 0, 0, false, false);

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if a number is out of range
     */
    public SgdOptions {
        checkArgument(
                !Double.isNaN(dampening), "Sgd: expected a number as dampening; got %s. Use 0 for none.", dampening);
        checkArgument(momentum >= 0, "Sgd: expected momentum >= 0; got %s. Use 0 for none.", momentum);
        checkArgument(weightDecay >= 0, "Sgd: expected weightDecay >= 0; got %s. Use 0 for none.", weightDecay);
    }

    /** Returns PyTorch's defaults: plain descent, without momentum or decay. */
    public static SgdOptions defaults() {
        return DEFAULTS;
    }

    /** Returns these options with another momentum. */
    public SgdOptions withMomentum(double momentum) {
        return new SgdOptions(momentum, dampening, weightDecay, nesterov, maximize);
    }

    /** Returns these options with another dampening. */
    public SgdOptions withDampening(double dampening) {
        return new SgdOptions(momentum, dampening, weightDecay, nesterov, maximize);
    }

    /** Returns these options with another weight decay. */
    public SgdOptions withWeightDecay(double weightDecay) {
        return new SgdOptions(momentum, dampening, weightDecay, nesterov, maximize);
    }

    /** Returns these options with Nesterov's rule or without. */
    public SgdOptions withNesterov(boolean nesterov) {
        return new SgdOptions(momentum, dampening, weightDecay, nesterov, maximize);
    }

    /** Returns these options for climbing or descending. */
    public SgdOptions withMaximize(boolean maximize) {
        return new SgdOptions(momentum, dampening, weightDecay, nesterov, maximize);
    }
}
