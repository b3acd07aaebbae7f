package org.ndgrad.nn;

import java.util.Optional;
import org.ndgrad.autograd.MemoryScope;
import org.ndgrad.autograd.Tensor;

/**
 * Which keys the queries of {@link MultiheadAttention} and of transformers must not look at. Masks are boolean, true
 * where a query must not look, as everywhere in PyTorch's layers (its function {@code scaledDotProductAttention} has it
 * the other way round); or they are numbers that are added to the scores. A query that may look at no key gets 0.
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param mask for all samples (L, S), or for each head of each (N · heads, L, S)
 * @param keyPaddingMask for all queries of a sample, (N, S), or (S) without a batch: the padding behind a sequence's
 *     end
 * @param causal whether query i looks at the keys 0 … i only
 */
public record MaskOptions(Optional<Tensor> mask, Optional<Tensor> keyPaddingMask, boolean causal) {

    private static final MaskOptions DEFAULTS = new MaskOptions(Optional.empty(), Optional.empty(), false);

    /** Keeps the tensors beyond any MemoryScope. */
    public MaskOptions {
        mask.ifPresent(MemoryScope::stored);
        keyPaddingMask.ifPresent(MemoryScope::stored);
    }

    /** Returns no masks: every query looks at all keys. */
    public static MaskOptions defaults() {
        return DEFAULTS;
    }

    /** Returns these options with a mask of pairs of queries and keys. */
    public MaskOptions withMask(Tensor mask) {
        return new MaskOptions(Optional.of(mask), keyPaddingMask, causal);
    }

    /** Returns these options with a mask of keys. */
    public MaskOptions withKeyPaddingMask(Tensor keyPaddingMask) {
        return new MaskOptions(mask, Optional.of(keyPaddingMask), causal);
    }

    /** Returns these options for queries that look back only, or anywhere. */
    public MaskOptions withCausal(boolean causal) {
        return new MaskOptions(mask, keyPaddingMask, causal);
    }
}
