package org.ndgrad.nn.train;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

/**
 * A series of a {@link History} to judge epochs by, and whether small or large numbers are good.
 *
 * <pre>{@code
 * Monitor.min("val_loss");
 * Monitor.max("val_accuracy");
 * }</pre>
 *
 * @param name the name of the series
 * @param direction what is good
 */
public record Monitor(String name, Direction direction) {

    /** Which numbers are good. */
    public enum Direction {
        /** Small ones, as of a loss. */
        MIN,
        /** Large ones, as of an accuracy. */
        MAX
    }

    /** Creates one. */
    public Monitor {
        checkNotNull(name, "Monitor: expected the name of a series; got null. Give one, such as val_loss.");
        checkNotNull(direction, "Monitor: expected a direction; got null. Give MIN or MAX.");
    }

    /** Judges by a series that should become small. */
    public static Monitor min(String name) {
        return new Monitor(name, Direction.MIN);
    }

    /** Judges by a series that should become large. */
    public static Monitor max(String name) {
        return new Monitor(name, Direction.MAX);
    }

    /** Returns what every number is better than. */
    double worst() {
        return direction == Direction.MIN ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    }

    /** Whether a value is better than the best one so far by more than a change; NaN never is. */
    boolean isBetter(double value, double best, double minDelta) {
        return direction == Direction.MIN ? value < best - minDelta : value > best + minDelta;
    }

    /** Returns the value of the last epoch. */
    double last(History history) {
        return history.last(name);
    }

    void check(String who, History history) {
        checkArgument(
                history.names().contains(name),
                "%s: expected one of %s to judge by; got '%s'. Take one of these, or give fit the validation data, or the"
                        + " trainer the metric, that it comes from.",
                who,
                history.names(),
                name);
    }
}
