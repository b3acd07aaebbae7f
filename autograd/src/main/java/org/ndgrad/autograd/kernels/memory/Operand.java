package org.ndgrad.autograd.kernels.memory;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What kernels see of a tensor: the array with its values. */
public abstract class Operand {

    final INDArray array;

    /** Creates the holder of an array. */
    protected Operand(INDArray array) {
        this.array = array;
    }

    /** Returns the gradient gathered here, whose memory stays until {@link #giveBack} is called on it; or null. */
    protected abstract @Nullable Operand borrowGrad();

    /** Ends what {@link #borrowGrad} has begun, on the gradient. */
    protected abstract void giveBack();
}
