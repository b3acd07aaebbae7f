package org.ndgrad.autograd.kernels.loops;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.memory.Memory;

/**
 * Goes through one strided array in row-major order, with neighboring dimensions merged where possible: from run to
 * run, in each of which elements lie a constant stride apart. {@link StridedLoop} walks several arrays side by side,
 * but only from the beginning to the end.
 */
final class StridedCursor {

    private final int depth;
    private final long[] sizes; // innermost first
    private final long[] strides;
    private final long[] index;
    private final long cycle;
    private long position;
    private long offset;
    private long left;

    private StridedCursor(long[] shape, long[] strides) {
        int ndim = Math.max(shape.length, 1);
        this.sizes = new long[ndim];
        this.strides = new long[ndim];
        this.depth = merge(shape, strides);
        this.index = new long[depth];
        this.left = sizes[0];
        this.cycle = varying();
    }

    /**
     * Returns a cursor at the first element of an array, or null if its elements simply lie one after
     * another.
     *
     * @param shape the array's own or one to which it broadcasts
     */
    static @Nullable StridedCursor of(INDArray array, long[] shape) {
        long[] own = array.shape();
        boolean plain = Memory.isContiguous(array) && (own == shape || array.length() == Shapes.numel("cursor", shape));
        if (array.length() == 1 && !plain) {
            return new StridedCursor(new long[] {Long.MAX_VALUE}, new long[1]);
        }
        return plain ? null : new StridedCursor(shape, Shapes.broadcastStrides(own, array.stride(), shape));
    }

    private int merge(long[] shape, long[] steps) {
        int merged = 0;
        for (int d = shape.length - 1; d >= 0; d--) {
            if (merged > 0 && shape[d] != 1 && steps[d] == strides[merged - 1] * sizes[merged - 1]) {
                sizes[merged - 1] *= shape[d];
            } else if (shape[d] != 1) {
                sizes[merged] = shape[d];
                strides[merged] = steps[d];
                merged++;
            }
        }
        if (merged == 0) {
            sizes[0] = 1;
        }
        return Math.max(merged, 1);
    }

    private long varying() {
        int inner = depth;
        while (inner > 0 && strides[inner - 1] == 0) {
            inner--;
        }
        long product = 1;
        for (int d = 0; d < inner; d++) {
            product *= sizes[d];
        }
        return product;
    }

    /** After so many elements the same ones come again. */
    long cycle() {
        return cycle;
    }

    boolean beginsCycle(long number) {
        return number % cycle == 0;
    }

    /** Returns the largest number of whole cycles of at most so many elements, or just so many if a cycle is longer. */
    int fit(int most) {
        return cycle > most ? most : (int) (most - most % cycle);
    }

    /** From element to element within a run. */
    long stride() {
        return strides[0];
    }

    /** Where the current element lies. */
    long offset() {
        return offset;
    }

    /** How many elements of the current run are left, at most so many. */
    int run(int most) {
        return (int) Math.min(most, left);
    }

    /** Goes to the element of this number in row-major order. */
    void seek(long number) {
        if (number == position) {
            return;
        }
        position = number;
        long rest = number;
        offset = 0;
        for (int d = 0; d < depth; d++) {
            index[d] = rest % sizes[d];
            offset += index[d] * strides[d];
            rest /= sizes[d];
        }
        left = sizes[0] - index[0];
    }

    /** Goes forward within a run, or to the beginning of the next one. */
    void advance(int count) {
        position += count;
        offset += count * strides[0];
        left -= count;
        if (left > 0) {
            return;
        }
        left = sizes[0];
        offset -= sizes[0] * strides[0];
        for (int d = 1; d < depth; d++) {
            offset += strides[d];
            if (++index[d] < sizes[d]) {
                return;
            }
            index[d] = 0;
            offset -= sizes[d] * strides[d];
        }
    }
}
