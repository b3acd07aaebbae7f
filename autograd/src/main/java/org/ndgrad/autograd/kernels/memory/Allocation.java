package org.ndgrad.autograd.kernels.memory;

import static com.google.common.base.Preconditions.checkState;

import java.nio.Buffer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.indexer.Indexer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The memory of an array and of all its views.
 *
 * <p>Few elements are a Java array, which costs next to nothing and which the garbage collector takes care of. Many lie
 * in native memory that {@link NativePool} lends. They move there, too, when native code needs a pointer, and when
 * somebody outside asks for ND4J's array: the allocation has escaped then, for others may look at its memory as long as
 * they like.
 */
public final class Allocation {

    private final DataType type;
    private final long length;
    private final boolean isLent;
    private final long maker;
    private volatile boolean isShared;
    private volatile @Nullable Object heap;
    private volatile NativePool.@Nullable Lease lease;
    private volatile @Nullable DataBuffer escaped;

    Allocation(DataType type, long length) {
        this.type = type;
        this.length = length;
        this.isLent = length * type.width() > NativePool.smallest();
        this.maker = isLent ? Thread.currentThread().getId() : 0;
        if (!isLent) {
            heap = HeapArrays.allocate(type, (int) length);
        } else {
            lease = NativePool.lend(type, length);
        }
    }

    long length() {
        return length;
    }

    /** Returns the Java array with the elements, such as a float[], or null if they are in native memory. */
    @Nullable
    public Object heap() {
        return heap;
    }

    /** Returns the elements in native memory, such as a FloatBuffer, or null if there are too many for one. */
    @Nullable
    public Buffer buffer() {
        return lease().buffer();
    }

    /** Returns access to the elements one by one. */
    Indexer indexer() {
        Object array = heap;
        return array == null ? lease().indexer() : HeapArrays.indexer(array, type);
    }

    /** Returns the address of the first element; the allocation must stay reachable while it is used. */
    Pointer pointer() {
        return lease().pointer();
    }

    private NativePool.Lease lease() {
        NativePool.Lease current = lease;
        if (current == null) {
            current = moveToNative();
        }
        DataBuffer outside = escaped;
        checkState(
                outside == null || !outside.wasClosed(),
                "data: expected an array with memory; got one of %s elements that was closed."
                        + " Close arrays after their last use.",
                length);
        return current;
    }

    private synchronized NativePool.Lease moveToNative() {
        NativePool.Lease current = lease;
        if (current == null) {
            Object array = heap;
            checkState(
                    array != null,
                    "data: expected a tensor that has its memory; got one of %s elements whose memory was given back"
                            + " when its scope closed or its chain passed it on. keep() it in the scope, or compute it outside.",
                    length);
            current = NativePool.lend(type, length);
            HeapArrays.copy(array, current.pointer(), type);
            lease = current;
            isShared = true; // who used the Java array was not noted
            heap = null;
        }
        return current;
    }

    /** Returns ND4J's buffer, which others may keep: this memory is never used for anything else. */
    synchronized DataBuffer escape() {
        DataBuffer known = escaped;
        if (known == null) {
            known = lease().escape();
            escaped = known;
        }
        return known;
    }

    /** Returns what arrays over the same memory have in common, be they ours or ND4J's. */
    Object identity() {
        DataBuffer outside = escaped;
        return outside == null ? this : outside;
    }

    boolean isClosed() {
        DataBuffer outside = escaped;
        return outside != null && outside.wasClosed();
    }

    /** Takes note of a thread that is about to use the memory. */
    void noteThread() {
        if (isLent && !isShared && Thread.currentThread().getId() != maker) {
            isShared = true;
        }
    }

    /** Gives the memory back at once, unless it has escaped. Whoever asks for it afterwards gets an error. */
    synchronized void release() {
        giveBack(false);
    }

    /**
     * As {@link #release}, but if other threads have used the memory, of which one may be at it: then nobody new gets
     * in, and the memory comes back when the last is out, which the collector finds out.
     */
    synchronized void revoke() {
        giveBack(true);
    }

    private void giveBack(boolean othersMayUse) {
        NativePool.Lease current = lease;
        if (escaped == null) {
            heap = null;
            lease = null;
            if (current != null
                    && !(othersMayUse && isShared)) { // looked at after the lease was removed: see noteThread
                current.end();
            }
        }
    }

    /** Whether the memory was given back. */
    boolean isReleased() {
        return heap == null && lease == null;
    }
}
