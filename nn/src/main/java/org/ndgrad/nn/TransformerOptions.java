package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Checks;

/**
 * What can be chosen about {@link Transformer}, {@link TransformerEncoder}, {@link TransformerDecoder} and their
 * layers.
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param dtype of the parameters, and so of inputs and outputs
 * @param rng what the initial values and dropout are drawn from
 * @param encoderLayers how many layers an encoder has, at least 1
 * @param decoderLayers how many layers a decoder has, at least 1
 * @param feedForward size between the two linear maps of a layer, at least 1
 * @param dropout the probability to drop an element in training, in [0, 1]
 * @param activation between the two linear maps
 * @param layerNormEpsilon what layer normalization adds to the variance
 * @param batchFirst whether inputs are (N, L, E) instead of (L, N, E)
 * @param normFirst whether a layer normalizes what goes into its parts, not what comes out
 * @param bias whether linear maps and normalizations add biases
 */
public record TransformerOptions(
        DataType dtype,
        RandomGenerator rng,
        int encoderLayers,
        int decoderLayers,
        long feedForward,
        double dropout,
        Activation activation,
        double layerNormEpsilon,
        boolean batchFirst,
        boolean normFirst,
        boolean bias) {

    /** The function between the two linear maps of a layer. */
    public enum Activation {
        /** Rectified linear unit. */
        RELU,
        /** Gaussian error linear unit. */
        GELU;

        Tensor apply(Tensor x) {
            return this == RELU ? x.relu() : Functions.gelu(x);
        }
    }

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if a number is too small, or dropout is no probability
     * @throws NullPointerException if one of them is null
     */
    public TransformerOptions {
        Checks.given("TransformerOptions", "dtype", dtype);
        Checks.given("TransformerOptions", "rng", rng);
        Checks.given("TransformerOptions", "activation", activation);
        Checks.dropout("TransformerOptions", dropout);
        checkArgument(
                encoderLayers >= 1 && decoderLayers >= 1 && feedForward >= 1,
                "TransformerOptions: expected numbers of at least 1; got encoderLayers=%s, decoderLayers=%s,"
                        + " feedForward=%s. Use an encoder alone where there is no decoder.",
                encoderLayers,
                decoderLayers,
                feedForward);
    }

    /**
     * Returns PyTorch's defaults: six layers each, 2048 between the linear maps, dropout 0.1, ReLU, inputs (L, N, E).
     */
    public static TransformerOptions defaults() {
        return new TransformerOptions(
                Tensor.defaultDtype(), Rng.defaultRng(), 6, 6, 2048, 0.1, Activation.RELU, 1e-5, false, false, true);
    }

    /** Returns these options with parameters of another type. */
    public TransformerOptions withDtype(DataType dtype) {
        return with(draft -> draft.dtype = dtype);
    }

    /** Returns these options with another generator. */
    public TransformerOptions withRng(RandomGenerator rng) {
        return with(draft -> draft.rng = rng);
    }

    /** Returns these options with another number of layers in the encoder. */
    public TransformerOptions withEncoderLayers(int encoderLayers) {
        return with(draft -> draft.encoderLayers = encoderLayers);
    }

    /** Returns these options with another number of layers in the decoder. */
    public TransformerOptions withDecoderLayers(int decoderLayers) {
        return with(draft -> draft.decoderLayers = decoderLayers);
    }

    /** Returns these options with another size between the two linear maps. */
    public TransformerOptions withFeedForward(long feedForward) {
        return with(draft -> draft.feedForward = feedForward);
    }

    /** Returns these options with another probability to drop. */
    public TransformerOptions withDropout(double dropout) {
        return with(draft -> draft.dropout = dropout);
    }

    /** Returns these options with another function between the two linear maps. */
    public TransformerOptions withActivation(Activation activation) {
        return with(draft -> draft.activation = activation);
    }

    /** Returns these options with another addition to the variance. */
    public TransformerOptions withLayerNormEpsilon(double layerNormEpsilon) {
        return with(draft -> draft.layerNormEpsilon = layerNormEpsilon);
    }

    /** Returns these options with inputs (N, L, E) or (L, N, E). */
    public TransformerOptions withBatchFirst(boolean batchFirst) {
        return with(draft -> draft.batchFirst = batchFirst);
    }

    /** Returns these options with normalization in front or behind. */
    public TransformerOptions withNormFirst(boolean normFirst) {
        return with(draft -> draft.normFirst = normFirst);
    }

    /** Returns these options with biases or without. */
    public TransformerOptions withBias(boolean bias) {
        return with(draft -> draft.bias = bias);
    }

    private TransformerOptions with(Consumer<Draft> change) {
        Draft draft = new Draft();
        change.accept(draft);
        return new TransformerOptions(
                draft.dtype,
                draft.rng,
                draft.encoderLayers,
                draft.decoderLayers,
                draft.feedForward,
                draft.dropout,
                draft.activation,
                draft.layerNormEpsilon,
                draft.batchFirst,
                draft.normFirst,
                draft.bias);
    }

    /** A copy to be changed, so that each option is named here once and not in each method. */
    private final class Draft {
        private DataType dtype = TransformerOptions.this.dtype;
        private RandomGenerator rng = TransformerOptions.this.rng;
        private int encoderLayers = TransformerOptions.this.encoderLayers;
        private int decoderLayers = TransformerOptions.this.decoderLayers;
        private long feedForward = TransformerOptions.this.feedForward;
        private double dropout = TransformerOptions.this.dropout;
        private Activation activation = TransformerOptions.this.activation;
        private double layerNormEpsilon = TransformerOptions.this.layerNormEpsilon;
        private boolean batchFirst = TransformerOptions.this.batchFirst;
        private boolean normFirst = TransformerOptions.this.normFirst;
        private boolean bias = TransformerOptions.this.bias;
    }
}
