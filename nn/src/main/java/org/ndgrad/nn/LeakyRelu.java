package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;

/**
 * Leaky rectified linear unit, y = x for x > 0, else slope · x; dy/dx at 0 is the slope.
 *
 * <p>Input: (*). Output: (*), the same shape.
 */
public final class LeakyRelu extends BuiltIn implements KeepsNothing {

    private final double slope;

    /** Creates the layer with slope 0.01. */
    public LeakyRelu() {
        this(0.01);
    }

    /**
     * Creates the layer.
     *
     * @param slope factor for x ≤ 0
     * @throws IllegalArgumentException if it is not finite
     */
    public LeakyRelu(double slope) {
        checkArgument(Double.isFinite(slope), "LeakyRelu: expected a finite slope; got %s. Give a number.", slope);
        this.slope = slope;
    }

    /**
     * Applies the function to each element.
     *
     * @param x any shape
     * @return shape of x
     */
    @Override
    Tensor compute(Tensor x) {
        return Functions.leakyRelu(x, slope);
    }

    @Override
    protected String settings() {
        return "slope=" + slope;
    }
}
