package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.random.RandomGenerator;
import org.ndgrad.autograd.Rng;

/**
 * What can be chosen about {@link Init#truncNormal_}.
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param mean that of the distribution before it is cut
 * @param std its standard deviation, above 0
 * @param low what no number is below
 * @param high what no number is above
 * @param rng what draws
 */
public record TruncNormalOptions(double mean, double std, double low, double high, RandomGenerator rng) {

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException unless all numbers are finite, std is positive and low is below high
     */
    public TruncNormalOptions {
        checkArgument(
                Double.isFinite(mean) && std > 0 && low < high && Double.isFinite(std) && Double.isFinite(high - low),
                "truncNormal_: expected finite numbers with std > 0 and low < high; got mean=%s, std=%s, low=%s, high=%s."
                        + " Use normal_ for no bounds, constant_ for no deviation.",
                mean,
                std,
                low,
                high);
    }

    /** Returns PyTorch's defaults: the standard normal distribution between −2 and 2, by the default generator. */
    public static TruncNormalOptions defaults() {
        return new TruncNormalOptions(0, 1, -2, 2, Rng.defaultRng());
    }

    /** Returns these options with another mean. */
    public TruncNormalOptions withMean(double mean) {
        return new TruncNormalOptions(mean, std, low, high, rng);
    }

    /** Returns these options with another standard deviation. */
    public TruncNormalOptions withStd(double std) {
        return new TruncNormalOptions(mean, std, low, high, rng);
    }

    /** Returns these options with other bounds; they are numbers, not deviations from the mean. */
    public TruncNormalOptions withBounds(double low, double high) {
        return new TruncNormalOptions(mean, std, low, high, rng);
    }

    /** Returns these options with another generator. */
    public TruncNormalOptions withRng(RandomGenerator rng) {
        return new TruncNormalOptions(mean, std, low, high, rng);
    }

    /** Proposes numbers of the whole distribution, or evenly between the bounds where more of these are accepted. */
    double draw() {
        double peak = deviation(Math.max(low, Math.min(mean, high)));
        boolean evenly = std * Math.sqrt(2 * Math.PI) * Math.exp(peak * peak / 2) > high - low;
        while (true) {
            double x = evenly ? low + (high - low) * rng.nextDouble() : mean + std * rng.nextGaussian();
            double z = deviation(x);
            if (evenly ? rng.nextDouble() < Math.exp((peak * peak - z * z) / 2) : x >= low && x <= high) {
                return x;
            }
        }
    }

    private double deviation(double x) {
        return (x - mean) / std;
    }
}
