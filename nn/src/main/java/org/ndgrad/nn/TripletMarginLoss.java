package org.ndgrad.nn;

import java.util.List;
import org.ndgrad.autograd.Tensor;

/**
 * Triplet loss, max(0, d(a, p) − d(a, n) + margin): the negative shall be farther from the anchor than the positive.
 *
 * <p>Source: Balntas et al., Learning local feature descriptors with triplets and shallow convolutional neural
 * networks, 2016.
 *
 * <p>Input: anchors, positives and negatives, all (N, D) or (D). Output: (), or one loss for each triplet.
 *
 * @see Losses#tripletMarginLoss(Tensor, Tensor, Tensor, TripletMarginOptions)
 */
public final class TripletMarginLoss extends Block {

    private final TripletMarginOptions options;

    /** Creates the loss with PyTorch's defaults. */
    public TripletMarginLoss() {
        this(TripletMarginOptions.defaults());
    }

    /** Creates the loss. */
    public TripletMarginLoss(TripletMarginOptions options) {
        this.options = Settings.given(this, "options", options);
    }

    /** Returns the loss. */
    public Tensor forward(Tensor anchors, Tensor positives, Tensor negatives) {
        return Places.named(
                this,
                List.of(anchors, positives, negatives),
                in -> Losses.tripletMarginLoss(in.get(0), in.get(1), in.get(2), options));
    }

    @Override
    protected String settings() {
        return "margin=" + options.margin() + ", p=" + options.p() + ", swap=" + options.swap() + ", reduction="
                + options.reduction();
    }
}
