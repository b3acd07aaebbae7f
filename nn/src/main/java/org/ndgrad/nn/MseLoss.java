package org.ndgrad.nn;

import org.ndgrad.autograd.Tensor;

/**
 * Squared error, (x − t)², whose mean is taken by default, without a factor ½.
 *
 * <p>Input: predictions x and targets t, both (*). Output: (), or one loss for each element or sample.
 *
 * @see Losses#mseLoss(Tensor, Tensor, Reduction)
 */
public final class MseLoss extends Loss {

    private final Reduction reduction;

    /** Creates the loss with the mean. */
    public MseLoss() {
        this(Reduction.MEAN);
    }

    /** Creates the loss. */
    public MseLoss(Reduction reduction) {
        this.reduction = Settings.given(this, "reduction", reduction);
    }

    @Override
    Tensor compute(Tensor predictions, Tensor targets) {
        return Losses.mseLoss(predictions, targets, reduction);
    }

    @Override
    protected String settings() {
        return "reduction=" + reduction;
    }
}
