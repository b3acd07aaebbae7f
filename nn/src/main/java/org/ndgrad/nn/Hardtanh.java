package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;

/**
 * Hyperbolic tangent made of three lines, y = min(max(x, low), high); dy/dx is 0 at and beyond the bounds. NaN stays.
 *
 * <p>Input: (*). Output: (*), the same shape.
 */
public final class Hardtanh extends BuiltIn implements KeepsNothing {

    private final double low;
    private final double high;

    /** Creates the layer with bounds −1 and 1. */
    public Hardtanh() {
        this(-1, 1);
    }

    /**
     * Creates the layer.
     *
     * @throws IllegalArgumentException unless low &lt; high
     */
    public Hardtanh(double low, double high) {
        checkArgument(low < high, "Hardtanh: expected low < high; got low=%s, high=%s. Swap them.", low, high);
        this.low = low;
        this.high = high;
    }

    @Override
    Tensor compute(Tensor x) {
        return Functions.hardtanh(x, low, high);
    }

    @Override
    protected String settings() {
        return "low=" + low + ", high=" + high;
    }
}
