package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.ndgrad.autograd.MemoryScope;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.elementwise.DropoutMask;

/**
 * What can be chosen about {@link Attention#scaledDotProductAttention}.
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param mask broadcasts to (…, L, S): boolean, true where a query may look at a key, or numbers of the query's type
 *     that are added to the scores
 * @param causal whether query i looks at the keys 0 … i only; not with a mask
 * @param scale what scores are multiplied by; 1 / √E if empty
 * @param dropout the probability to drop a weight, in [0, 1]; the others are multiplied by 1 / (1 − dropout)
 * @param rng what dropout draws from
 * @param heads whether query, key and value have equally many heads
 */
public record AttentionOptions(
        Optional<Tensor> mask, boolean causal, OptionalDouble scale, double dropout, RandomGenerator rng, Heads heads) {

    /** How the heads of queries belong to those of keys and values. */
    public enum Heads {
        /** One by one. */
        EQUAL,
        /** Several neighboring heads of queries share one of keys and values (PyTorch's {@code enable_gqa}). */
        GROUPED
    }

    private static final AttentionOptions DEFAULTS =
            new AttentionOptions(Optional.empty(), false, OptionalDouble.empty(), 0, Rng.defaultRng(), Heads.EQUAL);

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if dropout is not in [0, 1], or a mask is given for causal attention
     * @throws NullPointerException if one of them is null
     */
    public AttentionOptions {
        OpChecks.given("AttentionOptions", "value for heads", heads);
        DropoutMask.checkProbability("scaledDotProductAttention", dropout);
        checkArgument(
                mask.isEmpty() || !causal,
                "scaledDotProductAttention: expected a mask or causal attention; got both. Put both into the mask.");
        mask.ifPresent(MemoryScope::stored);
    }

    /** Returns PyTorch's defaults: every query looks at all keys, nothing is dropped. */
    public static AttentionOptions defaults() {
        return DEFAULTS;
    }

    /** Returns these options with a mask. */
    public AttentionOptions withMask(Tensor mask) {
        return new AttentionOptions(
                Optional.of(OpChecks.given("AttentionOptions", "mask", mask)), causal, scale, dropout, rng, heads);
    }

    /** Returns these options with causal attention or not. */
    public AttentionOptions withCausal(boolean causal) {
        return new AttentionOptions(mask, causal, scale, dropout, rng, heads);
    }

    /** Returns these options with another scale. */
    public AttentionOptions withScale(double scale) {
        return new AttentionOptions(mask, causal, OptionalDouble.of(scale), dropout, rng, heads);
    }

    /**
     * Returns these options with dropout. There is no training flag: leave it out in evaluation.
     *
     * @param dropout in [0, 1]
     * @param rng the source of the masks
     */
    public AttentionOptions withDropout(double dropout, RandomGenerator rng) {
        return new AttentionOptions(mask, causal, scale, dropout, rng, heads);
    }

    /** Returns these options with another relation of heads. */
    public AttentionOptions withHeads(Heads heads) {
        return new AttentionOptions(mask, causal, scale, dropout, rng, heads);
    }
}
