package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.random.RandomGenerator;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.internal.Checks;

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
     * @throws NullPointerException if one of them is null
     */
    public TruncNormalOptions {
        Checks.given("TruncNormalOptions", "rng", rng);
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

    /**
     * Proposes numbers until one is accepted, as at least 3 of 20 are: of the whole distribution, or evenly between the
     * bounds where more of these are accepted; in tails, where both bounds are beyond a deviation of 1 on one side,
     * of an exponential distribution.
     *
     * <p>Source: Robert, Simulation of truncated normal variables, 1995.
     */
    double draw() {
        double peak = deviation(Math.max(low, Math.min(mean, high)));
        if (Math.abs(peak) >= 1) {
            double distance = distance(Math.abs(peak));
            return Math.max(low, Math.min(peak > 0 ? low + distance : high - distance, high));
        }
        boolean evenly = std * Math.sqrt(2 * Math.PI) * Math.exp(peak * peak / 2) > high - low;
        while (true) {
            double x = evenly ? low + (high - low) * rng.nextDouble() : mean + std * rng.nextGaussian();
            double z = deviation(x);
            if (evenly ? rng.nextDouble() < Math.exp((peak * peak - z * z) / 2) : x >= low && x <= high) {
                return x;
            }
        }
    }

    /**
     * Draws how far from the near bound a number of the tail is: e^(−peak·t − t²/2) is the density of t = distance /
     * std, e^(−peak·t) what proposes and e^(−t²/2) what accepts.
     */
    private double distance(double peak) {
        double width = high - low;
        double decay = width / std * peak;
        while (true) {
            double distance;
            if (decay < 1e-300) {
                distance = width * rng.nextDouble();
            } else if (decay < 40) {
                distance = width * (-Math.log1p(rng.nextDouble() * Math.expm1(-decay)) / decay);
            } else {
                distance = -Math.log1p(-rng.nextDouble()) * (std / peak);
            }
            double t = distance / std;
            if (distance <= width && rng.nextDouble() < Math.exp(-t * t / 2)) {
                return distance;
            }
        }
    }

    /** Takes halves where the difference does not fit. */
    private double deviation(double x) {
        double difference = x - mean;
        return Double.isInfinite(difference) ? (x / 2 - mean / 2) / std * 2 : difference / std;
    }
}
