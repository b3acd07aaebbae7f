package org.ndgrad.nn.data;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import java.util.PrimitiveIterator;
import java.util.random.RandomGenerator;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Checks;

/** All samples, each once, in a random order; or some, each of any. Immutable. */
public final class RandomSampler implements Sampler {

    private final long samples;
    private final long count;
    private final boolean replacement;

    /**
     * Samples without replacement: a permutation of all.
     *
     * @param samples the size of the data set, at least 0
     */
    public RandomSampler(long samples) {
        this(samples, samples, false);
    }

    private RandomSampler(long samples, long count, boolean replacement) {
        checkArgument(
                samples >= 0, "RandomSampler: expected a size of at least 0; got %s. Give the data set's.", samples);
        this.samples = samples;
        this.count = count;
        this.replacement = replacement;
    }

    /**
     * Samples with replacement: each of the samples of an epoch is any one, whatever the others are.
     *
     * @param samples the size of the data set, at least 1
     * @param count how many an epoch has, at least 0
     */
    public static RandomSampler withReplacement(long samples, long count) {
        checkArgument(
                samples >= 1 && count >= 0,
                "RandomSampler: expected at least one sample to draw from, and a count of at least 0; got %s and %s."
                        + " Give the data set's size.",
                samples,
                count);
        return new RandomSampler(samples, count, true);
    }

    @Override
    public long size() {
        return count;
    }

    @Override
    public long[] sample(RandomGenerator rng) {
        if (!replacement) {
            return Tensor.randperm(rng, samples).toLongArray();
        }
        long[] drawn = Checks.javaArray("RandomSampler", count, long[]::new);
        PrimitiveIterator.OfLong any = rng.longs(count, 0, samples).iterator();
        Arrays.setAll(drawn, i -> any.nextLong());
        return drawn;
    }

    @Override
    public String toString() {
        return "RandomSampler(" + count + " of " + samples + (replacement ? ", with replacement)" : ")");
    }
}
