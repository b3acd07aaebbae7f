package org.ndgrad.autograd;

import org.jspecify.annotations.Nullable;

/** Looks after the memory of the tensors that a thread makes meanwhile. */
interface Arena {

    /** Whether it ends small tensors as well, whose memory is not lent. */
    boolean endsAll();

    /**
     * Takes note of new memory.
     *
     * @param isResult whether an operation made it, and not {@link Tensor#of} or the like
     */
    void made(Custody custody, boolean isResult);

    /** Returns the one of this thread, or null. */
    static @Nullable Arena current() {
        return Current.OF_THREAD.get().arena;
    }

    /** Makes this, or none, the one of this thread; returns the one before. */
    static @Nullable Arena enter(@Nullable Arena arena) {
        Current current = Current.OF_THREAD.get();
        Arena before = current.arena;
        current.arena = arena;
        return before;
    }

    /** One per thread, so that a look at it costs a single access. */
    final class Current {
        private static final ThreadLocal<Current> OF_THREAD = ThreadLocal.withInitial(Current::new);
        private @Nullable Arena arena;

        private Current() {}
    }
}
