package org.ndgrad.nn.data;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.Ints;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;

/**
 * A data set in mini-batches. Each iteration is one epoch: it meets every sample once, in a new order if shuffled.
 *
 * <pre>{@code
 * DataLoader loader = DataLoader.builder(train).batchSize(32).shuffle(new Rng(0)).build();
 * for (Batch batch : loader) { … }
 * }</pre>
 *
 * <p>The order of an epoch is drawn when its iteration begins. Not thread-safe if shuffled.
 */
public final class DataLoader implements Iterable<Batch> {

    private final Dataset dataset;
    private final int batchSize;
    private final @Nullable RandomGenerator random;
    private final boolean dropLast;

    /**
     * Creates a loader that keeps the order of the samples.
     *
     * @param dataset what to load
     * @param batchSize at least 1; the last batch may be smaller
     */
    public DataLoader(Dataset dataset, int batchSize) {
        this(builder(dataset).batchSize(batchSize));
    }

    private DataLoader(Builder builder) {
        checkArgument(
                builder.batchSize >= 1, "DataLoader: expected batchSize of at least 1; got %s.", builder.batchSize);
        dataset = builder.dataset;
        batchSize = builder.batchSize;
        random = builder.random;
        dropLast = builder.dropLast;
    }

    /** Starts the choice of settings: single samples in order, if nothing is chosen. */
    public static Builder builder(Dataset dataset) {
        return new Builder(dataset);
    }

    /** Returns the number of batches in an epoch. */
    public int batches() {
        return Ints.checkedCast(dropLast ? dataset.size() / batchSize : (dataset.size() + batchSize - 1) / batchSize);
    }

    /** Returns the data set. */
    public Dataset dataset() {
        return dataset;
    }

    /** Starts an epoch. */
    @Override
    public Iterator<Batch> iterator() {
        long[] order = random == null
                ? LongStream.range(0, dataset.size()).toArray()
                : Tensor.randperm(random, dataset.size()).toLongArray();
        int batches = batches();
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < batches;
            }

            @Override
            public Batch next() {
                if (!hasNext()) {
                    throw new NoSuchElementException("DataLoader: the epoch of " + batches + " batches is over.");
                }
                int start = next * batchSize;
                next++;
                return dataset.get(Arrays.copyOfRange(order, start, Math.min(start + batchSize, order.length)));
            }
        };
    }

    /** The settings of a {@link DataLoader}. */
    public static final class Builder {

        private final Dataset dataset;
        private int batchSize = 1;
        private @Nullable RandomGenerator random;
        private boolean dropLast;

        private Builder(Dataset dataset) {
            this.dataset = dataset;
        }

        /** Sets the number of samples per batch, at least 1; 1 if not set. */
        public Builder batchSize(int value) {
            batchSize = value;
            return this;
        }

        /** Sets that every epoch has a new order, drawn from a generator: the same seed gives the same epochs. */
        public Builder shuffle(RandomGenerator generator) {
            random = generator;
            return this;
        }

        /** Sets that every epoch has a new order, drawn from the default generator. */
        public Builder shuffle() {
            return shuffle(Rng.defaultRng());
        }

        /** Sets whether to leave out a last batch that is not full; false if not set. */
        public Builder dropLast(boolean value) {
            dropLast = value;
            return this;
        }

        /**
         * Returns the loader.
         *
         * @throws IllegalArgumentException if the batch size is less than 1
         */
        public DataLoader build() {
            return new DataLoader(this);
        }
    }
}
