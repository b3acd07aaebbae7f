package org.ndgrad.nn;

import java.util.random.RandomGenerator;
import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;

/**
 * Dropout of whole channels of images: in training, sets each to 0 with probability p and multiplies the others by
 * 1/(1 − p); in evaluation, the identity. As in PyTorch, three dimensions are (N, C, L): a single image needs a batch
 * of 1.
 *
 * <p>Source: Tompson et al., Efficient object localization using convolutional networks, 2015.
 *
 * <p>Input: (N, C, H, W). Output: the same shape.
 */
public final class Dropout2d extends BaseDropout {

    /** Creates the layer with probability 0.5, which draws from the default generator. */
    public Dropout2d() {
        this(DropoutOptions.defaults());
    }

    /**
     * Creates the layer, which draws from the default generator.
     *
     * @param p probability to drop, in [0, 1]
     * @throws IllegalArgumentException if p is outside
     */
    public Dropout2d(double p) {
        this(DropoutOptions.defaults().withP(p));
    }

    /** Creates the layer. */
    public Dropout2d(DropoutOptions options) {
        super(options);
    }

    @Override
    Tensor drop(Tensor x, double p, RandomGenerator rng) {
        return Functions.dropout2d(x, p, rng);
    }
}
