package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.List;
import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;

/**
 * The cosine of the angle between vectors along a dimension, Σ a b / (max(‖a‖, ε) · max(‖b‖, ε)), from −1 to 1.
 *
 * <p>Input: two of shape (*, D, *), which are broadcast. Output: (*, *).
 */
public final class CosineSimilarity extends Block {

    private final int dim;
    private final double epsilon;

    /** Creates the block for vectors along dimension 1, with epsilon 1e-8. */
    public CosineSimilarity() {
        this(1, 1e-8);
    }

    /**
     * Creates the block.
     *
     * @param dim the dimension of the vectors; −1 is the last
     * @param epsilon the smallest length to reckon with, at least 0
     */
    public CosineSimilarity(int dim, double epsilon) {
        checkArgument(epsilon >= 0, "CosineSimilarity: expected epsilon >= 0; got %s. Use 1e-8.", epsilon);
        this.dim = dim;
        this.epsilon = epsilon;
    }

    /** Returns the cosines. */
    public Tensor forward(Tensor first, Tensor second) {
        return Places.named(
                this, List.of(first, second), in -> Functions.cosineSimilarity(in.get(0), in.get(1), dim, epsilon));
    }

    @Override
    protected String settings() {
        return "dim=" + dim + ", epsilon=" + epsilon;
    }
}
