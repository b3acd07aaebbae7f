package org.ndgrad.nn;

import org.ndgrad.autograd.Tensor;

/**
 * Logistic loss, log(1 + e^(−t x)) of scores x and labels t.
 *
 * <p>Input: scores x and labels t, 1 or −1, both (*). Output: (), or one loss for each element or sample.
 *
 * @see Losses#softMarginLoss(Tensor, Tensor, Reduction)
 */
public final class SoftMarginLoss extends Loss {

    private final Reduction reduction;

    /** Creates the loss with the mean. */
    public SoftMarginLoss() {
        this(Reduction.MEAN);
    }

    /** Creates the loss. */
    public SoftMarginLoss(Reduction reduction) {
        this.reduction = Settings.given(this, "reduction", reduction);
    }

    @Override
    Tensor compute(Tensor predictions, Tensor targets) {
        return Losses.softMarginLoss(predictions, targets, reduction);
    }

    @Override
    protected String settings() {
        return "reduction=" + reduction;
    }
}
