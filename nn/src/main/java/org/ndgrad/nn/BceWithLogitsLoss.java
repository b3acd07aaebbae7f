package org.ndgrad.nn;

import org.ndgrad.autograd.Tensor;

/**
 * Binary cross-entropy of logits, w (−v t log σ(x) − (1 − t) log(1 − σ(x))), exact for any logit. The weights, if
 * given, are the buffers {@code weight}, w, and {@code pos_weight}, v.
 *
 * <p>Input: logits x and targets t, both (*). Output: (), or one loss for each element or sample.
 *
 * @see Losses#binaryCrossEntropyWithLogits(Tensor, Tensor, BceOptions)
 */
public final class BceWithLogitsLoss extends Loss {

    private final BceOptions options;

    /** Creates the loss with PyTorch's defaults. */
    public BceWithLogitsLoss() {
        this(BceOptions.defaults());
    }

    /**
     * Creates the loss.
     *
     * @param options reduction and weights
     */
    public BceWithLogitsLoss(BceOptions options) {
        this.options = Settings.given(this, "options", options);
        options.weight().ifPresent(weight -> buffer("weight", weight));
        options.positiveWeight().ifPresent(weight -> buffer("pos_weight", weight));
    }

    @Override
    Tensor compute(Tensor predictions, Tensor targets) {
        return Losses.binaryCrossEntropyWithLogits(predictions, targets, options);
    }

    @Override
    protected String settings() {
        return "reduction=" + options.reduction();
    }
}
