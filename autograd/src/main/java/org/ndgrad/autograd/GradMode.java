package org.ndgrad.autograd;

/** Whether operations of the current thread are recorded. New threads begin with recording on. */
public final class GradMode {

    private static final ThreadLocal<Boolean> ENABLED = ThreadLocal.withInitial(() -> true);

    private GradMode() {}

    /** Returns whether operations of this thread are recorded. */
    public static boolean isEnabled() {
        return ENABLED.get();
    }

    /** Switches recording on or off until the scope closes. */
    static Scope set(boolean enabled) {
        Scope scope = new Scope(ENABLED.get());
        ENABLED.set(enabled);
        return scope;
    }

    /** A stretch of code, in try-with-resources, with recording on or off; close it in the thread that opened it. */
    public static final class Scope implements AutoCloseable {
        private final boolean before;

        private Scope(boolean before) {
            this.before = before;
        }

        /** Restores what was before. */
        @Override
        public void close() {
            ENABLED.set(before);
        }
    }
}
