package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableDoubleArray;
import com.google.common.primitives.ImmutableLongArray;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.ndgrad.autograd.MemoryScope;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;

/**
 * What can be chosen about {@link FractionalPooling}. One number counts for all spatial dims.
 *
 * <pre>{@code
 * FractionalPooling.fractionalMaxPool2d(x, FractionalPoolOptions.ofRatios(2, 0.7).withRng(rng));
 * }</pre>
 *
 * <p>Options are made by {@code of…} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param kernel the size of a window, at least 1
 * @param sizes the output's spatial sizes, or empty if ratios are given
 * @param ratios what the sizes are multiplied by and rounded down, above 0 and below 1, or empty if sizes are given
 * @param samples numbers in [0, 1] that place the windows, shape (N, C, spatial dims), of the input's type; none to
 *     draw them
 * @param rng what draws them
 */
public record FractionalPoolOptions(
        ImmutableLongArray kernel,
        ImmutableLongArray sizes,
        ImmutableDoubleArray ratios,
        Optional<Tensor> samples,
        RandomGenerator rng) {

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if a number is too small or too large
     */
    public FractionalPoolOptions {
        OpChecks.perDim("FractionalPoolOptions", "kernel", kernel, 1);
        if (ratios.isEmpty()) {
            OpChecks.perDim("FractionalPoolOptions", "size", sizes, 0);
        }
        ratios.forEach(ratio -> checkArgument(
                ratio > 0 && ratio < 1,
                "FractionalPoolOptions: expected ratios between 0 and 1; got %s. Give a part of the input's size.",
                ratio));
        samples.ifPresent(MemoryScope::stored);
    }

    /**
     * Asks for sizes, with windows drawn from the default generator.
     *
     * @param kernel the size of a window in each dim
     * @param sizes at least 0, one for each spatial dim or one for all of them
     */
    public static FractionalPoolOptions ofSizes(long kernel, long... sizes) {
        return new FractionalPoolOptions(
                ImmutableLongArray.of(kernel),
                ImmutableLongArray.copyOf(sizes),
                ImmutableDoubleArray.of(),
                Optional.empty(),
                Rng.defaultRng());
    }

    /**
     * Asks for sizes times ratios, rounded down, with windows drawn from the default generator.
     *
     * @param kernel the size of a window in each dim
     * @param ratios above 0 and below 1, one for each spatial dim or one for all of them
     */
    public static FractionalPoolOptions ofRatios(long kernel, double... ratios) {
        checkArgument(
                ratios.length > 0,
                "FractionalPoolOptions: expected a ratio; got none. Give one, or sizes with ofSizes.");
        return new FractionalPoolOptions(
                ImmutableLongArray.of(kernel),
                ImmutableLongArray.of(),
                ImmutableDoubleArray.copyOf(ratios),
                Optional.empty(),
                Rng.defaultRng());
    }

    /** Returns these options with windows of another size, one number for each spatial dim or one for all of them. */
    public FractionalPoolOptions withKernel(long... kernel) {
        return new FractionalPoolOptions(ImmutableLongArray.copyOf(kernel), sizes, ratios, samples, rng);
    }

    /** Returns these options with windows placed by given numbers. */
    public FractionalPoolOptions withSamples(Tensor samples) {
        return new FractionalPoolOptions(
                kernel,
                sizes,
                ratios,
                Optional.of(OpChecks.given("FractionalPoolOptions", "tensor of samples", samples)),
                rng);
    }

    /** Returns these options with another generator. */
    public FractionalPoolOptions withRng(RandomGenerator rng) {
        return new FractionalPoolOptions(kernel, sizes, ratios, samples, rng);
    }
}
