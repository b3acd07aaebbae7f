package org.ndgrad.nn;

import java.util.List;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.PoolOptions;
import org.ndgrad.autograd.ops.ValuesAndIndices;

/** What the max pooling layers share. */
public abstract class MaxPool extends SlidingPool {

    MaxPool(int dims, PoolOptions options) {
        super(dims, options);
    }

    abstract ValuesAndIndices largest(Tensor x, PoolOptions options);

    /**
     * Returns the largest elements and where they were, which a max unpooling layer takes.
     *
     * @param x what {@code forward} takes
     * @return both in the shape that {@code forward} returns; indices are positions in the flattened spatial dimensions
     */
    public final ValuesAndIndices forwardWithIndices(Tensor x) {
        return hooked(List.of(x), inputs -> largest(checked(inputs.get(0)), options()));
    }

    @Override
    final Tensor pool(Tensor x, PoolOptions options) {
        return largest(x, options).values();
    }
}
