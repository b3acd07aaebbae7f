package org.ndgrad.nn.data;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.ndgrad.autograd.GradMode;

/**
 * Prepares the next batches in threads of its own and hands them out in order. No more are prepared than two for each
 * thread, and a thread without work ends by itself: so nothing is left behind if nobody asks for the rest.
 */
final class Prefetch<T> {

    private static final int AHEAD = 2;
    private static final long IDLE_MILLIS = 100;

    private final LongFunction<Optional<T>> batches;
    private final ThreadPoolExecutor threads;
    private final ArrayDeque<Future<Optional<T>>> ahead = new ArrayDeque<>();
    private long next;

    /**
     * Prepares nothing yet.
     *
     * @param batches what makes a batch by its number; empty where there is none any more
     * @param from the number of the first batch
     */
    Prefetch(int workers, LongFunction<Optional<T>> batches, long from) {
        this.batches = batches;
        this.next = from;
        threads = new ThreadPoolExecutor(
                workers, workers, IDLE_MILLIS, TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(), Prefetch::thread);
        threads.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "ndgrad-data");
        thread.setDaemon(true);
        return thread;
    }

    /** Returns the next batch, or nothing behind the last one. */
    Optional<T> next() {
        while (ahead.size() < AHEAD * threads.getCorePoolSize()) {
            long number = next++;
            Callable<Optional<T>> work = () -> batches.apply(number);
            ahead.add(threads.submit(GradMode.carried(work)));
        }
        try {
            return ahead.remove().get();
        } catch (ExecutionException e) {
            throw failed(e.getCause() == null ? e : e.getCause());
        } catch (InterruptedException e) {
            stop();
            Thread.currentThread().interrupt();
            throw new IllegalStateException(
                    "DataLoader: expected to wait for a batch; got an interrupt of thread "
                            + Thread.currentThread().getName() + ". Begin another iteration.",
                    e);
        }
    }

    /** Returns the failure of a worker as that of who asked, with the message that it has. */
    private static RuntimeException failed(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return new SampleException(
                String.valueOf(cause.getMessage()), cause.getCause() == null ? cause : cause.getCause());
    }

    /** Drops what is prepared. */
    void stop() {
        threads.shutdownNow();
        ahead.clear();
    }
}
