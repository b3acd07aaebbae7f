package org.ndgrad.nn.data;

import java.util.random.RandomGenerator;

/**
 * Says which samples an epoch has, and in which order. It has no state of its own: what is random about it comes from
 * the generator of the {@link DataLoader}.
 */
public interface Sampler {

    /** Returns the number of samples in an epoch. */
    long size();

    /**
     * Returns the samples of the next epoch, by index.
     *
     * @param rng to draw from
     * @return {@link #size} indices, also repeated
     */
    long[] sample(RandomGenerator rng);
}
