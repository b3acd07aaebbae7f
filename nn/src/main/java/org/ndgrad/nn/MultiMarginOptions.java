package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Optional;
import org.ndgrad.autograd.MemoryScope;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Checks;

/**
 * What can be chosen about {@link MarginLosses#multiMarginLoss}.
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param reduction how to combine the samples' losses
 * @param p 1, or 2 for squares
 * @param margin by how much the score of the target shall be larger; any number
 * @param weight one factor per class, shape (C), by which the losses of samples with this target are multiplied; the
 *     mean is over the samples all the same
 */
public record MultiMarginOptions(Reduction reduction, int p, double margin, Optional<Tensor> weight) {

    private static final MultiMarginOptions DEFAULTS = new MultiMarginOptions(Reduction.MEAN, 1, 1, Optional.empty());

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if p is neither 1 nor 2, or the weight not floating
     * @throws NullPointerException if one of them is null
     */
    public MultiMarginOptions {
        Checks.given("MultiMarginOptions", "reduction", reduction);
        checkArgument(p == 1 || p == 2, "multiMarginLoss: expected p = 1 or p = 2; got %s. Choose one of them.", p);
        weight.ifPresent(w -> Checks.floating("multiMarginLoss", "weight", w));
        weight.ifPresent(MemoryScope::stored);
    }

    /** Returns PyTorch's defaults: mean, p = 1, margin 1, no weight. */
    public static MultiMarginOptions defaults() {
        return DEFAULTS;
    }

    /** Returns these options with another reduction. */
    public MultiMarginOptions withReduction(Reduction reduction) {
        return new MultiMarginOptions(reduction, p, margin, weight);
    }

    /** Returns these options with another power. */
    public MultiMarginOptions withP(int p) {
        return new MultiMarginOptions(reduction, p, margin, weight);
    }

    /** Returns these options with another margin. */
    public MultiMarginOptions withMargin(double margin) {
        return new MultiMarginOptions(reduction, p, margin, weight);
    }

    /** Returns these options with a factor per class, shape (C). */
    public MultiMarginOptions withWeight(Tensor weight) {
        return new MultiMarginOptions(reduction, p, margin, Optional.of(weight));
    }
}
