package org.ndgrad.nn.data;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import java.util.Comparator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.ndgrad.autograd.internal.Checks;

/**
 * Samples drawn by weight, for instance 1 / (the number of samples of its class), so that rare classes come as often as
 * others. Immutable.
 *
 * <p>Source, without replacement: Efraimidis, Spirakis, Weighted random sampling with a reservoir, 2006.
 */
public final class WeightedRandomSampler implements Sampler {

    private final double[] weights;
    private final double largest;
    private final long count;
    private final boolean replacement;

    /**
     * Samples with replacement: each of the samples of an epoch is any one, with a probability in proportion to its
     * weight.
     *
     * @param weights one for each sample of the data set, at least 0, not all 0
     * @param count how many samples an epoch has, at least 0
     * @throws IllegalArgumentException if the weights or the count are not such
     */
    public WeightedRandomSampler(double[] weights, long count) {
        this(weights, count, true);
    }

    private WeightedRandomSampler(double[] weights, long count, boolean replacement) {
        largest = Arrays.stream(weights).max().orElse(0);
        for (int i = 0; i < weights.length; i++) {
            checkArgument(
                    weights[i] >= 0 && Double.isFinite(weights[i]),
                    "WeightedRandomSampler: expected finite weights of at least 0; got %s at index %s. Use 0 for a sample"
                            + " that is not to be drawn.",
                    String.valueOf(weights[i]),
                    i);
        }
        checkArgument(
                largest > 0,
                "WeightedRandomSampler: expected a weight above 0; got %s weights, none of them. Give one to what may be"
                        + " drawn.",
                weights.length);
        long most = replacement
                ? Integer.MAX_VALUE
                : Arrays.stream(weights).filter(weight -> weight > 0).count();
        checkArgument(
                count >= 0 && count <= most,
                "WeightedRandomSampler: expected a count from 0 to %s%s; got %s. Choose one between.",
                most,
                replacement ? "" : ", the number of weights above 0, without replacement",
                count);
        this.weights = weights.clone();
        this.count = count;
        this.replacement = replacement;
    }

    /**
     * Samples without replacement: what is drawn is out of the game for the rest of the epoch.
     *
     * @param weights one for each sample of the data set, at least 0
     * @param count how many samples an epoch has, at most the number of weights above 0
     * @throws IllegalArgumentException if the weights or the count are not such
     */
    public static WeightedRandomSampler withoutReplacement(double[] weights, long count) {
        return new WeightedRandomSampler(weights, count, false);
    }

    @Override
    public long size() {
        return count;
    }

    @Override
    public long[] sample(RandomGenerator rng) {
        return replacement ? withReplacement(rng) : withoutReplacement(rng);
    }

    private long[] withReplacement(RandomGenerator rng) {
        double[] sums = new double[weights.length];
        double sum = 0;
        for (int i = 0; i < sums.length; i++) {
            sum += weights[i] / largest; // a fraction, so that no sum overflows
            sums[i] = sum;
        }
        double below = Math.nextDown(sum);
        long[] drawn = Checks.javaArray("WeightedRandomSampler", count, long[]::new);
        for (int i = 0; i < drawn.length; i++) {
            double point = Math.min(rng.nextDouble() * sum, below);
            drawn[i] = firstAbove(sums, point);
        }
        return drawn;
    }

    private static int firstAbove(double[] sums, double point) {
        int low = 0;
        int high = sums.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sums[middle] > point) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** The samples with the smallest −log(u) / weight, in this order, are drawn one after the other. */
    private long[] withoutReplacement(RandomGenerator rng) {
        double[] keys = new double[weights.length];
        for (int i = 0; i < keys.length; i++) {
            double u = 1 - rng.nextDouble(); // not 0
            keys[i] = Math.log(-Math.log(u)) - Math.log(weights[i]); // as logarithms, none of which overflows
        }
        return IntStream.range(0, keys.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> keys[i]))
                .limit(count)
                .mapToLong(i -> i)
                .toArray();
    }

    @Override
    public String toString() {
        return "WeightedRandomSampler(" + count + " of " + weights.length
                + (replacement ? ")" : ", without replacement)");
    }
}
