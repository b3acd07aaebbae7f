package org.ndgrad.nn;

import java.util.random.RandomGenerator;
import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;

/**
 * Inverted dropout: in training, sets each element to 0 with probability p and multiplies the others by 1/(1 − p), so
 * that the expected value stays; in evaluation, the identity.
 *
 * <p>The backward pass uses the mask of the forward pass. Here p is the probability to <em>drop</em>, as in PyTorch and
 * Keras. The original paper writes p for the probability to keep, and scales in evaluation instead.
 *
 * <p>Source: Srivastava et al., Dropout: a simple way to prevent
 * neural networks from overfitting, 2014.
 *
 * <p>Input: (*). Output: the same shape.
 */
public final class Dropout extends BaseDropout {

    /** Creates the layer with probability 0.5, which draws from the default generator. */
    public Dropout() {
        this(DropoutOptions.defaults());
    }

    /**
     * Creates the layer, which draws from the default generator.
     *
     * @param p probability to drop, in [0, 1]
     * @throws IllegalArgumentException if p is outside
     */
    public Dropout(double p) {
        this(DropoutOptions.defaults().withP(p));
    }

    /** Creates the layer. */
    public Dropout(DropoutOptions options) {
        super(options);
    }

    @Override
    Tensor drop(Tensor x, double p, RandomGenerator rng) {
        return Functions.dropout(x, p, rng);
    }
}
