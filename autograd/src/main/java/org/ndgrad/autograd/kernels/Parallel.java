package org.ndgrad.autograd.kernels;

import java.util.concurrent.ForkJoinTask;

/** Splits much work over the processors, in Java's common pool. What is not much stays with the calling thread. */
final class Parallel {

    /** Work on consecutive elements. */
    interface Body {
        /** Does the work on the elements from a number, included, to another. */
        void run(long from, long to);
    }

    private Parallel() {}

    /**
     * Runs the body over the numbers from 0 to count, in ranges that are worked on at the same time. It must not matter where
     * a range ends. An exception of any of them is thrown, after all have ended.
     *
     * @param grain how many elements a range should at least have
     */
    static void ranges(long count, long grain, Body body) {
        long parts = Math.min(count / grain, Runtime.getRuntime().availableProcessors());
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
