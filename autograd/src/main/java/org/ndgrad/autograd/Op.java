package org.ndgrad.autograd;

import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ObjectArrays;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.memory.Memory;

/**
 * Joins one operation to the graph: its value, and per input the vjp that carries a gradient back to it.
 *
 * <pre>{@code
 * static Tensor mul(Tensor a, Tensor b) {
 *     return Op.of("mul", a.detach().mul(b.detach()))
 *             .wrt(a, g -> g.mul(b), b)
 *             .wrt(b, g -> g.mul(a), a)
 *             .tensor();
 * }
 * }</pre>
 *
 * <p>A vjp is written in differentiable operations on tensors, which makes derivatives of any order work. The tensors
 * that it reads are named after it: they are saved until the backward pass, and a change in place meanwhile is an
 * error. The result may have the larger shape of a broadcast; the engine sums it down. Nothing is saved for an input
 * that needs no gradient.
 */
public final class Op {

    private final String name;
    private final INDArray[] values;
    private final List<Edge> edges = new ArrayList<>(2);
    private final Tensor[] outputs;
    private final boolean isPure;
    private final @Nullable Storage storage;

    private Op(String name, boolean isPure, @Nullable Tensor base, INDArray... values) {
        this.name = name;
        this.isPure = isPure;
        this.storage = base != null && Memory.shared(values[0], Memory.array(base)) ? base.storage() : null;
        this.values = values;
        this.outputs = new Tensor[values.length];
    }

    /** Begins an operation, named as messages show it, with its value, or with several that share derivatives. */
    public static Op of(String name, INDArray... values) {
        return new Op(name, false, null, values);
    }

    /** As {@link #of(String, INDArray...)}, of a tensor expression such as {@code x.detach().pow(3)}. */
    public static Op of(String name, Tensor value) {
        return new Op(name, false, value, Memory.array(value));
    }

    /**
     * As {@code of}, for vjps that are pure: they keep neither g nor what they return anywhere, such as in a list, so
     * that the memory of gradients comes back as soon as they are used up. Vjps of other operations may keep them.
     */
    public static Op pure(String name, INDArray... values) {
        return new Op(name, true, null, values);
    }

    /** Begins an operation whose value may be a view of an input, so that both notice changes in place. */
    public static Op view(String name, INDArray value, Tensor base) {
        return new Op(name, false, base, value);
    }

    /** As {@link #view}, with one or several views of an input, for vjps that are {@link #pure}. */
    public static Op pureView(String name, Tensor base, INDArray... values) {
        return new Op(name, true, base, values);
    }

    /** Changes a tensor's values in place, where neither it nor an operand is recorded, as {@link Tensor#add_} does. */
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
        return edge(input, gradients -> vjp.apply(gradients[0]), reads);
    }

    /**
     * Declares the gradient with respect to an input by a formula in g and the output y, which is saved.
     *
     * @param reads the tensors that the vjp reads besides g and y
     */
    public Op wrt(Tensor input, BinaryOperator<Tensor> vjp, Tensor... reads) {
        if (GradMode.records(input)) {
            Tensor y = output(0);
            edge(input, gradients -> vjp.apply(gradients[0], y), ObjectArrays.concat(reads, y));
        }
        return this;
    }

    /**
     * Declares the gradient with respect to an input of an operation with several outputs.
     *
     * @param vjp from one gradient per output, zeros where none came, to the input's gradient
     * @param reads the tensors that the vjp reads besides the gradients, such as {@link #output}
     */
    public Op wrtAll(Tensor input, Function<List<Tensor>, Tensor> vjp, Tensor... reads) {
        return edge(input, gradients -> vjp.apply(ImmutableList.copyOf(gradients)), reads);
    }

    private Op edge(Tensor input, Function<Tensor[], Tensor> vjp, Tensor[] reads) {
        if (GradMode.records(input)) {
            edges.add(new Edge(input, vjp, reads));
        }
        return this;
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
        return finished(Node.of(name, edges, isPure, 1), 0);
    }

    /** Returns the outputs. Integral and boolean ones are constants. */
    public List<Tensor> tensors() {
        Node node = Node.of(name, edges, isPure, values.length);
        return IntStream.range(0, values.length)
                .mapToObj(slot -> finished(node, slot))
                .collect(ImmutableList.toImmutableList());
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

    @Override
    public String toString() {
        return "Op(" + name + ", outputs=" + values.length + ", gradients=" + edges.size() + ")";
    }
}
