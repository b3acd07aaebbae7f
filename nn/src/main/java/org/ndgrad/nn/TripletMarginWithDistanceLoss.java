package org.ndgrad.nn;

import java.util.List;
import java.util.function.BinaryOperator;
import org.ndgrad.autograd.Tensor;

/**
 * Triplet loss with a distance of one's own, max(0, d(a, p) − d(a, n) + margin).
 *
 * <pre>{@code
 * new TripletMarginWithDistanceLoss((a, b) -> Norms.cosineSimilarity(a, b, 1, 1e-8).rsub(1));
 * }</pre>
 *
 * <p>Input: anchors, positives and negatives, as the distance takes them. Output: (), or one loss for each triplet.
 *
 * @see Losses#tripletMarginLoss(Tensor, Tensor, Tensor, BinaryOperator, TripletMarginOptions)
 */
public final class TripletMarginWithDistanceLoss extends Block {

    private final BinaryOperator<Tensor> distance;
    private final TripletMarginOptions options;

    /**
     * Creates the loss with margin 1 and the mean.
     *
     * @param distance a function without parameters that are learned
     */
    public TripletMarginWithDistanceLoss(BinaryOperator<Tensor> distance) {
        this(distance, TripletMarginOptions.defaults());
    }

    /**
     * Creates the loss.
     *
     * @param distance a function without parameters that are learned
     * @param options reduction, margin and swap; a norm of its own has no meaning here
     */
    public TripletMarginWithDistanceLoss(BinaryOperator<Tensor> distance, TripletMarginOptions options) {
        this.distance = Settings.required(this, "distance", distance);
        this.options = Settings.given(this, "options", options);
    }

    /** Returns the loss. */
    public Tensor forward(Tensor anchors, Tensor positives, Tensor negatives) {
        return Places.named(
                this,
                List.of(anchors, positives, negatives),
                in -> Losses.tripletMarginLoss(in.get(0), in.get(1), in.get(2), distance, options));
    }

    @Override
    protected String settings() {
        return "margin=" + options.margin() + ", swap=" + options.swap() + ", reduction=" + options.reduction();
    }
}
