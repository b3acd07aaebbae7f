package org.ndgrad.nn.optim;

/**
 * Lets the rates fall to 0: η₀ (1 − t / total)^power.
 */
public final class PolynomialLr extends LrScheduler {

    private final int totalIters;
    private final double power;

    /**
     * Reaches 0 at step {@code totalIters}.
     *
     * @param power 1 for a line
     */
    public PolynomialLr(Optimizer optimizer, int totalIters, double power) {
        super(optimizer);
        this.totalIters = totalIters;
        this.power = usable("PolynomialLr", "power", power);
        start();
    }

    @Override
    protected double next(long t, double current, double initial) {
        return t > totalIters ? current : current * Math.pow(left(t) / left(t - 1), power);
    }

    private double left(long t) {
        return 1 - (double) t / totalIters;
    }
}
