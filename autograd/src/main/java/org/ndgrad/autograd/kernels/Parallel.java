package org.ndgrad.autograd.kernels;

import com.google.common.primitives.Ints;
import java.util.concurrent.RecursiveAction;
import org.jspecify.annotations.Nullable;

/** Splits much work over the processors, in Java's common pool. What is not much stays with the calling thread. */
final class Parallel {

    /** Work on consecutive elements. */
    interface Body {
        /** Does the work on the elements from a number, included, to another. */
        void run(long from, long to);
    }

    /** On how many processors to work at most. Tests change it: results must not. */
    static volatile int processors = threads(System.getenv("OMP_NUM_THREADS"));

    private Parallel() {}

    /** Returns how many threads work: one per processor, or fewer if the variable for it, which others obey, says so. */
    static int threads(@Nullable String wish) {
        Integer most = wish == null ? null : Ints.tryParse(wish);
        int available = Runtime.getRuntime().availableProcessors();
        return most == null || most < 1 ? available : Math.min(most, available);
    }

    /**
     * Runs the body over the numbers from 0 to count, in ranges that are worked on at the same time. It must not matter where
     * a range ends. An exception of any of them is thrown, after all have ended.
     *
     * @param grain how many elements a range should at least have
     */
    static void ranges(long count, long grain, Body body) {
        long parts = Math.min(count / grain, processors);
        if (parts <= 1) {
            body.run(0, count);
        } else {
            split(0, count, (int) parts, body);
        }
    }

    private static void split(long from, long to, int parts, Body body) {
        if (parts == 1) {
            body.run(from, to);
            return;
        }
        int half = parts / 2;
        long middle = from + (to - from) / parts * half;
        Rest rest = new Rest(middle, to, parts - half, body);
        rest.fork();
        try {
            split(from, middle, half, body);
        } finally {
            rest.join();
        }
        if (rest.exception != null) {
            throw rest.exception;
        }
        if (rest.error != null) {
            throw rest.error;
        }
    }

    /** Work for another thread. It keeps what it throws, of which the pool would make another exception. */
    private static final class Rest extends RecursiveAction {

        private static final long serialVersionUID = 1;

        private final transient Body body;
        private final long from;
        private final long to;
        private final int parts;
        private transient @Nullable RuntimeException exception;
        private transient @Nullable Error error;

        Rest(long from, long to, int parts, Body body) {
            this.from = from;
            this.to = to;
            this.parts = parts;
            this.body = body;
        }

        @Override
        protected void compute() {
            try {
                split(from, to, parts, body);
            } catch (RuntimeException e) {
                exception = e;
            } catch (Error e) {
                error = e;
            }
        }
    }
}
