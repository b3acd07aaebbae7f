package org.ndgrad.autograd;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Lists;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.elementwise.Copy;
import org.ndgrad.autograd.kernels.memory.Memory;

/**
 * Compares derivatives with central differences, (f(x + h) − f(x − h)) / 2h.
 *
 * <p>Inputs are float64 and should keep away from points where the function is not smooth. Each element of each input
 * is moved on its own, so keep them small.
 *
 * <pre>{@code
 * GradCheck.gradcheck(x -> x.get(0).mul(x.get(0).sigmoid()), List.of(Tensor.randn(DataType.DOUBLE, new Rng(0), 3, 4)));
 * }</pre>
 */
public final class GradCheck {

    private static final double STEP = 1e-6;
    private static final double ABSOLUTE = 1e-5;
    private static final double RELATIVE = 1e-3;

    private GradCheck() {}

    /**
     * Checks the gradient of a function with respect to each of its inputs, in a fixed direction of its output.
     *
     * @throws AssertionError if it disagrees with central differences by more than 1e-5 + 1e-3 · |expected|, or a vjp
     *     reads an input that it does not name: then a change in place before the backward pass may go unnoticed
     */
    public static void gradcheck(Function<List<Tensor>, Tensor> function, List<Tensor> inputs) {
        List<Tensor> leaves = leaves(inputs);
        Tensor direction = direction(function.apply(leaves));
        List<Tensor> found = gradients(function, leaves, direction);
        compare(
                "gradcheck",
                leaves,
                found,
                () -> Autograd.noGrad(
                        () -> function.apply(leaves).mul(direction).sum().item()));
        for (int changed = 0; changed < leaves.size(); changed++) {
            if (leaves.get(changed).requiresGrad()) {
                checkReads(function, inputs, changed, direction, found);
            }
        }
    }

    /** Checks that a change in place of an input after the forward pass is refused, or changes no gradient. */
    private static void checkReads(
            Function<List<Tensor>, Tensor> function,
            List<Tensor> inputs,
            int changed,
            Tensor direction,
            List<Tensor> expected) {
        List<Tensor> copies =
                leaves(Lists.transform(inputs, input -> input.detach().clone()));
        Tensor output = function.apply(copies);
        if (!output.requiresGrad()) {
            return;
        }
        Autograd.noGrad(() -> copies.get(changed).add_(0.25));
        List<Tensor> gradients;
        try {
            gradients = gradients(output, copies, direction);
        } catch (ChangedTensor.Unnamed e) {
            throw unnamed(changed);
        } catch (IllegalStateException refused) {
            return;
        }
        for (int i = 0; i < expected.size(); i++) {
            if (!Arrays.equals(gradients.get(i).toDoubleArray(), expected.get(i).toDoubleArray())) {
                throw unnamed(changed);
            }
        }
    }

    private static AssertionError unnamed(int input) {
        return new AssertionError(
                "gradcheck: expected a vjp that names the tensors it reads; got another gradient, or none,"
                        + " after a change in place of input " + input
                        + ", which it reads and does not name. Name what the vjp"
                        + " reads behind it: wrt(x, vjp, x).");
    }

    /**
     * Checks the gradients of the function's gradients, with respect to its inputs and to the incoming gradient.
     *
     * @throws AssertionError if they disagree with central differences
     */
    public static void gradgradcheck(Function<List<Tensor>, Tensor> function, List<Tensor> inputs) {
        Tensor direction = direction(function.apply(leaves(inputs)));
        List<Tensor> all = new ArrayList<>(inputs);
        all.add(direction);
        List<Tensor> leaves = leaves(all);
        Tensor incoming = leaves.get(inputs.size());
        List<Tensor> arguments = leaves.subList(0, inputs.size());
        List<Tensor> differentiable =
                arguments.stream().filter(Tensor::requiresGrad).collect(ImmutableList.toImmutableList());
        Function<List<Tensor>, Tensor> first = unused -> {
            Tensor output = function.apply(arguments);
            Tensor sum = Tensor.zeros(DataType.DOUBLE);
            if (output.requiresGrad()) {
                List<Optional<Tensor>> found = Autograd.gradIfUsed(
                        ImmutableList.of(output), differentiable, ImmutableList.of(incoming), Backward.CREATE_GRAPH);
                for (int i = 0; i < found.size(); i++) {
                    if (found.get(i).isPresent()) {
                        Tensor gradient = found.get(i).orElseThrow();
                        sum = sum.add(gradient.mul(pattern(gradient, i + 1)).sum());
                    }
                }
            }
            return sum;
        };
        Tensor one = Tensor.ones(DataType.DOUBLE);
        compare(
                "gradgradcheck",
                leaves,
                gradients(first, leaves, one),
                () -> first.apply(leaves).item());
    }

    private static List<Tensor> leaves(List<Tensor> inputs) {
        ImmutableList.Builder<Tensor> leaves = ImmutableList.builder();
        for (Tensor input : inputs) {
            checkArgument(
                    input.dtype() == DataType.DOUBLE || !DTypes.isFloating(input.dtype()),
                    "gradcheck: expected float64 inputs, or integral ones to be left alone; got %s of shape %s."
                            + " Convert it with to(DataType.DOUBLE).",
                    DTypes.name(input.dtype()),
                    Shapes.format(input.shape()));
            leaves.add(input.dtype() == DataType.DOUBLE ? input.detach().requiresGrad(true) : input.detach());
        }
        return leaves.build();
    }

    /** A direction of the output in which no two elements count the same. */
    private static Tensor direction(Tensor output) {
        return pattern(output, 0);
    }

    private static Tensor pattern(Tensor like, int salt) {
        double[] values = Memory.doubles("gradcheck", like.numel());
        for (int i = 0; i < values.length; i++) {
            values[i] = 0.6 + 0.4 * Math.sin(1 + 2.3 * i + 0.7 * salt);
        }
        return Tensor.of(DataType.DOUBLE, values).reshape(like.shape());
    }

    private static List<Tensor> gradients(
            Function<List<Tensor>, Tensor> function, List<Tensor> leaves, Tensor direction) {
        return gradients(function.apply(leaves), leaves, direction);
    }

    private static List<Tensor> gradients(Tensor output, List<Tensor> leaves, Tensor direction) {
        List<Tensor> differentiable =
                leaves.stream().filter(Tensor::requiresGrad).collect(ImmutableList.toImmutableList());
        if (!output.requiresGrad()) {
            return differentiable.stream().map(leaf -> Tensor.zerosLike(leaf)).collect(ImmutableList.toImmutableList());
        }
        List<Optional<Tensor>> found =
                Autograd.gradIfUsed(ImmutableList.of(output), differentiable, ImmutableList.of(direction));
        ImmutableList.Builder<Tensor> result = ImmutableList.builder();
        for (int i = 0; i < found.size(); i++) {
            result.add(found.get(i).orElse(Tensor.zerosLike(differentiable.get(i))));
        }
        return result.build();
    }

    private interface Value {
        double get();
    }

    private static void compare(String who, List<Tensor> leaves, List<Tensor> gradients, Value value) {
        int next = 0;
        for (int input = 0; input < leaves.size(); input++) {
            Tensor leaf = leaves.get(input);
            if (!leaf.requiresGrad()) {
                continue;
            }
            double[] gradient = gradients.get(next++).toDoubleArray();
            double[] before = leaf.toDoubleArray();
            for (int i = 0; i < gradient.length; i++) {
                double above = moved(leaf, before, i, STEP, value);
                double below = moved(leaf, before, i, -STEP, value);
                double expected = (above - below) / (2 * STEP);
                if (!(Math.abs(gradient[i] - expected) <= ABSOLUTE + RELATIVE * Math.abs(expected))) {
                    throw new AssertionError(who + ": expected the derivative with respect to element " + i
                            + " of input " + input + ", shape " + Shapes.format(leaf.shape()) + ", to be " + expected
                            + " by central differences; got " + gradient[i] + ". Correct the vjp.");
                }
            }
        }
    }

    /** Returns the value with one element moved; the input's memory is restored. */
    private static double moved(Tensor leaf, double[] before, int element, double step, Value value) {
        double[] values = before.clone();
        values[element] += step;
        INDArray memory = Memory.array(leaf);
        try {
            Copy.assign(memory, Copy.of(DataType.DOUBLE, values, leaf.shape()));
            return value.get();
        } finally {
            Copy.assign(memory, Copy.of(DataType.DOUBLE, before, leaf.shape()));
        }
    }
}
