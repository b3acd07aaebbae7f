package org.ndgrad.nn;

import org.ndgrad.autograd.Tensor;

/** How a loss makes one number of the losses of the elements. */
public enum Reduction {
    /** Not at all: the loss keeps one value per element. */
    NONE,
    /** The mean; NaN for no elements, as in PyTorch. */
    MEAN,
    /** The sum; 0 for no elements. */
    SUM;

    Tensor of(Tensor losses) {
        return switch (this) {
            case NONE -> losses;
            case MEAN -> losses.mean();
            case SUM -> losses.sum();
        };
    }
}
