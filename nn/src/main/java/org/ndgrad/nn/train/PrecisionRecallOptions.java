package org.ndgrad.nn.train;

import static com.google.common.base.Preconditions.checkArgument;

import org.ndgrad.autograd.internal.Checks;

/**
 * Options of {@link Precision}, {@link Recall} and {@link F1Score}. Begin with {@link #defaults} and change what you
 * need.
 *
 * @param average how the values of several classes become one, by default the value of class 1 of two
 * @param scores what the predictions are if there is one score per sample, by default probabilities
 * @param threshold a sample with one score is predicted 1 if its probability is at least this, by default 0.5
 * @param zeroDivision what stands for 0 / 0, by default 0 with a warning
 */
public record PrecisionRecallOptions(Average average, Scores scores, double threshold, ZeroDivision zeroDivision) {

    private static final PrecisionRecallOptions DEFAULTS =
            new PrecisionRecallOptions(Average.BINARY, Scores.PROBABILITIES, 0.5, ZeroDivision.WARN);

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if the threshold is not in [0, 1]
     * @throws NullPointerException if one of them is null
     */
    public PrecisionRecallOptions {
        Checks.given("PrecisionRecallOptions", "average", average);
        Checks.given("PrecisionRecallOptions", "scores", scores);
        Checks.given("PrecisionRecallOptions", "zeroDivision", zeroDivision);
        checkArgument(
                threshold >= 0 && threshold <= 1,
                "PrecisionRecallOptions: expected a threshold of the probability in [0, 1]; got %s. For logits, give"
                        + " the probability too, and withScores(Scores.LOGITS).",
                threshold);
    }

    /**
     * Returns the defaults: precision, recall or F1 of class 1, predicted from a probability of 0.5.
     *
     * @return scikit-learn's defaults
     */
    public static PrecisionRecallOptions defaults() {
        return DEFAULTS;
    }

    /** Returns these options with another average. */
    public PrecisionRecallOptions withAverage(Average average) {
        return new PrecisionRecallOptions(average, scores, threshold, zeroDivision);
    }

    /** Returns these options for other scores. */
    public PrecisionRecallOptions withScores(Scores scores) {
        return new PrecisionRecallOptions(average, scores, threshold, zeroDivision);
    }

    /** Returns these options with another threshold of the probability, in [0, 1]. */
    public PrecisionRecallOptions withThreshold(double threshold) {
        return new PrecisionRecallOptions(average, scores, threshold, zeroDivision);
    }

    /** Returns these options with something else for 0 / 0. */
    public PrecisionRecallOptions withZeroDivision(ZeroDivision zeroDivision) {
        return new PrecisionRecallOptions(average, scores, threshold, zeroDivision);
    }
}
