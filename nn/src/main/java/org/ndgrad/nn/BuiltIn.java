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
        return hasHooks() ? hooked(List.of(x), inputs -> named(inputs.get(0))) : named(x);
    }

    /** Computes; an operation that refuses its input says so in the name of the layer. */
    private Tensor named(Tensor x) {
        try {
            return compute(x);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw Places.named(this, e);
        }
    }

    @Override
    public final Tensor call(Tensor x) {
        return forward(x);
    }
}
