package org.ndgrad.autograd.kernels;

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

    private final DoubleMemory memory;
    private final double[] copy;

    private DoublePieces(DoubleMemory memory, double[] copy) {
        this.memory = memory;
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
        boolean isOurs = Block.of(array) != null && array.dataType() == DataType.DOUBLE && Memory.isContiguous(array);
        DoubleMemory memory = isOurs ? DoubleMemory.known(array) : null;
        return memory == null ? null : new DoublePieces(memory, SCRATCH.get()[place]);
    }

    /** Returns one of the thread's Java arrays, which only holds copies if it is a place's. */
    static double[] scratch(int place) {
        return SCRATCH.get()[place];
    }

    /** Returns an array that begins with the given elements. */
    double[] read(int from, int count) {
        double[] values = open(from);
        if (values == copy) {
            memory.get(from, 1, copy, 0, count);
        }
        return values;
    }

    /** Returns an array to write the given elements to, which {@link #write} then takes over. */
    double[] open(int from) {
        double[] heap = memory.heap();
        return heap != null && memory.start + from == 0 ? heap : copy;
    }

    /** Takes over the given elements from the array that {@link #read} or {@link #open} has returned. */
    void write(int from, int count) {
        if (open(from) == copy) {
            memory.put(from, 1, copy, 0, count);
        }
    }
}
