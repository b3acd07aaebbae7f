package org.ndgrad.nn.data;

import java.util.List;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Text;

/**
 * A data set held in two tensors. Fetched samples are copies. For one tensor, or three, see {@link Dataset#of(List)}.
 *
 * @param features inputs, shape (N, *)
 * @param targets what to predict, shape (N, *)
 */
public record TensorDataset(Tensor features, Tensor targets) implements Dataset<Batch> {

    /**
     * Checks that there is one target per sample.
     *
     * @throws IllegalArgumentException if the first dimensions differ or are missing
     */
    public TensorDataset {
        DataChecks.pairs("TensorDataset", features, targets);
    }

    @Override
    public long size() {
        return features.size(0);
    }

    /** Returns a sample as a batch of one. */
    @Override
    public Batch get(long index) {
        return batch(index);
    }

    @Override
    public Batch batch(long... indices) {
        for (long index : indices) {
            DataChecks.index("TensorDataset", index, size());
        }
        Tensor index = Tensor.of(indices);
        return Autograd.noGrad(() -> new Batch(features.indexSelect(0, index), targets.indexSelect(0, index)));
    }

    /** Returns all samples as one batch, without copying. */
    @Override
    public Batch all() {
        return new Batch(features, targets);
    }

    /** Returns shapes and types; the tensors themselves say what they hold. */
    @Override
    public String toString() {
        return "TensorDataset(features=" + described(features) + ", targets=" + described(targets) + ")";
    }

    private static String described(Tensor x) {
        return Text.shape(x) + " " + Text.dtype(x);
    }
}
