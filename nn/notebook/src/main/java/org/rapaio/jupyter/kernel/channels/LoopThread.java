package org.rapaio.jupyter.kernel.channels;

import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.NullMarked;

/**
 * Stands in for the kernel's class of this name, wherever this jar is before the kernel's on the class path. That one
 * begins to loop before it says that it is running, so that a channel can end at once; and channels are read before the
 * kernel knows what to do with a message. Either way a notebook now and then waits for ever (rapaio-jupyter-kernel
 * 3.0.1 to 3.0.4). See {@code docs/adr/0031-jupyter.md}.
 */
@NullMarked
public final class LoopThread extends Thread {

    /** Closed while the kernel connects. */
    private static volatile CountDownLatch gate = new CountDownLatch(0);

    private final long pauseMillis;
    private final Runnable body;
    private volatile boolean running = true;

    /**
     * Makes a thread that is yet to be started.
     *
     * @param name of the thread
     * @param pauseMillis how long it sleeps after each turn
     * @param body a turn
     */
    public LoopThread(String name, long pauseMillis, Runnable body) {
        super(name);
        this.pauseMillis = pauseMillis;
        this.body = body;
    }

    /** Lets threads that are started from now on wait for {@link #release}. */
    public static void hold() {
        gate = new CountDownLatch(1);
    }

    /** Lets them go. */
    public static void release() {
        gate.countDown();
    }

    @Override
    public void run() {
        try {
            gate.await();
            while (running) {
                body.run();
                sleep(pauseMillis);
            }
        } catch (InterruptedException e) {
            running = false;
        }
    }

    /** Lets it end after the current turn. */
    public void shutdown() {
        running = false;
    }
}
