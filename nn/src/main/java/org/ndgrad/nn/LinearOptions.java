package org.ndgrad.nn;

import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Rng;

/**
 * What can be chosen about {@link Linear}.
 *
 * <pre>{@code
 * new Linear(3, 2, LinearOptions.defaults().withRng(new Rng(0)).withBias(false));
 * }</pre>
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param dtype of the parameters, and so of inputs and outputs
 * @param rng what the initial values are drawn from
 * @param bias whether to add a bias
 */
public record LinearOptions(DataType dtype, RandomGenerator rng, boolean bias) {

    private static final LinearOptions DEFAULTS = new LinearOptions(DataType.FLOAT, Rng.defaultRng(), true);

    /** Returns PyTorch's defaults: 32-bit floats from the default generator, with a bias. */
    public static LinearOptions defaults() {
        return DEFAULTS;
    }

    /** Returns these options with parameters of another type. */
    public LinearOptions withDtype(DataType dtype) {
        return new LinearOptions(dtype, rng, bias);
    }

    /** Returns these options with another generator. */
    public LinearOptions withRng(RandomGenerator rng) {
        return new LinearOptions(dtype, rng, bias);
    }

    /** Returns these options with a bias or without. */
    public LinearOptions withBias(boolean bias) {
        return new LinearOptions(dtype, rng, bias);
    }
}
