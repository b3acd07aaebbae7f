package org.ndgrad.nn.optim;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Map;

/** Several schedules at once, each of which multiplies what the others have made of the rates. */
public final class ChainedScheduler extends LrScheduler {

    private final ImmutableList<LrScheduler> schedulers;

    /**
     * Steps all of them together.
     *
     * @param schedulers of one optimizer, in this order; from now on this alone steps them
     * @throws IllegalArgumentException if there are none, or of several optimizers, or one needs a metric
     */
    public ChainedScheduler(List<? extends LrScheduler> schedulers) {
        super(Schedulers.optimizer("ChainedScheduler", schedulers));
        this.schedulers = ImmutableList.copyOf(schedulers);
    }

    @Override
    void restart() {
        super.restart();
        schedulers.forEach(LrScheduler::start);
    }

    @Override
    protected double next(long t, double current, double initial) {
        return current; // the others have set it
    }

    @Override
    public void step() {
        count();
        schedulers.forEach(LrScheduler::step);
    }

    @Override
    public ImmutableMap<String, Object> stateDict() {
        return Schedulers.stateDict(super.stateDict(), schedulers);
    }

    @Override
    public void load(Map<String, ?> state) {
        Schedulers.load(this, state, schedulers);
        super.load(state);
    }
}
