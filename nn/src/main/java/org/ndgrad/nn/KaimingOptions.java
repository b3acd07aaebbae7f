package org.ndgrad.nn;

import java.util.random.RandomGenerator;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.internal.Checks;

/**
 * What can be chosen about {@link Init#kaimingUniform_} and {@link Init#kaimingNormal_}.
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param fan which fan to keep the variance for
 * @param nonlinearity the function that follows
 * @param slope that of {@link Nonlinearity#LEAKY_RELU} for negative numbers
 * @param rng what draws
 */
public record KaimingOptions(Init.Fan fan, Nonlinearity nonlinearity, double slope, RandomGenerator rng) {

    /**
     * Checks the options.
     *
     * @throws NullPointerException if one of them is null
     */
    public KaimingOptions {
        Checks.given("KaimingOptions", "fan", fan);
        Checks.given("KaimingOptions", "rng", rng);
        Checks.given("KaimingOptions", "nonlinearity", nonlinearity);
    }

    /** Returns PyTorch's defaults: inputs, leaky ReLU of slope 0, the default generator. */
    public static KaimingOptions defaults() {
        return new KaimingOptions(Init.Fan.IN, Nonlinearity.LEAKY_RELU, 0, Rng.defaultRng());
    }

    /** Returns these options with another fan. */
    public KaimingOptions withFan(Init.Fan fan) {
        return new KaimingOptions(fan, nonlinearity, slope, rng);
    }

    /** Returns these options with another function that follows. */
    public KaimingOptions withNonlinearity(Nonlinearity nonlinearity) {
        return new KaimingOptions(fan, nonlinearity, slope, rng);
    }

    /** Returns these options with another slope of leaky ReLU. */
    public KaimingOptions withSlope(double slope) {
        return new KaimingOptions(fan, nonlinearity, slope, rng);
    }

    /** Returns these options with another generator. */
    public KaimingOptions withRng(RandomGenerator rng) {
        return new KaimingOptions(fan, nonlinearity, slope, rng);
    }

    double gain() {
        return Init.calculateGain(nonlinearity, slope);
    }
}
