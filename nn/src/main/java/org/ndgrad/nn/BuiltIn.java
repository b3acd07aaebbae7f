package org.ndgrad.nn;

import java.util.List;
import org.ndgrad.autograd.Tensor;

/** A layer of the library, which hooks see however it is called. */
abstract class BuiltIn extends Layer {

    /** Returns the layer's output for an input; the class says of what shapes, and what is refused. */
    abstract Tensor compute(Tensor x);

    @Override
    public final Tensor forward(Tensor x) {
        return hasHooks() ? hooked(List.of(x), inputs -> compute(inputs.get(0))) : compute(x);
    }

    @Override
    public final Tensor call(Tensor x) {
        return forward(x);
    }
}
