package org.ndgrad.nn;

import java.util.List;
import org.ndgrad.autograd.Tensor;

/**
 * Cosine embedding loss: with the cosine c of the angle between two vectors, 1 − c where the label is 1,
 * max(0, c − margin) where it is −1.
 *
 * <p>Input: vectors (N, D) or (D), twice, and labels, 1 or −1, (N) or (). Output: (), or one loss for each pair.
 *
 * @see Losses#cosineEmbeddingLoss(Tensor, Tensor, Tensor, double, Reduction)
 */
public final class CosineEmbeddingLoss extends Block {

    private final double margin;
    private final Reduction reduction;

    /** Creates the loss with margin 0 and the mean. */
    public CosineEmbeddingLoss() {
        this(0, Reduction.MEAN);
    }

    /**
     * Creates the loss.
     *
     * @param margin how large a cosine different ones may have
     */
    public CosineEmbeddingLoss(double margin, Reduction reduction) {
        this.margin = margin;
        this.reduction = Settings.given(this, "reduction", reduction);
    }

    /** Returns the loss. */
    public Tensor forward(Tensor first, Tensor second, Tensor labels) {
        return Places.named(
                this,
                List.of(first, second, labels),
                in -> Losses.cosineEmbeddingLoss(in.get(0), in.get(1), in.get(2), margin, reduction));
    }

    @Override
    protected String settings() {
        return "margin=" + margin + ", reduction=" + reduction;
    }
}
