package org.ndgrad.autograd;

import com.google.common.collect.ImmutableMultiset;
import com.google.common.collect.Multiset;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What a forward and a backward pass cost. It is in this package for it looks at graphs and counts what is made.
 *
 * @param operations the recorded ones, by name
 * @param allocations how many tensors with memory of their own the forward pass makes, small ones as well
 * @param forwardBytes what {@link MemoryReport} has more of after the forward pass
 * @param backwardBytes what it has more of after both
 */
public record Footprint(Multiset<String> operations, int allocations, long forwardBytes, long backwardBytes) {

    private static final class Counter implements Arena {
        private int count;

        @Override
        public boolean endsAll() {
            return true;
        }

        @Override
        public void made(Custody custody, boolean isResult) {
            count++;
        }
    }

    /** Returns the footprint of computing a loss. What the garbage collector takes meanwhile may be missing. */
    public static Footprint of(Supplier<Tensor> forward) {
        long before = MemoryReport.now().inUse();
        Counter counter = new Counter();
        Arena outer = Arena.enter(counter);
        Tensor loss;
        try {
            loss = forward.get();
        } finally {
            Arena.enter(outer);
        }
        long afterForward = MemoryReport.now().inUse();
        Multiset<String> operations = operations(loss);
        loss.backward();
        return new Footprint(
                operations,
                counter.count,
                afterForward - before,
                MemoryReport.now().inUse() - before);
    }

    private static Multiset<String> operations(Tensor loss) {
        ImmutableMultiset.Builder<String> names = ImmutableMultiset.builder();
        Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Node> next = new ArrayDeque<>();
        next.add(loss.node());
        while (!next.isEmpty()) {
            Node node = next.remove();
            if (seen.add(node) && !node.isLeaf()) {
                names.add(node.name());
                for (Edge edge : node.edges()) {
                    next.add(edge.source());
                }
            }
        }
        return names.build();
    }
}
