package org.ndgrad.nn;

import java.util.List;
import org.ndgrad.autograd.Tensor;

/**
 * Hinge loss of a ranking, max(0, margin − t (a − b)): the first score shall be larger where the label is 1, the second
 * where it is −1.
 *
 * <p>Input: scores a and b and labels t, 1 or −1, all (N). Output: (), or one loss for each pair.
 *
 * @see Losses#marginRankingLoss(Tensor, Tensor, Tensor, double, Reduction)
 */
public final class MarginRankingLoss extends Block {

    private final double margin;
    private final Reduction reduction;

    /** Creates the loss with margin 0 and the mean. */
    public MarginRankingLoss() {
        this(0, Reduction.MEAN);
    }

    /**
     * Creates the loss.
     *
     * @param margin by how much one score shall be larger
     */
    public MarginRankingLoss(double margin, Reduction reduction) {
        this.margin = margin;
        this.reduction = Settings.given(this, "reduction", reduction);
    }

    /** Returns the loss. */
    public Tensor forward(Tensor first, Tensor second, Tensor labels) {
        return Places.named(
                this,
                List.of(first, second, labels),
                in -> Losses.marginRankingLoss(in.get(0), in.get(1), in.get(2), margin, reduction));
    }

    @Override
    protected String settings() {
        return "margin=" + margin + ", reduction=" + reduction;
    }
}
