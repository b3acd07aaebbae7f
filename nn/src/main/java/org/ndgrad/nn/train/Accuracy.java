package org.ndgrad.nn.train;

import com.google.common.collect.ImmutableMap;
import java.util.Map;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Checks;
import org.ndgrad.nn.Stateful;

/**
 * The share of samples whose class is predicted right, as scikit-learn's {@code accuracy_score}.
 *
 * <p>Predictions are scores of shape (N, C), of which the highest counts and among equal ones the first, logits or
 * probabilities; or of shape (N), or (N, 1) with such targets: one score of a floating dtype for two classes, or
 * classes of an integer dtype. Targets are class indices of any dtype.
 */
public final class Accuracy implements Metric, Stateful {

    private final Scores scores;
    private final Share share = new Share("Accuracy");

    /** Returns the accuracy; where there is one score per sample, it is a probability. */
    public Accuracy() {
        this(Scores.PROBABILITIES);
    }

    /**
     * Returns the accuracy.
     *
     * @param scores what one score per sample is: class 1 is predicted from a probability of 0.5, or a logit of 0
     */
    public Accuracy(Scores scores) {
        this.scores = Checks.given("Accuracy", "scores", scores);
    }

    @Override
    public void update(Tensor predicted, Tensor targets) {
        Labels labels = Labels.of("Accuracy", predicted, targets, scores, 0.5);
        for (int i = 0; i < labels.targets().length; i++) {
            share.add(labels.predicted()[i] == labels.targets()[i]);
        }
    }

    @Override
    public double compute() {
        return share.value();
    }

    @Override
    public void reset() {
        share.reset();
    }

    @Override
    public ImmutableMap<String, Object> stateDict() {
        return share.stateDict();
    }

    @Override
    public void load(Map<String, ?> state) {
        share.load(state);
    }

    @Override
    public String name() {
        return "accuracy";
    }

    @Override
    public String toString() {
        return MetricText.of(this);
    }
}
