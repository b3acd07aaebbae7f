package org.ndgrad.nn.optim;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * Lets the rates fall along half a wave of a cosine, and rise again if there are more steps: η_min + (η₀ − η_min) (1 +
 * cos(π t / T)) / 2. Multiplies what the rates are above η_min.
 *
 * <p>Source: Loshchilov and Hutter, SGDR: stochastic gradient descent with warm restarts, 2017, without the restarts.
 */
public final class CosineAnnealingLr extends LrScheduler {

    private final int steps;
    private final double minLearningRate;

    /** Reaches 0 at step {@code steps}. */
    public CosineAnnealingLr(Optimizer optimizer, int steps) {
        this(optimizer, steps, 0);
    }

    /**
     * Reaches the smallest rate at step {@code steps}.
     *
     * @throws IllegalArgumentException if steps is not positive, or the smallest rate is not a number of at least 0
     */
    public CosineAnnealingLr(Optimizer optimizer, int steps, double minLearningRate) {
        super(optimizer);
        checkArgument(
                steps > 0,
                "CosineAnnealingLr: expected steps > 0; got %s. Give the number of steps from the highest rate"
                        + " to the lowest.",
                steps);
        this.steps = steps;
        this.minLearningRate = usable("CosineAnnealingLr", "minLearningRate", minLearningRate);
        start();
    }

    @Override
    protected double next(long t, double current, double initial) {
        if ((t - 1 - steps) % (2L * steps) == 0) { // at the bottom, where a product stays 0
            return current + (initial - minLearningRate) * height(t);
        }
        return minLearningRate + (current - minLearningRate) * height(t) / height(t - 1);
    }

    private double height(long t) {
        return fall(Math.abs(steps - t % (2.0 * steps)), steps);
    }
}
