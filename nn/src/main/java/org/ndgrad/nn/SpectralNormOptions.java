package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.random.RandomGenerator;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.internal.Checks;

/**
 * What can be chosen about {@link Parametrizations#spectralNorm}.
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param rng what the first vectors are drawn from
 * @param powerIterations how many steps each forward pass in training makes, at least 1
 * @param epsilon the least length that vectors are divided by
 * @param dim which counts the rows of the parameter as a matrix; 1 for transposed convolutions
 */
public record SpectralNormOptions(RandomGenerator rng, int powerIterations, double epsilon, int dim) {

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if there is no step
     * @throws NullPointerException if one of them is null
     */
    public SpectralNormOptions {
        Checks.given("SpectralNormOptions", "rng", rng);
        checkArgument(
                powerIterations >= 1,
                "SpectralNormOptions: expected at least 1 step of the power iteration; got %s. Give a count.",
                powerIterations);
    }

    /** Returns PyTorch's defaults: the default generator, one step, ε = 1e-12, dim 0. */
    public static SpectralNormOptions defaults() {
        return new SpectralNormOptions(Rng.defaultRng(), 1, 1e-12, 0);
    }

    /** Returns these options with another generator. */
    public SpectralNormOptions withRng(RandomGenerator rng) {
        return new SpectralNormOptions(rng, powerIterations, epsilon, dim);
    }

    /** Returns these options with another number of steps. */
    public SpectralNormOptions withPowerIterations(int powerIterations) {
        return new SpectralNormOptions(rng, powerIterations, epsilon, dim);
    }

    /** Returns these options with another least length. */
    public SpectralNormOptions withEpsilon(double epsilon) {
        return new SpectralNormOptions(rng, powerIterations, epsilon, dim);
    }

    /** Returns these options with rows along another dim. */
    public SpectralNormOptions withDim(int dim) {
        return new SpectralNormOptions(rng, powerIterations, epsilon, dim);
    }
}
