package org.ndgrad.autograd;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.memory.Memory;

/**
 * What all tensors over one piece of memory share: when it came to be, how often it was changed in place, and who gives
 * the memory back.
 */
final class Storage {

    private static final AtomicLong CLOCK = new AtomicLong();

    private final INDArray array;
    private final long born = tick();
    private volatile int version;
    private final boolean comesBack;
    private boolean kept;
    private @Nullable InFlight owner;
    private int holds;
    private boolean isUnseen;
    private int readers;
    private boolean hasOnlyReaders;

    private Storage(INDArray array, boolean isResult) {
        this.array = array;
        this.comesBack = Memory.isLent(array);
        Arena arena = Arena.current();
        if (arena != null) {
            arena.made(this, isResult);
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
        return version;
    }

    synchronized void bump() {
        version++;
    }

    /** By moment, which is cheaper than what Object has. */
    @Override
    public int hashCode() {
        return Long.hashCode(born);
    }

    /** Leaves the memory to the garbage collector, since somebody wants to keep what it holds. */
    void keep() {
        kept = true;
        owner = null;
        isUnseen = false;
    }

    /** Gives the memory back at once, unless somebody keeps it. */
    void release() {
        if (!kept) {
            Memory.release(array);
        }
    }

    boolean isShared(Tensor tensor) {
        return array == Memory.array(tensor) || Memory.shared(array, Memory.array(tensor));
    }

    /** Makes this a gradient on its way that only this pass sees. */
    void own(InFlight pass) {
        owner = pass;
        holds = 0;
    }

    /** Counts one more place in which the pass needs it. */
    void hold(InFlight pass) {
        if (owner == pass) {
            holds++;
        }
    }

    /** Counts one place less, and gives the memory back if it was the last one. */
    void drop(InFlight pass) {
        if (owner == pass && --holds == 0) {
            owner = null;
            release();
        }
    }

    /** As {@link #keep} for a gradient that goes to a leaf: until somebody asks for it, nobody else has it. */
    void gather(InFlight pass) {
        boolean isSole = owner == pass && holds == 1;
        keep();
        isUnseen = isSole;
    }

    /** Gives the memory of a gradient back that a leaf drops, unless somebody has seen it. */
    void dropGathered() {
        if (isUnseen) {
            isUnseen = false;
            Memory.release(array);
        }
    }

    /** Counts one more saved tensor. */
    void addReader() {
        if (comesBack) {
            synchronized (this) {
                readers++;
            }
        }
    }

    /** Counts one saved tensor less. */
    void removeReader() {
        if (comesBack) {
            synchronized (this) {
                readers--;
                releaseUnread();
            }
        }
    }

    /** Takes note that the values are only read by derivatives from now on; the last one gives the memory back. */
    void leaveToReaders() {
        if (comesBack) {
            synchronized (this) {
                hasOnlyReaders = true;
                releaseUnread();
            }
        }
    }

    private void releaseUnread() {
        if (hasOnlyReaders && readers == 0) {
            release();
        }
    }
}
