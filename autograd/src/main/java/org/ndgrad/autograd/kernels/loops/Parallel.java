package org.ndgrad.autograd.kernels.loops;

import com.google.common.base.Throwables;
import com.google.common.primitives.Ints;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Splits much work over the processors. What is not much stays with the calling thread. */
public final class Parallel {

    /** Work on consecutive elements. */
    public interface Body {
        /** Does the work on the elements from a number, included, to another. */
        void run(long from, long to);
    }

    /** On how many processors to work at most. Tests change it: results must not. */
    static volatile int processors = threads(System.getenv("OMP_NUM_THREADS"));

    /** How many elements take some microseconds in a simple loop: the least that another thread should get. */
    public static final int GRAIN = 1 << 13;

    /** How many parts there are for each processor, so that a fast one can take more of them. */
    private static final int PARTS = 4;

    /** How many parts of the least size are worth the few microseconds that it takes to wake a thread. */
    private static final int WORTH_WAKING = 8;

    private Parallel() {}

    /**
     * Returns how many threads work: one per processor, or fewer if the variable for it, which others obey, says so.
     */
    static int threads(@Nullable String wish) {
        Integer most = wish == null ? null : Ints.tryParse(wish);
        int available = Runtime.getRuntime().availableProcessors();
        return most == null || most < 1 ? available : Math.min(most, available);
    }

    /**
     * Runs the body over the numbers from 0 to count, in ranges that are worked on at the same time. It must not matter
     * where a range ends. An exception of any of them is thrown, after all have ended.
     *
     * @param grain how many elements a range should at least have: as many as take some microseconds
     */
    public static void ranges(long count, long grain, Body body) {
        ranges(count, grain, count / grain >= WORTH_WAKING, body);
    }

    /** As {@link #ranges(long, long, Body)} over rows of n elements. */
    public static void rows(long count, long n, Body body) {
        ranges(count, Math.max(1, GRAIN / n), body);
    }

    /**
     * As {@link #ranges(long, long, Body)} for ranges that need not be short.
     *
     * @param isLong whether all of it takes so long that it is worth waking a thread
     */
    public static void ranges(long count, long grain, boolean isLong, Body body) {
        long parts = Math.min(count / grain, (long) PARTS * processors);
        int workers = (int) Math.min(parts, processors) - 1;
        if (workers > 0 && (isLong || Workers.lookOut())) {
            Work work = new Work(count, (int) parts, body);
            Workers.offer(work, isLong ? workers : 0);
            work.finish();
        } else {
            body.run(0, count);
        }
    }

    /**
     * Work in parts. Its owner takes them from the front and others from the back, so that each has the same next time.
     */
    static final class Work {

        private static final int SPINS = 2000;

        private final long count;
        private final int parts;
        private final Body body;
        private final Thread owner = Thread.currentThread();
        private final AtomicInteger taken = new AtomicInteger();
        private final AtomicInteger left;
        private final AtomicInteger back;
        private final AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
        private volatile boolean ownerSleeps;

        private Work(long count, int parts, Body body) {
            this.count = count;
            this.parts = parts;
            this.body = body;
            this.left = new AtomicInteger(parts);
            this.back = new AtomicInteger(parts);
        }

        /** Takes parts until there are no more. */
        void help() {
            while (taken.getAndIncrement() < parts) {
                run(back.decrementAndGet());
            }
        }

        private void finish() {
            for (int front = 0; taken.getAndIncrement() < parts; front++) {
                run(front);
            }
            Workers.withdraw(this);
            for (int spins = 0; left.get() > 0 && spins < SPINS; spins++) {
                Thread.onSpinWait();
            }
            ownerSleeps = left.get() > 0;
            while (left.get() > 0) {
                LockSupport.park(this);
            }
            Throwable failure = thrown.get();
            if (failure != null) {
                Throwables.throwIfUnchecked(failure);
                throw new IllegalStateException(failure);
            }
        }

        private void run(int part) {
            try {
                body.run(count * part / parts, count * (part + 1) / parts);
            } catch (RuntimeException | Error e) {
                thrown.compareAndSet(null, e);
            }
            if (left.decrementAndGet() == 0 && ownerSleeps) {
                LockSupport.unpark(owner);
            }
        }
    }
}
