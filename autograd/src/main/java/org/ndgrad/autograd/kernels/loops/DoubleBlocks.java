package org.ndgrad.autograd.kernels.loops;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.math.Scratch;
import org.ndgrad.autograd.kernels.memory.DoubleElements;

/**
 * An array's elements as doubles, in row-major order of its shape or of a larger one to which it is expanded: a block
 * of them at a time, as the first elements of a Java array. That is the array's own memory where it can be, else
 * scratch memory of the thread.
 *
 * <p>A kernel reads blocks of its operands, has its result make room, computes in a plain loop and writes the result:
 *
 * <pre>{@code
 * x.read(from, n);
 * y.room(from, n);
 * DoubleLoops.negate(x.values(), y.values(), n);
 * y.write(from, n);
 * }</pre>
 *
 * <p>An instance is for one thread, and has a slot of its own in {@link Scratch}.
 */
public final class DoubleBlocks {

    private static final double[] NONE = {};

    private final int slot;
    private final DoubleElements elements;
    private final @Nullable StridedCursor cursor; // none if the elements lie one after another
    private double[] values = NONE;
    private int known; // with so many elements, which are in the scratch memory, begins each cycle

    private DoubleBlocks(int slot, DoubleElements elements, @Nullable StridedCursor cursor) {
        this.slot = slot;
        this.elements = elements;
        this.cursor = cursor;
    }

    /**
     * Returns the elements of an array that is only read.
     *
     * @param array of any type
     * @param shape the array's own or one to which it broadcasts
     */
    public static DoubleBlocks of(int slot, INDArray array, long[] shape) {
        return new DoubleBlocks(slot, DoubleElements.of(array), StridedCursor.of(array, shape));
    }

    /** Returns the elements of an array that is written to, and may be read as well. */
    public static DoubleBlocks into(int slot, INDArray array) {
        return new DoubleBlocks(slot, DoubleElements.into(array), StridedCursor.of(array, array.shape()));
    }

    /** Returns the largest size of blocks, at most the given one, with which they repeat if the array is expanded. */
    public int fit(int size) {
        return cursor == null ? size : cursor.fit(size);
    }

    /** Makes the n elements from number {@code from} on available. */
    public void read(long from, int n) {
        if (cursor == null) {
            room(from, n);
            if (values != elements.heap()) {
                elements.get(from, 1, values, 0, n);
            }
        } else if (n > known || !cursor.beginsCycle(from)) {
            room(from, n);
            gather(cursor, from, n);
        }
    }

    private void gather(StridedCursor cursor, long from, int n) {
        boolean begins = cursor.beginsCycle(from);
        int different = begins && cursor.cycle() > 1 ? (int) Math.min(cursor.cycle(), n) : n;
        cursor.seek(from);
        for (int at = 0; at < different; ) {
            int count = cursor.run(different - at);
            elements.get(cursor.offset(), cursor.stride(), values, at, count);
            cursor.advance(count);
            at += count;
        }
        for (int at = different; at < n; at *= 2) {
            System.arraycopy(values, 0, values, at, Math.min(at, n - at));
        }
        known = begins ? n : 0;
    }

    /** Makes room for the n elements from number {@code from} on, which are undefined until they are written. */
    public void room(long from, int n) {
        double[] heap = elements.heap();
        if (cursor == null && heap != null && elements.start + from == 0 && n >= Scratch.FEW) {
            values = heap;
        } else {
            values = Scratch.ofThread().doubles(slot);
            Scratch.pad(values, n);
        }
    }

    /** Brings the n elements to where those from number {@code from} on belong. */
    public void write(long from, int n) {
        if (cursor != null) {
            scatter(cursor, from, n);
        } else if (values != elements.heap()) {
            elements.put(from, 1, values, 0, n);
        }
    }

    private void scatter(StridedCursor cursor, long from, int n) {
        known = 0;
        cursor.seek(from);
        for (int at = 0; at < n; ) {
            int count = cursor.run(n - at);
            elements.put(cursor.offset(), cursor.stride(), values, at, count);
            cursor.advance(count);
            at += count;
        }
    }

    /** Returns the Java array whose first n elements are the block. There is room for {@link Scratch#FEW} of them. */
    public double[] values() {
        return values;
    }
}
