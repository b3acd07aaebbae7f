package org.ndgrad.nn;

import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;

/**
 * Threshold, y = x for x > threshold, else value; dy/dx at the threshold is 0.
 *
 * <p>Input: (*). Output: (*), the same shape.
 */
public final class Threshold extends BuiltIn implements KeepsNothing {

    private final Number threshold;
    private final Number value;

    /**
     * Creates the layer.
     *
     * @param threshold the largest number that is replaced
     * @param value what it is replaced by, such as the input's type can hold
     */
    public Threshold(Number threshold, Number value) {
        this.threshold = Settings.required(this, "threshold", threshold);
        this.value = Settings.required(this, "value", value);
    }

    @Override
    Tensor compute(Tensor x) {
        return Functions.threshold(x, threshold, value);
    }

    @Override
    protected String settings() {
        return "threshold=" + threshold + ", value=" + value;
    }
}
