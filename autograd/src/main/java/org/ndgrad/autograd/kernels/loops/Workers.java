package org.ndgrad.autograd.kernels.loops;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads that take part in work. After their last they look out for more for a moment, since one kernel follows
 * another: to take that up costs less than a microsecond, while a sleeping thread needs some fifty before it runs.
 */
final class Workers {

    private static final long LOOK_OUT_NANOS = 100_000;

    private static final Queue<Parallel.Work> OFFERED = new ConcurrentLinkedQueue<>();
    private static final Queue<Thread> ASLEEP = new ConcurrentLinkedQueue<>();
    private static final AtomicInteger AWAKE = new AtomicInteger();
    private static int started;

    private Workers() {}

    /** Whether a worker would take up work at once. */
    static boolean lookOut() {
        return AWAKE.get() > 0;
    }

    /**
     * Lets workers take parts of the work until it is withdrawn, those that are awake and as many of the others as
     * said.
     */
    static void offer(Parallel.Work work, int wake) {
        OFFERED.add(work);
        for (int i = 0; i < wake; i++) {
            Thread worker = ASLEEP.poll();
            if (worker == null) {
                start(wake);
                return;
            }
            LockSupport.unpark(worker);
        }
    }

    static void withdraw(Parallel.Work work) {
        OFFERED.remove(work);
    }

    private static synchronized void start(int most) {
        for (; started < most; started++) {
            Thread worker = new Thread(null, Workers::help, "ndgrad-worker-" + started, 0, false);
            worker.setDaemon(true);
            worker.setContextClassLoader(null);
            worker.start();
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // yield only lets others use the processor meanwhile
    private static void help() {
        AWAKE.incrementAndGet();
        long since = System.nanoTime();
        while (true) {
            Parallel.Work work = OFFERED.peek();
            if (work != null) {
                work.help();
                withdraw(work);
                since = System.nanoTime();
            } else if (System.nanoTime() - since < LOOK_OUT_NANOS) {
                Thread.yield();
            } else {
                sleep();
                since = System.nanoTime();
            }
        }
    }

    private static void sleep() {
        AWAKE.decrementAndGet();
        ASLEEP.add(Thread.currentThread());
        if (OFFERED.isEmpty()) { // nobody can offer work now without finding this thread asleep
            LockSupport.park(Workers.class);
        }
        ASLEEP.remove(Thread.currentThread());
        AWAKE.incrementAndGet();
    }
}
