package org.ndgrad.nn;

import java.util.List;
import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;

/**
 * The distances between vectors, ‖a − b + ε‖ₚ along the last dimension.
 *
 * <p>Input: two of shape (*, D), which are broadcast. Output: (*), or (*, 1) where the dimension is kept.
 */
public final class PairwiseDistance extends Block {

    private final PairwiseDistanceOptions options;

    /** Creates the block for Euclidean distances. */
    public PairwiseDistance() {
        this(PairwiseDistanceOptions.defaults());
    }

    /** Creates the block. */
    public PairwiseDistance(PairwiseDistanceOptions options) {
        this.options = Settings.given(this, "options", options);
    }

    /** Returns the distances. */
    public Tensor forward(Tensor first, Tensor second) {
        return Places.named(
                this,
                List.of(first, second),
                in -> Functions.pairwiseDistance(
                        in.get(0), in.get(1), options.p(), options.epsilon(), options.keepDim()));
    }

    @Override
    protected String settings() {
        return "p=" + options.p() + ", epsilon=" + options.epsilon() + ", keepDim=" + options.keepDim();
    }
}
