package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.Longs;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Text;

/**
 * Cross-entropy of the logits that a linear map makes of features, −log softmax(x Wᵀ + b)ₜ: the last layer of a
 * classifier and its loss in one. The map is {@code linear}, a {@link Linear}; the factors of the classes, if given,
 * are the buffer {@code weight}.
 *
 * <p>Input: features (N, in) or (in) and class indices (N), (N, outputs) or (), or probabilities (N, C), (N, C,
 * outputs) or (C). Output: (), or one loss for each class index.
 *
 * @see Losses#linearCrossEntropy(Tensor, Tensor, Tensor, CrossEntropyOptions)
 */
public final class LinearCrossEntropyLoss extends Loss {

    private final Linear linear;
    private final long[] scores;
    private final CrossEntropyOptions options;

    /**
     * Creates the loss.
     *
     * @param in number of features
     * @param classes C
     */
    public LinearCrossEntropyLoss(long in, long classes) {
        this(in, classes, LinearCrossEntropyOptions.defaults());
    }

    /**
     * Creates the loss.
     *
     * @param in number of features
     * @param classes C
     * @throws IllegalArgumentException if a size is negative, or the weight is not one factor for each class
     */
    public LinearCrossEntropyLoss(long in, long classes, LinearCrossEntropyOptions options) {
        this.options = options.loss();
        this.options.weight().ifPresent(weight -> {
            checkArgument(
                    weight.size(0) == classes,
                    "LinearCrossEntropyLoss(classes=%s): expected a weight of shape (%s); got %s. Give one factor per"
                            + " class.",
                    classes,
                    classes,
                    Text.shape(weight));
            buffer("weight", weight);
        });
        this.scores = Longs.concat(new long[] {classes}, options.outputs().toArray());
        long out = 1;
        for (long size : scores) {
            out = Math.multiplyExact(out, size);
        }
        this.linear = new Linear(in, out, options.linear());
    }

    @Override
    Tensor compute(Tensor predictions, Tensor targets) {
        Tensor weight = linear.weight();
        Tensor shaped = weight.reshape(Longs.concat(scores, new long[] {weight.size(1)}));
        return linear.hasBias()
                ? Losses.linearCrossEntropy(predictions, shaped, linear.bias().reshape(scores), targets, options)
                : Losses.linearCrossEntropy(predictions, shaped, targets, options);
    }

    /** Returns the map from features to logits. */
    public Linear linear() {
        return linear;
    }

    @Override
    protected String settings() {
        return "scores=" + Text.shape(scores) + ", reduction=" + options.reduction();
    }
}
