package org.ndgrad.autograd.kernels.indexing;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.Shapes;

/** Which indices are allowed: those of a dim. */
public final class IndexRange {

    private final String op;
    private final long size;
    private final int dim;
    private final long[] whole;
    private final boolean wraps;

    /**
     * Indices from 0 to size − 1.
     *
     * @param op who asks, for messages
     * @param dim what messages call the dim, of an array of the shape {@code whole}
     * @param wraps whether negative ones are allowed, too, and count from the end
     */
    public IndexRange(String op, long size, int dim, long[] whole, boolean wraps) {
        this.op = op;
        this.size = size;
        this.dim = dim;
        this.whole = whole;
        this.wraps = wraps;
    }

    /** Returns the range of indices along a dim, from 0 on. */
    static IndexRange of(String op, INDArray indexed, int dim) {
        return new IndexRange(op, indexed.size(dim), dim, indexed.shape(), false);
    }

    /** Returns the range of what was computed as positions. */
    public static IndexRange ofPositions(String op, long size) {
        return new IndexRange(op, size, 0, new long[] {size}, false);
    }

    /** Whether negative indices count from the end. */
    boolean wraps() {
        return wraps;
    }

    /** Throws unless the first n indices are in the range, and makes negative ones count from the begin. */
    void check(long[] indices, int n) {
        offsets(indices, 0, n, 1, 0, 0);
    }

    /**
     * Replaces the indices from a number to another, in the range, by index · factor + first, + step for each further
     * index.
     *
     * @throws IndexOutOfBoundsException if one is out of range
     */
    void offsets(long[] indices, int from, int to, long factor, long first, long step) {
        if (factor == 1 && step == 0) {
            for (int i = from; i < to; i++) {
                long index = indices[i];
                indices[i] = (Long.compareUnsigned(index, size) < 0 ? index : wrapped(index)) + first;
            }
            return;
        }
        long offset = first;
        for (int i = from; i < to; i++) {
            long index = indices[i];
            indices[i] = (Long.compareUnsigned(index, size) < 0 ? index : wrapped(index)) * factor + offset;
            offset += step;
        }
    }

    private long wrapped(long index) {
        if (wraps && index < 0 && index >= -size) {
            return index + size;
        }
        String range = size == 0 ? "no indices" : "indices from " + (wraps ? -size : 0) + " to " + (size - 1);
        throw new IndexOutOfBoundsException(op + ": expected " + range + " along dim " + dim + " of shape "
                + Shapes.format(whole) + "; got " + index + ". Check how the indices are made.");
    }
}
