package org.ndgrad.nn.train;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ndgrad.autograd.MemoryScope;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Checks;
import org.ndgrad.nn.Stateful;

/**
 * Ends a training when it has not become better for some epochs; then, or after the last epoch, the model has the
 * parameters and buffers of the best epoch.
 *
 * <pre>{@code
 * new EarlyStopping(Monitor.min("val_loss"), 5);
 * new EarlyStopping(Monitor.max("val_accuracy"), 5, EarlyStoppingOptions.defaults().withMinDelta(0.001));
 * }</pre>
 *
 * <p>NaN is not better. A training that something else {@linkplain Trainer#stop stops} keeps its parameters, to go on
 * with them. An object belongs to one trainer.
 */
public final class EarlyStopping implements Callback, Stateful {

    private static final String BEST = "best";
    private static final String BEST_EPOCH = "best_epoch";
    private static final String MODEL = "model";

    private final Monitor monitor;
    private final int patience;
    private final EarlyStoppingOptions options;
    private double best;
    private int bestEpoch;
    private ImmutableMap<String, Tensor> model = ImmutableMap.of();

    /**
     * Stops as soon as no epoch was better for some time, and restores the best.
     *
     * @param monitor what to judge epochs by; one of the history's series
     * @param patience how many epochs in a row may be no better than the best, at least 1; then it stops
     * @throws IllegalArgumentException if the patience is less than 1
     */
    public EarlyStopping(Monitor monitor, int patience) {
        this(monitor, patience, EarlyStoppingOptions.defaults());
    }

    /** As {@link #EarlyStopping(Monitor, int)}, with options. */
    public EarlyStopping(Monitor monitor, int patience, EarlyStoppingOptions options) {
        checkArgument(
                patience >= 1, "EarlyStopping: expected a patience of at least 1 epoch; got %s. Try 5.", patience);
        this.monitor = monitor;
        this.patience = patience;
        this.options = Checks.given("EarlyStopping", "options", options);
        this.best = monitor.worst();
    }

    @Override
    public void onFitBegin(Trainer<?> trainer) {
        monitor.check("EarlyStopping", trainer.history());
        checkState(
                bestEpoch <= trainer.epoch(),
                "EarlyStopping: expected to go on with the trainer whose epoch %s was the best; got one of %s epochs. Make"
                        + " a new one for each trainer.",
                bestEpoch,
                trainer.epoch());
        stopIfOver(trainer); // loaded after it had stopped
    }

    private void stopIfOver(Trainer<?> trainer) {
        if (isOver(trainer)) {
            trainer.stop();
        }
    }

    private boolean isOver(Trainer<?> trainer) {
        return trainer.epoch() - bestEpoch >= patience;
    }

    @Override
    public void onEpochEnd(Trainer<?> trainer) {
        double value = monitor.last(trainer.history());
        if (monitor.isBetter(value, best, options.minDelta())) {
            best = value;
            bestEpoch = trainer.epoch();
            if (options.restoreBest()) {
                model = copy(trainer.model().stateDict());
            }
        } else {
            stopIfOver(trainer);
        }
    }

    @Override
    public void onFitEnd(Trainer<?> trainer) {
        if (!model.isEmpty() && (isOver(trainer) || !trainer.isStopped())) {
            trainer.model().load(model);
        }
    }

    private static ImmutableMap<String, Tensor> copy(Map<String, Tensor> tensors) {
        return ImmutableMap.copyOf(Maps.transformValues(
                tensors, tensor -> MemoryScope.stored(tensor.detach().clone())));
    }

    /** Returns the best value so far; ∞ or −∞ before the first epoch. */
    public double best() {
        return best;
    }

    /** Returns the number of the epoch that had it, counted from 1; 0 if there is none. */
    public int bestEpoch() {
        return bestEpoch;
    }

    @Override
    public ImmutableMap<String, Object> stateDict() {
        return ImmutableMap.of(BEST, best, BEST_EPOCH, (long) bestEpoch, MODEL, model);
    }

    @Override
    public void load(Map<String, ?> state) {
        double loadedBest = TrainerState.number(state, BEST).doubleValue();
        int loadedEpoch = TrainerState.number(state, BEST_EPOCH).intValue();
        Map<String, Tensor> loaded = new LinkedHashMap<>();
        if (state.get(MODEL) instanceof Map<?, ?> map) {
            map.forEach((name, tensor) -> {
                checkArgument(
                        tensor instanceof Tensor,
                        "EarlyStopping.load: expected a tensor as '%s'; got %s. Load a state of one.",
                        name,
                        tensor);
                loaded.put(String.valueOf(name), (Tensor) tensor);
            });
        }
        best = loadedBest;
        bestEpoch = loadedEpoch;
        model = copy(loaded);
    }

    /** Returns what it judges by, and the best so far. */
    @Override
    public String toString() {
        return "EarlyStopping(" + monitor.name() + ", patience=" + patience + ", best=" + History.shown(best)
                + " in epoch " + bestEpoch + ")";
    }
}
