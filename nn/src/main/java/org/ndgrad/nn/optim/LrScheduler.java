package org.ndgrad.nn.optim;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.ndgrad.nn.Stateful;

/**
 * Changes the learning rates of an optimizer's groups from step to step; each group begins with its own.
 *
 * <pre>{@code
 * LrScheduler scheduler = new StepLr(optimizer, 30);
 * for (int epoch = 0; epoch < 90; epoch++) {
 *     train(model, optimizer);
 *     scheduler.step();
 * }
 * }</pre>
 *
 * <p>A step may be an epoch or a batch. A scheduler sets the rates for step 0 when it is made, and the next ones at
 * each {@link #step}, which comes after the optimizer's. Those that say so multiply the rates as they find them, so
 * that several can be {@linkplain ChainedScheduler chained}, and rates can be changed beside them.
 *
 * <p>{@link #stateDict} and {@link #load} go with those of the optimizer, which has the rates.
 *
 * <p>To write a schedule, pass a function to {@link LambdaLr} or {@link MultiplicativeLr}, or extend this class, say in
 * {@link #next} what comes after a rate, and call {@link #start} at the end of the constructor.
 *
 * <p>Notation: η₀ the learning rate of a group at the beginning, t the number of steps taken.
 */
public abstract class LrScheduler implements Stateful {

    private static final System.Logger LOGGER = System.getLogger(LrScheduler.class.getName());
    static final String LAST_EPOCH = "last_epoch";

    private final Optimizer optimizer;
    private long lastEpoch;

    /** The place of the group that is looked at. */
    private int group;

    /** Stores whose rates to change. */
    protected LrScheduler(Optimizer optimizer) {
        this.optimizer = checkNotNull(
                optimizer, "%s: expected an optimizer; got null. Pass the one whose rates to change.", name());
    }

    /** Returns a number that rates are made of. */
    static double usable(String who, String what, double value) {
        checkArgument(
                value >= 0 && value <= Double.MAX_VALUE,
                "%s: expected a finite %s of at least 0; got %s. Rates are made of it, which are never below 0.",
                who,
                what,
                value);
        return value;
    }

    /** Returns half a wave of a cosine from 1 to 0, with all digits near 0: (1 + cos(π · share)) / 2. */
    static double fall(double left, double whole) {
        double root = Math.sin(Math.PI / 2 * (left / whole));
        return root * root;
    }

    /**
     * Returns the learning rate of a group at step t.
     *
     * @param t at least 1
     * @param current the rate until now
     * @param initial the rate of the group before any schedule changed it
     */
    protected abstract double next(long t, double current, double initial);

    /**
     * Returns the learning rate of a group at step 0, by default the one that it has.
     *
     * @param current the rate until now, which other schedules may have changed
     * @param initial the rate of the group before any schedule changed it
     */
    protected double first(double current, double initial) {
        return current;
    }

    /** Changes what else a schedule changes in a group, at step t. */
    void cycle(ParameterGroup group, long t) {}

    /** Begins with step 0. */
    protected final void start() {
        lastEpoch = 0;
        forEachGroup(each -> {
            each.schedule(first(each.learningRate(), each.initialLearningRate()));
            cycle(each, 0);
        });
    }

    /** Begins anew from the initial rates, where a {@link SequentialLr} comes to this. */
    void restart() {
        optimizer.groups().forEach(group -> group.schedule(group.initialLearningRate()));
        start();
    }

    /** Sets the learning rates for the next step. */
    public void step() {
        count();
        forEachGroup(each -> {
            each.schedule(next(lastEpoch, each.learningRate(), each.initialLearningRate()));
            cycle(each, lastEpoch);
        });
    }

    final void forEachGroup(Consumer<ParameterGroup> change) {
        List<ParameterGroup> groups = optimizer.groups();
        for (group = 0; group < groups.size(); group++) {
            change.accept(groups.get(group));
        }
    }

    /** Returns the place of the group that {@link #first}, {@link #next} and {@link #cycle} are asked about. */
    final int group() {
        return group;
    }

    /** Counts a step; warns if the first one comes before the optimizer's. */
    final void count() {
        if (lastEpoch == 0 && optimizer.isScheduledTooEarly()) {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "{0}: expected optimizer.step() before scheduler.step(); got none, so the first learning rate is"
                            + " skipped. Call the scheduler after the optimizer.",
                    name());
        }
        lastEpoch++;
    }

    /** Returns the number of steps taken. */
    public final long lastEpoch() {
        return lastEpoch;
    }

    /** Returns the optimizer. */
    public final Optimizer optimizer() {
        return optimizer;
    }

    /** Returns the state by PyTorch's names, to be saved: numbers, and maps of them. */
    @Override
    public ImmutableMap<String, Object> stateDict() {
        return ImmutableMap.of(LAST_EPOCH, lastEpoch);
    }

    /**
     * Goes on from a state of a scheduler of the same class. The rates are part of the optimizer's state.
     *
     * @throws IllegalArgumentException if the names are others, or a number is none that a scheduler has
     */
    @Override
    public void load(Map<String, ?> state) {
        checkNames(state);
        lastEpoch = count(state, LAST_EPOCH);
    }

    final void checkNames(Map<String, ?> state) {
        Set<String> expected = stateDict().keySet();
        checkArgument(
                state.keySet().equals(expected),
                "%s.load: expected the names %s; got %s. Load a state of %s.",
                name(),
                expected,
                state.keySet(),
                name());
    }

    final Number number(Map<String, ?> state, String name) {
        if (state.get(name) instanceof Number value) {
            return value;
        }
        throw new IllegalArgumentException(name() + ".load: expected a number as " + name + "; got " + state.get(name)
                + ". Load a state of " + name() + ".");
    }

    /** Returns a number of steps. */
    final long count(Map<String, ?> state, String name) {
        double value = number(state, name).doubleValue();
        checkArgument(
                value >= 0 && value <= StateDicts.MOST_STEPS && value == Math.rint(value),
                "%s.load: expected a number of steps as %s; got %s. Load a state of %s.",
                name(),
                name,
                value,
                name());
        return (long) value;
    }

    final String name() {
        return getClass().getSimpleName();
    }

    /** Returns the name, the steps taken and the learning rates. */
    @Override
    public String toString() {
        return name() + "(lastEpoch=" + lastEpoch + ", learningRates="
                + optimizer.groups().stream().map(ParameterGroup::learningRate).toList() + ")";
    }
}
