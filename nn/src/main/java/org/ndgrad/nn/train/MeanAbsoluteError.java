package org.ndgrad.nn.train;

import java.util.function.DoubleUnaryOperator;
import org.ndgrad.autograd.Tensor;

/**
 * The mean of |p − y|, p the prediction for target y, as scikit-learn's {@code mean_absolute_error}.
 *
 * <p>Predictions and targets are of the same shape, (N) or (N, D); of several outputs, the value is the mean. NaN
 * and infinite values are refused.
 */
public final class MeanAbsoluteError implements Metric {

    private final OutputErrors errors = new OutputErrors("MeanAbsoluteError", (p, y) -> Math.abs(p - y));

    /** Returns the error of no samples yet. */
    public MeanAbsoluteError() {}

    @Override
    public void update(Tensor predicted, Tensor targets) {
        errors.add(predicted, targets);
    }

    @Override
    public double compute() {
        return errors.mean(DoubleUnaryOperator.identity());
    }

    @Override
    public void reset() {
        errors.reset();
    }

    @Override
    public String name() {
        return "mean_absolute_error";
    }
}
