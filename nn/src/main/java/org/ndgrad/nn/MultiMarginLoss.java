package org.ndgrad.nn;

import org.ndgrad.autograd.Tensor;

/**
 * Hinge loss of classes, Σ max(0, margin − (x of the target − x of another class))ᵖ / C. The factors of the classes, if
 * given, are the buffer {@code weight}.
 *
 * <p>Input: scores (N, C) or (C) and class indices (N) or (). Output: (), or one loss for each element or sample.
 *
 * @see Losses#multiMarginLoss(Tensor, Tensor, MultiMarginOptions)
 */
public final class MultiMarginLoss extends Loss {

    private final MultiMarginOptions options;

    /** Creates the loss with PyTorch's defaults. */
    public MultiMarginLoss() {
        this(MultiMarginOptions.defaults());
    }

    /** Creates the loss. */
    public MultiMarginLoss(MultiMarginOptions options) {
        this.options = Settings.given(this, "options", options);
        options.weight().ifPresent(weight -> buffer("weight", weight));
    }

    @Override
    Tensor compute(Tensor predictions, Tensor targets) {
        return Losses.multiMarginLoss(predictions, targets, options);
    }

    @Override
    protected String settings() {
        return "p=" + options.p() + ", margin=" + options.margin() + ", reduction=" + options.reduction();
    }
}
