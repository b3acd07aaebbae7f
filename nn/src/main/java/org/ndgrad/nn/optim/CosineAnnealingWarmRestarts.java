package org.ndgrad.nn.optim;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * Lets the rates fall along half a wave of a cosine, again and again, each time slower: η_min + (η₀ − η_min) (1 + cos(π
 * t′ / T)) / 2, t′ steps after a restart. Sets the rates, whatever they were.
 *
 * <p>Source: Loshchilov and Hutter, SGDR: stochastic gradient descent with warm restarts, 2017.
 */
public final class CosineAnnealingWarmRestarts extends LrScheduler {

    private final int firstSteps;
    private final int factor;
    private final double minLearningRate;

    /** Restarts every {@code firstSteps} steps, and falls towards 0. */
    public CosineAnnealingWarmRestarts(Optimizer optimizer, int firstSteps) {
        this(optimizer, firstSteps, 1, 0);
    }

    /**
     * Restarts after {@code firstSteps} steps, and each time after {@code factor} times as many.
     *
     * @throws IllegalArgumentException if firstSteps or factor is not positive, or the smallest rate is not a number of
     *     at least 0
     */
    public CosineAnnealingWarmRestarts(Optimizer optimizer, int firstSteps, int factor, double minLearningRate) {
        super(optimizer);
        checkArgument(
                firstSteps > 0 && factor > 0,
                "CosineAnnealingWarmRestarts: expected firstSteps > 0 and factor > 0; got %s and %s. Give the"
                        + " steps of the first period, and 1 or more.",
                firstSteps,
                factor);
        this.firstSteps = firstSteps;
        this.factor = factor;
        this.minLearningRate = usable("CosineAnnealingWarmRestarts", "minLearningRate", minLearningRate);
        start();
    }

    @Override
    protected double first(double current, double initial) {
        return initial;
    }

    @Override
    protected double next(long t, double current, double initial) {
        long steps = firstSteps;
        long since = t;
        if (factor == 1) {
            since %= steps;
        }
        while (since >= steps) {
            since -= steps;
            steps *= factor;
        }
        return minLearningRate + (initial - minLearningRate) * fall((double) (steps - since), (double) steps);
    }
}
