package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Optional;
import org.ndgrad.autograd.MemoryScope;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Checks;
import org.ndgrad.autograd.internal.Text;

/**
 * What can be chosen about {@link Losses#crossEntropy} and {@link Losses#nllLoss}.
 *
 * <pre>{@code
 * Losses.crossEntropy(logits, targets, CrossEntropyOptions.defaults().withLabelSmoothing(0.1));
 * }</pre>
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param reduction how to combine the samples' losses
 * @param weight one factor per class, shape (C); with {@link Reduction#MEAN} and class indices, the sum is divided by
 *     the sum of the targets' factors, not by the number of samples
 * @param labelSmoothing how much of each target to spread evenly over the classes, in [0, 1]
 * @param ignoreIndex samples with this class index count for nothing; negative, as by default, if targets are
 *     probabilities
 */
public record CrossEntropyOptions(
        Reduction reduction, Optional<Tensor> weight, double labelSmoothing, long ignoreIndex) {

    private static final CrossEntropyOptions DEFAULTS =
            new CrossEntropyOptions(Reduction.MEAN, Optional.empty(), 0, -100);

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if the weight is not 1-d or the smoothing not in [0, 1]
     * @throws NullPointerException if one of them is null
     */
    public CrossEntropyOptions {
        Checks.given("CrossEntropyOptions", "reduction", reduction);
        weight.ifPresent(w -> checkArgument(
                w.ndim() == 1 && w.dtype().isFPType(),
                "crossEntropy: expected a floating-point weight of shape (C); got %s, %s. Give one factor per class.",
                Text.shape(w),
                Text.dtype(w)));
        checkArgument(
                labelSmoothing >= 0 && labelSmoothing <= 1,
                "crossEntropy: expected labelSmoothing in [0, 1]; got %s. Use 0.1, or 0 for none.",
                labelSmoothing);
        weight.ifPresent(MemoryScope::stored);
    }

    /** Returns PyTorch's defaults: mean, no weight, no smoothing, index −100 ignored. */
    public static CrossEntropyOptions defaults() {
        return DEFAULTS;
    }

    /** Returns these options with another reduction. */
    public CrossEntropyOptions withReduction(Reduction reduction) {
        return new CrossEntropyOptions(reduction, weight, labelSmoothing, ignoreIndex);
    }

    /**
     * Returns these options with a factor per class.
     *
     * @param weight shape (C)
     */
    public CrossEntropyOptions withWeight(Tensor weight) {
        return new CrossEntropyOptions(reduction, Optional.of(weight), labelSmoothing, ignoreIndex);
    }

    /**
     * Returns these options with another smoothing.
     *
     * @param labelSmoothing in [0, 1]
     */
    public CrossEntropyOptions withLabelSmoothing(double labelSmoothing) {
        return new CrossEntropyOptions(reduction, weight, labelSmoothing, ignoreIndex);
    }

    /**
     * Returns these options with another index to ignore.
     *
     * @param ignoreIndex any number, also one that is a class
     */
    public CrossEntropyOptions withIgnoreIndex(long ignoreIndex) {
        return new CrossEntropyOptions(reduction, weight, labelSmoothing, ignoreIndex);
    }
}
