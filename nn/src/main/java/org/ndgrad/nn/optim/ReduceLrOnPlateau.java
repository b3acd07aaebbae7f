package org.ndgrad.nn.optim;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import java.util.Map;
import org.ndgrad.nn.optim.ReduceLrOnPlateauOptions.Mode;
import org.ndgrad.nn.optim.ReduceLrOnPlateauOptions.ThresholdMode;

/**
 * Multiplies the rates by a factor when a metric has not become better for some steps.
 *
 * <pre>{@code
 * ReduceLrOnPlateau scheduler = new ReduceLrOnPlateau(optimizer);
 * scheduler.step(validationLoss);
 * }</pre>
 *
 * <p>A metric is better if it is below best · (1 − threshold) or, in absolute terms, best − threshold; to become large,
 * above best · (1 + threshold) or best + threshold. NaN is not better.
 */
public final class ReduceLrOnPlateau extends LrScheduler {

    private static final String BEST = "best";
    private static final String BAD = "num_bad_epochs";
    private static final String COOLDOWN = "cooldown_counter";

    private final ReduceLrOnPlateauOptions options;
    private final PerGroup<Double> least;
    private double best;
    private long badEpochs;
    private long cooldown;

    /** Divides by 10 after ten steps in which the metric did not become smaller. */
    public ReduceLrOnPlateau(Optimizer optimizer) {
        this(optimizer, ReduceLrOnPlateauOptions.defaults());
    }

    /**
     * Reduces as the options say.
     *
     * @throws IllegalArgumentException if there are several smallest rates, and not as many as groups
     */
    public ReduceLrOnPlateau(Optimizer optimizer, ReduceLrOnPlateauOptions options) {
        super(optimizer);
        this.options = options;
        least = PerGroup.of(
                "ReduceLrOnPlateau",
                "minLearningRate",
                options.minLearningRate().asList(),
                optimizer);
        best = options.mode() == Mode.MIN ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    }

    /**
     * Takes the metric of a step, and reduces the rates if it is time.
     *
     * @param metric such as the loss or the accuracy on the validation set
     */
    public void step(double metric) {
        count();
        badEpochs++;
        if (isBetter(metric)) {
            best = metric;
            badEpochs = 0;
        }
        if (cooldown > 0) {
            cooldown--;
            badEpochs = 0;
        }
        if (badEpochs > options.patience()) {
            forEachGroup(this::reduce);
            cooldown = options.cooldown();
            badEpochs = 0;
        }
    }

    /** Is refused: this schedule needs a metric. */
    @Override
    public void step() {
        throw new IllegalStateException(
                "ReduceLrOnPlateau: expected a metric; got none. Call step(metric) with the validation loss, say.");
    }

    @Override
    protected double next(long t, double current, double initial) {
        return Math.max(current * options.factor(), least.get(group()));
    }

    private void reduce(ParameterGroup group) {
        double current = group.learningRate();
        double reduced = next(lastEpoch(), current, group.initialLearningRate());
        if (current - reduced > options.epsilon()) {
            group.schedule(reduced);
        }
    }

    private boolean isBetter(double metric) {
        boolean isRelative = options.thresholdMode() == ThresholdMode.REL;
        double threshold = options.threshold();
        return switch (options.mode()) {
            case MIN -> metric < (isRelative ? best * (1 - threshold) : best - threshold);
            case MAX -> metric > (isRelative ? best * (1 + threshold) : best + threshold);
        };
    }

    @Override
    public ImmutableMap<String, Object> stateDict() {
        return ImmutableMap.<String, Object>builder()
                .putAll(super.stateDict())
                .put(BEST, best)
                .put(BAD, badEpochs)
                .put(COOLDOWN, cooldown)
                .buildOrThrow();
    }

    @Override
    public void load(Map<String, ?> state) {
        checkNames(state);
        double newBest = number(state, BEST).doubleValue();
        checkArgument(
                !Double.isNaN(newBest),
                "ReduceLrOnPlateau.load: expected the best metric as best; got %s. Load a state of ReduceLrOnPlateau.",
                newBest);
        long newBad = count(state, BAD);
        long newCooldown = count(state, COOLDOWN);
        super.load(state);
        best = newBest;
        badEpochs = newBad;
        cooldown = newCooldown;
    }
}
