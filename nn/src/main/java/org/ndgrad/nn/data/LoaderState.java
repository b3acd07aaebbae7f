package org.ndgrad.nn.data;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Text;

/**
 * Where a loader stands, as it is saved.
 *
 * @param samples the size of the data set, which must be the same where it goes on
 * @param order the indices of the epoch that has begun, if they were drawn
 * @param rng the generator of the loader
 */
record LoaderState(
        long epoch,
        long batch,
        long batchSize,
        OptionalLong samples,
        Optional<long[]> order,
        Optional<RandomGenerator> rng) {

    private static final String EPOCH = "epoch";
    private static final String BATCH = "batch";
    private static final String BATCH_SIZE = "batch_size";
    private static final String SAMPLES = "samples";
    private static final String ORDER = "order";
    private static final String RNG = "rng";
    private static final String SEED = "seed";
    private static final String POSITION = "position";

    ImmutableMap<String, Object> toMap() {
        ImmutableMap.Builder<String, Object> map = ImmutableMap.builder();
        map.put(EPOCH, epoch).put(BATCH, batch).put(BATCH_SIZE, batchSize);
        samples.ifPresent(size -> map.put(SAMPLES, size));
        order.ifPresent(indices -> map.put(ORDER, Tensor.of(indices)));
        own().ifPresent(own -> map.put(
                RNG,
                ImmutableMap.of(SEED, own.state().seed(), POSITION, own.state().position())));
        return map.buildOrThrow();
    }

    /** Returns the generator, if it is not the default one, whose state is saved by others. */
    private Optional<Rng> own() {
        return rng.filter(each -> each != Rng.defaultRng()).map(each -> {
            checkState(
                    each instanceof Rng,
                    "DataLoader.stateDict: expected a generator whose state can be saved; got %s. Use new Rng(seed).",
                    each.getClass().getName());
            return (Rng) each;
        });
    }

    /**
     * Reads a state.
     *
     * @param mine that of the loader which is to go on from it
     * @throws IllegalArgumentException if it is none of such a loader
     */
    static LoaderState of(Map<String, ?> state, LoaderState mine) {
        for (String name : state.keySet()) {
            checkArgument(
                    name.equals(ORDER) || mine.toMap().containsKey(name),
                    "DataLoader.load: expected the names %s and maybe %s; got '%s'. Load the state of a loader that"
                            + " shuffles in the same way.",
                    mine.toMap().keySet(),
                    ORDER,
                    name);
        }
        same(state, BATCH_SIZE, mine.batchSize, "batches of the same size");
        mine.samples.ifPresent(size -> same(state, SAMPLES, size, "the same number of samples"));
        Optional<long[]> order = Optional.ofNullable(state.get(ORDER)).map(each -> order(each, mine.samples.orElse(0)));
        long batch = number(state, BATCH);
        checkArgument(
                mine.rng.isPresent() ? order.isPresent() || batch == 0 : order.isEmpty(),
                "DataLoader.load: expected the state of a loader that %s; got one that does not. Create the loader as the"
                        + " one that was saved.",
                mine.rng.isPresent() ? "shuffles" : "keeps the order");
        LoaderState read = new LoaderState(number(state, EPOCH), batch, mine.batchSize, mine.samples, order, mine.rng);
        read.rngState(state);
        return read;
    }

    /** Sets the generator, if the state has one. */
    void loadRng(Map<String, ?> state) {
        rngState(state).ifPresent(read -> own().orElseThrow().load(read));
    }

    private Optional<Rng.State> rngState(Map<String, ?> state) {
        return own().map(own -> {
            if (!(state.get(RNG) instanceof Map<?, ?> map)) {
                throw new IllegalArgumentException("DataLoader.load: expected the state of the generator as 'rng'; got "
                        + state.get(RNG) + ". Load the state of a loader with a generator of its own.");
            }
            return new Rng.State(whole(map.get(SEED), SEED), whole(map.get(POSITION), POSITION));
        });
    }

    private static void same(Map<String, ?> state, String name, long mine, String what) {
        long saved = number(state, name);
        checkArgument(
                saved == mine,
                "DataLoader.load: expected %s, %s; got %s. Create the loader as the one that was saved.",
                what,
                mine,
                saved);
    }

    private static long number(Map<String, ?> state, String name) {
        long number = whole(state.get(name), name);
        checkArgument(
                number >= 0,
                "DataLoader.load: expected '%s' of at least 0; got %s. Load a loader's state.",
                name,
                number);
        return number;
    }

    private static long whole(@Nullable Object value, String name) {
        if (value instanceof Number number && number.doubleValue() == Math.rint(number.doubleValue())) {
            return number.longValue();
        }
        throw new IllegalArgumentException("DataLoader.load: expected a whole number as '" + name + "'; got " + value
                + ". Load a loader's state.");
    }

    private static long[] order(Object value, long size) {
        if (!(value instanceof Tensor tensor) || tensor.dtype() != DataType.INT64 || tensor.ndim() != 1) {
            String got =
                    value instanceof Tensor tensor ? Text.dtype(tensor) + " " + Text.shape(tensor) : value.toString();
            throw new IllegalArgumentException(
                    "DataLoader.load: expected int64 indices (N) as 'order'; got " + got + ". Load a loader's state.");
        }
        long[] order = tensor.toLongArray();
        for (long index : order) {
            checkArgument(
                    index >= 0 && index < size,
                    "DataLoader.load: expected indices in [0, %s) in 'order'; got %s. Load the state with the same data.",
                    size,
                    index);
        }
        return order;
    }
}
