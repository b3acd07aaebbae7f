package org.ndgrad.autograd;

import static com.google.common.base.Preconditions.checkState;

import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.memory.Memory;

/** The way from an operation back to one of its inputs: a vjp, and the saved tensors that it reads. */
final class Edge {

    private final Node source;
    private final int slot;
    private final long[] shape;
    private final DataType dtype;
    private @Nullable Function<Tensor[], Tensor> vjp;
    private final Saved saved;

    Edge(Tensor input, Function<Tensor[], Tensor> vjp, Tensor[] reads) {
        this.source = input.node();
        this.slot = input.slot();
        this.shape = Memory.array(input).shape();
        this.dtype = input.dtype();
        this.vjp = vjp;
        this.saved = new Saved(reads);
    }

    Node source() {
        return source;
    }

    int slot() {
        return slot;
    }

    /** Returns the gradient of the input, in its shape and type. Pure vjps get no half types, see {@link HalfTypes}. */
    Tensor apply(Node node, Tensor[] gradients) {
        Function<Tensor[], Tensor> formula = vjp;
        Tensor[] reads = saved.open(node);
        checkState(
                formula != null && reads != null,
                "backward through '%s' a second time: its saved tensors were released by the first pass."
                        + " Run the forward pass again, and detach() what is carried over from the one before, such as"
                        + " an RNN's state; or keep them with backward(Backward.RETAIN_GRAPH).",
                node.name());
        try {
            Tensor gradient = formula.apply(node.isPure() ? HalfTypes.widened(gradients) : gradients);
            if (!Arrays.equals(Memory.array(gradient).shape(), shape)) {
                checkState(
                        Shapes.broadcastsTo(shape, gradient.shape()),
                        "%s: expected its vjp to return a gradient for an input of shape %s; got shape %s."
                                + " Correct the vjp.",
                        node.name(),
                        Shapes.format(shape),
                        Shapes.format(gradient.shape()));
                gradient = gradient.sumToSize(shape);
            }
            return gradient.dtype() == dtype ? gradient : gradient.to(dtype);
        } finally {
            Custody.done(reads);
        }
    }

    void release() {
        if (saved.release()) {
            vjp = null;
        }
    }
}
