package org.ndgrad.nn;

import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Checks;
import org.ndgrad.autograd.ops.Activations;

/**
 * Inverted dropout: in training, sets each element to 0 with probability p and multiplies the others by 1/(1 − p), so
 * that the expected value stays; in evaluation, the identity.
 *
 * <p>Input: (*). Output: (*), the same shape. The backward pass uses the mask of the forward pass.
 *
 * <p>Here p is the probability to <em>drop</em>, as in PyTorch and Keras. The original paper writes p for the
 * probability to keep, and scales in evaluation instead. Source: Srivastava et al., Dropout: a simple way to prevent
 * neural networks from overfitting, 2014.
 */
public final class Dropout extends BuiltIn implements KeepsNothing {

    private final double p;
    private final @Nullable RandomGenerator rng;

    /** Creates dropout with probability 0.5 that draws from the default generator. */
    public Dropout() {
        this(0.5);
    }

    /**
     * Creates dropout that draws from the default generator.
     *
     * @param p probability to drop, in [0, 1]
     * @throws IllegalArgumentException if p is outside
     */
    public Dropout(double p) {
        this.p = checkProbability(p);
        this.rng = null;
    }

    /**
     * Creates dropout that draws from a given generator.
     *
     * @param rng source of the masks
     * @param p probability to drop, in [0, 1]
     * @throws IllegalArgumentException if p is outside
     */
    public Dropout(RandomGenerator rng, double p) {
        this.p = checkProbability(p);
        this.rng = rng;
    }

    /**
     * Returns the input with some elements dropped, or the input itself in evaluation.
     *
     * @param x any shape, floating dtype
     * @return shape of x
     * @throws IllegalArgumentException if x is not of a floating dtype
     */
    @Override
    Tensor compute(Tensor x) {
        Checks.floating(this, "an input", x);
        return isTraining() && p > 0 ? Activations.dropout(x, p, rng == null ? Rng.defaultRng() : rng) : x;
    }

    private static double checkProbability(double p) {
        Checks.dropout("Dropout", p);
        return p;
    }

    @Override
    protected String settings() {
        return "p=" + p;
    }
}
