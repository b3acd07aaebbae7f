package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What can be chosen about {@link Embeddings#embedding}.
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param paddingIndex a row to which no gradient flows; −1 is the last row
 * @param maxNorm rows of a larger norm are shrunk to it, in place and before they are read
 * @param norm the p of that norm
 * @param scaleByFrequency whether the gradient of a row is divided by how often it was read
 */
public record EmbeddingOptions(
        OptionalLong paddingIndex, OptionalDouble maxNorm, double norm, boolean scaleByFrequency) {

    private static final EmbeddingOptions DEFAULTS =
            new EmbeddingOptions(OptionalLong.empty(), OptionalDouble.empty(), 2, false);

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if the largest norm is not positive
     */
    public EmbeddingOptions {
        checkArgument(
                maxNorm.isEmpty() || maxNorm.getAsDouble() > 0,
                "embedding: expected a maxNorm above 0; got %s. Leave it out for no bound.",
                maxNorm);
    }

    /** Returns PyTorch's defaults: no padding, no bound, no scaling. */
    public static EmbeddingOptions defaults() {
        return DEFAULTS;
    }

    /** Returns these options with a row to which no gradient flows. */
    public EmbeddingOptions withPaddingIndex(long paddingIndex) {
        return new EmbeddingOptions(OptionalLong.of(paddingIndex), maxNorm, norm, scaleByFrequency);
    }

    /** Returns these options with a bound on the norm of rows, and its p. */
    public EmbeddingOptions withMaxNorm(double maxNorm, double norm) {
        return new EmbeddingOptions(paddingIndex, OptionalDouble.of(maxNorm), norm, scaleByFrequency);
    }

    /** Returns these options with gradients divided by frequency or not. */
    public EmbeddingOptions withScaleByFrequency(boolean scaleByFrequency) {
        return new EmbeddingOptions(paddingIndex, maxNorm, norm, scaleByFrequency);
    }
}
