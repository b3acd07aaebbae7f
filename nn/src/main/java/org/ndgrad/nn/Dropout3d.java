package org.ndgrad.nn;

import java.util.random.RandomGenerator;
import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;

/**
 * Dropout of whole channels of volumes: in training, sets each to 0 with probability p and multiplies the others by
 * 1/(1 − p); in evaluation, the identity.
 *
 * <p>Source: Tompson et al., Efficient object localization using convolutional networks, 2015.
 *
 * <p>Input: (N, C, D, H, W) or (C, D, H, W). Output: the same shape.
 */
public final class Dropout3d extends BaseDropout {

    /** Creates the layer with probability 0.5, which draws from the default generator. */
    public Dropout3d() {
        this(DropoutOptions.defaults());
    }

    /**
     * Creates the layer, which draws from the default generator.
     *
     * @param p probability to drop, in [0, 1]
     * @throws IllegalArgumentException if p is outside
     */
    public Dropout3d(double p) {
        this(DropoutOptions.defaults().withP(p));
    }

    /** Creates the layer. */
    public Dropout3d(DropoutOptions options) {
        super(options);
    }

    @Override
    Tensor drop(Tensor x, double p, RandomGenerator rng) {
        return Functions.dropout3d(x, p, rng);
    }
}
