package org.ndgrad.nn.train;

import com.google.common.collect.ImmutableMap;
import java.util.Map;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Stateful;

/**
 * The mean of (p − y)², p the prediction for target y, as scikit-learn's {@code mean_squared_error}.
 *
 * <p>Predictions and targets are of the same shape, (N) or (N, D); of several outputs, the value is the mean. NaN
 * and infinite values are refused.
 */
public final class MeanSquaredError implements Metric, Stateful {

    private final OutputErrors errors = OutputErrors.of("MeanSquaredError", 2);

    /** Returns the error of no samples yet. */
    public MeanSquaredError() {}

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
        return "mean_squared_error";
    }

    @Override
    public String toString() {
        return MetricText.of(this);
    }
}
