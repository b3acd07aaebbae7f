package org.ndgrad.nn;

import java.util.random.RandomGenerator;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.internal.Checks;

/**
 * What can be chosen about {@link Dropout} and its relatives.
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param p the probability to drop, in [0, 1]
 * @param rng what draws the masks
 */
public record DropoutOptions(double p, RandomGenerator rng) {

    /**
     * Checks the options.
     *
     * @throws NullPointerException if one of them is null
     */
    public DropoutOptions {
        Checks.given("DropoutOptions", "rng", rng);
    }

    /** Returns PyTorch's defaults: probability 0.5, the default generator. */
    public static DropoutOptions defaults() {
        return new DropoutOptions(0.5, Rng.defaultRng());
    }

    /** Returns these options with another probability. */
    public DropoutOptions withP(double p) {
        return new DropoutOptions(p, rng);
    }

    /** Returns these options with another generator. */
    public DropoutOptions withRng(RandomGenerator rng) {
        return new DropoutOptions(p, rng);
    }
}
