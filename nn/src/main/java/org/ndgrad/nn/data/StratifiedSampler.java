package org.ndgrad.nn.data;

import java.util.random.RandomGenerator;
import org.ndgrad.autograd.Tensor;

/**
 * All samples, each once, in a random order in which every batch, of whatever size, has about its share of each class:
 * exactly, if the classes are of one size and a batch has as many of each. Immutable.
 */
public final class StratifiedSampler implements Sampler {

    private final Strata strata;
    private final long size;

    /**
     * Creates a sampler.
     *
     * @param labels the class of each sample, whole numbers of shape (N) or (N, 1), or one-hot rows of shape (N, C)
     * @throws IllegalArgumentException if the labels are not such
     */
    public StratifiedSampler(Tensor labels) {
        strata = new Strata("StratifiedSampler", labels);
        size = labels.size(0);
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public long[] sample(RandomGenerator rng) {
        return strata.mixed(rng);
    }

    @Override
    public String toString() {
        return "StratifiedSampler(" + size + ")";
    }
}
