package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import org.ndgrad.autograd.Tensor;

/**
 * Huber loss: with d = x − t, ½ d² where |d| ≤ δ, else δ (|d| − ½ δ).
 *
 * <p>Source: Huber, Robust estimation of a location parameter, 1964.
 *
 * <p>Input: predictions x and targets t, both (*). Output: (), or one loss for each element.
 *
 * @see Losses#huberLoss(Tensor, Tensor, double, Reduction)
 */
public final class HuberLoss extends Loss {

    private final double delta;
    private final Reduction reduction;

    /** Creates the loss with delta 1 and the mean. */
    public HuberLoss() {
        this(1, Reduction.MEAN);
    }

    /**
     * Creates the loss.
     *
     * @param delta δ &gt; 0
     * @throws IllegalArgumentException if delta is not positive
     */
    public HuberLoss(double delta, Reduction reduction) {
        checkArgument(delta > 0, "HuberLoss: expected delta > 0; got %s. Use L1Loss for the limit.", delta);
        this.delta = delta;
        this.reduction = Settings.given(this, "reduction", reduction);
    }

    @Override
    Tensor compute(Tensor predictions, Tensor targets) {
        return Losses.huberLoss(predictions, targets, delta, reduction);
    }

    @Override
    protected String settings() {
        return "delta=" + delta + ", reduction=" + reduction;
    }
}
