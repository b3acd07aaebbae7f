package org.ndgrad.nn;

import org.ndgrad.autograd.Tensor;

/**
 * Absolute error, |x − t|, whose mean is taken by default; its derivative at x = t is 0.
 *
 * <p>Input: predictions x and targets t, both (*). Output: (), or one loss for each element or sample.
 *
 * @see Losses#l1Loss(Tensor, Tensor, Reduction)
 */
public final class L1Loss extends Loss {

    private final Reduction reduction;

    /** Creates the loss with the mean. */
    public L1Loss() {
        this(Reduction.MEAN);
    }

    /** Creates the loss. */
    public L1Loss(Reduction reduction) {
        this.reduction = Settings.given(this, "reduction", reduction);
    }

    @Override
    Tensor compute(Tensor predictions, Tensor targets) {
        return Losses.l1Loss(predictions, targets, reduction);
    }

    @Override
    protected String settings() {
        return "reduction=" + reduction;
    }
}
