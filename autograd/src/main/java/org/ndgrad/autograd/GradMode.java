package org.ndgrad.autograd;

/** Whether operations of the current thread are recorded. New threads begin with recording on. */
public final class GradMode {

    private static final ThreadLocal<State> OF_THREAD = ThreadLocal.withInitial(State::new);

    private GradMode() {}

    /** Returns whether operations of this thread are recorded. */
    public static boolean isEnabled() {
        return OF_THREAD.get().enabled;
    }

    /** Switches recording on or off until the scope closes. */
    static Scope set(boolean enabled) {
        State state = OF_THREAD.get();
        Scope scope = new Scope(state);
        state.enabled = enabled;
        return scope;
    }

    /** A stretch of code, in try-with-resources, with recording on or off; close it in the thread that opened it. */
    public static final class Scope implements AutoCloseable {
        private final State state;
        private final boolean before;

        private Scope(State state) {
            this.state = state;
            this.before = state.enabled;
        }

        /** Restores what was before. */
        @Override
        public void close() {
            state.enabled = before;
        }
    }

    /**
     * Of one thread. To change a field of it is cheaper than {@link ThreadLocal#set}, of which the collector takes
     * note.
     */
    private static final class State {
        private boolean enabled = true;
    }
}
