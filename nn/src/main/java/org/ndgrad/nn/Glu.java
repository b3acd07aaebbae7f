package org.ndgrad.nn;

import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;

/**
 * Gated linear unit, y = a · σ(b) where a and b are the halves of x along a dimension, whose size is even.
 *
 * <p>Source: Dauphin et al., Language modeling with gated convolutional networks, 2017.
 *
 * <p>Input: (*, 2 H, *). Output: (*, H, *).
 */
public final class Glu extends BuiltIn implements KeepsNothing {

    private final int dim;

    /** Creates the layer; it halves the last dimension. */
    public Glu() {
        this(-1);
    }

    /**
     * Creates the layer.
     *
     * @param dim the dimension to halve; −1 is the last
     */
    public Glu(int dim) {
        this.dim = dim;
    }

    @Override
    Tensor compute(Tensor x) {
        return Functions.glu(x, dim);
    }

    @Override
    protected String settings() {
        return "dim=" + dim;
    }
}
