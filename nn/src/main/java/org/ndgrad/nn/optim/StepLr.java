package org.ndgrad.nn.optim;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * Multiplies the rates by γ every few steps: η₀ γ^⌊t / size⌋.
 */
public final class StepLr extends LrScheduler {

    private final int stepSize;
    private final double gamma;

    /** Divides by 10 every {@code stepSize} steps. */
    public StepLr(Optimizer optimizer, int stepSize) {
        this(optimizer, stepSize, 0.1);
    }

    /**
     * Multiplies by gamma every {@code stepSize} steps.
     *
     * @throws IllegalArgumentException if stepSize is not positive
     */
    public StepLr(Optimizer optimizer, int stepSize, double gamma) {
        super(optimizer);
        checkArgument(
                stepSize > 0,
                "StepLr: expected stepSize > 0; got %s. Give the number of steps between two changes.",
                stepSize);
        this.stepSize = stepSize;
        this.gamma = usable("StepLr", "gamma", gamma);
        start();
    }

    @Override
    protected double next(long t, double current, double initial) {
        return t % stepSize == 0 ? current * gamma : current;
    }
}
