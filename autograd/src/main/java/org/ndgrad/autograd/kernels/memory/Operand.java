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

    /** Returns what backward passes have gathered here, or null. */
    protected abstract @Nullable Operand gathered();
}
