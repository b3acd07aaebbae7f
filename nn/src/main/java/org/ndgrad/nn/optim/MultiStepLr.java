package org.ndgrad.nn.optim;

import com.google.common.collect.ImmutableList;

/**
 * Multiplies the rates by γ at given steps, 0 being the first; twice at a step that is given twice.
 */
public final class MultiStepLr extends LrScheduler {

    private final ImmutableList<Integer> milestones;
    private final double gamma;

    /** Divides by 10 at each of the steps. */
    public MultiStepLr(Optimizer optimizer, Iterable<Integer> milestones) {
        this(optimizer, milestones, 0.1);
    }

    /** Multiplies by gamma at each of the steps. */
    public MultiStepLr(Optimizer optimizer, Iterable<Integer> milestones, double gamma) {
        super(optimizer);
        this.milestones = ImmutableList.copyOf(milestones);
        this.gamma = usable("MultiStepLr", "gamma", gamma);
        start();
    }

    @Override
    protected double first(double current, double initial) {
        return next(0, current, initial);
    }

    @Override
    protected double next(long t, double current, double initial) {
        long times = milestones.stream().filter(milestone -> milestone == t).count();
        return current * Math.pow(gamma, (double) times);
    }
}
