package org.ndgrad.autograd;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Walks the graph from its roots to its leaves. Knows nodes, edges and addition; knows no particular operation. */
final class Engine {

    private final boolean createGraph;
    private final boolean retainGraph;
    private final InFlight gradients;

    Engine(Set<Backward> options) {
        this.createGraph = options.contains(Backward.CREATE_GRAPH);
        this.retainGraph = createGraph || options.contains(Backward.RETAIN_GRAPH);
        this.gradients = new InFlight(createGraph);
    }

    /** Adds to the gradient of a node's output. */
    void add(Node node, int slot, Tensor gradient) {
        gradients.add(node, slot, gradient);
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
            for (Node node = gradients.newest(); node != null; node = gradients.newest()) {
                @Nullable Tensor[] arrived = gradients.take(node);
                if (kept.test(node)) {
                    result.put(node, arrived);
                    gradients.gather(arrived);
                }
                Tensor @Nullable [] complete = null;
                for (Edge edge : node.edges()) {
                    if (wanted.test(edge.source())) {
                        complete = complete == null ? node.complete(arrived) : complete;
                        add(edge.source(), edge.slot(), gradients.through(edge, node, complete));
                    }
                }
                if (complete != null && !retainGraph) {
                    node.release();
                }
                gradients.drop(arrived);
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
