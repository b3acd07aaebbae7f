package org.ndgrad.nn.train;

import com.google.common.collect.ImmutableMap;
import java.util.Map;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Stateful;

/**
 * 2 TP / (2 TP + FP + FN): the harmonic mean of precision and recall, as scikit-learn's {@code f1_score}. For several
 * classes, choose an {@link Average}.
 *
 * <p>Predictions and targets are those of {@link Accuracy}. For a class that is neither predicted nor a target,
 * {@link ZeroDivision} says what it is.
 */
public final class F1Score implements Metric, Stateful {

    private final ClassCounts counts;

    /** Returns the F1 score of class 1 of two. */
    public F1Score() {
        this(PrecisionRecallOptions.defaults());
    }

    /** Returns the F1 score of one class or several. */
    public F1Score(Average average) {
        this(PrecisionRecallOptions.defaults().withAverage(average));
    }

    /** Returns the F1 score with these options. */
    public F1Score(PrecisionRecallOptions options) {
        this.counts = new ClassCounts("F1Score", options, 2, Long::sum);
    }

    @Override
    public void update(Tensor predicted, Tensor targets) {
        counts.add(predicted, targets);
    }

    @Override
    public double compute() {
        return counts.value();
    }

    @Override
    public void reset() {
        counts.reset();
    }

    @Override
    public ImmutableMap<String, Object> stateDict() {
        return counts.stateDict();
    }

    @Override
    public void load(Map<String, ?> state) {
        counts.load(state);
    }

    /** Returns {@code f1}, or the like of {@code f1_macro} for several classes. */
    @Override
    public String name() {
        return counts.name("f1");
    }

    @Override
    public String toString() {
        return MetricText.of(this);
    }
}
