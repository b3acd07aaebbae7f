package org.ndgrad.autograd.kernels;

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

    private final FloatMemory memory;
    private final float[] copy;

    private FloatPieces(FloatMemory memory, float[] copy) {
        this.memory = memory;
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
        boolean isOurs = Block.of(array) != null && array.dataType() == DataType.FLOAT && Memory.isContiguous(array);
        FloatMemory memory = isOurs ? FloatMemory.known(array) : null;
        return memory == null ? null : new FloatPieces(memory, SCRATCH.get()[place]);
    }

    /** Returns one of the thread's Java arrays, which only holds copies if it is a place's. */
    static float[] scratch(int place) {
        return SCRATCH.get()[place];
    }

    /** Returns an array that begins with the given elements. */
    float[] read(int from, int count) {
        float[] values = open(from);
        if (values == copy) {
            memory.get(from, 1, copy, 0, count);
        }
        return values;
    }

    /** Returns an array to write the given elements to, which {@link #write} then takes over. */
    float[] open(int from) {
        float[] heap = memory.heap();
        return heap != null && memory.start + from == 0 ? heap : copy;
    }

    /** Takes over the given elements from the array that {@link #read} or {@link #open} has returned. */
    void write(int from, int count) {
        if (open(from) == copy) {
            memory.put(from, 1, copy, 0, count);
        }
    }
}
