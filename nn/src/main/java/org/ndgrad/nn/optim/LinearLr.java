package org.ndgrad.nn.optim;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * Multiplies the rates by a factor that goes from one value to another along a line; for a warm start, say.
 */
public final class LinearLr extends LrScheduler {

    private final double startFactor;
    private final double endFactor;
    private final int totalIters;

    /**
     * Goes from {@code startFactor} to {@code endFactor}, which it reaches at step {@code totalIters}.
     *
     * @param startFactor in (0, 1]
     * @param endFactor in [0, 1]
     * @throws IllegalArgumentException if a factor is not
     */
    public LinearLr(Optimizer optimizer, double startFactor, double endFactor, int totalIters) {
        super(optimizer);
        checkArgument(
                startFactor > 0 && startFactor <= 1 && endFactor >= 0 && endFactor <= 1,
                "LinearLr: expected a startFactor in (0, 1] and an endFactor in [0, 1]; got %s and %s. Set the"
                        + " optimizer's rate to the largest.",
                startFactor,
                endFactor);
        this.startFactor = startFactor;
        this.endFactor = endFactor;
        this.totalIters = totalIters;
        start();
    }

    @Override
    protected double first(double current, double initial) {
        return current * startFactor;
    }

    @Override
    protected double next(long t, double current, double initial) {
        return t > totalIters ? current : current * factor(t) / factor(t - 1);
    }

    private double factor(long t) {
        return startFactor + (endFactor - startFactor) * t / totalIters;
    }
}
