package org.ndgrad.nn.optim;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import java.util.List;

/**
 * Lets the rates rise and then fall far below what they began with, in one cycle over the whole training; the momentum
 * goes the other way. Sets the rates, whatever they were; to be called after each batch.
 *
 * <p>Source: Smith and Topin, Super-convergence: very fast training of neural networks using large learning rates,
 * 2018. As in PyTorch, there are two phases; {@link OneCycleLrOptions#withThreePhase} has the three of the paper.
 */
public final class OneCycleLr extends LrScheduler {

    private final PerGroup<Double> maxLearningRates;
    private final MomentumCycle momentum;
    private final int totalSteps;
    private final OneCycleLrOptions options;

    /** Rises in 30 % of the steps. */
    public OneCycleLr(Optimizer optimizer, double maxLearningRate, int totalSteps) {
        this(optimizer, maxLearningRate, totalSteps, OneCycleLrOptions.defaults());
    }

    /**
     * Goes through the cycle in {@code totalSteps} steps.
     *
     * @param maxLearningRate the largest rate, of all groups
     * @throws IllegalArgumentException if totalSteps is not positive, or the momentum is to change and the optimizer
     *     has none
     */
    public OneCycleLr(Optimizer optimizer, double maxLearningRate, int totalSteps, OneCycleLrOptions options) {
        this(optimizer, List.of(maxLearningRate), totalSteps, options);
    }

    /** Rises in 30 % of the steps, each group to a rate of its own. */
    public OneCycleLr(Optimizer optimizer, List<Double> maxLearningRates, int totalSteps) {
        this(optimizer, maxLearningRates, totalSteps, OneCycleLrOptions.defaults());
    }

    /**
     * Goes through the cycle in {@code totalSteps} steps, with a largest rate for each group.
     *
     * @param maxLearningRates the largest rates, in the order of the groups
     * @throws IllegalArgumentException if totalSteps is not positive, there are not as many rates as groups, or the
     *     momentum is to change and the optimizer has none
     */
    public OneCycleLr(Optimizer optimizer, List<Double> maxLearningRates, int totalSteps, OneCycleLrOptions options) {
        super(optimizer);
        checkArgument(
                totalSteps > 0,
                "OneCycleLr: expected totalSteps > 0; got %s. Pass the number of all batches.",
                totalSteps);
        this.maxLearningRates = PerGroup.of("OneCycleLr", "largest rate", maxLearningRates, optimizer);
        maxLearningRates.forEach(rate -> usable("OneCycleLr", "maxLearningRate", rate));
        this.momentum = new MomentumCycle("OneCycleLr", optimizer, options.baseMomentum(), options.maxMomentum());
        this.totalSteps = totalSteps;
        this.options = options;
        if (options.cycleMomentum()) {
            momentum.check(optimizer);
        }
        start();
    }

    @Override
    protected double first(double current, double initial) {
        return next(0, initial, initial);
    }

    @Override
    protected double next(long t, double current, double initial) {
        double most = maxLearningRates.get(group());
        double first = most / options.divFactor();
        double last = first / options.finalDivFactor();
        return at(t, first, most, options.threePhase() ? first : last, last);
    }

    @Override
    void cycle(ParameterGroup group, long t) {
        if (options.cycleMomentum()) {
            double most = momentum.most(group());
            MomentumCycle.set(group, at(t, most, momentum.least(group()), most, most));
        }
    }

    /** Returns where a value is that goes through the phases' ends. */
    private double at(long t, double begin, double top, double end, double last) {
        checkState(
                t <= totalSteps,
                "OneCycleLr: expected at most %s steps; got one more. Pass the number of all batches as totalSteps.",
                totalSteps);
        double rising = options.pctStart() * totalSteps - 1;
        double falling = options.threePhase() ? 2 * rising : totalSteps - 1;
        if (t <= rising) {
            return between(begin, top, left(rising - t, rising));
        } else if (t <= falling || !options.threePhase()) {
            return between(top, end, left(falling - t, falling - rising));
        }
        return between(end, last, left(totalSteps - 1.0 - t, totalSteps - 1 - falling));
    }

    /** Returns which part of a phase is left; nothing of one without length. */
    private static double left(double steps, double length) {
        return length == 0 ? 0 : steps / length;
    }

    private double between(double from, double to, double left) {
        return switch (options.annealStrategy()) {
            case LINEAR -> from + (to - from) * (1 - left);
            case COS -> to + (from - to) * fall(left, 1);
        };
    }
}
