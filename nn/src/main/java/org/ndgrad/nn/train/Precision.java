package org.ndgrad.nn.train;

import com.google.common.collect.ImmutableMap;
import java.util.Map;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Stateful;

/**
 * TP / (TP + FP): the share of a class's predictions that are right, as scikit-learn's {@code precision_score}. For
 * several classes, choose an {@link Average}.
 *
 * <p>Predictions and targets are those of {@link Accuracy}. For a class that was never predicted, {@link ZeroDivision}
 * says what it is.
 */
public final class Precision implements Metric, Stateful {

    private final ClassCounts counts;

    /** Returns the precision of class 1 of two. */
    public Precision() {
        this(PrecisionRecallOptions.defaults());
    }

    /** Returns the precision of one class or several. */
    public Precision(Average average) {
        this(PrecisionRecallOptions.defaults().withAverage(average));
    }

    /** Returns the precision with these options. */
    public Precision(PrecisionRecallOptions options) {
        this.counts = new ClassCounts("Precision", options, 1, (predicted, actual) -> predicted);
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

    /** Returns {@code precision}, or the like of {@code precision_macro} for several classes. */
    @Override
    public String name() {
        return counts.name("precision");
    }

    @Override
    public String toString() {
        return MetricText.of(this);
    }
}
