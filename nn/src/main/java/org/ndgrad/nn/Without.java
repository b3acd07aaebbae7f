package org.ndgrad.nn;

import org.jspecify.annotations.Nullable;
import org.ndgrad.autograd.Tensor;

/** What layers say that were made without a tensor that others of their kind have. */
final class Without {

    private Without() {}

    /**
     * Returns the tensor.
     *
     * @param ask what tells whether the layer has it
     * @param make what in the options of a layer gives it one
     * @throws IllegalStateException if there is none
     */
    static Tensor checkHas(Block layer, String name, @Nullable Tensor tensor, String ask, String make) {
        if (tensor == null) {
            throw new IllegalStateException(layer + "." + name + ": expected a layer that has it; got one without. Ask "
                    + ask + "() first, or make the layer with " + make + ".");
        }
        return tensor;
    }
}
