package org.ndgrad.nn;

import org.ndgrad.autograd.Tensor;

/**
 * Negative log-likelihood of counts t with a Poisson distribution, eˣ − t x of logarithms of rates, or x − t log(x + ε)
 * of rates.
 *
 * <p>Input: logarithms of rates, or rates, and counts, both (*). Output: (), or one loss for each element or sample.
 *
 * @see Losses#poissonNllLoss(Tensor, Tensor, PoissonNllOptions)
 */
public final class PoissonNllLoss extends Loss {

    private final PoissonNllOptions options;

    /** Creates the loss with PyTorch's defaults. */
    public PoissonNllLoss() {
        this(PoissonNllOptions.defaults());
    }

    /** Creates the loss. */
    public PoissonNllLoss(PoissonNllOptions options) {
        this.options = Settings.given(this, "options", options);
    }

    @Override
    Tensor compute(Tensor predictions, Tensor targets) {
        return Losses.poissonNllLoss(predictions, targets, options);
    }

    @Override
    protected String settings() {
        return "reduction=" + options.reduction() + ", logRates=" + options.logRates() + ", full=" + options.full();
    }
}
