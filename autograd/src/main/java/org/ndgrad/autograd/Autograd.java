package org.ndgrad.autograd;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Lists;
import com.google.common.collect.Ordering;
import com.google.common.collect.Sets;
import com.google.common.graph.Traverser;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.memory.Memory;

/** Gradients as values, and where recording is on or off. For gradients in leaves see {@link Tensor#backward}. */
public final class Autograd {

    private Autograd() {}

    /**
     * Returns ∂output/∂input and leaves every {@link Tensor#grad} as it is.
     *
     * @param output a tensor of one element
     * @throws IllegalArgumentException if the output does not depend on the input
     */
    public static Tensor grad(Tensor output, Tensor input, Backward... options) {
        return grad(output, ImmutableList.of(input), options).get(0);
    }

    /**
     * Returns the gradient of the output with respect to each input.
     *
     * @param output a tensor of one element
     * @throws IllegalArgumentException if the output does not depend on one of the inputs
     */
    public static List<Tensor> grad(Tensor output, List<Tensor> inputs, Backward... options) {
        return grad(ImmutableList.of(output), inputs, ImmutableList.of(seed("grad", output)), options);
    }

    /**
     * Returns Σ ⟨gradOutput, ∂output/∂input⟩ for each input.
     *
     * @param gradOutputs one tensor per output, of its shape
     * @throws IllegalArgumentException if no output depends on one of the inputs; see {@link #gradIfUsed}
     */
    public static List<Tensor> grad(
            List<Tensor> outputs, List<Tensor> inputs, List<Tensor> gradOutputs, Backward... options) {
        List<Optional<Tensor>> found = gradIfUsed(outputs, inputs, gradOutputs, options);
        for (int i = 0; i < found.size(); i++) {
            checkArgument(
                    found.get(i).isPresent(),
                    "grad: expected every input to be used by the outputs; got input %s of shape %s, which is not."
                            + " Leave it out, or call gradIfUsed.",
                    i,
                    Shapes.format(inputs.get(i).shape()));
        }
        return found.stream().map(Optional::orElseThrow).collect(ImmutableList.toImmutableList());
    }

    /** As {@link #grad}, with an empty result for each input on which no output depends. */
    public static List<Optional<Tensor>> gradIfUsed(
            List<Tensor> outputs, List<Tensor> inputs, List<Tensor> gradOutputs, Backward... options) {
        checkArgument(
                outputs.size() == gradOutputs.size(),
                "grad: expected one gradOutput per output; got %s for %s outputs. Match them.",
                gradOutputs.size(),
                outputs.size());
        Set<Node> targets = new HashSet<>();
        for (Tensor input : inputs) {
            checkArgument(
                    input.requiresGrad(),
                    "grad: expected inputs that require a gradient; got one of shape %s that does not."
                            + " Call requiresGrad(true) on it before the forward pass.",
                    Shapes.format(input.shape()));
            targets.add(input.node());
        }
        Set<Backward> chosen = options(options);
        Engine engine = new Engine(chosen, memory(chosen));
        for (int i = 0; i < outputs.size(); i++) {
            start("grad", engine, outputs.get(i), gradOutputs.get(i), chosen);
        }
        Set<Node> wanted = leadingTo(targets, Lists.transform(outputs, Tensor::node));
        Map<Node, @Nullable Tensor[]> arrived = engine.run(wanted::contains, targets::contains);
        ImmutableList.Builder<Optional<Tensor>> result = ImmutableList.builder();
        for (Tensor input : inputs) {
            @Nullable Tensor[] slots = arrived.get(input.node());
            Optional<Tensor> gradient = Optional.ofNullable(slots == null ? null : slots[input.slot()]);
            gradient.ifPresent(Custody::keep);
            result.add(gradient);
        }
        return result.build();
    }

    static void backward(Tensor root, @Nullable Tensor gradient, Backward... options) {
        long begun = Storage.tick();
        Set<Backward> chosen = options(options);
        PassMemory memory = memory(chosen);
        Engine engine = new Engine(chosen, memory);
        start("backward", engine, root, gradient == null ? seed("backward", root) : gradient, chosen);
        Map<Node, @Nullable Tensor[]> arrived = engine.run(node -> true, Node::keepsGradients);
        Set<Storage> given = engine.seen();
        arrived.forEach((node, gradients) -> {
            for (int slot = 0; slot < gradients.length; slot++) {
                Tensor receiver = node.receiver(slot);
                Tensor arrival = gradients[slot];
                if (receiver != null && arrival != null) {
                    // A gradient is kept as it is if this pass made it and nobody else has got it; else it is copied.
                    boolean own = !chosen.contains(Backward.CREATE_GRAPH)
                            && arrival.storage().born() > begun
                            && Memory.isContiguous(Memory.array(arrival))
                            && given.add(arrival.storage());
                    receiver.accumulate(own ? arrival : PassMemory.NONE.compute(arrival::clone));
                    if (!own) {
                        memory.done(arrival);
                    }
                } else {
                    memory.done(arrival);
                }
            }
        });
    }

    private static PassMemory memory(Set<Backward> chosen) {
        return chosen.contains(Backward.CREATE_GRAPH) ? PassMemory.NONE : new PassMemory.Counted();
    }

    /** Returns the nodes from which the roots lead to one of the targets, targets included. */
    private static Set<Node> leadingTo(Set<Node> targets, List<Node> roots) {
        Set<Node> leading = new HashSet<>();
        Iterable<Node> reachable = Traverser.forGraph(Autograd::sources).breadthFirst(roots);
        for (Node node : Ordering.from(Node.NEWEST_FIRST).reverse().sortedCopy(reachable)) {
            if (targets.contains(node) || sources(node).stream().anyMatch(leading::contains)) {
                leading.add(node);
            }
        }
        return leading;
    }

    private static List<Node> sources(Node node) {
        return Lists.transform(Arrays.asList(node.edges()), Edge::source);
    }

    private static Set<Backward> options(Backward... options) {
        return options.length == 0 ? ImmutableSet.of() : Sets.newEnumSet(Arrays.asList(options), Backward.class);
    }

    private static Tensor seed(String who, Tensor output) {
        checkGraph(who, output);
        checkState(
                output.numel() == 1,
                "%s: expected a tensor of one element; got shape %s. Call sum() or mean() first, or pass a gradient.",
                who,
                Shapes.format(output.shape()));
        return Tensor.onesLike(output);
    }

    private static void start(String who, Engine engine, Tensor output, Tensor gradient, Set<Backward> chosen) {
        checkGraph(who, output);
        checkArgument(
                Arrays.equals(output.shape(), gradient.shape()),
                "%s: expected a gradient of the output's shape %s; got %s. Reshape or expand it.",
                who,
                Shapes.format(output.shape()),
                Shapes.format(gradient.shape()));
        Tensor seed = chosen.contains(Backward.CREATE_GRAPH) ? gradient : gradient.detach();
        engine.add(output.node(), output.slot(), () -> seed.to(output.dtype()));
    }

    private static void checkGraph(String who, Tensor output) {
        checkState(
                output.requiresGrad(),
                "%s: expected a tensor that was computed from one that requires a gradient; got a constant of shape %s,"
                        + " dtype %s. Either no input has requiresGrad(true), or the graph was cut on the way by noGrad,"
                        + " detach(), argmax, a comparison or a cast to an integral type.",
                who,
                Shapes.format(output.shape()),
                output.dtypeName());
    }

    /** Switches recording off until the scope closes, in this thread alone; see {@link GradMode#carried}. */
    public static GradMode.Scope noGrad() {
        return GradMode.set(false);
    }

    /** Runs an action without recording in this thread; what it does in others is recorded, see {@link GradMode}. */
    @SuppressWarnings("overloads") // a lambda with a value prefers the Supplier, as with ExecutorService.submit
    public static void noGrad(Runnable action) {
        try (GradMode.Scope scope = GradMode.set(false)) {
            action.run();
        }
    }

    /** Returns what the computation gives without recording. */
    @SuppressWarnings("overloads")
    public static <T> T noGrad(Supplier<T> computation) {
        try (GradMode.Scope scope = GradMode.set(false)) {
            return computation.get();
        }
    }

    /** Switches recording on in this thread, inside a noGrad scope, until the scope closes. */
    public static GradMode.Scope enableGrad() {
        return GradMode.set(true);
    }

    /** Runs an action with recording, even inside a noGrad scope. */
    @SuppressWarnings("overloads")
    public static void enableGrad(Runnable action) {
        try (GradMode.Scope scope = GradMode.set(true)) {
            action.run();
        }
    }

    /** Returns what the computation gives with recording, even inside a noGrad scope. */
    @SuppressWarnings("overloads")
    public static <T> T enableGrad(Supplier<T> computation) {
        try (GradMode.Scope scope = GradMode.set(true)) {
            return computation.get();
        }
    }
}
