package org.ndgrad.autograd;

import static com.google.common.base.Verify.verifyNotNull;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Walks the graph from its roots to its leaves. Knows nodes, edges and addition; knows no particular operation. */
final class Engine {

    private final boolean createGraph;
    private final boolean retainGraph;
    private final Map<Node, @Nullable Tensor[]> gradients = new HashMap<>();
    private final PriorityQueue<Node> pending = new PriorityQueue<>(Node.NEWEST_FIRST);

    Engine(Set<Backward> options) {
        this.createGraph = options.contains(Backward.CREATE_GRAPH);
        this.retainGraph = createGraph || options.contains(Backward.RETAIN_GRAPH);
    }

    /** Adds to the gradient of a node's output. */
    void add(Node node, int slot, Tensor gradient) {
        @Nullable Tensor[] slots = gradients.get(node);
        if (slots == null) {
            slots = new Tensor[node.outputs()];
            gradients.put(node, slots);
            pending.add(node);
        }
        Tensor before = slots[slot];
        slots[slot] = before == null ? gradient : before.add(gradient);
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
                if (kept.test(node)) {
                    result.put(node, arrived);
                }
                Tensor @Nullable [] complete = null;
                for (Edge edge : node.edges()) {
                    if (wanted.test(edge.source())) {
                        complete = complete == null ? node.complete(arrived) : complete;
                        add(edge.source(), edge.slot(), edge.apply(node, complete));
                    }
                }
                if (complete != null && !retainGraph) {
                    node.release();
                }
            }
        }
        return result;
    }

    /** Returns the nodes from which the roots lead to one of the targets, targets included. */
    static Set<Node> leadingTo(Set<Node> targets, List<Node> roots) {
        Set<Node> reachable = new HashSet<>();
        Deque<Node> stack = new ArrayDeque<>(roots);
        while (!stack.isEmpty()) {
            Node node = stack.pop();
            if (reachable.add(node)) {
                Arrays.stream(node.edges()).map(Edge::source).forEach(stack::push);
            }
        }
        Set<Node> leading = new HashSet<>();
        reachable.stream().sorted(Node.NEWEST_FIRST.reversed()).forEach(node -> {
            if (targets.contains(node)
                    || Arrays.stream(node.edges()).map(Edge::source).anyMatch(leading::contains)) {
                leading.add(node);
            }
        });
        return leading;
    }
}
