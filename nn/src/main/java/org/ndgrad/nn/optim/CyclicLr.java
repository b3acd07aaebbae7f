package org.ndgrad.nn.optim;

import java.util.List;

/**
 * Lets the rates rise and fall along lines, again and again; the momentum goes the other way. Sets the rates, whatever
 * they were; to be called after each batch.
 *
 * <p>Source: Smith, Cyclical learning rates for training neural networks, 2017; as in PyTorch.
 */
public final class CyclicLr extends LrScheduler {

    private final PerGroup<Double> baseLearningRates;
    private final PerGroup<Double> maxLearningRates;
    private final MomentumCycle momentum;
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
        this(optimizer, List.of(baseLearningRate), List.of(maxLearningRate), options);
    }

    /** Rises in 2000 steps, and falls in as many, each group between rates of its own. */
    public CyclicLr(Optimizer optimizer, List<Double> baseLearningRates, List<Double> maxLearningRates) {
        this(optimizer, baseLearningRates, maxLearningRates, CyclicLrOptions.defaults());
    }

    /**
     * Goes from the base to the largest rate and back, with rates for each group.
     *
     * @param baseLearningRates the smallest rates, in the order of the groups; or one for all
     * @param maxLearningRates the largest rates likewise
     * @throws IllegalArgumentException if there are not as many rates as groups, or the momentum is to change and the
     *     optimizer has none
     */
    public CyclicLr(
            Optimizer optimizer,
            List<Double> baseLearningRates,
            List<Double> maxLearningRates,
            CyclicLrOptions options) {
        super(optimizer);
        this.baseLearningRates = PerGroup.of("CyclicLr", "base rate", baseLearningRates, optimizer);
        this.maxLearningRates = PerGroup.of("CyclicLr", "largest rate", maxLearningRates, optimizer);
        baseLearningRates.forEach(rate -> usable("CyclicLr", "baseLearningRate", rate));
        maxLearningRates.forEach(rate -> usable("CyclicLr", "maxLearningRate", rate));
        this.momentum = new MomentumCycle("CyclicLr", optimizer, options.baseMomentum(), options.maxMomentum());
        this.options = options;
        if (options.cycleMomentum()) {
            momentum.check(optimizer);
        }
        start();
    }

    @Override
    protected double first(double current, double initial) {
        return baseLearningRates.get(group());
    }

    @Override
    protected double next(long t, double current, double initial) {
        double base = baseLearningRates.get(group());
        return base + (maxLearningRates.get(group()) - base) * height(t);
    }

    @Override
    void cycle(ParameterGroup group, long t) {
        if (options.cycleMomentum()) {
            double most = momentum.most(group());
            MomentumCycle.set(group, most - (most - momentum.least(group())) * height(t));
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
