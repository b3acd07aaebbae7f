package org.ndgrad.nn;

import org.ndgrad.autograd.Tensor;

/**
 * Binary cross-entropy of probabilities, w (−t log p − (1 − t) log(1 − p)), with both logarithms floored at −100. With
 * a weight, it is the buffer {@code weight}. {@link BceWithLogitsLoss} is more accurate.
 *
 * <p>Input: probabilities p and targets t, both (*). Output: (), or one loss for each element or sample.
 *
 * @see Losses#binaryCrossEntropy(Tensor, Tensor, BceOptions)
 */
public final class BceLoss extends Loss {

    private final BceOptions options;

    /** Creates the loss with PyTorch's defaults. */
    public BceLoss() {
        this(BceOptions.defaults());
    }

    /**
     * Creates the loss.
     *
     * @param options reduction and weight; a weight of positives only is for logits
     */
    public BceLoss(BceOptions options) {
        this.options = Settings.given(this, "options", options);
        options.weight().ifPresent(weight -> buffer("weight", weight));
    }

    @Override
    Tensor compute(Tensor predictions, Tensor targets) {
        return Losses.binaryCrossEntropy(predictions, targets, options);
    }

    @Override
    protected String settings() {
        return "reduction=" + options.reduction();
    }
}
