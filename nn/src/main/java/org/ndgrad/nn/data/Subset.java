package org.ndgrad.nn.data;

import java.util.Arrays;

/**
 * Some of the samples of another data set, in an order of their own.
 *
 * <p>Thread-safe if the other data set is.
 *
 * @param <T> what a sample is, and a batch of samples
 */
public final class Subset<T> implements Dataset<T> {

    private final Dataset<T> dataset;
    private final long[] indices;

    /**
     * Chooses samples.
     *
     * @param dataset where they come from
     * @param indices which ones, each in [0, dataset.size())
     * @throws IndexOutOfBoundsException if an index is outside
     */
    public Subset(Dataset<T> dataset, long... indices) {
        this(indices.clone(), dataset);
        long size = dataset.size();
        for (long index : indices) {
            DataChecks.index("Subset", index, size);
        }
    }

    private Subset(long[] indices, Dataset<T> dataset) {
        this.dataset = dataset;
        this.indices = indices;
    }

    @Override
    public long size() {
        return indices.length;
    }

    @Override
    public T get(long position) {
        return dataset.get(chosen(position));
    }

    @Override
    public T batch(long... positions) {
        return dataset.batch(Arrays.stream(positions).map(this::chosen).toArray());
    }

    private long chosen(long position) {
        DataChecks.index("Subset", position, indices.length);
        return indices[(int) position];
    }

    @Override
    public T all() {
        return dataset.batch(indices.clone());
    }

    @Override
    public Dataset<T> inEpoch(long epoch) {
        Dataset<T> now = dataset.inEpoch(epoch);
        return now == dataset ? this : new Subset<>(indices, now);
    }

    /** Returns which samples of the other data set these are. */
    public long[] indices() {
        return indices.clone();
    }

    @Override
    public String toString() {
        return "Subset(" + indices.length + " of " + dataset.size() + ": "
                + Arrays.toString(Arrays.copyOf(indices, Math.min(5, indices.length)))
                + (indices.length > 5 ? " and more" : "") + ")";
    }
}
