package org.ndgrad.nn;

import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Checks;
import org.ndgrad.autograd.ops.EmbeddingOptions;

/**
 * What can be chosen about {@link Embedding}.
 *
 * <pre>{@code
 * new Embedding(1000, 64, EmbeddingLayerOptions.defaults().withPaddingIndex(0));
 * }</pre>
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param rows padding index, largest norm and scaling by frequency, as the operation has them
 * @param dtype of the weight, and so of outputs
 * @param rng what the initial values are drawn from
 */
public record EmbeddingLayerOptions(EmbeddingOptions rows, DataType dtype, RandomGenerator rng) {

    /**
     * Checks the options.
     *
     * @throws NullPointerException if one of them is null
     */
    public EmbeddingLayerOptions {
        Checks.given("EmbeddingLayerOptions", "dtype", dtype);
        Checks.given("EmbeddingLayerOptions", "rows", rows);
        Checks.given("EmbeddingLayerOptions", "rng", rng);
    }

    /** Returns PyTorch's defaults: no padding, no bound, no scaling, the default type. */
    public static EmbeddingLayerOptions defaults() {
        return new EmbeddingLayerOptions(EmbeddingOptions.defaults(), Tensor.defaultDtype(), Rng.defaultRng());
    }

    /** Returns these options with those of the operation. */
    public EmbeddingLayerOptions withRows(EmbeddingOptions rows) {
        return new EmbeddingLayerOptions(rows, dtype, rng);
    }

    /** Returns these options with a row of zeros at first, to which no gradient flows; −1 is the last row. */
    public EmbeddingLayerOptions withPaddingIndex(long paddingIndex) {
        return withRows(rows.withPaddingIndex(paddingIndex));
    }

    /** Returns these options with a bound on the norm of rows, to which longer ones are shrunk when read, and its p. */
    public EmbeddingLayerOptions withMaxNorm(double maxNorm, double norm) {
        return withRows(rows.withMaxNorm(maxNorm, norm));
    }

    /** Returns these options with gradients divided by how often a row was read, or not. */
    public EmbeddingLayerOptions withScaleByFrequency(boolean scaleByFrequency) {
        return withRows(rows.withScaleByFrequency(scaleByFrequency));
    }

    /** Returns these options with a weight of another type. */
    public EmbeddingLayerOptions withDtype(DataType dtype) {
        return new EmbeddingLayerOptions(rows, dtype, rng);
    }

    /** Returns these options with another generator. */
    public EmbeddingLayerOptions withRng(RandomGenerator rng) {
        return new EmbeddingLayerOptions(rows, dtype, rng);
    }
}
