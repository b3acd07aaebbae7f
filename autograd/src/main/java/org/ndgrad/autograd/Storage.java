package org.ndgrad.autograd;

import java.util.concurrent.atomic.AtomicLong;

/** What all tensors over one piece of memory share: when it came to be, and how often it was changed in place. */
final class Storage {

    private static final AtomicLong CLOCK = new AtomicLong();

    private final long born = tick();
    private volatile int version;

    /** Returns the next moment; nodes and storages are ordered by it. */
    static long tick() {
        return CLOCK.getAndIncrement();
    }

    long born() {
        return born;
    }

    int version() {
        return version;
    }

    synchronized void bump() {
        version++;
    }
}
