package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;

/**
 * Continuously differentiable exponential linear unit, y = x for x > 0, else α (e^(x/α) − 1); dy/dx at 0 is 1.
 *
 * <p>Source: Barron, Continuously differentiable exponential linear units, 2017.
 *
 * <p>Input: (*). Output: (*), the same shape.
 */
public final class Celu extends BuiltIn implements KeepsNothing {

    private final double alpha;

    /** Creates the layer with alpha 1.0. */
    public Celu() {
        this(1.0);
    }

    /**
     * Creates the layer.
     *
     * @param alpha α, the depth of the negative branch
     * @throws IllegalArgumentException if it is not finite, or 0
     */
    public Celu(double alpha) {
        checkArgument(alpha != 0, "Celu: expected an alpha other than 0; got 0. Use Relu.");
        this.alpha = Settings.finite("Celu", "alpha", alpha);
    }

    @Override
    Tensor compute(Tensor x) {
        return Functions.celu(x, alpha);
    }

    @Override
    protected String settings() {
        return "alpha=" + alpha;
    }
}
