package org.ndgrad.nn.optim;

/**
 * Multiplies the rates by γ at each step: η₀ γᵗ.
 */
public final class ExponentialLr extends LrScheduler {

    private final double gamma;

    /** Multiplies by gamma at each step. */
    public ExponentialLr(Optimizer optimizer, double gamma) {
        super(optimizer);
        this.gamma = usable("ExponentialLr", "gamma", gamma);
        start();
    }

    @Override
    protected double next(long t, double current, double initial) {
        return current * gamma;
    }
}
