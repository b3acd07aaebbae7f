package org.ndgrad.nn.optim;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Map;

/**
 * One schedule after another; each begins anew, with η₀, where its turn comes.
 *
 * <pre>{@code
 * new SequentialLr(
 *         List.of(new LinearLr(optimizer, 0.1, 1, 5), new CosineAnnealingLr(optimizer, 95)), List.of(5));
 * }</pre>
 */
public final class SequentialLr extends LrScheduler {

    private final ImmutableList<LrScheduler> schedulers;
    private final ImmutableList<Integer> milestones;

    /**
     * Changes to the next schedule at each milestone.
     *
     * @param schedulers of one optimizer; from now on this alone steps them
     * @param milestones the steps at which the second and later ones begin, rising, one less than schedulers
     * @throws IllegalArgumentException if there are not as many, or of several optimizers, or one needs a metric
     */
    public SequentialLr(List<? extends LrScheduler> schedulers, List<Integer> milestones) {
        super(Schedulers.optimizer("SequentialLr", schedulers));
        checkArgument(
                milestones.size() == schedulers.size() - 1,
                "SequentialLr: expected one milestone less than schedulers; got %s milestones and %s"
                        + " schedulers. Say when each but the first begins.",
                milestones.size(),
                schedulers.size());
        this.schedulers = ImmutableList.copyOf(schedulers);
        this.milestones = ImmutableList.copyOf(milestones);
        restart();
    }

    @Override
    void restart() {
        start();
        schedulers.get(current(0)).restart();
    }

    private int current(long t) {
        return (int) milestones.stream().filter(milestone -> milestone <= t).count();
    }

    @Override
    protected double next(long t, double current, double initial) {
        return current; // the schedule whose turn it is has set it
    }

    @Override
    public void step() {
        count();
        LrScheduler current = schedulers.get(current(lastEpoch()));
        if (milestones.contains((int) lastEpoch())) {
            current.restart();
        } else {
            current.step();
        }
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
