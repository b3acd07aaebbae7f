package org.ndgrad.nn.data;

import static com.google.common.base.Preconditions.checkArgument;

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
        checkArgument(
                features.ndim() >= 1 && targets.ndim() >= 1 && features.size(0) == targets.size(0),
                "Batch: expected features (N, *) and targets (N, *) with the same N; got %s and %s.",
                TensorDataset.shape(features),
                TensorDataset.shape(targets));
    }

    /** Returns the number of samples N. */
    public long size() {
        return features.size(0);
    }
}
