package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Checks;

/**
 * What can be chosen about {@link Rnn}, {@link Lstm} and {@link Gru}.
 *
 * <pre>{@code
 * new Lstm(8, 64, RnnOptions.defaults().withLayers(2).withDropout(0.2).withBatchFirst(true));
 * }</pre>
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param dtype of the parameters, and so of inputs and outputs
 * @param rng what the initial values and dropout are drawn from
 * @param layers how many layers stand one on another, at least 1
 * @param bias whether to add biases
 * @param batchFirst whether sequences are (N, T, *) instead of (T, N, *); states are (layers, N, *) all the same
 * @param dropout the probability to drop an element of what a layer hands to the next one in training, in [0, 1]
 * @param bidirectional whether a second pass goes through the sequence from its end
 * @param nonlinearity of an {@link Rnn}: TANH or RELU
 * @param projection the size that an {@link Lstm} maps its hidden state to; 0 to leave it as it is
 */
public record RnnOptions(
        DataType dtype,
        RandomGenerator rng,
        int layers,
        boolean bias,
        boolean batchFirst,
        double dropout,
        boolean bidirectional,
        Nonlinearity nonlinearity,
        long projection) {

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if there is no layer, dropout is no probability, the function is another than
     *     TANH and RELU, or the projection is negative
     * @throws NullPointerException if one of them is null
     */
    public RnnOptions {
        Checks.given("RnnOptions", "dtype", dtype);
        Checks.given("RnnOptions", "rng", rng);
        checkArgument(layers >= 1, "RnnOptions: expected at least 1 layer; got %s. Give a count.", layers);
        Checks.dropout("RnnOptions", dropout);
        checkArgument(
                nonlinearity == Nonlinearity.TANH || nonlinearity == Nonlinearity.RELU,
                "RnnOptions: expected TANH or RELU; got %s. Choose one of them.",
                nonlinearity);
        checkArgument(
                projection >= 0,
                "RnnOptions: expected a projection to a size of at least 1, or 0 for none; got %s. Give a size.",
                projection);
    }

    /**
     * Returns PyTorch's defaults: {@link Tensor#defaultDtype()} as it is now, the default generator, one layer with
     * biases in one direction, sequences (T, N, *), no dropout, TANH, no projection.
     */
    public static RnnOptions defaults() {
        return new RnnOptions(Tensor.defaultDtype(), Rng.defaultRng(), 1, true, false, 0, false, Nonlinearity.TANH, 0);
    }

    /** Returns these options with parameters of another type. */
    public RnnOptions withDtype(DataType dtype) {
        return new RnnOptions(dtype, rng, layers, bias, batchFirst, dropout, bidirectional, nonlinearity, projection);
    }

    /** Returns these options with another generator. */
    public RnnOptions withRng(RandomGenerator rng) {
        return new RnnOptions(dtype, rng, layers, bias, batchFirst, dropout, bidirectional, nonlinearity, projection);
    }

    /** Returns these options with another number of layers. */
    public RnnOptions withLayers(int layers) {
        return new RnnOptions(dtype, rng, layers, bias, batchFirst, dropout, bidirectional, nonlinearity, projection);
    }

    /** Returns these options with biases or without. */
    public RnnOptions withBias(boolean bias) {
        return new RnnOptions(dtype, rng, layers, bias, batchFirst, dropout, bidirectional, nonlinearity, projection);
    }

    /** Returns these options with sequences (N, T, *) or (T, N, *). */
    public RnnOptions withBatchFirst(boolean batchFirst) {
        return new RnnOptions(dtype, rng, layers, bias, batchFirst, dropout, bidirectional, nonlinearity, projection);
    }

    /** Returns these options with another probability to drop between layers. */
    public RnnOptions withDropout(double dropout) {
        return new RnnOptions(dtype, rng, layers, bias, batchFirst, dropout, bidirectional, nonlinearity, projection);
    }

    /** Returns these options with two directions or one. */
    public RnnOptions withBidirectional(boolean bidirectional) {
        return new RnnOptions(dtype, rng, layers, bias, batchFirst, dropout, bidirectional, nonlinearity, projection);
    }

    /** Returns these options with another function, for an {@link Rnn}. */
    public RnnOptions withNonlinearity(Nonlinearity nonlinearity) {
        return new RnnOptions(dtype, rng, layers, bias, batchFirst, dropout, bidirectional, nonlinearity, projection);
    }

    /** Returns these options with a projection of the hidden state, for an {@link Lstm}. */
    public RnnOptions withProjection(long projection) {
        return new RnnOptions(dtype, rng, layers, bias, batchFirst, dropout, bidirectional, nonlinearity, projection);
    }
}
