package org.ndgrad.nn.data;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Tensor;

/**
 * A data set held in two tensors. Fetched samples are copies.
 *
 * @param features inputs, shape (N, *)
 * @param targets what to predict, shape (N, *)
 */
public record TensorDataset(Tensor features, Tensor targets) implements Dataset {

    /**
     * Checks that there is one target per sample.
     *
     * @throws IllegalArgumentException if the first dimensions differ or are missing
     */
    public TensorDataset {
        checkArgument(
                features.ndim() >= 1 && targets.ndim() >= 1 && features.size(0) == targets.size(0),
                "TensorDataset: expected features (N, *) and targets (N, *) with the same N; got %s and %s.",
                shape(features),
                shape(targets));
    }

    @Override
    public long size() {
        return features.size(0);
    }

    @Override
    public Batch get(long... indices) {
        for (long index : indices) {
            if (index < 0 || index >= size()) {
                throw new IndexOutOfBoundsException(
                        "TensorDataset: expected indices in [0, " + size() + "); got " + index + ".");
            }
        }
        Tensor index = Tensor.of(indices);
        return Autograd.noGrad(() -> new Batch(features.indexSelect(0, index), targets.indexSelect(0, index)));
    }

    /** Returns all samples as one batch, without copying. */
    public Batch all() {
        return new Batch(features, targets);
    }

    /** Returns what prints a tensor's shape as messages show it, (3, 4); messages are hardly ever printed. */
    static Object shape(Tensor tensor) {
        long[] shape = tensor.shape();
        return new Object() {
            @Override
            public String toString() {
                return Arrays.stream(shape).mapToObj(Long::toString).collect(joining(", ", "(", ")"));
            }
        };
    }
}
