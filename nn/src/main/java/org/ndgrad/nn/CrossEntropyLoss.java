package org.ndgrad.nn;

import org.ndgrad.autograd.Tensor;

/**
 * Cross-entropy of logits: −log softmax(x)ₜ for class indices t, −Σ t log softmax(x) for probabilities t. The factors
 * of the classes, if given, are the buffer {@code weight}.
 *
 * <p>Input: logits (N, C), (C) or (N, C, *) and class indices (N), () or (N, *), or probabilities of the shape of
 * logits. Output: (), or one loss for each element or sample.
 *
 * @see Losses#crossEntropy(Tensor, Tensor, CrossEntropyOptions)
 */
public final class CrossEntropyLoss extends Loss {

    private final CrossEntropyOptions options;

    /** Creates the loss with PyTorch's defaults. */
    public CrossEntropyLoss() {
        this(CrossEntropyOptions.defaults());
    }

    /** Creates the loss. */
    public CrossEntropyLoss(CrossEntropyOptions options) {
        this.options = Settings.given(this, "options", options);
        options.weight().ifPresent(weight -> buffer("weight", weight));
    }

    @Override
    Tensor compute(Tensor predictions, Tensor targets) {
        return Losses.crossEntropy(predictions, targets, options);
    }

    @Override
    protected String settings() {
        return "reduction=" + options.reduction() + ", labelSmoothing=" + options.labelSmoothing()
                + (options.ignoreIndex() < 0 ? "" : ", ignoreIndex=" + options.ignoreIndex());
    }
}
