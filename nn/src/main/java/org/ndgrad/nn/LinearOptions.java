package org.ndgrad.nn;

import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Checks;

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

    /**
     * Checks the options.
     *
     * @throws NullPointerException if one of them is null
     */
    public LinearOptions {
        Checks.given("LinearOptions", "dtype", dtype);
        Checks.given("LinearOptions", "rng", rng);
    }

    /** Returns PyTorch's defaults: {@link Tensor#defaultDtype()} as it is now, the default generator, and a bias. */
    public static LinearOptions defaults() {
        return new LinearOptions(Tensor.defaultDtype(), Rng.defaultRng(), true);
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
