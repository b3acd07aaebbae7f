package org.ndgrad.nn.optim;

import java.util.function.LongToDoubleFunction;

/**
 * Multiplies the rates by f(t) at each step, for any function f of the number of steps taken.
 */
public final class MultiplicativeLr extends LrScheduler {

    private final LongToDoubleFunction factor;

    /** Multiplies by what the function returns for the number of steps taken, from 1. */
    public MultiplicativeLr(Optimizer optimizer, LongToDoubleFunction factor) {
        super(optimizer);
        this.factor = factor;
        start();
    }

    @Override
    protected double next(long t, double current, double initial) {
        return current * factor.applyAsDouble(t);
    }
}
