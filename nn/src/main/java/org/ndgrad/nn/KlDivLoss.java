package org.ndgrad.nn;

import org.ndgrad.autograd.Tensor;

/**
 * Kullback–Leibler divergence from predicted log-probabilities x to the targets t, t (log t − x). Only
 * {@link Reduction#BATCH_MEAN} gives the divergence of a batch; the mean is over all elements.
 *
 * <p>Input: log-probabilities x and probabilities t, or their logarithms, both (*). Output: (), or one loss for each
 * element or sample.
 *
 * @see Losses#klDiv(Tensor, Tensor, KlDivOptions)
 */
public final class KlDivLoss extends Loss {

    private final KlDivOptions options;

    /** Creates the loss with PyTorch's defaults. */
    public KlDivLoss() {
        this(KlDivOptions.defaults());
    }

    /** Creates the loss. */
    public KlDivLoss(KlDivOptions options) {
        this.options = Settings.given(this, "options", options);
    }

    @Override
    Tensor compute(Tensor predictions, Tensor targets) {
        return Losses.klDiv(predictions, targets, options);
    }

    @Override
    protected String settings() {
        return "reduction=" + options.reduction() + ", logTarget=" + options.logTarget();
    }
}
