package org.ndgrad.autograd.kernels.memory;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;
import static com.google.common.base.Preconditions.checkState;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.javacpp.BytePointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The elements of arrays as the bytes that files hold: row-major and little-endian, bit for bit. A boolean is one byte,
 * 0 or 1. Arrays are row-major ones of this library's own.
 */
public final class RawBytes {

    private RawBytes() {}

    /**
     * Writes elements of an array into the rest of a buffer.
     *
     * @param first position of the first element
     * @param to has room for a whole number of elements, which the array has from there on
     */
    public static void get(INDArray array, long first, ByteBuffer to) {
        Allocation allocation = allocation(array, first, to);
        Object heap = allocation.heap();
        if (heap == null) {
            try {
                to.put(bytes(array, allocation, first, to.remaining()));
            } finally {
                Reference.reachabilityFence(array);
            }
        } else {
            HeapArrays.get(heap, (int) (Memory.start(array) + first), to.slice().order(ByteOrder.LITTLE_ENDIAN));
            to.position(to.limit());
        }
    }

    /**
     * Reads elements of an array from the rest of a buffer.
     *
     * @param first position of the first element
     * @param from has a whole number of elements, for which the array has room from there on
     */
    public static void put(INDArray array, long first, ByteBuffer from) {
        Allocation allocation = allocation(array, first, from);
        Object heap = allocation.heap();
        if (heap == null) {
            try {
                bytes(array, allocation, first, from.remaining()).put(from);
            } finally {
                Reference.reachabilityFence(array);
            }
        } else {
            HeapArrays.put(
                    heap, (int) (Memory.start(array) + first), from.slice().order(ByteOrder.LITTLE_ENDIAN));
            from.position(from.limit());
        }
    }

    private static Allocation allocation(INDArray array, long first, ByteBuffer buffer) {
        int width = array.dataType().width();
        checkArgument(
                Memory.isContiguous(array)
                        && buffer.remaining() % width == 0
                        && first + buffer.remaining() / width <= array.length(),
                "bytes: expected whole elements of a row-major array of %s; got %s bytes from element %s on.",
                array.length(),
                buffer.remaining(),
                first);
        return checkNotNull(Memory.allocation(array), "bytes: expected an array of the library's own; got another.");
    }

    private static ByteBuffer bytes(INDArray array, Allocation allocation, long first, int size) {
        checkState(
                ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN,
                "bytes: expected a little-endian processor; got another. Read the elements one by one.");
        long offset = (Memory.start(array) + first) * array.dataType().width();
        return NativeBuffers.bytes(new BytePointer(allocation.pointer()).getPointer(offset), size);
    }
}
