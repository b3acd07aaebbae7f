package org.ndgrad.nn.train;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Iterators;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.ndgrad.nn.Stateful;

/** Where a run of a {@link Trainer} is. */
final class Position {

    private static final double NANOS = 1e-9;

    private int epoch;
    private long batch;
    private long step;
    private boolean isOver;
    private double seconds;
    private long since = System.nanoTime();
    private long batchesOfEpoch;
    private boolean isLoaded;
    private boolean isGoing;

    /** The data that is gone through, if it has a state. */
    private Optional<Stateful> data = Optional.empty();

    /** The state of the data between two runs. */
    private Optional<Map<String, ?>> dataState = Optional.empty();

    int epoch() {
        return epoch;
    }

    long batch() {
        return batch;
    }

    long step() {
        return step;
    }

    /** Whether all batches of the epoch are done, but not what comes at its end. */
    boolean isOver() {
        return isOver;
    }

    double seconds() {
        long now = System.nanoTime();
        seconds += NANOS * (now - since);
        since = now;
        return seconds;
    }

    long batchesOfEpoch() {
        return batchesOfEpoch;
    }

    /** Whether a state was loaded, from which no run has gone on yet. */
    boolean isLoaded() {
        return isLoaded;
    }

    /** Whether the run has begun to go through data. */
    boolean isGoing() {
        return isGoing;
    }

    Optional<Map<String, ?>> dataState() {
        return data.isPresent() ? data.map(Stateful::stateDict) : dataState;
    }

    /** Begins a run; what is refused before it goes through data changes nothing. */
    void begin(Iterable<?> train) {
        isGoing = false;
        Optional<Stateful> given = stateOf(train);
        if (step > 0 && (isLoaded || batch > 0)) {
            checkArgument(
                    given.isPresent() == dataState.isPresent(),
                    "Trainer.fit: expected the training data to go on with, %s; got a %s. Pass data as that of the run"
                            + " before.",
                    dataState.isPresent() ? "which has a state to load" : "which has no state",
                    train.getClass().getSimpleName());
            given.ifPresent(each -> each.load(dataState.orElseThrow()));
        }
        since = System.nanoTime();
    }

    private static Optional<Stateful> stateOf(Iterable<?> train) {
        return train instanceof Stateful stateful ? Optional.of(stateful) : Optional.empty();
    }

    /** Returns what is left of an epoch. */
    <T> Iterator<T> iterator(Iterable<T> train) {
        Iterator<T> batches = isOver ? Collections.emptyIterator() : train.iterator();
        if (!isOver && stateOf(train).isEmpty()) {
            int skipped = Iterators.advance(batches, (int) batch);
            checkArgument(
                    skipped == batch,
                    "Trainer.fit: expected training data of more than %s batches, which are done of this epoch; got %s."
                            + " Pass the data of the run before.",
                    batch,
                    skipped);
        }
        data = stateOf(train);
        isLoaded = false;
        isGoing = true;
        return batches;
    }

    void advance(long batches, boolean isLast) {
        batch += batches;
        step++;
        isOver = isLast;
        seconds();
    }

    void endEpoch() {
        epoch++;
        batchesOfEpoch = batch;
        abandonEpoch();
    }

    /** Forgets what is done of the epoch. */
    void abandonEpoch() {
        batch = 0;
        isOver = false;
        seconds = 0;
    }

    /** Ends a run. */
    void end() {
        isGoing = false;
        dataState = dataState().map(ImmutableMap::copyOf);
        data = Optional.empty();
    }

    void load(int epoch, long batch, long step, boolean isOver, double seconds, Optional<Map<String, ?>> dataState) {
        this.epoch = epoch;
        this.batch = batch;
        this.step = step;
        this.isOver = isOver;
        this.seconds = seconds;
        this.dataState = dataState;
        data = Optional.empty();
        isLoaded = true;
    }
}
