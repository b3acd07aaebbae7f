package org.ndgrad.autograd;

import static com.google.common.base.Verify.verifyNotNull;

import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The gradients of one backward pass that are on their way, newest node first.
 *
 * <p>Nobody else sees them, nor the values that a vjp needs in between, unless a vjp of the user's gets hold of them or
 * the pass itself is recorded. So their memory is given back as soon as they are used up.
 */
final class InFlight implements Arena {

    private static final String ROOT = Op.class.getPackageName();
    private static final Set<String> OURS = ImmutableSet.of(ROOT + ".ops", ROOT + ".internal");

    private final boolean isRecorded;
    private final Map<Node, @Nullable Tensor[]> gradients = new HashMap<>();
    private final PriorityQueue<Node> pending = new PriorityQueue<>(Node.NEWEST_FIRST);
    private final List<Storage> made = new ArrayList<>();

    /**
     * Creates a place for gradients.
     *
     * @param isRecorded whether the pass is recorded, so that its values must stay
     */
    InFlight(boolean isRecorded) {
        this.isRecorded = isRecorded;
    }

    /** Whether a vjp is one of ours, which let go of the gradients that they get and return; others may keep them. */
    static boolean letsGo(Object vjp) {
        return OURS.contains(vjp.getClass().getPackageName());
    }

    @Override
    public void made(Storage storage, boolean isResult) {
        made.add(storage);
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
        gradient.storage().hold(this);
        slots[slot] = gradient;
        if (before != null) {
            Tensor sum = compute(() -> before.add(gradient));
            sum.storage().hold(this);
            slots[slot] = sum;
            drop(before, gradient);
        }
    }

    /** Returns the newest node for which there is a gradient, or null. */
    @Nullable
    Node newest() {
        return pending.poll();
    }

    /** Returns the gradients that have arrived at a node. */
    @Nullable
    Tensor[] take(Node node) {
        return verifyNotNull(gradients.remove(node));
    }

    /** Returns the gradient that an edge makes of those at its node. */
    Tensor through(Edge edge, Node node, Tensor[] arrived) {
        if (edge.letsGo()) {
            return compute(() -> edge.apply(node, arrived));
        }
        keep(arrived);
        return edge.apply(node, arrived);
    }

    private Tensor compute(Supplier<Tensor> computation) {
        if (isRecorded) {
            return computation.get();
        }
        Arena outer = Arena.enter(this);
        try {
            Tensor result = computation.get();
            for (Storage storage : made) {
                if (storage.isShared(result)) {
                    result.storage().own(this);
                } else {
                    storage.release();
                }
            }
            return result;
        } finally {
            made.clear();
            Arena.enter(outer);
        }
    }

    /** Leaves gradients to others, who may keep them as long as they like. */
    void keep(@Nullable Tensor... tensors) {
        for (Tensor tensor : tensors) {
            if (tensor != null) {
                tensor.storage().keep();
            }
        }
    }

    /** Leaves gradients to the leaf that gathers them. */
    void gather(@Nullable Tensor... tensors) {
        for (Tensor tensor : tensors) {
            if (tensor != null) {
                tensor.storage().gather(this);
            }
        }
    }

    /** Counts one use less of each gradient. */
    void drop(@Nullable Tensor... tensors) {
        for (Tensor tensor : tensors) {
            if (tensor != null) {
                tensor.storage().drop(this);
            }
        }
    }
}
