package org.ndgrad.autograd.kernels;

import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The elements of a contiguous float array, piece by piece, as Java arrays that begin with the piece: then a loop over several of them
 * becomes vector instructions. Small arrays are Java arrays anyway; of others, each piece is a copy.
 */
final class FloatPieces {

    /** The most elements of a piece; all arrays that are Java arrays are one piece. */
    static final int LENGTH = Recycler.LARGEST_ON_HEAP / Float.BYTES;

    private static final int PLACES = 5;
    private static final ThreadLocal<float[][]> SCRATCH = ThreadLocal.withInitial(() -> new float[PLACES][LENGTH]);

    private final float @Nullable [] heap;
    private final @Nullable FloatBuffer memory;
    private final int start;
    private final float[] copy;

    private FloatPieces(float @Nullable [] heap, @Nullable FloatBuffer memory, int start, float[] copy) {
        this.heap = heap;
        this.memory = memory;
        this.start = start;
        this.copy = copy;
    }

    /** Returns the Java array that holds the elements from its beginning, or null if there is none. */
    static float @Nullable [] whole(INDArray array) {
        Block block = Block.of(array);
        if (block == null || Memory.start(array) != 0 || !Memory.isContiguous(array)) {
            return null;
        }
        return block.heap() instanceof float[] values ? values : null;
    }

    /**
     * Returns the pieces, or null unless the array is contiguous and holds floats in memory of ours.
     *
     * @param place which of the thread's Java arrays holds copies, from 0 to 4
     */
    static @Nullable FloatPieces of(INDArray array, int place) {
        Block block = Block.of(array);
        if (block == null || array.dataType() != DataType.FLOAT || !Memory.isContiguous(array)) {
            return null;
        }
        float[] copy = SCRATCH.get()[place];
        if (block.heap() instanceof float[] values) {
            return new FloatPieces(values, null, (int) Memory.start(array), copy);
        }
        return block.buffer() instanceof FloatBuffer buffer
                ? new FloatPieces(null, buffer, (int) Memory.start(array), copy)
                : null;
    }

    /** Returns one of the thread's Java arrays, which only holds copies if it is a place's. */
    static float[] scratch(int place) {
        return SCRATCH.get()[place];
    }

    /** Returns an array that begins with the given elements. */
    float[] read(int from, int count) {
        float[] values = heap;
        FloatBuffer buffer = memory;
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
    float[] open(int from) {
        float[] values = heap;
        return values != null && start + from == 0 ? values : copy;
    }

    /** Takes over the given elements from the array that {@link #read} or {@link #open} has returned. */
    void write(int from, int count) {
        float[] values = heap;
        FloatBuffer buffer = memory;
        if (buffer != null) {
            buffer.put(start + from, copy, 0, count);
        } else if (values != null && start + from != 0) {
            System.arraycopy(copy, 0, values, start + from, count);
        }
    }
}
