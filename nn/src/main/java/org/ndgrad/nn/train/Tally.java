package org.ndgrad.nn.train;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Sets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.nn.Block;
import org.ndgrad.nn.Evaluation;
import org.ndgrad.nn.Stateful;

/** The mean loss over samples, and the metrics, of one pass through data. */
final class Tally {

    static final String LOSS = "loss";

    private final List<? extends Metric> metrics;
    private double lossSum;
    private long samples;

    /** The metrics that have not seen all batches, since the pass began in another run. */
    private final Set<Metric> partial = Sets.newIdentityHashSet();

    Tally(List<Supplier<? extends Metric>> metrics) {
        this.metrics = metrics.stream().map(Supplier::get).collect(ImmutableList.toImmutableList());
    }

    /** Measures data in evaluation mode; returns nothing if interrupted before the last batch. */
    static <T> Optional<Tally> of(
            Block model, Function<T, Pass> forward, TrainerOptions options, Iterable<? extends T> data) {
        return Evaluation.of(model, () -> {
            Tally measured = new Tally(options.metrics());
            Iterator<? extends T> batches = data.iterator();
            while (batches.hasNext()) {
                if (Thread.currentThread().isInterrupted()) {
                    return Optional.empty();
                }
                T batch = batches.next();
                Pass pass = forward.apply(batch);
                measured.add(pass, Steps.loss(pass), BatchTensors.samples(batch));
            }
            checkArgument(
                    measured.samples > 0,
                    "Trainer: expected batches to evaluate; got none. Check the data, and that it can be gone through"
                            + " again: pass a loader or a list, not the iterator of one.");
            return Optional.of(measured);
        });
    }

    /**
     * Goes on where another pass was.
     *
     * @param states of its metrics, by name
     */
    void resume(double lossSum, long samples, Map<String, ?> states) {
        this.lossSum = lossSum;
        this.samples = samples;
        for (Metric metric : samples > 0 ? metrics : ImmutableList.<Metric>of()) {
            if (metric instanceof Stateful stateful && states.containsKey(metric.name())) {
                stateful.load(TrainerState.map(states, metric.name()));
            } else {
                partial.add(metric);
            }
        }
    }

    /** Returns the states of the metrics that have one and have seen all batches, by name. */
    ImmutableMap<String, Map<String, ?>> metricStates() {
        ImmutableMap.Builder<String, Map<String, ?>> states = ImmutableMap.builder();
        for (Metric metric : samples > 0 ? metrics : ImmutableList.<Metric>of()) {
            if (metric instanceof Stateful stateful && !partial.contains(metric)) {
                states.put(metric.name(), stateful.stateDict());
            }
        }
        return states.buildOrThrow();
    }

    /** Adds a batch. */
    void add(Pass pass, double loss, long size) {
        Autograd.noGrad(() -> metrics.forEach(pass.judge()));
        lossSum += loss * size;
        samples += size;
    }

    /** Returns the names of the loss and the metrics. */
    ImmutableList<String> names() {
        return ImmutableList.<String>builder()
                .add(LOSS)
                .addAll(metrics.stream().map(Metric::name).toList())
                .build();
    }

    double lossSum() {
        return lossSum;
    }

    long samples() {
        return samples;
    }

    double loss() {
        return lossSum / samples;
    }

    ImmutableMap<String, Double> results(String prefix) {
        ImmutableMap.Builder<String, Double> results = ImmutableMap.builder();
        results.put(prefix + LOSS, loss());
        metrics.forEach(metric ->
                results.put(prefix + metric.name(), partial.contains(metric) ? Double.NaN : metric.compute()));
        return results.buildOrThrow();
    }
}
