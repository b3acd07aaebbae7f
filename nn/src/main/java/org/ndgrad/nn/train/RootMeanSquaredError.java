package org.ndgrad.nn.train;

import org.ndgrad.autograd.Tensor;

/**
 * √ of the mean of (p − y)², p the prediction for target y, as scikit-learn's {@code root_mean_squared_error}.
 *
 * <p>Predictions and targets are of the same shape, (N) or (N, D); of several outputs, the value is the mean of their
 * roots. NaN and infinite values are refused.
 */
public final class RootMeanSquaredError implements Metric {

    private final OutputErrors errors = new OutputErrors("RootMeanSquaredError", (p, y) -> (p - y) * (p - y));

    /** Returns the error of no samples yet. */
    public RootMeanSquaredError() {}

    @Override
    public void update(Tensor predicted, Tensor targets) {
        errors.add(predicted, targets);
    }

    @Override
    public double compute() {
        return errors.mean(Math::sqrt);
    }

    @Override
    public void reset() {
        errors.reset();
    }

    @Override
    public String name() {
        return "root_mean_squared_error";
    }
}
