package org.ndgrad.nn.data;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What can be chosen about {@link DataLoader}.
 *
 * <pre>{@code
 * new DataLoader<>(train, 32, DataLoaderOptions.defaults().withShuffle(new Rng(0)).withWorkers(2));
 * }</pre>
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param rng what the order of each epoch is drawn from; empty if the samples keep theirs
 * @param sampler what draws it; empty for a shuffle
 * @param dropLast whether to leave out a last batch that is not full
 * @param workers how many threads prepare the next batches; with 0, whoever asks for a batch prepares it
 */
public record DataLoaderOptions(
        Optional<RandomGenerator> rng, Optional<Sampler> sampler, boolean dropLast, int workers) {

    private static final DataLoaderOptions DEFAULTS =
            new DataLoaderOptions(Optional.empty(), Optional.empty(), false, 0);

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if the number of workers is negative
     */
    public DataLoaderOptions {
        checkArgument(workers >= 0, "DataLoader: expected at least 0 workers; got %s. Use 0 for none.", workers);
    }

    /** Returns PyTorch's defaults: the order of the samples, a last batch that may be smaller, and no worker. */
    public static DataLoaderOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Returns these options with a new order for every epoch.
     *
     * @param rng what it is drawn from: the same seed gives the same epochs
     */
    public DataLoaderOptions withShuffle(RandomGenerator rng) {
        return new DataLoaderOptions(Optional.of(rng), Optional.empty(), dropLast, workers);
    }

    /**
     * Returns these options with another choice of samples for every epoch.
     *
     * @param sampler which samples, in which order
     * @param rng what it draws from
     */
    public DataLoaderOptions withSampler(Sampler sampler, RandomGenerator rng) {
        return new DataLoaderOptions(Optional.of(rng), Optional.of(sampler), dropLast, workers);
    }

    /** Returns these options with a last batch that is not full left out or not. */
    public DataLoaderOptions withDropLast(boolean dropLast) {
        return new DataLoaderOptions(rng, sampler, dropLast, workers);
    }

    /**
     * Returns these options with threads that prepare the next batches, two for each, while one is worked on. The order
     * stays. For a stream one thread reads ahead, however many are asked for.
     *
     * @param workers at least 0
     */
    public DataLoaderOptions withWorkers(int workers) {
        return new DataLoaderOptions(rng, sampler, dropLast, workers);
    }
}
