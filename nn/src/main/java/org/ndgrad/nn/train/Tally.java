package org.ndgrad.nn.train;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.function.Supplier;
import org.ndgrad.autograd.Autograd;

/** The mean loss over samples, and the metrics, of one pass through data. */
final class Tally {

    static final String LOSS = "loss";

    private final List<? extends Metric> metrics;
    private double lossSum;
    private long samples;

    /** Whether the pass began in another run, whose batches the metrics have not seen. */
    private boolean isContinued;

    Tally(List<Supplier<? extends Metric>> metrics) {
        this.metrics = metrics.stream().map(Supplier::get).collect(ImmutableList.toImmutableList());
    }

    /** Goes on where another pass was. */
    void resume(double lossSum, long samples) {
        this.lossSum = lossSum;
        this.samples = samples;
        isContinued = samples > 0;
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
        metrics.forEach(metric -> results.put(prefix + metric.name(), isContinued ? Double.NaN : metric.compute()));
        return results.buildOrThrow();
    }
}
