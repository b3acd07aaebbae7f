package org.ndgrad.nn;

import org.ndgrad.autograd.Tensor;

/**
 * Hinge loss of several classes for each sample, Σ max(0, 1 − (x of a target − x of another class)) / C.
 *
 * <p>Input: scores (N, C) or (C) and class indices of the same shape, of which the first −1 and all behind it count for
 * nothing. Output: (), or one loss for each element or sample.
 *
 * @see Losses#multilabelMarginLoss(Tensor, Tensor, Reduction)
 */
public final class MultiLabelMarginLoss extends Loss {

    private final Reduction reduction;

    /** Creates the loss with the mean. */
    public MultiLabelMarginLoss() {
        this(Reduction.MEAN);
    }

    /** Creates the loss. */
    public MultiLabelMarginLoss(Reduction reduction) {
        this.reduction = Settings.given(this, "reduction", reduction);
    }

    @Override
    Tensor compute(Tensor predictions, Tensor targets) {
        return Losses.multilabelMarginLoss(predictions, targets, reduction);
    }

    @Override
    protected String settings() {
        return "reduction=" + reduction;
    }
}
