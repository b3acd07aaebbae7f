package org.ndgrad.autograd;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Gives the memory of one backward pass back as soon as it is used up. Nobody but the pass sees the gradients that are
 * on their way, nor what a pure vjp computes in between.
 *
 * <p>The engine can do without: {@link #NONE} leaves all to the garbage collector, as it must be where a pass is
 * recorded.
 */
interface PassMemory {

    /** Gives nothing back: uses are counted and never counted out. */
    PassMemory NONE = computation -> {
        Tensor result = computation.get();
        Custody.use(result);
        return result;
    };

    /** Returns what the computation returns, with a use of it counted for the caller, who ends it by {@link #done}. */
    Tensor compute(Supplier<Tensor> computation);

    /** Counts out what {@link #compute} has counted, where there is a gradient. */
    default void done(@Nullable Tensor... gradients) {}

    /** The memory of a pass that is not recorded. */
    final class Counted implements PassMemory, Arena {

        private final List<Custody> made = new ArrayList<>();

        @Override
        public void made(Custody custody, boolean isResult) {
            made.add(custody);
        }

        @Override
        public boolean endsAll() {
            return false;
        }

        @Override
        public Tensor compute(Supplier<Tensor> computation) {
            Arena outer = Arena.enter(this);
            try {
                Tensor result = computation.get();
                Custody.use(result);
                Custody returned = result.storage().custody();
                for (Custody custody : made) {
                    if (custody == returned || !custody.isOf(result)) {
                        custody.leaveToUsers();
                    }
                }
                Custody.keepIfSeen(result);
                return result;
            } finally {
                made.clear();
                Arena.enter(outer);
            }
        }

        @Override
        public void done(@Nullable Tensor... gradients) {
            Custody.done(gradients);
        }
    }
}
