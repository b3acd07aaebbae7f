package org.ndgrad.nn.train;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * What can be chosen about {@link EarlyStopping}.
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param minDelta by how much an epoch must be better to count, at least 0
 * @param restoreBest whether the model has the parameters and buffers of the best epoch in the end
 */
public record EarlyStoppingOptions(double minDelta, boolean restoreBest) {

    private static final EarlyStoppingOptions DEFAULTS = new EarlyStoppingOptions(0, true);

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if a number is out of range
     */
    public EarlyStoppingOptions {
        checkArgument(
                minDelta >= 0 && Double.isFinite(minDelta),
                "EarlyStopping: expected a finite minDelta of at least 0; got %s. 0 counts every improvement.",
                minDelta);
    }

    /** Returns the defaults: every improvement counts, and the best epoch is restored. */
    public static EarlyStoppingOptions defaults() {
        return DEFAULTS;
    }

    /** Returns these options with another smallest change that counts as an improvement. */
    public EarlyStoppingOptions withMinDelta(double minDelta) {
        return new EarlyStoppingOptions(minDelta, restoreBest);
    }

    /** Returns these options with the best epoch restored, or the last one left. */
    public EarlyStoppingOptions withRestoreBest(boolean restoreBest) {
        return new EarlyStoppingOptions(minDelta, restoreBest);
    }
}
