package org.ndgrad.autograd.kernels.memory;

import static com.google.common.base.Preconditions.checkState;

import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.indexer.Indexer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.ndgrad.autograd.kernels.math.Scratch;

/**
 * Lends native memory and takes it back: at once when a lease ends, else when the garbage collector finds its buffer
 * unreachable. Memory that is used again costs nothing, while fresh memory costs a page fault for each 4 KiB.
 *
 * <p>The collector does not see how much memory hangs on the small objects that it counts. So it is called before the
 * memory grows by more than a budget over what was in use after its last call, and never beyond what {@link
 * MemoryLimits} says.
 */
final class NativePool {

    /**
     * Fills memory that comes back with NaN and lends it for arrays of any size, so that tests see a use after the end.
     */
    static final boolean POISON = Boolean.getBoolean("ndgrad.memory.poison");

    static final int LARGEST_ON_HEAP = Scratch.LARGEST * Float.BYTES;
    private static final int WAIT_MILLIS =
            500; // for references that are found to be handed over, which takes one or two
    private static final int ATTEMPTS = 3;

    private static final ReferenceQueue<Object> UNREACHABLE = new ReferenceQueue<>();
    private static final Set<Watch> WATCHED = new HashSet<>();
    private static final Map<Key, Deque<Piece>> FREE = new HashMap<>();
    private static final Set<Piece> OLDEST_FIRST = new LinkedHashSet<>();

    private static long lentBytes;
    private static long freeBytes;
    private static long escapedBytes;
    private static long limit = MemoryLimits.beforeCollection(0);

    private NativePool() {}

    private record Key(DataType type, long length) {}

    /** Memory that ND4J has allocated. */
    private record Piece(DataBuffer data, @Nullable ByteBuffer bytes, Key key) {

        long size() {
            return key.length * key.type.width();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    /** Memory in use by one allocation. It may be used as long as the buffer is reachable, or until it is returned. */
    static final class Lease {

        private final DataBuffer data;
        private final @Nullable Buffer buffer;
        private final @Nullable Watch watch;

        private Lease(DataBuffer data, @Nullable Buffer buffer, @Nullable Watch watch) {
            this.data = data;
            this.buffer = buffer;
            this.watch = watch;
        }

        /** Returns the elements, such as a FloatBuffer, or null if they are too many for one. */
        @Nullable
        Buffer buffer() {
            return buffer;
        }

        Indexer indexer() {
            return buffer == null ? data.indexer() : NativeBuffers.indexer(buffer, data.dataType());
        }

        /** Returns the address of the first element; the caller keeps the lease reachable while it is used. */
        Pointer pointer() {
            return data.addressPointer();
        }

        /** Returns ND4J's buffer for others to keep. This memory never comes back here. */
        DataBuffer escape() {
            if (watch != null) {
                handOut(watch);
            }
            return data;
        }

        /** Gives the memory back before the collector finds out. */
        void end() {
            if (watch != null) {
                takeBack(watch);
            }
        }
    }

    /**
     * Tells when nobody can reach an object any more: the buffer through which memory is used, or ND4J's own, which
     * frees what is too large for a buffer and what was handed out.
     */
    private static final class Watch extends PhantomReference<Object> {

        private final @Nullable Piece piece; // null for ND4J's buffer, which must not be held
        private final long size;
        private boolean handedOut;

        private Watch(Object watched, @Nullable Piece piece, long size) {
            super(watched, UNREACHABLE);
            this.piece = piece;
            this.size = size;
            this.handedOut = piece == null;
            WATCHED.add(this);
            count(size);
        }

        /** Adds so many bytes to what is counted of this kind. */
        private void count(long bytes) {
            if (handedOut) {
                escapedBytes += bytes;
            } else {
                lentBytes += bytes;
            }
        }
    }

    /** Returns up to how many bytes arrays should be Java arrays and not lent from here. */
    static int smallest() {
        return POISON ? 0 : LARGEST_ON_HEAP;
    }

    /** Lends memory with undefined content. */
    static synchronized Lease lend(DataType type, long length) {
        takeBackUnreachable();
        Key key = new Key(type, length);
        Piece piece = pollFree(key);
        if (piece == null) {
            makeRoom(length * type.width());
            piece = pollFree(key);
        }
        if (piece == null) {
            piece = allocate(key);
        }
        ByteBuffer bytes = piece.bytes;
        if (bytes == null) { // too large for a buffer: left to ND4J, which frees it some time after the collector ran
            new Watch(piece.data, null, piece.size());
            return new Lease(piece.data, null, null);
        }
        Buffer buffer = NativeBuffers.of(bytes, type);
        return new Lease(piece.data, buffer, new Watch(buffer, piece, piece.size()));
    }

    private static Piece allocate(Key key) {
        DataBuffer data;
        try {
            data = create(key);
        } catch (RuntimeException | OutOfMemoryError e) {
            collect();
            shrink(Long.MAX_VALUE);
            data = create(key);
        }
        long size = key.length * key.type.width();
        boolean small = size <= Integer.MAX_VALUE;
        ByteBuffer bytes = small ? NativeBuffers.bytes(data.addressPointer(), (int) size) : null;
        return new Piece(data, bytes, key);
    }

    private static DataBuffer create(Key key) {
        return Nd4j.getDataBufferFactory().create(key.type, key.length, false);
    }

    private static synchronized void takeBack(Watch watch) {
        if (!WATCHED.remove(watch)) {
            return;
        }
        watch.clear();
        watch.count(-watch.size);
        Piece piece = watch.piece;
        if (piece != null && watch.handedOut) {
            new Watch(piece.data, null, piece.size()); // nobody here uses it any more, but others may
        } else if (piece != null) {
            freeBytes += piece.size();
            if (POISON) {
                NativeBuffers.poison(piece.data.addressPointer(), piece.size());
            }
            FREE.computeIfAbsent(piece.key, key -> new ArrayDeque<>()).addLast(piece);
            OLDEST_FIRST.add(piece);
        }
    }

    /** Leaves a piece to ND4J, which must not free it as long as a kernel uses the buffer: the watch holds it. */
    private static synchronized void handOut(Watch watch) {
        if (WATCHED.contains(watch)) {
            watch.count(-watch.size);
            watch.handedOut = true;
            watch.count(watch.size);
        }
    }

    private static void takeBackUnreachable() {
        for (Reference<?> found = UNREACHABLE.poll(); found != null; found = UNREACHABLE.poll()) {
            takeBack(found);
        }
    }

    private static void takeBack(Reference<?> found) {
        if (found instanceof Watch watch) {
            takeBack(watch);
        }
    }

    /** Returns the piece of this kind that was used last: its memory is still in the processor's cache. */
    private static @Nullable Piece pollFree(Key key) {
        Deque<Piece> pieces = FREE.get(key);
        Piece piece = pieces == null ? null : pieces.pollLast();
        if (piece != null) {
            removed(piece);
        }
        return piece;
    }

    private static void removed(Piece piece) {
        OLDEST_FIRST.remove(piece);
        freeBytes -= piece.size();
        Deque<Piece> pieces = FREE.get(piece.key);
        if (pieces != null && pieces.isEmpty()) {
            FREE.remove(piece.key);
        }
    }

    /** Keeps all that is in use, free and newly asked for below the limit, or throws if that cannot be done. */
    private static void makeRoom(long bytes) {
        boolean collected = inUse() + bytes <= limit || collect();
        shrink(inUse() + freeBytes + bytes - limit);
        String fault = MemoryLimits.fault(inUse(), bytes);
        for (int attempt = 0; fault != null && collected && attempt < ATTEMPTS; attempt++) {
            collected = collect();
            shrink(Long.MAX_VALUE);
            fault = MemoryLimits.fault(inUse(), bytes);
        }
        checkState(fault == null, "%s", fault);
        checkState(
                collected,
                "Native memory: expected the garbage collector to run when it is asked to; got %s MiB in use and no"
                        + " collection. Remove -XX:+DisableExplicitGC, or take another collector.",
                inUse() >> 20);
    }

    private static long inUse() {
        return lentBytes + escapedBytes;
    }

    /** Takes back what nobody can reach; returns whether the collector ran. */
    private static boolean collect() {
        Reference<?> witness = new PhantomReference<>(new Object(), UNREACHABLE);
        if (!GarbageCollection.run()) {
            return false;
        }
        boolean interrupted = Thread.interrupted(); // or there would be no waiting
        try {
            int wait = WAIT_MILLIS;
            for (Reference<?> found = UNREACHABLE.remove(wait); found != null; found = UNREACHABLE.remove(wait)) {
                takeBack(found);
                wait = found == witness ? 1 : wait; // the others of this collection come at the same time
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        limit = MemoryLimits.beforeCollection(inUse());
        return true;
    }

    /** Frees so many bytes of unused memory, what lay idle the longest first. */
    private static void shrink(long bytes) {
        long freed = 0;
        while (freed < bytes && !OLDEST_FIRST.isEmpty()) {
            Piece piece = OLDEST_FIRST.iterator().next();
            Deque<Piece> pieces = FREE.get(piece.key);
            if (pieces != null) {
                pieces.remove(piece);
            }
            removed(piece);
            piece.data.close();
            freed += piece.size();
        }
    }

    static synchronized long lentBytes() {
        takeBackUnreachable();
        return lentBytes;
    }

    static synchronized long freeBytes() {
        takeBackUnreachable();
        return freeBytes;
    }
}
