package org.ndgrad.nn;

import org.ndgrad.autograd.Tensor;

/**
 * Joins all dimensions from a first one into one, (N, C, H, W) → (N, C·H·W).
 *
 * <p>Input: (N, *). Output: (N, product of *).
 */
public final class Flatten extends BuiltIn implements KeepsNothing {

    private final int startDim;

    /** Creates the layer; it keeps the batch, dimension 0. */
    public Flatten() {
        this(1);
    }

    /**
     * Creates the layer.
     *
     * @param startDim the first dimension to join; −1 is the last
     */
    public Flatten(int startDim) {
        this.startDim = startDim;
    }

    /**
     * Returns the input with its last dimensions joined.
     *
     * @param x shape (N, *), with at least startDim + 1 dimensions
     * @return shape (N, product of *)
     * @throws IndexOutOfBoundsException if x has no dimension startDim
     */
    @Override
    Tensor compute(Tensor x) {
        return x.flatten(startDim);
    }

    @Override
    protected String settings() {
        return "startDim=" + startDim;
    }
}
