package org.ndgrad.autograd.kernels;

import com.google.common.primitives.Ints;
import java.util.concurrent.ForkJoinTask;
import org.jspecify.annotations.Nullable;

/** Splits much work over the processors, in Java's common pool. What is not much stays with the calling thread. */
final class Parallel {

    /** Work on consecutive elements. */
    interface Body {
        /** Does the work on the elements from a number, included, to another. */
        void run(long from, long to);
    }

    private static final int THREADS = threads(System.getenv("OMP_NUM_THREADS"));

    private Parallel() {}

    /** Returns how many threads work: one per processor, or fewer if the variable for it, which others obey, says so. */
    static int threads(@Nullable String wish) {
        Integer most = wish == null ? null : Ints.tryParse(wish);
        int processors = Runtime.getRuntime().availableProcessors();
        return most == null || most < 1 ? processors : Math.min(most, processors);
    }

    /**
     * Runs the body over the numbers from 0 to count, in ranges that are worked on at the same time. It must not matter where
     * a range ends. An exception of any of them is thrown, after all have ended.
     *
     * @param grain how many elements a range should at least have
     */
    static void ranges(long count, long grain, Body body) {
        long parts = Math.min(count / grain, THREADS);
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
        ForkJoinTask<?> rest =
                ForkJoinTask.adapt(() -> split(middle, to, parts - half, body)).fork();
        try {
            split(from, middle, half, body);
        } finally {
            rest.quietlyJoin();
        }
        rest.join();
    }
}
