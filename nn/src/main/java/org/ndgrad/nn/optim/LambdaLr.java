package org.ndgrad.nn.optim;

import java.util.function.LongToDoubleFunction;

/**
 * Sets the rates to η₀ f(t), for any function f of the number of steps taken.
 */
public final class LambdaLr extends LrScheduler {

    private final LongToDoubleFunction factor;

    /** Multiplies the first rates by what the function returns for the number of steps taken, 0 at the beginning. */
    public LambdaLr(Optimizer optimizer, LongToDoubleFunction factor) {
        super(optimizer);
        this.factor = factor;
        start();
    }

    @Override
    protected double first(double current, double initial) {
        return initial * factor.applyAsDouble(0);
    }

    @Override
    protected double next(long t, double current, double initial) {
        return initial * factor.applyAsDouble(t);
    }
}
