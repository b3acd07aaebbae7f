package org.ndgrad.nn.optim;

import java.util.List;
import java.util.function.LongToDoubleFunction;

/**
 * Sets the rates to η₀ f(t), for any function f of the number of steps taken.
 */
public final class LambdaLr extends LrScheduler {

    private final PerGroup<LongToDoubleFunction> factors;

    /** Multiplies the first rates by what the function returns for the number of steps taken, 0 at the beginning. */
    public LambdaLr(Optimizer optimizer, LongToDoubleFunction factor) {
        this(optimizer, List.of(factor));
    }

    /**
     * Multiplies the rates of each group by a function of its own.
     *
     * @param factors one for each group, in their order
     * @throws IllegalArgumentException if there are not as many functions as groups
     */
    public LambdaLr(Optimizer optimizer, List<? extends LongToDoubleFunction> factors) {
        super(optimizer);
        this.factors = PerGroup.of("LambdaLr", "function", factors, optimizer);
        start();
    }

    @Override
    protected double first(double current, double initial) {
        return initial * factors.get(group()).applyAsDouble(0);
    }

    @Override
    protected double next(long t, double current, double initial) {
        return initial * factors.get(group()).applyAsDouble(t);
    }
}
