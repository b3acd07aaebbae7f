package org.ndgrad.nn;

import java.util.List;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.ValuesAndIndices;

/** What the adaptive max pooling layers share. */
public abstract class AdaptiveMaxPool extends AdaptivePool {

    AdaptiveMaxPool(int dims, long... size) {
        super(dims, size);
    }

    abstract ValuesAndIndices largest(Tensor x, long... size);

    /**
     * Returns the largest elements and where they were.
     *
     * @param x what {@code forward} takes
     * @return both in the shape that {@code forward} returns; indices are positions in the flattened spatial dimensions
     */
    public final ValuesAndIndices forwardWithIndices(Tensor x) {
        return hooked(List.of(x), inputs -> largest(inputs.get(0), sizes(inputs.get(0))));
    }

    @Override
    final Tensor pool(Tensor x, long... size) {
        return largest(x, size).values();
    }
}
