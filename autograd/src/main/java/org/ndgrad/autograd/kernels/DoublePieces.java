package org.ndgrad.autograd.kernels;

import java.nio.DoubleBuffer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The elements of a contiguous double array, piece by piece, as Java arrays that begin with the piece: then a loop over several of them
 * becomes vector instructions. Small arrays are Java arrays anyway; of others, each piece is a copy.
 */
final class DoublePieces {

    /** The most elements of a piece; all arrays that are Java arrays are one piece. */
    static final int LENGTH = Recycler.LARGEST_ON_HEAP / Double.BYTES;

    private static final int PLACES = 5;
    private static final ThreadLocal<double[][]> SCRATCH = ThreadLocal.withInitial(() -> new double[PLACES][LENGTH]);

    private final double @Nullable [] heap;
    private final @Nullable DoubleBuffer memory;
    private final int start;
    private final double[] copy;

    private DoublePieces(double @Nullable [] heap, @Nullable DoubleBuffer memory, int start, double[] copy) {
        this.heap = heap;
        this.memory = memory;
        this.start = start;
        this.copy = copy;
    }

    /** Returns the Java array that holds the elements from its beginning, or null if there is none. */
    static double @Nullable [] whole(INDArray array) {
        Block block = Block.of(array);
        if (block == null || Memory.start(array) != 0 || !Memory.isContiguous(array)) {
            return null;
        }
        return block.heap() instanceof double[] values ? values : null;
    }

    /**
     * Returns the pieces, or null unless the array is contiguous and holds doubles in memory of ours.
     *
     * @param place which of the thread's Java arrays holds copies, from 0 to 4
     */
    static @Nullable DoublePieces of(INDArray array, int place) {
        Block block = Block.of(array);
        if (block == null || array.dataType() != DataType.DOUBLE || !Memory.isContiguous(array)) {
            return null;
        }
        double[] copy = SCRATCH.get()[place];
        if (block.heap() instanceof double[] values) {
            return new DoublePieces(values, null, (int) Memory.start(array), copy);
        }
        return block.buffer() instanceof DoubleBuffer buffer
                ? new DoublePieces(null, buffer, (int) Memory.start(array), copy)
                : null;
    }

    /** Returns one of the thread's Java arrays, which only holds copies if it is a place's. */
    static double[] scratch(int place) {
        return SCRATCH.get()[place];
    }

    /** Returns an array that begins with the given elements. */
    double[] read(int from, int count) {
        double[] values = heap;
        DoubleBuffer buffer = memory;
        if (values != null) {
            if (start + from == 0) {
                return values;
            }
            System.arraycopy(values, start + from, copy, 0, count);
        } else if (buffer != null) {
            buffer.get(start + from, copy, 0, count);
        }
        return copy;
    }

    /** Returns an array to write the given elements to, which {@link #write} then takes over. */
    double[] open(int from) {
        double[] values = heap;
        return values != null && start + from == 0 ? values : copy;
    }

    /** Takes over the given elements from the array that {@link #read} or {@link #open} has returned. */
    void write(int from, int count) {
        double[] values = heap;
        DoubleBuffer buffer = memory;
        if (buffer != null) {
            buffer.put(start + from, copy, 0, count);
        } else if (values != null && start + from != 0) {
            System.arraycopy(copy, 0, values, start + from, count);
        }
    }
}
