package org.ndgrad.nn;

import org.jspecify.annotations.Nullable;
import org.ndgrad.autograd.Tensor;

/**
 * Binary cross-entropy of the logits of several classes for each sample, averaged over the classes. The factors of the
 * classes, if given, are the buffer {@code weight}.
 *
 * <p>Input: logits (N, C) or (C) and targets, 0 or 1, of the same shape. Output: (), or one loss for each sample.
 *
 * @see Losses#multilabelSoftMarginLoss(Tensor, Tensor, Tensor, Reduction)
 */
public final class MultiLabelSoftMarginLoss extends Loss {

    private final Reduction reduction;
    private final @Nullable Tensor weight;

    /** Creates the loss with the mean. */
    public MultiLabelSoftMarginLoss() {
        this(Reduction.MEAN);
    }

    /** Creates the loss. */
    public MultiLabelSoftMarginLoss(Reduction reduction) {
        this.reduction = Settings.given(this, "reduction", reduction);
        this.weight = null;
    }

    /**
     * Creates the loss.
     *
     * @param weight one factor for each class, shape (C)
     */
    public MultiLabelSoftMarginLoss(Tensor weight, Reduction reduction) {
        this.reduction = Settings.given(this, "reduction", reduction);
        this.weight = buffer("weight", Settings.given(this, "weight", weight));
    }

    @Override
    Tensor compute(Tensor predictions, Tensor targets) {
        return weight == null
                ? Losses.multilabelSoftMarginLoss(predictions, targets, reduction)
                : Losses.multilabelSoftMarginLoss(predictions, targets, weight, reduction);
    }

    @Override
    protected String settings() {
        return "reduction=" + reduction;
    }
}
