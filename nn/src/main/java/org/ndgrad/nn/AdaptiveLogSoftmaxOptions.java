package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.internal.Checks;

/**
 * What can be chosen about {@link AdaptiveLogSoftmaxWithLoss}.
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param divisor by what the number of features shrinks from one cluster to the next, greater than 0
 * @param head type and generator of all parameters, and whether the head has a bias; by default it has none
 */
public record AdaptiveLogSoftmaxOptions(double divisor, LinearOptions head) {

    /**
     * Checks the divisor.
     *
     * @throws IllegalArgumentException if it is not greater than 0
     * @throws NullPointerException if one of them is null
     */
    public AdaptiveLogSoftmaxOptions {
        Checks.given("AdaptiveLogSoftmaxOptions", "head", head);
        checkArgument(
                divisor > 0,
                "AdaptiveLogSoftmaxWithLoss: expected a divisor > 0; got %s. Use one such as 4: each cluster has so many"
                        + " times fewer features.",
                divisor);
    }

    /** Returns PyTorch's defaults: a divisor of 4, no bias. */
    public static AdaptiveLogSoftmaxOptions defaults() {
        return new AdaptiveLogSoftmaxOptions(4, LinearOptions.defaults().withBias(false));
    }

    /** Returns these options with another divisor. */
    public AdaptiveLogSoftmaxOptions withDivisor(double divisor) {
        return new AdaptiveLogSoftmaxOptions(divisor, head);
    }

    /** Returns these options with another head. */
    public AdaptiveLogSoftmaxOptions withHead(LinearOptions head) {
        return new AdaptiveLogSoftmaxOptions(divisor, head);
    }

    /** Returns these options with a bias of the head or without. */
    public AdaptiveLogSoftmaxOptions withBias(boolean bias) {
        return withHead(head.withBias(bias));
    }

    /** Returns these options with parameters of another type. */
    public AdaptiveLogSoftmaxOptions withDtype(DataType dtype) {
        return withHead(head.withDtype(dtype));
    }

    /** Returns these options with another generator. */
    public AdaptiveLogSoftmaxOptions withRng(RandomGenerator rng) {
        return withHead(head.withRng(rng));
    }
}
