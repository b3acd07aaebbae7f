package org.ndgrad.nn.optim;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableDoubleArray;
import org.ndgrad.autograd.internal.Checks;

/**
 * What can be chosen about {@link ReduceLrOnPlateau}, besides the optimizer and the learning rates.
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param mode whether the metric should become small or large
 * @param factor what the rates are multiplied by, below 1
 * @param patience how many steps without an improvement are borne
 * @param threshold what counts as an improvement
 * @param thresholdMode whether the threshold is relative to the best metric
 * @param cooldown how many steps after a reduction do not count
 * @param minLearningRate below which no rate falls, one for all groups or for each
 * @param epsilon the smallest change of a rate that is made
 */
public record ReduceLrOnPlateauOptions(
        Mode mode,
        double factor,
        int patience,
        double threshold,
        ThresholdMode thresholdMode,
        int cooldown,
        ImmutableDoubleArray minLearningRate,
        double epsilon) {

    /** Whether the metric should become small or large. */
    public enum Mode {
        /** Small, as a loss. */
        MIN,
        /** Large, as an accuracy. */
        MAX
    }

    /** What a threshold is relative to. */
    public enum ThresholdMode {
        /** A share of the best metric. */
        REL,
        /** A difference from the best metric. */
        ABS
    }

    private static final ReduceLrOnPlateauOptions DEFAULTS = new ReduceLrOnPlateauOptions(
            Mode.MIN, 0.1, 10, 1e-4, ThresholdMode.REL, 0, ImmutableDoubleArray.of(0), 1e-8);

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if a number is out of range
     * @throws NullPointerException if one of them is null
     */
    public ReduceLrOnPlateauOptions {
        Checks.given("ReduceLrOnPlateauOptions", "mode", mode);
        Checks.given("ReduceLrOnPlateauOptions", "thresholdMode", thresholdMode);
        checkArgument(
                factor < 1,
                "ReduceLrOnPlateau: expected factor < 1; got %s. Use 0.1: rates are multiplied by it.",
                factor);
        LrScheduler.usable("ReduceLrOnPlateau", "factor", factor);
        minLearningRate.stream().forEach(rate -> LrScheduler.usable("ReduceLrOnPlateau", "minLearningRate", rate));
        checkArgument(
                !Double.isNaN(threshold) && !Double.isNaN(epsilon),
                "ReduceLrOnPlateau: expected numbers as threshold and epsilon; got %s and %s. Leave them as they are.",
                threshold,
                epsilon);
    }

    /** Returns PyTorch's defaults: a metric to become small, factor 0.1, patience 10. */
    public static ReduceLrOnPlateauOptions defaults() {
        return DEFAULTS;
    }

    /** Returns these options with another direction. */
    public ReduceLrOnPlateauOptions withMode(Mode mode) {
        return new ReduceLrOnPlateauOptions(
                mode, factor, patience, threshold, thresholdMode, cooldown, minLearningRate, epsilon);
    }

    /** Returns these options with another factor. */
    public ReduceLrOnPlateauOptions withFactor(double factor) {
        return new ReduceLrOnPlateauOptions(
                mode, factor, patience, threshold, thresholdMode, cooldown, minLearningRate, epsilon);
    }

    /** Returns these options with another patience. */
    public ReduceLrOnPlateauOptions withPatience(int patience) {
        return new ReduceLrOnPlateauOptions(
                mode, factor, patience, threshold, thresholdMode, cooldown, minLearningRate, epsilon);
    }

    /** Returns these options with another threshold. */
    public ReduceLrOnPlateauOptions withThreshold(double threshold) {
        return new ReduceLrOnPlateauOptions(
                mode, factor, patience, threshold, thresholdMode, cooldown, minLearningRate, epsilon);
    }

    /** Returns these options with another kind of threshold. */
    public ReduceLrOnPlateauOptions withThresholdMode(ThresholdMode thresholdMode) {
        return new ReduceLrOnPlateauOptions(
                mode, factor, patience, threshold, thresholdMode, cooldown, minLearningRate, epsilon);
    }

    /** Returns these options with another cooldown. */
    public ReduceLrOnPlateauOptions withCooldown(int cooldown) {
        return new ReduceLrOnPlateauOptions(
                mode, factor, patience, threshold, thresholdMode, cooldown, minLearningRate, epsilon);
    }

    /** Returns these options with another smallest rate, one for all groups or one for each. */
    public ReduceLrOnPlateauOptions withMinLearningRate(double... minLearningRate) {
        return new ReduceLrOnPlateauOptions(
                mode,
                factor,
                patience,
                threshold,
                thresholdMode,
                cooldown,
                ImmutableDoubleArray.copyOf(minLearningRate),
                epsilon);
    }

    /** Returns these options with another smallest change. */
    public ReduceLrOnPlateauOptions withEpsilon(double epsilon) {
        return new ReduceLrOnPlateauOptions(
                mode, factor, patience, threshold, thresholdMode, cooldown, minLearningRate, epsilon);
    }
}
