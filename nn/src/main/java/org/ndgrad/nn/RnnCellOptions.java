package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Checks;

/**
 * What can be chosen about {@link RnnCell}, {@link LstmCell} and {@link GruCell}.
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param dtype of the parameters, and so of inputs and outputs
 * @param rng what the initial values are drawn from
 * @param bias whether to add biases
 * @param nonlinearity of an {@link RnnCell}: TANH or RELU
 */
public record RnnCellOptions(DataType dtype, RandomGenerator rng, boolean bias, Nonlinearity nonlinearity) {

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if the function is another than TANH and RELU
     * @throws NullPointerException if one of them is null
     */
    public RnnCellOptions {
        Checks.given("RnnCellOptions", "dtype", dtype);
        Checks.given("RnnCellOptions", "rng", rng);
        checkArgument(
                nonlinearity == Nonlinearity.TANH || nonlinearity == Nonlinearity.RELU,
                "RnnCellOptions: expected TANH or RELU; got %s. Choose one of them.",
                nonlinearity);
    }

    /** Returns PyTorch's defaults: {@link Tensor#defaultDtype()} as it is now, the default generator, biases, TANH. */
    public static RnnCellOptions defaults() {
        return new RnnCellOptions(Tensor.defaultDtype(), Rng.defaultRng(), true, Nonlinearity.TANH);
    }

    /** Returns these options with parameters of another type. */
    public RnnCellOptions withDtype(DataType dtype) {
        return new RnnCellOptions(dtype, rng, bias, nonlinearity);
    }

    /** Returns these options with another generator. */
    public RnnCellOptions withRng(RandomGenerator rng) {
        return new RnnCellOptions(dtype, rng, bias, nonlinearity);
    }

    /** Returns these options with biases or without. */
    public RnnCellOptions withBias(boolean bias) {
        return new RnnCellOptions(dtype, rng, bias, nonlinearity);
    }

    /** Returns these options with another function, for an {@link RnnCell}. */
    public RnnCellOptions withNonlinearity(Nonlinearity nonlinearity) {
        return new RnnCellOptions(dtype, rng, bias, nonlinearity);
    }
}
