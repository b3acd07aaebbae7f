package org.ndgrad.nn;

import org.ndgrad.autograd.Tensor;

/**
 * Joins the dimensions from a first one to a last one into one, (N, C, H, W) → (N, C·H·W).
 *
 * <p>Input: (N, *). Output: (N, product of *), by default.
 */
public final class Flatten extends BuiltIn implements KeepsNothing {

    private final int startDim;
    private final int endDim;

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
        this(startDim, -1);
    }

    /**
     * Creates the layer.
     *
     * @param startDim the first dimension to join; −1 is the last
     * @param endDim the last dimension to join; −1 is the last
     */
    public Flatten(int startDim, int endDim) {
        this.startDim = startDim;
        this.endDim = endDim;
    }

    @Override
    Tensor compute(Tensor x) {
        return x.flatten(startDim, endDim);
    }

    @Override
    protected String settings() {
        return "startDim=" + startDim + (endDim == -1 ? "" : ", endDim=" + endDim);
    }
}
