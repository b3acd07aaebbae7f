package org.ndgrad.nn;

import org.ndgrad.autograd.Tensor;

/**
 * Negative log-likelihood of class indices, −xₜ; what follows {@link LogSoftmax}. The factors of the classes, if given,
 * are the buffer {@code weight}.
 *
 * <p>Input: log-probabilities (N, C), (C) or (N, C, *) and class indices (N), () or (N, *). Output: (), or one loss for
 * each element or sample.
 *
 * @see Losses#nllLoss(Tensor, Tensor, CrossEntropyOptions)
 */
public final class NllLoss extends Loss {

    private final CrossEntropyOptions options;

    /** Creates the loss with PyTorch's defaults. */
    public NllLoss() {
        this(CrossEntropyOptions.defaults());
    }

    /**
     * Creates the loss.
     *
     * @param options no label smoothing
     */
    public NllLoss(CrossEntropyOptions options) {
        this.options = Settings.given(this, "options", options);
        options.weight().ifPresent(weight -> buffer("weight", weight));
    }

    @Override
    Tensor compute(Tensor predictions, Tensor targets) {
        return Losses.nllLoss(predictions, targets, options);
    }

    @Override
    protected String settings() {
        return "reduction=" + options.reduction()
                + (options.ignoreIndex() < 0 ? "" : ", ignoreIndex=" + options.ignoreIndex());
    }
}
