package org.ndgrad.nn;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.ndgrad.autograd.MemoryScope;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Checks;

/**
 * What can be chosen about {@link Losses#binaryCrossEntropy} and {@link Losses#binaryCrossEntropyWithLogits}.
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param reduction how to combine the elements' losses
 * @param weight one factor per element, of a shape that broadcasts to theirs; the mean is over the elements all the
 *     same
 * @param positiveWeight one factor for positive targets, of a shape that broadcasts to that of the logits, often (C);
 *     above 1 it favors recall
 */
public record BceOptions(Reduction reduction, Optional<Tensor> weight, Optional<Tensor> positiveWeight) {

    private static final BceOptions DEFAULTS = new BceOptions(Reduction.MEAN, Optional.empty(), Optional.empty());

    /**
     * Checks the options, and keeps the tensors beyond any MemoryScope.
     *
     * @throws NullPointerException if the reduction is null
     */
    public BceOptions {
        Checks.given("BceOptions", "reduction", reduction);
        weight.ifPresent(MemoryScope::stored);
        positiveWeight.ifPresent(MemoryScope::stored);
    }

    /** Returns PyTorch's defaults: mean, no weights. */
    public static BceOptions defaults() {
        return DEFAULTS;
    }

    /** Returns these options with another reduction. */
    public BceOptions withReduction(Reduction reduction) {
        return new BceOptions(reduction, weight, positiveWeight);
    }

    /** Returns these options with a factor per element. */
    public BceOptions withWeight(Tensor weight) {
        return new BceOptions(reduction, Optional.of(weight), positiveWeight);
    }

    /** Returns these options with a factor for positive targets. */
    public BceOptions withPositiveWeight(Tensor positiveWeight) {
        return new BceOptions(reduction, weight, Optional.of(positiveWeight));
    }

    /** Computes a loss of probabilities or logits, given in units, wide enough for all given here. */
    Tensor wide(Tensor x, BiFunction<Tensor, WithinRange.Unit, Tensor> loss) {
        Tensor[] inputs = Stream.of(Optional.of(x), weight, positiveWeight)
                .flatMap(Optional::stream)
                .toArray(Tensor[]::new);
        return WithinRange.of((all, unit) -> unit.undo(loss.apply(all.get(0), unit), 1), inputs);
    }

    Tensor reduced(String who, Tensor losses) {
        return reduction.of(weight.map(factors -> BinaryCrossEntropy.weighted(who, losses, factors))
                .orElse(losses));
    }
}
