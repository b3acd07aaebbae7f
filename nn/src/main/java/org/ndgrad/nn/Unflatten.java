package org.ndgrad.nn;

import com.google.common.primitives.ImmutableLongArray;
import org.ndgrad.autograd.Tensor;

/**
 * Divides a dimension into several, (N, C·H·W) → (N, C, H, W), which undoes {@link Flatten}.
 *
 * <p>Input: (*, product of sizes, *). Output: (*, sizes, *).
 */
public final class Unflatten extends BuiltIn implements KeepsNothing {

    private final int dim;
    private final ImmutableLongArray sizes;

    /**
     * Creates the layer.
     *
     * @param dim the dimension to divide; −1 is the last
     * @param sizes what to divide it into; one may be −1 for what is left
     */
    public Unflatten(int dim, long... sizes) {
        this.dim = dim;
        this.sizes = ImmutableLongArray.copyOf(sizes);
    }

    @Override
    Tensor compute(Tensor x) {
        return x.unflatten(dim, sizes.toArray());
    }

    @Override
    protected String settings() {
        return "dim=" + dim + ", sizes=" + Settings.sizes(sizes);
    }
}
