package org.ndgrad.nn.train;

import com.google.common.collect.ImmutableMap;
import java.util.Map;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Stateful;

/**
 * Σ (Rₙ − Rₙ₋₁) Pₙ with precision P and recall R at the n-th threshold, as scikit-learn's
 * {@code average_precision_score}: what lies under the precision-recall curve, without interpolation.
 *
 * <p>Predictions are scores of class 1, of shape (N) or (N, 1), and targets 0 or 1 of the same shape; only the order of
 * the scores counts, so logits will do. Or predictions are probabilities of shape (N, C) and targets class indices of
 * shape (N); the value is then the mean over the classes, each against the rest. All scores are kept, 8 bytes each.
 *
 * <p>Without samples of a class it is not defined: {@link #compute} says so, where scikit-learn gives 0 with a warning.
 */
public final class AveragePrecision implements Metric, Stateful {

    private final Rankings rankings;

    /** Returns the average precision; scores of several classes are probabilities. */
    public AveragePrecision() {
        this(Scores.PROBABILITIES);
    }

    /**
     * Returns the average precision.
     *
     * @param scores what scores of several classes are; softmax changes the order of samples
     */
    public AveragePrecision(Scores scores) {
        this.rankings = new Rankings("AveragePrecision", scores);
    }

    @Override
    public void update(Tensor predicted, Tensor targets) {
        rankings.add(predicted, targets);
    }

    @Override
    public double compute() {
        return rankings.mean(false, PrecisionRecallCurve::average);
    }

    /**
     * Returns the curve of class 1.
     *
     * @throws IllegalStateException if there were scores of several classes, or {@link #compute} has no value
     */
    public PrecisionRecallCurve curve() {
        return new PrecisionRecallCurve(rankings.counts(false));
    }

    /**
     * Returns the curve of one of several classes against the rest.
     *
     * @param label from 0
     * @throws IllegalArgumentException if there is no such class
     * @throws IllegalStateException if {@link #compute} has no value for it
     */
    public PrecisionRecallCurve curve(int label) {
        return new PrecisionRecallCurve(rankings.counts(label, false));
    }

    @Override
    public void reset() {
        rankings.reset();
    }

    @Override
    public ImmutableMap<String, Object> stateDict() {
        return rankings.stateDict();
    }

    @Override
    public void load(Map<String, ?> state) {
        rankings.load(state);
    }

    @Override
    public String name() {
        return "average_precision";
    }

    @Override
    public String toString() {
        return MetricText.of(this);
    }
}
