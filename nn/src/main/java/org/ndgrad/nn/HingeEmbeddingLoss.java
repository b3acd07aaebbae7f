package org.ndgrad.nn;

import org.ndgrad.autograd.Tensor;

/**
 * Hinge loss of distances, x where the label is 1, max(0, margin − x) where it is −1.
 *
 * <p>Input: distances x and labels, 1 or −1, both (*). Output: (), or one loss for each element.
 *
 * @see Losses#hingeEmbeddingLoss(Tensor, Tensor, double, Reduction)
 */
public final class HingeEmbeddingLoss extends Loss {

    private final double margin;
    private final Reduction reduction;

    /** Creates the loss with margin 1 and the mean. */
    public HingeEmbeddingLoss() {
        this(1, Reduction.MEAN);
    }

    /**
     * Creates the loss.
     *
     * @param margin how far apart the different ones shall be
     */
    public HingeEmbeddingLoss(double margin, Reduction reduction) {
        this.margin = margin;
        this.reduction = Settings.given(this, "reduction", reduction);
    }

    @Override
    Tensor compute(Tensor predictions, Tensor targets) {
        return Losses.hingeEmbeddingLoss(predictions, targets, margin, reduction);
    }

    @Override
    protected String settings() {
        return "margin=" + margin + ", reduction=" + reduction;
    }
}
