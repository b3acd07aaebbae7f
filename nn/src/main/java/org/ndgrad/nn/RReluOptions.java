package org.ndgrad.nn;

import java.util.random.RandomGenerator;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.internal.Checks;

/**
 * What can be chosen about {@link RRelu}.
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param lower the smallest slope
 * @param upper the largest slope
 * @param rng what draws the slopes
 */
public record RReluOptions(double lower, double upper, RandomGenerator rng) {

    /**
     * Checks the options.
     *
     * @throws NullPointerException if one of them is null
     */
    public RReluOptions {
        Checks.given("RReluOptions", "rng", rng);
    }

    /** Returns PyTorch's defaults: slopes from 1/8 to 1/3, the default generator. */
    public static RReluOptions defaults() {
        return new RReluOptions(1.0 / 8, 1.0 / 3, Rng.defaultRng());
    }

    /** Returns these options with another smallest slope. */
    public RReluOptions withLower(double lower) {
        return new RReluOptions(lower, upper, rng);
    }

    /** Returns these options with another largest slope. */
    public RReluOptions withUpper(double upper) {
        return new RReluOptions(lower, upper, rng);
    }

    /** Returns these options with another generator. */
    public RReluOptions withRng(RandomGenerator rng) {
        return new RReluOptions(lower, upper, rng);
    }
}
