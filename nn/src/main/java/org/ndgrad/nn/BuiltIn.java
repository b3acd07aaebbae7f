package org.ndgrad.nn;

import java.util.List;
import org.ndgrad.autograd.Tensor;

/**
 * A layer of the library, which hooks see however it is called. One's own extends {@link Layer}.
 *
 * <p>It is public, as are other bases with public methods, since JShell offers only what a public class declares.
 */
public abstract class BuiltIn extends Layer {

    BuiltIn() {}

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
