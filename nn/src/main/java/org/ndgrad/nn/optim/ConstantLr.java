package org.ndgrad.nn.optim;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * Multiplies the rates by a factor in the first steps, and not any more after them.
 */
public final class ConstantLr extends LrScheduler {

    private final double factor;
    private final int totalIters;

    /**
     * Multiplies by the factor until step {@code totalIters}.
     *
     * @param factor in (0, 1]
     * @throws IllegalArgumentException if the factor is not
     */
    public ConstantLr(Optimizer optimizer, double factor, int totalIters) {
        super(optimizer);
        checkArgument(
                factor > 0 && factor <= 1,
                "ConstantLr: expected a factor in (0, 1]; got %s. Set the rate of the optimizer to the larger one.",
                factor);
        this.factor = factor;
        this.totalIters = totalIters;
        start();
    }

    @Override
    protected double first(double current, double initial) {
        return current * factor;
    }

    @Override
    protected double next(long t, double current, double initial) {
        return t == totalIters ? current / factor : current;
    }
}
