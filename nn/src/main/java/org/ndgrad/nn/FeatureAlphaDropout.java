package org.ndgrad.nn;

import java.util.random.RandomGenerator;
import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;

/**
 * {@link AlphaDropout} of whole channels: in training, sets each with probability p to where SELU ends, −1.758, and
 * scales and shifts all so that mean 0 and variance 1 stay; in evaluation, the identity.
 *
 * <p>Source: Klambauer et al., Self-normalizing neural networks, 2017.
 *
 * <p>Input: (N, C, *). Output: the same shape.
 */
public final class FeatureAlphaDropout extends BaseDropout {

    /** Creates the layer with probability 0.5, which draws from the default generator. */
    public FeatureAlphaDropout() {
        this(DropoutOptions.defaults());
    }

    /**
     * Creates the layer, which draws from the default generator.
     *
     * @param p probability to drop, in [0, 1]
     * @throws IllegalArgumentException if p is outside
     */
    public FeatureAlphaDropout(double p) {
        this(DropoutOptions.defaults().withP(p));
    }

    /** Creates the layer. */
    public FeatureAlphaDropout(DropoutOptions options) {
        super(options);
    }

    @Override
    Tensor drop(Tensor x, double p, RandomGenerator rng) {
        return Functions.featureAlphaDropout(x, p, rng);
    }
}
