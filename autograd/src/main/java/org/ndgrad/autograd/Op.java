package org.ndgrad.autograd;

import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.memory.Memory;

/**
 * Joins one operation to the graph: its value, and per input the vjp that carries a gradient back to it.
 *
 * <pre>{@code
 * static Tensor mul(Tensor a, Tensor b) {
 *     return Op.of("mul", a.data().mul(b.data()))
 *             .wrt(a, g -> g.mul(b), b)
 *             .wrt(b, g -> g.mul(a), a)
 *             .tensor();
 * }
 * }</pre>
 *
 * <p>A vjp is written in differentiable operations on tensors, which makes derivatives of any order work. The tensors
 * that it reads are named after it: they are saved until the backward pass, and a change in place meanwhile is an error.
 * The result may have the larger shape of a broadcast; the engine sums it down. Nothing is saved for an input that needs
 * no gradient.
 */
public final class Op {

    private final String name;
    private final INDArray[] values;
    private final List<Edge> edges = new ArrayList<>(2);
    private final Tensor[] outputs;
    private @Nullable Storage storage;

    private Op(String name, INDArray... values) {
        this.name = name;
        this.values = values;
        this.outputs = new Tensor[values.length];
    }

    /**
     * Begins an operation with its value, or with several that share derivatives.
     *
     * @param name as messages show it, such as {@code matmul}
     */
    public static Op of(String name, INDArray... values) {
        return new Op(name, values);
    }

    /** Begins an operation whose value may be a view of an input, so that both notice changes in place. */
    public static Op view(String name, INDArray value, Tensor base) {
        Op op = new Op(name, value);
        op.storage = Memory.shared(value, Memory.array(base)) ? base.storage() : null;
        return op;
    }

    /** Changes a tensor's values in place, where neither it nor an operand is recorded, as {@link Tensor#addi} does. */
    public static Tensor inPlace(String name, Tensor target, Consumer<INDArray> change, Tensor... operands) {
        return target.change(name, change, operands);
    }

    /**
     * Declares the gradient with respect to an input.
     *
     * @param vjp from g, of the output's shape, to the input's gradient
     * @param reads the tensors that the vjp reads besides g
     */
    public Op wrt(Tensor input, UnaryOperator<Tensor> vjp, Tensor... reads) {
        return edge(input, gradients -> vjp.apply(gradients[0]), vjp, reads);
    }

    /**
     * Declares the gradient with respect to an input by a formula in g and the output y, which is saved.
     *
     * @param reads the tensors that the vjp reads besides g and y
     */
    public Op wrt(Tensor input, BinaryOperator<Tensor> vjp, Tensor... reads) {
        if (!isRecorded(input)) {
            return this;
        }
        Tensor y = output(0);
        Tensor[] all = new Tensor[reads.length + 1];
        System.arraycopy(reads, 0, all, 0, reads.length);
        all[reads.length] = y;
        return edge(input, gradients -> vjp.apply(gradients[0], y), vjp, all);
    }

    /**
     * Declares the gradient with respect to an input of an operation with several outputs.
     *
     * @param vjp from one gradient per output, zeros where none came, to the input's gradient
     * @param reads the tensors that the vjp reads besides the gradients, such as {@link #output}
     */
    public Op wrtAll(Tensor input, Function<List<Tensor>, Tensor> vjp, Tensor... reads) {
        return edge(input, gradients -> vjp.apply(ImmutableList.copyOf(gradients)), vjp, reads);
    }

    private Op edge(Tensor input, Function<Tensor[], Tensor> vjp, Object given, Tensor[] reads) {
        if (isRecorded(input)) {
            edges.add(new Edge(input, vjp, InFlight.letsGo(given), reads));
        }
        return this;
    }

    private static boolean isRecorded(Tensor input) {
        return input.requiresGrad() && GradMode.isEnabled();
    }

    /** Returns an output as a vjp of this operation may read it. */
    public Tensor output(int index) {
        if (outputs[index] == null) {
            outputs[index] = new Tensor(values[index], storage == null ? Storage.ofResult(values[index]) : storage);
        }
        return outputs[index];
    }

    /** Returns the output: part of the graph if an input requires a gradient, else a constant. */
    public Tensor tensor() {
        checkState(values.length == 1, "%s: expected one output; got %s. Call tensors().", name, values.length);
        return finished(Node.of(name, edges, 1), 0);
    }

    /** Returns the outputs. Integral and boolean ones are constants. */
    public List<Tensor> tensors() {
        ImmutableList.Builder<Tensor> result = ImmutableList.builderWithExpectedSize(values.length);
        Node node = Node.of(name, edges, values.length);
        for (int slot = 0; slot < values.length; slot++) {
            result.add(finished(node, slot));
        }
        return result.build();
    }

    private Tensor finished(@Nullable Node node, int slot) {
        Tensor output = output(slot);
        if (node != null) {
            node.output(slot, values[slot].shape(), output.dtype());
            if (DTypes.isFloating(output.dtype())) {
                output.connect(node, slot);
            }
        }
        return output;
    }
}
