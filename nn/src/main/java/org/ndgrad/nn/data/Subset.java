package org.ndgrad.nn.data;

import java.util.Arrays;

/**
 * Some of the samples of another data set, in an order of their own.
 *
 * <p>Thread-safe if the other data set is.
 */
public final class Subset implements Dataset {

    private final Dataset dataset;
    private final long[] indices;

    /**
     * Chooses samples.
     *
     * @param dataset where they come from
     * @param indices which ones, each in [0, dataset.size())
     * @throws IndexOutOfBoundsException if an index is outside
     */
    public Subset(Dataset dataset, long... indices) {
        for (long index : indices) {
            Checks.index("Subset", index, dataset.size());
        }
        this.dataset = dataset;
        this.indices = indices.clone();
    }

    @Override
    public long size() {
        return indices.length;
    }

    @Override
    public Batch get(long... positions) {
        long[] chosen = new long[positions.length];
        for (int i = 0; i < positions.length; i++) {
            Checks.index("Subset", positions[i], indices.length);
            chosen[i] = indices[(int) positions[i]];
        }
        return dataset.get(chosen);
    }

    /** Returns which samples of the other data set these are. */
    public long[] indices() {
        return indices.clone();
    }

    /** Returns all samples as one batch. */
    public Batch all() {
        return dataset.get(indices.clone());
    }

    @Override
    public String toString() {
        return "Subset(" + indices.length + " of " + dataset.size() + ": "
                + Arrays.toString(Arrays.copyOf(indices, Math.min(5, indices.length)))
                + (indices.length > 5 ? " and more" : "") + ")";
    }
}
