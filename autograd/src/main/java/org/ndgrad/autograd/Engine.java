package org.ndgrad.autograd;

import static com.google.common.base.Verify.verifyNotNull;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Walks the graph from its roots to its leaves. Knows nodes, edges and addition; knows no particular operation. */
final class Engine {

    private final boolean createGraph;
    private final boolean retainGraph;
    private final PassMemory memory;
    private final Map<Node, @Nullable Tensor[]> gradients = new HashMap<>();
    private final PriorityQueue<Node> pending = new PriorityQueue<>(Node.NEWEST_FIRST);
    private final Set<Storage> seen = new HashSet<>();

    Engine(Set<Backward> options, PassMemory memory) {
        this.createGraph = options.contains(Backward.CREATE_GRAPH);
        this.retainGraph = createGraph || options.contains(Backward.RETAIN_GRAPH);
        this.memory = memory;
    }

    /** Adds what a computation returns to the gradient of a node's output. */
    void add(Node node, int slot, Supplier<Tensor> computation) {
        @Nullable Tensor[] slots = gradients.get(node);
        if (slots == null) {
            slots = new Tensor[node.outputs()];
            gradients.put(node, slots);
            pending.add(node);
        }
        Tensor before = slots[slot];
        Tensor gradient = memory.compute(computation);
        slots[slot] = gradient;
        if (before != null) {
            slots[slot] = memory.compute(() -> before.add(gradient));
            memory.done(before, gradient);
        }
    }

    /**
     * Carries the gradients back through the wanted nodes, and returns those that arrived at the kept ones.
     *
     * <p>A node is newer than all that it leads to. So when it is the newest one pending, every operation that uses its
     * outputs has already contributed to their gradients.
     */
    Map<Node, @Nullable Tensor[]> run(Predicate<Node> wanted, Predicate<Node> kept) {
        Map<Node, @Nullable Tensor[]> result = new HashMap<>();
        try (GradMode.Scope mode = GradMode.set(createGraph)) {
            for (Node node = pending.poll(); node != null; node = pending.poll()) {
                @Nullable Tensor[] arrived = verifyNotNull(gradients.remove(node));
                mode.goesThrough(node);
                Tensor @Nullable [] complete = null;
                for (Edge edge : node.edges()) {
                    if (wanted.test(edge.source())) {
                        complete = complete == null ? node.complete(arrived) : complete;
                        carry(node, edge, complete);
                    }
                }
                if (complete != null && !retainGraph) {
                    node.release();
                }
                if (kept.test(node)) {
                    result.put(node, arrived);
                } else {
                    memory.done(arrived);
                }
            }
        }
        return result;
    }

    /** Returns what vjps that are not pure have got and returned: others may have it, and it must not change. */
    Set<Storage> seen() {
        return seen;
    }

    private void carry(Node node, Edge edge, Tensor[] gradients) {
        if (node.isPure()) {
            add(edge.source(), edge.slot(), () -> edge.apply(node, gradients));
        } else {
            Custody.keep(gradients); // others may keep what they are given, and what they return
            Tensor result = edge.apply(node, gradients);
            Arrays.stream(gradients).map(Tensor::storage).forEach(seen::add);
            seen.add(result.storage());
            add(edge.source(), edge.slot(), () -> result);
        }
    }
}
