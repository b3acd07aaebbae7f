package org.ndgrad.nn.train;

import com.google.common.collect.ImmutableMap;
import java.util.Map;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Stateful;

/**
 * The mean of |p − y| / |y|, p the prediction for target y, as scikit-learn's {@code mean_absolute_percentage_error}:
 * 0.1 stands for 10 %. A target of 0 counts as 2⁻⁵², which makes the value huge.
 *
 * <p>Predictions and targets are of the same shape, (N) or (N, D); of several outputs, the value is the mean. NaN
 * and infinite values are refused.
 */
public final class MeanAbsolutePercentageError implements Metric, Stateful {

    private static final double EPSILON = Math.ulp(1.0);

    private final OutputErrors errors = new OutputErrors(
            "MeanAbsolutePercentageError", 1, (difference, y) -> difference / Math.max(EPSILON, Math.abs(y)));

    /** Returns the error of no samples yet. */
    public MeanAbsolutePercentageError() {}

    @Override
    public void update(Tensor predicted, Tensor targets) {
        errors.add(predicted, targets);
    }

    @Override
    public double compute() {
        return errors.mean();
    }

    @Override
    public void reset() {
        errors.reset();
    }

    @Override
    public ImmutableMap<String, Object> stateDict() {
        return errors.stateDict();
    }

    @Override
    public void load(Map<String, ?> state) {
        errors.load(state);
    }

    @Override
    public String name() {
        return "mean_absolute_percentage_error";
    }

    @Override
    public String toString() {
        return MetricText.of(this);
    }
}
