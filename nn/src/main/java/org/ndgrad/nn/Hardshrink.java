package org.ndgrad.nn;

import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;

/**
 * Shrinkage by a threshold, y = x for |x| > λ, else 0.
 *
 * <p>Input: (*). Output: (*), the same shape.
 */
public final class Hardshrink extends BuiltIn implements KeepsNothing {

    private final double lambda;

    /** Creates the layer with lambda 0.5. */
    public Hardshrink() {
        this(0.5);
    }

    /**
     * Creates the layer.
     *
     * @param lambda λ, below which in size numbers become 0
     * @throws IllegalArgumentException if it is not finite
     */
    public Hardshrink(double lambda) {
        this.lambda = Settings.finite("Hardshrink", "lambda", lambda);
    }

    @Override
    Tensor compute(Tensor x) {
        return Functions.hardshrink(x, lambda);
    }

    @Override
    protected String settings() {
        return "lambda=" + lambda;
    }
}
