package org.ndgrad.nn.train;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Optional;

/**
 * What can be chosen about {@link Checkpoints}.
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param every after how many epochs one is saved, at least 1
 * @param last how many of them are kept, at least 1
 * @param best what the best epoch is judged by, which is saved besides
 */
public record CheckpointsOptions(int every, int last, Optional<Monitor> best) {

    private static final CheckpointsOptions DEFAULTS = new CheckpointsOptions(1, 1, Optional.empty());

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if a number is out of range
     */
    public CheckpointsOptions {
        checkArgument(every >= 1, "Checkpoints: expected to save every 1 epoch or more; got every %s. Try 1.", every);
        checkArgument(last >= 1, "Checkpoints: expected to keep the last 1 or more; got %s. Try 1.", last);
    }

    /** Returns the defaults: the last epoch is kept. */
    public static CheckpointsOptions defaults() {
        return DEFAULTS;
    }

    /** Returns these options with another number of epochs between checkpoints. */
    public CheckpointsOptions withEvery(int every) {
        return new CheckpointsOptions(every, last, best);
    }

    /** Returns these options with another number of checkpoints that are kept. */
    public CheckpointsOptions withLast(int last) {
        return new CheckpointsOptions(every, last, best);
    }

    /** Returns these options with the best epoch saved, too. */
    public CheckpointsOptions withBest(Monitor best) {
        return new CheckpointsOptions(every, last, Optional.of(best));
    }
}
