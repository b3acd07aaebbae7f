package org.ndgrad.nn.optim;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * What can be chosen about {@link Adagrad}, besides the learning rate.
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param learningRateDecay κ ≥ 0, how fast the learning rate falls
 * @param weightDecay λ ≥ 0, the factor of θ that is added to the gradient
 * @param initialAccumulatorValue what the sums of squares begin with, at least 0
 * @param epsilon ε ≥ 0, which keeps the division finite
 * @param maximize whether to climb instead of descend
 */
public record AdagradOptions(
        double learningRateDecay,
        double weightDecay,
        double initialAccumulatorValue,
        double epsilon,
        boolean maximize) {

    private static final AdagradOptions DEFAULTS = new AdagradOptions(0, 0, 0, 1e-10, false);

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if a number is out of range
     */
    public AdagradOptions {
        checkArgument(
                learningRateDecay >= 0,
                "Adagrad: expected learningRateDecay >= 0; got %s. Use 0 for none.",
                learningRateDecay);
        checkArgument(weightDecay >= 0, "Adagrad: expected weightDecay >= 0; got %s. Use 0 for none.", weightDecay);
        checkArgument(
                initialAccumulatorValue >= 0,
                "Adagrad: expected initialAccumulatorValue >= 0; got %s. Use 0.",
                initialAccumulatorValue);
        checkArgument(epsilon >= 0, "Adagrad: expected epsilon >= 0; got %s. Use 1e-10.", epsilon);
    }

    /** Returns PyTorch's defaults: ε = 1e-10, sums that begin with 0, no decay. */
    public static AdagradOptions defaults() {
        return DEFAULTS;
    }

    /** Returns these options with another decay of the learning rate. */
    public AdagradOptions withLearningRateDecay(double learningRateDecay) {
        return new AdagradOptions(learningRateDecay, weightDecay, initialAccumulatorValue, epsilon, maximize);
    }

    /** Returns these options with another weight decay. */
    public AdagradOptions withWeightDecay(double weightDecay) {
        return new AdagradOptions(learningRateDecay, weightDecay, initialAccumulatorValue, epsilon, maximize);
    }

    /** Returns these options with another beginning of the sums. */
    public AdagradOptions withInitialAccumulatorValue(double initialAccumulatorValue) {
        return new AdagradOptions(learningRateDecay, weightDecay, initialAccumulatorValue, epsilon, maximize);
    }

    /** Returns these options with another ε. */
    public AdagradOptions withEpsilon(double epsilon) {
        return new AdagradOptions(learningRateDecay, weightDecay, initialAccumulatorValue, epsilon, maximize);
    }

    /** Returns these options with the choice to climb or to descend. */
    public AdagradOptions withMaximize(boolean maximize) {
        return new AdagradOptions(learningRateDecay, weightDecay, initialAccumulatorValue, epsilon, maximize);
    }
}
