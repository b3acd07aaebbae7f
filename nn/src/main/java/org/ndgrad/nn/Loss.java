package org.ndgrad.nn;

import java.util.List;
import org.ndgrad.autograd.Tensor;

/**
 * A loss of the library that compares predictions to targets. Its formula is that of the function of the same name in
 * {@link Losses}; as an object, it can be chosen in one place and its weights are buffers, which are saved and
 * converted.
 */
public abstract class Loss extends Block {

    Loss() {}

    /** Computes the loss; the function of {@link Losses} says of what shapes, and what is refused. */
    abstract Tensor compute(Tensor predictions, Tensor targets);

    /**
     * Returns the loss.
     *
     * @param predictions what the model says; each loss says of what shape, and whether logits or probabilities
     * @param targets what it should have said
     * @return shape (), or one loss for each element or sample with {@link Reduction#NONE}
     * @throws IllegalArgumentException if shapes or dtypes don't go together
     */
    public final Tensor forward(Tensor predictions, Tensor targets) {
        return Places.named(this, List.of(predictions, targets), inputs -> compute(inputs.get(0), inputs.get(1)));
    }
}
