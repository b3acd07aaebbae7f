package org.ndgrad.nn;

import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Checks;
import org.ndgrad.autograd.ops.EmbeddingOptions;
import org.ndgrad.autograd.ops.Embeddings;

/**
 * What can be chosen about {@link EmbeddingBag}.
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param mode how the rows of a bag are combined
 * @param endIncluded whether the last offset is not the begin of a bag, but the end of the last one
 * @param rows padding index, largest norm and scaling by frequency, as the operation has them
 * @param dtype of the weight, and so of outputs
 * @param rng what the initial values are drawn from
 */
public record EmbeddingBagLayerOptions(
        Embeddings.Mode mode, boolean endIncluded, EmbeddingOptions rows, DataType dtype, RandomGenerator rng) {

    /**
     * Checks the options.
     *
     * @throws NullPointerException if one of them is null
     */
    public EmbeddingBagLayerOptions {
        Checks.given("EmbeddingBagLayerOptions", "mode", mode);
        Checks.given("EmbeddingBagLayerOptions", "dtype", dtype);
        Checks.given("EmbeddingBagLayerOptions", "rows", rows);
        Checks.given("EmbeddingBagLayerOptions", "rng", rng);
    }

    /** Returns PyTorch's defaults: the mean, without padding, bound and scaling, the default type. */
    public static EmbeddingBagLayerOptions defaults() {
        return new EmbeddingBagLayerOptions(
                Embeddings.Mode.MEAN, false, EmbeddingOptions.defaults(), Tensor.defaultDtype(), Rng.defaultRng());
    }

    /** Returns these options with another mode. */
    public EmbeddingBagLayerOptions withMode(Embeddings.Mode mode) {
        return new EmbeddingBagLayerOptions(mode, endIncluded, rows, dtype, rng);
    }

    /** Returns these options with the end of the last bag among the offsets, or not. */
    public EmbeddingBagLayerOptions withEndIncluded(boolean endIncluded) {
        return new EmbeddingBagLayerOptions(mode, endIncluded, rows, dtype, rng);
    }

    /** Returns these options with those by which rows are read. */
    public EmbeddingBagLayerOptions withRows(EmbeddingOptions rows) {
        return new EmbeddingBagLayerOptions(mode, endIncluded, rows, dtype, rng);
    }

    /** Returns these options with a row whose indices count for nothing; −1 is the last row. */
    public EmbeddingBagLayerOptions withPaddingIndex(long paddingIndex) {
        return withRows(rows.withPaddingIndex(paddingIndex));
    }

    /** Returns these options with a bound on the norm of rows, to which longer ones are shrunk when read, and its p. */
    public EmbeddingBagLayerOptions withMaxNorm(double maxNorm, double norm) {
        return withRows(rows.withMaxNorm(maxNorm, norm));
    }

    /** Returns these options with gradients divided by how often a row was read, or not; not for the maximum. */
    public EmbeddingBagLayerOptions withScaleByFrequency(boolean scaleByFrequency) {
        return withRows(rows.withScaleByFrequency(scaleByFrequency));
    }

    /** Returns these options with a weight of another type. */
    public EmbeddingBagLayerOptions withDtype(DataType dtype) {
        return new EmbeddingBagLayerOptions(mode, endIncluded, rows, dtype, rng);
    }

    /** Returns these options with another generator. */
    public EmbeddingBagLayerOptions withRng(RandomGenerator rng) {
        return new EmbeddingBagLayerOptions(mode, endIncluded, rows, dtype, rng);
    }
}
