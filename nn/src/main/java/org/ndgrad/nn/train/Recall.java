package org.ndgrad.nn.train;

import com.google.common.collect.ImmutableMap;
import java.util.Map;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Stateful;

/**
 * TP / (TP + FN): the share of a class's samples that are found, as scikit-learn's {@code recall_score}. For several
 * classes, choose an {@link Average}.
 *
 * <p>Predictions and targets are those of {@link Accuracy}. For a class that is never a target, {@link ZeroDivision}
 * says what it is.
 */
public final class Recall implements Metric, Stateful {

    private final ClassCounts counts;

    /** Returns the recall of class 1 of two. */
    public Recall() {
        this(PrecisionRecallOptions.defaults());
    }

    /** Returns the recall of one class or several. */
    public Recall(Average average) {
        this(PrecisionRecallOptions.defaults().withAverage(average));
    }

    /** Returns the recall with these options. */
    public Recall(PrecisionRecallOptions options) {
        this.counts = new ClassCounts("Recall", options, 1, (predicted, actual) -> actual);
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

    /** Returns {@code recall}, or the like of {@code recall_macro} for several classes. */
    @Override
    public String name() {
        return counts.name("recall");
    }

    @Override
    public String toString() {
        return MetricText.of(this);
    }
}
