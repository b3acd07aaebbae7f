package org.ndgrad.nn;

import java.util.List;
import org.ndgrad.autograd.Tensor;

/**
 * Negative log-likelihood of targets t with a normal distribution, ½ (log v + (m − t)² / v) for means m and variances
 * v.
 *
 * <p>Input: means (*), targets (*) and variances (*), or one variance for the last dimension or for all. Output: (), or
 * one loss for each element.
 *
 * @see Losses#gaussianNllLoss(Tensor, Tensor, Tensor, GaussianNllOptions)
 */
public final class GaussianNllLoss extends Block {

    private final GaussianNllOptions options;

    /** Creates the loss with PyTorch's defaults. */
    public GaussianNllLoss() {
        this(GaussianNllOptions.defaults());
    }

    /** Creates the loss. */
    public GaussianNllLoss(GaussianNllOptions options) {
        this.options = Settings.given(this, "options", options);
    }

    /** Returns the loss. */
    public Tensor forward(Tensor means, Tensor targets, Tensor variances) {
        return Places.named(
                this,
                List.of(means, targets, variances),
                in -> Losses.gaussianNllLoss(in.get(0), in.get(1), in.get(2), options));
    }

    @Override
    protected String settings() {
        return "full=" + options.full() + ", epsilon=" + options.epsilon() + ", reduction=" + options.reduction();
    }
}
