package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;

/**
 * Exponential linear unit, y = x for x > 0, else α (eˣ − 1); dy/dx at 0 is α.
 *
 * <p>Source: Clevert et al., Fast and accurate deep network learning by exponential linear units (ELUs), 2015.
 *
 * <p>Input: (*). Output: (*), the same shape.
 */
public final class Elu extends BuiltIn implements KeepsNothing {

    private final double alpha;

    /** Creates the layer with alpha 1.0. */
    public Elu() {
        this(1.0);
    }

    /**
     * Creates the layer.
     *
     * @param alpha α, the depth of the negative branch
     * @throws IllegalArgumentException if it is not finite
     */
    public Elu(double alpha) {
        checkArgument(Double.isFinite(alpha), "Elu: expected a finite alpha; got %s. Give a number.", alpha);
        this.alpha = alpha;
    }

    /**
     * Applies the function to each element.
     *
     * @param x any shape
     * @return shape of x
     */
    @Override
    Tensor compute(Tensor x) {
        return Functions.elu(x, alpha);
    }

    @Override
    protected String settings() {
        return "alpha=" + alpha;
    }
}
