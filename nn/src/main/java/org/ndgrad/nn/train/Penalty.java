package org.ndgrad.nn.train;

import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Block;

/** What a {@link Trainer} adds to the loss of training data, see {@link TrainerOptions#withPenalty}. */
@FunctionalInterface
public interface Penalty {

    /**
     * Returns the penalty.
     *
     * @param model what is trained
     * @return one number
     */
    Tensor of(Block model);
}
