package org.ndgrad.nn.data;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.random.RandomGenerator;

/**
 * All samples in their order.
 *
 * @param size of the data set, at least 0
 */
public record SequentialSampler(long size) implements Sampler {

    /**
     * Checks the size.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public SequentialSampler {
        checkArgument(
                size >= 0, "SequentialSampler: expected a size of at least 0; got %s. Give the data set's.", size);
    }

    @Override
    public long[] sample(RandomGenerator rng) {
        return DataChecks.range("SequentialSampler", size);
    }
}
