package org.ndgrad.nn.data;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.Ints;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.stream.LongStream;
import org.ndgrad.autograd.Tensor;

/**
 * A data set in mini-batches. Each iteration is one epoch: it meets every sample once, in a new order if shuffled.
 *
 * <pre>{@code
 * DataLoader loader = new DataLoader(train, 32, DataLoaderOptions.defaults().withShuffle(new Rng(0)));
 * for (Batch batch : loader) { … }
 * }</pre>
 *
 * <p>The order of an epoch is drawn when its iteration begins. Not thread-safe if shuffled.
 */
public final class DataLoader implements Iterable<Batch> {

    private final Dataset dataset;
    private final int batchSize;
    private final DataLoaderOptions options;

    /**
     * Creates a loader that keeps the order of the samples.
     *
     * @param dataset what to load
     * @param batchSize at least 1; the last batch may be smaller
     * @throws IllegalArgumentException if the batch size is less than 1
     */
    public DataLoader(Dataset dataset, int batchSize) {
        this(dataset, batchSize, DataLoaderOptions.defaults());
    }

    /**
     * Creates a loader.
     *
     * @param dataset what to load
     * @param batchSize at least 1
     * @throws IllegalArgumentException if the batch size is less than 1
     */
    public DataLoader(Dataset dataset, int batchSize, DataLoaderOptions options) {
        checkArgument(batchSize >= 1, "DataLoader: expected batchSize of at least 1; got %s. Give a size.", batchSize);
        this.dataset = dataset;
        this.batchSize = batchSize;
        this.options = options;
    }

    /** Returns the number of batches in an epoch. */
    public int batches() {
        return Ints.checkedCast(
                options.dropLast() ? dataset.size() / batchSize : (dataset.size() + batchSize - 1) / batchSize);
    }

    /** Returns the data set. */
    public Dataset dataset() {
        return dataset;
    }

    /** Starts an epoch. */
    @Override
    public Iterator<Batch> iterator() {
        long[] order = options.rng()
                .map(rng -> Tensor.randperm(rng, dataset.size()).toLongArray())
                .orElseGet(() -> LongStream.range(0, dataset.size()).toArray());
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

    /** Returns the data set, the sizes and what else was chosen. */
    @Override
    public String toString() {
        return "DataLoader(" + dataset + ", batchSize=" + batchSize + ", batches=" + batches() + ", " + options + ")";
    }
}
