package org.ndgrad.autograd;

import static com.google.common.base.Preconditions.checkState;

import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Whether operations of the current thread are recorded. It is a thread's own: new threads, and those that a parallel
 * stream or an executor brings in, begin with recording on, whatever it is where they are asked for. {@link #carried}
 * takes it along: {@code batches.parallelStream().map(GradMode.carried(model::forward))}.
 */
public final class GradMode {

    private static final ThreadLocal<State> OF_THREAD = ThreadLocal.withInitial(State::new);

    private GradMode() {}

    /** Returns whether operations of this thread are recorded. */
    public static boolean isEnabled() {
        return OF_THREAD.get().enabled;
    }

    /**
     * Returns whether an operation on the tensor is recorded. In a vjp, throws if the tensor was changed in place since
     * the vjp was recorded: one that the vjp names was found unchanged, so this is one that it ought to have named.
     */
    static boolean records(Tensor input) {
        if (!input.requiresGrad() && input.storage().version() == 0) {
            return false;
        }
        State state = OF_THREAD.get();
        if (state.innermost != null) {
            state.innermost.checkUnchanged(input);
        }
        return state.enabled && input.requiresGrad();
    }

    /** Returns the function so that it runs in any thread with recording as it is in this one now. */
    public static <T, R> Function<T, R> carried(Function<T, R> function) {
        boolean enabled = isEnabled();
        return argument -> {
            try (Scope scope = set(enabled)) {
                return function.apply(argument);
            }
        };
    }

    /** Returns the task so that it runs in any thread with recording as it is in this one now. */
    public static Runnable carried(Runnable task) {
        boolean enabled = isEnabled();
        return () -> {
            try (Scope scope = set(enabled)) {
                task.run();
            }
        };
    }

    /** Returns the task so that it runs in any thread with recording as it is in this one now. */
    public static <T> Callable<T> carried(Callable<T> task) {
        boolean enabled = isEnabled();
        return () -> {
            try (Scope scope = set(enabled)) {
                return task.call();
            }
        };
    }

    /** Switches recording on or off until the scope closes. */
    static Scope set(boolean enabled) {
        return new Scope(OF_THREAD.get(), enabled);
    }

    /**
     * A stretch of code, in try-with-resources, with recording on or off. Of several that are open, the one opened last
     * counts, in whatever order they are closed; when all are closed, recording is as it was before the first.
     */
    public static final class Scope implements AutoCloseable {
        private final State state;
        private final boolean enabled;
        private final @Nullable Scope outer;
        private final long began;
        private @Nullable Node passed;
        private boolean open = true;

        private Scope(State state, boolean enabled) {
            this.state = state;
            this.enabled = enabled;
            this.outer = state.innermost;
            this.passed = outer == null ? null : outer.passed;
            this.began = outer == null || outer.passed == null ? Storage.tick() : outer.began;
            state.enter(this);
        }

        /** Says that what follows is a vjp of the node. */
        void goesThrough(Node node) {
            passed = node;
        }

        private void checkUnchanged(Tensor input) {
            Node node = passed;
            if (node != null && input.storage().born() < node.sequence) {
                long changed = input.storage().change().moment();
                if (node.sequence < changed && changed < began) {
                    throw ChangedTensor.unnamed(node, input);
                }
            }
        }

        /**
         * Ends the scope; another time, it does nothing.
         *
         * @throws IllegalStateException in another thread than the one that opened it
         */
        @Override
        public void close() {
            checkState(
                    state.thread == Thread.currentThread(),
                    "GradMode.Scope.close: expected the thread that opened the scope, '%s'; got '%s'. Use"
                            + " try-with-resources, or noGrad(() -> …).",
                    state.thread.getName(),
                    Thread.currentThread().getName());
            open = false;
            state.leaveClosed();
        }

        @Override
        public String toString() {
            return "GradMode.Scope(recording " + (enabled ? "on" : "off") + (open ? ", open)" : ", closed)");
        }
    }

    /**
     * Of one thread. To change a field of it is cheaper than {@link ThreadLocal#set}, of which the collector takes
     * note.
     */
    private static final class State {
        private final Thread thread = Thread.currentThread();
        private @Nullable Scope innermost;
        private boolean enabled = true;

        private void enter(@Nullable Scope scope) {
            innermost = scope;
            enabled = scope == null || scope.enabled;
        }

        /** Goes back to the innermost scope that is still open. */
        private void leaveClosed() {
            Scope scope = innermost;
            while (scope != null && !scope.open) {
                scope = scope.outer;
            }
            enter(scope);
        }
    }
}
