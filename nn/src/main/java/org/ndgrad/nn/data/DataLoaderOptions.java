package org.ndgrad.nn.data;

import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What can be chosen about {@link DataLoader}.
 *
 * <pre>{@code
 * new DataLoader(train, 32, DataLoaderOptions.defaults().withShuffle(new Rng(0)));
 * }</pre>
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param rng what the order of each epoch is drawn from; empty if the samples keep theirs
 * @param dropLast whether to leave out a last batch that is not full
 */
public record DataLoaderOptions(Optional<RandomGenerator> rng, boolean dropLast) {

    private static final DataLoaderOptions DEFAULTS = new DataLoaderOptions(Optional.empty(), false);

    /** Returns PyTorch's defaults: the order of the samples, and a last batch that may be smaller. */
    public static DataLoaderOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Returns these options with a new order for every epoch.
     *
     * @param rng what it is drawn from: the same seed gives the same epochs
     */
    public DataLoaderOptions withShuffle(RandomGenerator rng) {
        return new DataLoaderOptions(Optional.of(rng), dropLast);
    }

    /** Returns these options with a last batch that is not full left out or not. */
    public DataLoaderOptions withDropLast(boolean dropLast) {
        return new DataLoaderOptions(rng, dropLast);
    }
}
