package org.ndgrad.autograd;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.memory.Memory;

/** What all tensors over one piece of memory share: when it came to be, and how often it was changed in place. */
final class Storage {

    private static final AtomicLong CLOCK = new AtomicLong();

    private final long born = tick();
    private volatile Change change = Change.NONE;
    private final @Nullable Custody custody;

    private Storage(INDArray array, boolean isResult) {
        Arena arena = Arena.current();
        custody = Memory.isLent(array) || (arena != null && arena.endsAll()) ? new Custody(array) : null;
        if (arena != null && custody != null) {
            arena.made(custody, isResult);
        }
    }

    /** Returns the storage of an operation's result. */
    static Storage ofResult(INDArray array) {
        return new Storage(array, true);
    }

    /** Returns the storage of given values. */
    static Storage ofData(INDArray array) {
        return new Storage(array, false);
    }

    /** Returns the next moment; nodes and storages are ordered by it. */
    static long tick() {
        return CLOCK.getAndIncrement();
    }

    long born() {
        return born;
    }

    int version() {
        return change.version();
    }

    synchronized void bump(String operation) {
        change = change.next(operation);
    }

    /** Returns how it was changed last. */
    Change change() {
        return change;
    }

    /** By moment, which is cheaper than what Object has. */
    @Override
    public int hashCode() {
        return Long.hashCode(born);
    }

    /** Returns what knows who gives the memory back; null where it is left to the garbage collector anyway. */
    @Nullable
    Custody custody() {
        return custody;
    }
}
