package org.ndgrad.nn.optim;

/**
 * Lets the rates rise and fall along lines, again and again; the momentum goes the other way. Sets the rates, whatever
 * they were; to be called after each batch.
 *
 * <p>Source: Smith, Cyclical learning rates for training neural networks, 2017; as in PyTorch.
 */
public final class CyclicLr extends LrScheduler {

    private final double baseLearningRate;
    private final double maxLearningRate;
    private final CyclicLrOptions options;

    /** Rises in 2000 steps, and falls in as many. */
    public CyclicLr(Optimizer optimizer, double baseLearningRate, double maxLearningRate) {
        this(optimizer, baseLearningRate, maxLearningRate, CyclicLrOptions.defaults());
    }

    /**
     * Goes from the base to the largest rate and back.
     *
     * @param baseLearningRate the smallest rate, of all groups
     * @param maxLearningRate the largest rate, of all groups
     * @throws IllegalArgumentException if the momentum is to change and the optimizer has none
     */
    public CyclicLr(Optimizer optimizer, double baseLearningRate, double maxLearningRate, CyclicLrOptions options) {
        super(optimizer);
        this.baseLearningRate = baseLearningRate;
        this.maxLearningRate = maxLearningRate;
        this.options = options;
        if (options.cycleMomentum()) {
            MomentumCycle.check("CyclicLr", optimizer);
        }
        start();
    }

    @Override
    protected double first(double current, double initial) {
        return baseLearningRate;
    }

    @Override
    protected double next(long t, double current, double initial) {
        return baseLearningRate + (maxLearningRate - baseLearningRate) * height(t);
    }

    @Override
    void cycle(ParameterGroup group, long t) {
        if (options.cycleMomentum()) {
            double range = options.maxMomentum() - options.baseMomentum();
            MomentumCycle.set(group, options.maxMomentum() - range * height(t));
        }
    }

    private double height(long t) {
        double up = options.stepSizeUp();
        double size = up + options.stepSizeDown().orElse(options.stepSizeUp());
        double cycle = Math.floor(1 + t / size);
        double place = 1 + t / size - cycle;
        double top = up / size;
        double height = place <= top ? place / top : (place - 1) / (top - 1);
        return height
                * switch (options.mode()) {
                    case TRIANGULAR -> 1;
                    case TRIANGULAR2 -> Math.pow(2, 1 - cycle);
                    case EXP_RANGE -> Math.pow(options.gamma(), (double) t);
                };
    }
}
