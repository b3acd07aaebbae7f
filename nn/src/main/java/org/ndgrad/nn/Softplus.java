package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;

/**
 * Smooth rectifier, y = log(1 + e^(β x)) / β, and x where β x is above a threshold; stable for every x.
 *
 * <p>Input: (*). Output: (*), the same shape.
 */
public final class Softplus extends BuiltIn implements KeepsNothing {

    private final double beta;
    private final double threshold;

    /** Creates the layer with beta 1.0 and threshold 20.0. */
    public Softplus() {
        this(1, 20);
    }

    /**
     * Creates the layer.
     *
     * @param beta β, how sharp the bend is
     * @param threshold where the line begins, in β x
     * @throws IllegalArgumentException if beta is not finite, or 0
     */
    public Softplus(double beta, double threshold) {
        checkArgument(beta != 0, "Softplus: expected a beta other than 0; got 0. Use 1.");
        this.beta = Settings.finite("Softplus", "beta", beta);
        this.threshold = threshold;
    }

    @Override
    Tensor compute(Tensor x) {
        return Functions.softplus(x, beta, threshold);
    }

    @Override
    protected String settings() {
        return "beta=" + beta + ", threshold=" + threshold;
    }
}
