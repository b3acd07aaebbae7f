package org.ndgrad.nn.data;

import org.ndgrad.autograd.Tensor;

/**
 * Some samples of a data set.
 *
 * @param features inputs, shape (N, *)
 * @param targets what to predict, shape (N, *)
 */
public record Batch(Tensor features, Tensor targets) {

    /**
     * Checks that there is one target per sample.
     *
     * @throws IllegalArgumentException if the first dimensions differ or are missing
     */
    public Batch {
        DataChecks.pairs("Batch", features, targets);
    }

    /** Returns the number of samples N. */
    public long size() {
        return features.size(0);
    }
}
