package org.ndgrad.nn;

import org.ndgrad.autograd.Tensor;

/** How a loss makes one number of the losses of the elements. */
public enum Reduction {
    /** Not at all: the loss keeps one value per element. */
    NONE,
    /** The mean; NaN for no elements, as in PyTorch. */
    MEAN,
    /** The sum; 0 for no elements. */
    SUM,
    /** The sum divided by the number of samples, which is the size of dim 0; PyTorch has it for {@code kl_div} only. */
    BATCH_MEAN;

    Tensor of(Tensor losses) {
        return switch (this) {
            case NONE -> losses;
            case MEAN -> losses.mean();
            case SUM -> losses.sum();
            case BATCH_MEAN -> losses.ndim() == 0 ? losses : losses.sum().div(losses.size(0));
        };
    }
}
