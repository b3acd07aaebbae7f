package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;

/**
 * Shrinkage toward 0, y = x − λ for x > λ, x + λ for x &lt; −λ, else 0.
 *
 * <p>Input: (*). Output: (*), the same shape.
 */
public final class Softshrink extends BuiltIn implements KeepsNothing {

    private final double lambda;

    /** Creates the layer with lambda 0.5. */
    public Softshrink() {
        this(0.5);
    }

    /**
     * Creates the layer.
     *
     * @param lambda λ, below which in size numbers become 0
     * @throws IllegalArgumentException if it is not finite and at least 0
     */
    public Softshrink(double lambda) {
        checkArgument(lambda >= 0, "Softshrink: expected a lambda of at least 0; got %s. Drop the sign.", lambda);
        this.lambda = Settings.finite("Softshrink", "lambda", lambda);
    }

    @Override
    Tensor compute(Tensor x) {
        return Functions.softshrink(x, lambda);
    }

    @Override
    protected String settings() {
        return "lambda=" + lambda;
    }
}
