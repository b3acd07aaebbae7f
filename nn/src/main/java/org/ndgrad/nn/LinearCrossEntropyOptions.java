package org.ndgrad.nn;

import com.google.common.primitives.ImmutableLongArray;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.internal.Checks;

/**
 * What can be chosen about {@link LinearCrossEntropyLoss}.
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param outputs the shape of what is classified for each sample; empty for one thing
 * @param linear type and generator of the parameters, and whether there is a bias; by default there is none
 * @param loss reduction, weight, smoothing and index to ignore
 */
public record LinearCrossEntropyOptions(ImmutableLongArray outputs, LinearOptions linear, CrossEntropyOptions loss) {

    /**
     * Checks the options.
     *
     * @throws NullPointerException if one of them is null
     */
    public LinearCrossEntropyOptions {
        Checks.given("LinearCrossEntropyOptions", "linear", linear);
        Checks.given("LinearCrossEntropyOptions", "loss", loss);
    }

    /** Returns PyTorch's defaults: one thing for each sample, no bias, the defaults of cross-entropy. */
    public static LinearCrossEntropyOptions defaults() {
        return new LinearCrossEntropyOptions(
                ImmutableLongArray.of(), LinearOptions.defaults().withBias(false), CrossEntropyOptions.defaults());
    }

    /** Returns these options with several things to classify for each sample. */
    public LinearCrossEntropyOptions withOutputs(long... outputs) {
        return new LinearCrossEntropyOptions(ImmutableLongArray.copyOf(outputs), linear, loss);
    }

    /** Returns these options with another linear map. */
    public LinearCrossEntropyOptions withLinear(LinearOptions linear) {
        return new LinearCrossEntropyOptions(outputs, linear, loss);
    }

    /** Returns these options with parameters of another type. */
    public LinearCrossEntropyOptions withDtype(DataType dtype) {
        return withLinear(linear.withDtype(dtype));
    }

    /** Returns these options with another generator. */
    public LinearCrossEntropyOptions withRng(RandomGenerator rng) {
        return withLinear(linear.withRng(rng));
    }

    /** Returns these options with a bias or without. */
    public LinearCrossEntropyOptions withBias(boolean bias) {
        return withLinear(linear.withBias(bias));
    }

    /** Returns these options with other ones of the cross-entropy. */
    public LinearCrossEntropyOptions withLoss(CrossEntropyOptions loss) {
        return new LinearCrossEntropyOptions(outputs, linear, loss);
    }
}
