package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import org.ndgrad.autograd.Tensor;

/**
 * Smooth L1 loss: with d = x − t, ½ d² / β where |d| ≤ β, else |d| − ½ β; the absolute error for β = 0.
 *
 * <p>Input: predictions x and targets t, both (*). Output: (), or one loss for each element.
 *
 * @see Losses#smoothL1Loss(Tensor, Tensor, double, Reduction)
 */
public final class SmoothL1Loss extends Loss {

    private final double beta;
    private final Reduction reduction;

    /** Creates the loss with beta 1 and the mean. */
    public SmoothL1Loss() {
        this(1, Reduction.MEAN);
    }

    /**
     * Creates the loss.
     *
     * @param beta β ≥ 0
     * @throws IllegalArgumentException if beta is negative
     */
    public SmoothL1Loss(double beta, Reduction reduction) {
        checkArgument(beta >= 0, "SmoothL1Loss: expected beta >= 0; got %s. Use 1.", beta);
        this.beta = beta;
        this.reduction = Settings.given(this, "reduction", reduction);
    }

    @Override
    Tensor compute(Tensor predictions, Tensor targets) {
        return Losses.smoothL1Loss(predictions, targets, beta, reduction);
    }

    @Override
    protected String settings() {
        return "beta=" + beta + ", reduction=" + reduction;
    }
}
