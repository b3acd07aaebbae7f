package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Optional;
import org.ndgrad.autograd.MemoryScope;
import org.ndgrad.autograd.Tensor;

/**
 * What can be chosen about {@link Embeddings#embeddingBag}.
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param mode how the rows of a bag are combined
 * @param offsets where the bags begin in a vector of indices, int64, ascending from 0; none for a matrix, whose rows
 *     are the bags
 * @param endIncluded whether the last offset is not the begin of a bag, but the end of the last one
 * @param weights one factor per index, of the indices' shape; for {@link Embeddings.Mode#SUM} only
 * @param rows how the rows are read; indices of the padding row count for nothing
 */
public record EmbeddingBagOptions(
        Embeddings.Mode mode,
        Optional<Tensor> offsets,
        boolean endIncluded,
        Optional<Tensor> weights,
        EmbeddingOptions rows) {

    private static final EmbeddingBagOptions DEFAULTS = new EmbeddingBagOptions(
            Embeddings.Mode.MEAN, Optional.empty(), false, Optional.empty(), EmbeddingOptions.defaults());

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if there are weights though the mode is not the sum, if frequencies are asked
     *     for with the maximum, or if the end is included in no offsets
     * @throws NullPointerException if one of them is null
     */
    public EmbeddingBagOptions {
        OpChecks.given("EmbeddingBagOptions", "value for mode", mode);
        checkArgument(
                weights.isEmpty() || mode == Embeddings.Mode.SUM,
                "embeddingBag: expected weights with mode SUM only; got %s. Multiply the rows of embedding instead.",
                mode);
        checkArgument(
                !rows.scaleByFrequency() || mode != Embeddings.Mode.MAX,
                "embeddingBag: expected scaleByFrequency with mode SUM or MEAN; got MAX. Leave it out.");
        checkArgument(
                !endIncluded || offsets.isPresent(),
                "embeddingBag: expected offsets whose last one is the end; got none. Give them with withOffsets.");
        offsets.ifPresent(MemoryScope::stored);
        weights.ifPresent(MemoryScope::stored);
    }

    /** Returns PyTorch's defaults: the mean of each row of a matrix of indices, without weights. */
    public static EmbeddingBagOptions defaults() {
        return DEFAULTS;
    }

    /** Returns these options with another mode. */
    public EmbeddingBagOptions withMode(Embeddings.Mode mode) {
        return new EmbeddingBagOptions(mode, offsets, endIncluded, weights, rows);
    }

    /** Returns these options with the places where the bags begin in a vector of indices. */
    public EmbeddingBagOptions withOffsets(Tensor offsets) {
        return new EmbeddingBagOptions(
                mode,
                Optional.of(OpChecks.given("EmbeddingBagOptions", "tensor of offsets", offsets)),
                false,
                weights,
                rows);
    }

    /** Returns these options with the places where the bags begin, and at last the end of the last one. */
    public EmbeddingBagOptions withOffsetsAndEnd(Tensor offsets) {
        return new EmbeddingBagOptions(
                mode,
                Optional.of(OpChecks.given("EmbeddingBagOptions", "tensor of offsets", offsets)),
                true,
                weights,
                rows);
    }

    /** Returns these options with a factor per index. */
    public EmbeddingBagOptions withWeights(Tensor weights) {
        return new EmbeddingBagOptions(
                mode,
                offsets,
                endIncluded,
                Optional.of(OpChecks.given("EmbeddingBagOptions", "tensor of weights", weights)),
                rows);
    }

    /** Returns these options with another way to read rows. */
    public EmbeddingBagOptions withRows(EmbeddingOptions rows) {
        return new EmbeddingBagOptions(mode, offsets, endIncluded, weights, rows);
    }
}
