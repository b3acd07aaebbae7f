package org.ndgrad.nn.train;

import com.google.common.collect.ImmutableMap;
import java.util.Map;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Stateful;

/**
 * The area under the ROC curve, as scikit-learn's {@code roc_auc_score}: the probability that a sample of the class has
 * a higher score than another; equal scores count half.
 *
 * <p>Predictions are scores of class 1, of shape (N) or (N, 1), and targets 0 or 1 of the same shape; only the order of
 * the scores counts, so logits will do. Or predictions are probabilities of shape (N, C) and targets class indices of
 * shape (N); the value is then the mean over the classes, each against the rest. All scores are kept, 8 bytes each.
 *
 * <p>Without samples of a class, or with no others, there is no area: {@link #compute} says so, where scikit-learn
 * gives NaN.
 */
public final class RocAuc implements Metric, Stateful {

    private final Rankings rankings;

    /** Returns the area; scores of several classes are probabilities. */
    public RocAuc() {
        this(Scores.PROBABILITIES);
    }

    /**
     * Returns the area.
     *
     * @param scores what scores of several classes are; softmax changes the order of samples
     */
    public RocAuc(Scores scores) {
        this.rankings = new Rankings("RocAuc", scores);
    }

    @Override
    public void update(Tensor predicted, Tensor targets) {
        rankings.add(predicted, targets);
    }

    @Override
    public double compute() {
        return rankings.mean(true, RocCurve::area);
    }

    /**
     * Returns the curve of class 1.
     *
     * @throws IllegalStateException if there were scores of several classes, or {@link #compute} has no value
     */
    public RocCurve curve() {
        return new RocCurve(rankings.counts(true));
    }

    /**
     * Returns the curve of one of several classes against the rest.
     *
     * @param label from 0
     * @throws IllegalArgumentException if there is no such class
     * @throws IllegalStateException if {@link #compute} has no value for it
     */
    public RocCurve curve(int label) {
        return new RocCurve(rankings.counts(label, true));
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
        return "roc_auc";
    }

    @Override
    public String toString() {
        return MetricText.of(this);
    }
}
