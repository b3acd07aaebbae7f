package org.ndgrad.nn.optim;

import java.util.List;
import java.util.function.LongToDoubleFunction;

/**
 * Multiplies the rates by f(t) at each step, for any function f of the number of steps taken.
 */
public final class MultiplicativeLr extends LrScheduler {

    private final PerGroup<LongToDoubleFunction> factors;

    /** Multiplies by what the function returns for the number of steps taken, from 1. */
    public MultiplicativeLr(Optimizer optimizer, LongToDoubleFunction factor) {
        this(optimizer, List.of(factor));
    }

    /**
     * Multiplies the rates of each group by a function of its own.
     *
     * @param factors one for each group, in their order
     * @throws IllegalArgumentException if there are not as many functions as groups
     */
    public MultiplicativeLr(Optimizer optimizer, List<? extends LongToDoubleFunction> factors) {
        super(optimizer);
        this.factors = PerGroup.of("MultiplicativeLr", "function", factors, optimizer);
        start();
    }

    @Override
    protected double next(long t, double current, double initial) {
        return current * factors.get(group()).applyAsDouble(t);
    }
}
