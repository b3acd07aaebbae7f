package org.ndgrad.nn.data;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;
import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.internal.Checks;
import org.ndgrad.nn.Stateful;

/**
 * A data set in mini-batches. Each iteration is one epoch: it meets every sample once, in a new order if shuffled.
 *
 * <pre>{@code
 * DataLoader<Batch> loader = new DataLoader<>(train, 32, Shuffle.YES);
 * for (Batch batch : loader) { … }
 * }</pre>
 *
 * <p>The order of an epoch is drawn when its iteration begins. An iteration that is left early is over: the next one is
 * another epoch, but for the first one after {@link #load}, which goes on behind the last batch that was handed out
 * before {@link #stateDict}. Of several iterations at a time, the one begun last is that of the state.
 *
 * <p>Batches are new and belong to who gets them; no {@link org.ndgrad.autograd.MemoryScope} ends them. What goes wrong
 * with a sample, also in a worker, is thrown by {@code next()} as an IllegalStateException with the index of the sample
 * and the exception as its cause. Not thread-safe.
 *
 * @param <T> what a batch is: what the data set makes of several samples, or a collate function
 */
public final class DataLoader<T> implements Iterable<T>, Stateful {

    private final Source<T> source;
    private final Supplier<OptionalLong> samples; // unknown for a stream; asked each time, for a data set may grow
    private final int batchSize;
    private final DataLoaderOptions options;

    /** The number of this epoch, or of the next one if none has begun. */
    private long epoch;

    /** How many batches of this epoch are handed out. */
    private long batch;

    /** Whether an epoch has begun and its end has not been seen. */
    private boolean midEpoch;

    /** Whether the next iteration goes on with an epoch that is loaded. */
    private boolean loaded;

    /** What was drawn for this epoch. */
    private Optional<long[]> order = Optional.empty();

    private @Nullable Pass latest;

    /**
     * Creates a loader that keeps the order of the samples.
     *
     * @param dataset what to load
     * @param batchSize at least 1; the last batch may be smaller
     * @throws IllegalArgumentException if the batch size is less than 1
     */
    public DataLoader(Dataset<T> dataset, int batchSize) {
        this(dataset, batchSize, DataLoaderOptions.defaults());
    }

    /**
     * Creates a loader that shuffles or not, by the default generator, {@link Rng#defaultRng}: the same epochs come
     * again after {@link Rng#manualSeed}.
     *
     * @param dataset what to load
     * @param batchSize at least 1; the last batch may be smaller
     * @throws IllegalArgumentException if the batch size is less than 1
     */
    public DataLoader(Dataset<T> dataset, int batchSize, Shuffle shuffle) {
        this(dataset, batchSize, options(shuffle));
    }

    private static DataLoaderOptions options(Shuffle shuffle) {
        DataLoaderOptions defaults = DataLoaderOptions.defaults();
        return shuffle == Shuffle.YES ? defaults.withShuffle(Rng.defaultRng()) : defaults;
    }

    /**
     * Creates a loader that shuffles by a generator of its own: the same seed gives the same epochs, whatever else is
     * random.
     *
     * @param dataset what to load
     * @param batchSize at least 1; the last batch may be smaller
     * @param rng what the order of each epoch is drawn from
     * @throws IllegalArgumentException if the batch size is less than 1
     */
    public DataLoader(Dataset<T> dataset, int batchSize, RandomGenerator rng) {
        this(dataset, batchSize, DataLoaderOptions.defaults().withShuffle(rng));
    }

    /**
     * Creates a loader.
     *
     * @param dataset what to load
     * @param batchSize at least 1
     * @throws IllegalArgumentException if the batch size is less than 1
     */
    public DataLoader(Dataset<T> dataset, int batchSize, DataLoaderOptions options) {
        this(indexed(dataset, Dataset::batch), () -> OptionalLong.of(dataset.size()), batchSize, options);
    }

    /**
     * Creates a loader with a way of its own to make a batch of samples.
     *
     * @param dataset what to load
     * @param batchSize at least 1
     * @param collate makes a batch of samples, for instance pads them to one length
     * @throws IllegalArgumentException if the batch size is less than 1
     */
    public <S> DataLoader(
            Dataset<S> dataset,
            int batchSize,
            Function<? super List<S>, ? extends T> collate,
            DataLoaderOptions options) {
        this(
                indexed(dataset, (data, indices) -> collate.apply(Stacking.samples(data, indices))),
                () -> OptionalLong.of(dataset.size()),
                batchSize,
                options);
    }

    /**
     * Creates a loader of a stream.
     *
     * @param stream what to load
     * @param batchSize at least 1
     * @throws IllegalArgumentException if the batch size is less than 1, or the options want another order
     */
    public DataLoader(IterableDataset<T> stream, int batchSize, DataLoaderOptions options) {
        this(stream, batchSize, samples -> Stacking.of(samples, i -> "sample " + i + " of the batch"), options);
    }

    /**
     * Creates a loader of a stream that makes a batch of every few samples in their order.
     *
     * @param stream what to load
     * @param batchSize at least 1
     * @throws IllegalArgumentException if the batch size is less than 1
     */
    public DataLoader(IterableDataset<T> stream, int batchSize) {
        this(stream, batchSize, DataLoaderOptions.defaults());
    }

    /**
     * Creates a loader of a stream with a way of its own to make a batch of samples.
     *
     * @param stream what to load
     * @param batchSize at least 1
     * @param collate makes a batch of samples
     * @throws IllegalArgumentException if the batch size is less than 1, or the options want another order
     */
    public <S> DataLoader(
            IterableDataset<S> stream,
            int batchSize,
            Function<? super List<S>, ? extends T> collate,
            DataLoaderOptions options) {
        this(
                new StreamedSource<>(checkNotNull(stream, "DataLoader: expected a stream; got null."), collate::apply),
                OptionalLong::empty,
                batchSize,
                options);
        checkArgument(
                options.rng().isEmpty(),
                "DataLoader: expected a stream in its own order; got %s. Shuffle where the stream is made.",
                options);
    }

    private DataLoader(Source<T> source, Supplier<OptionalLong> samples, int batchSize, DataLoaderOptions options) {
        checkArgument(batchSize >= 1, "DataLoader: expected batchSize of at least 1; got %s. Give a size.", batchSize);
        this.source = source;
        this.samples = samples;
        this.batchSize = batchSize;
        this.options =
                checkNotNull(options, "DataLoader: expected options; got null. Use DataLoaderOptions.defaults().");
    }

    /**
     * Returns loaders of parts of the samples, chosen at random by shares as {@link Splits#byFraction} does. Batches
     * have the size and the form that they have here. The first loader has all other options, too; the others keep the
     * order of the samples and leave none out, as is wanted for validation.
     *
     * @param rng source of the choice
     * @param fractions shares of the parts, each at least 0, with sum 1
     * @throws IllegalArgumentException if the shares are not such
     * @throws IllegalStateException if there is a stream, or a sampler, whose samples cannot be chosen
     */
    public ImmutableList<DataLoader<T>> split(RandomGenerator rng, double... fractions) {
        return parts("split", whole -> whole.split(rng, fractions));
    }

    /**
     * Returns loaders as {@link #split} does, each with its share of every class, see {@link Splits#stratified}. Each
     * sample is fetched once for its class, the target of a {@link Batch}.
     *
     * @throws IllegalArgumentException also if targets are no classes, or a class has fewer samples than parts
     */
    public ImmutableList<DataLoader<T>> stratifiedSplit(RandomGenerator rng, double... fractions) {
        return parts("stratifiedSplit", whole -> whole.stratifiedSplit(batchSize, rng, fractions));
    }

    private ImmutableList<DataLoader<T>> parts(
            String who, Function<IndexedSource<?, T>, List<? extends IndexedSource<?, T>>> split) {
        checkState(
                source instanceof IndexedSource && options.sampler().isEmpty(),
                "DataLoader.%s: expected a data set, and no sampler, to choose samples at random; got %s. Make a"
                        + " loader for each part yourself.",
                who,
                this);
        ImmutableList.Builder<DataLoader<T>> parts = ImmutableList.builder();
        DataLoaderOptions each = options;
        for (IndexedSource<?, T> part : split.apply((IndexedSource<?, T>) source)) {
            parts.add(
                    new DataLoader<>(part, () -> OptionalLong.of(part.dataset().size()), batchSize, each));
            each = DataLoaderOptions.defaults().withWorkers(options.workers());
        }
        return parts.build();
    }

    private static <S, T> Source<T> indexed(Dataset<S> dataset, BiFunction<Dataset<S>, long[], T> fetch) {
        return new IndexedSource<>(checkNotNull(dataset, "DataLoader: expected a data set; got null."), fetch);
    }

    /**
     * Returns the number of batches in an epoch.
     *
     * @throws IllegalStateException for a stream, which does not know it
     */
    public int batches() {
        checkState(
                samples.get().isPresent(),
                "DataLoader.batches: expected a data set, which has a size; got a stream. Count while iterating.");
        long all = count(options.sampler().map(Sampler::size).orElseGet(this::size));
        return Checks.count("DataLoader.batches", "batches", all);
    }

    private long size() {
        long size = samples.get().orElseThrow();
        checkState(size >= 0, "DataLoader: expected a data set of at least 0 samples; got %s. Correct size().", size);
        return size;
    }

    private long count(long drawn) {
        return options.dropLast() ? drawn / batchSize : drawn / batchSize + (drawn % batchSize == 0 ? 0 : 1);
    }

    /** Returns the number of the epoch that has begun, or of the next one, counted from 0. */
    public long epoch() {
        return epoch;
    }

    /** Starts an epoch, or goes on with the one that was loaded. */
    @Override
    public Iterator<T> iterator() {
        if (loaded) {
            loaded = false;
        } else {
            Optional<long[]> drawn = Orders.draw(options, samples.get().isPresent() ? size() : 0);
            epoch += midEpoch ? 1 : 0;
            batch = 0;
            order = drawn;
        }
        midEpoch = true;
        latest = new Pass();
        return latest;
    }

    /** One way through an epoch. */
    private final class Pass implements Iterator<T> {
        private final LongFunction<Optional<T>> batches =
                source.begin(new Source.Start(epoch, order, batch), batchSize, options.dropLast());
        private final Optional<Prefetch<T>> prefetch;
        private final long count;
        private long number = batch;

        /** What a stream has given, to say whether it has more. */
        private Optional<T> ahead = Optional.empty();

        Pass() {
            boolean isStream = samples.get().isEmpty();
            count = isStream
                    ? Long.MAX_VALUE
                    : count(order.map(each -> (long) each.length).orElseGet(DataLoader.this::size));
            int workers = isStream ? Math.min(1, options.workers()) : options.workers();
            prefetch = workers == 0 ? Optional.empty() : Optional.of(new Prefetch<>(workers, batches, number));
        }

        @Override
        public boolean hasNext() {
            boolean more = number < count && (samples.get().isPresent() || isAhead());
            if (!more) {
                prefetch.ifPresent(Prefetch::stop);
                finished(this);
            }
            return more;
        }

        private boolean isAhead() {
            ahead = ahead.or(this::fetched);
            return ahead.isPresent();
        }

        private Optional<T> fetched() {
            return prefetch.isPresent() ? prefetch.get().next() : batches.apply(number);
        }

        @Override
        public T next() {
            if (!hasNext()) {
                throw new NoSuchElementException("DataLoader: the epoch of " + number + " batches is over.");
            }
            Optional<T> next = ahead;
            ahead = Optional.empty();
            try {
                return next.or(this::fetched).orElseThrow();
            } finally {
                number++;
                handedOut(this, number);
            }
        }
    }

    private void handedOut(Pass pass, long number) {
        if (pass == latest) {
            batch = number;
        }
    }

    private void finished(Pass pass) {
        if (pass == latest) {
            latest = null;
            midEpoch = false;
            order = Optional.empty();
            batch = 0;
            epoch++;
        }
    }

    /**
     * Returns the position, to be saved: the epoch, how many of its batches were handed out, and what decides which
     * ones come next.
     *
     * @throws IllegalStateException if the generator is of a class whose state cannot be read; {@code Rng} can
     */
    @Override
    public ImmutableMap<String, Object> stateDict() {
        return new LoaderState(epoch, batch, batchSize, samples.get(), order, options.rng()).toMap();
    }

    /**
     * Goes on from where another loader stood, with the same data and batches of the same size: in the middle of an
     * epoch if it stood there. The state of {@link org.ndgrad.autograd.Rng#defaultRng()} is no part of it.
     *
     * @throws IllegalArgumentException if the state is none of such a loader; this then stays as it was
     */
    @Override
    public void load(Map<String, ?> state) {
        LoaderState read = LoaderState.of(
                state, new LoaderState(epoch, batch, batchSize, samples.get(), Optional.empty(), options.rng()));
        long drawn = read.order()
                .map(each -> (long) each.length)
                .orElseGet(() -> samples.get().orElse(Long.MAX_VALUE));
        checkArgument(
                read.batch() <= count(drawn),
                "DataLoader.load: expected at most %s batches handed out; got %s. Load the state of a loader of the"
                        + " same data.",
                count(drawn),
                read.batch());
        read.loadRng(state);
        epoch = read.epoch();
        batch = read.batch();
        order = read.order();
        loaded = batch > 0 || order.isPresent();
        midEpoch = loaded;
        latest = null;
    }

    /** Returns the data set, the sizes and what else was chosen. */
    @Override
    public String toString() {
        String count = samples.get().isPresent() ? ", batches=" + batches() : "";
        return "DataLoader(" + source + ", batchSize=" + batchSize + count + ", " + options + ")";
    }
}
