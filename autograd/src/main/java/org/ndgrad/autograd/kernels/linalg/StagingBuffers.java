package org.ndgrad.autograd.kernels.linalg;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.math.Scratch;
import org.ndgrad.autograd.kernels.memory.Allocation;
import org.ndgrad.autograd.kernels.memory.Memory;

/**
 * Native memory through which small arrays, which are Java arrays, pass on their way to native code and back. Others
 * are in native memory already and pass by. Floats and doubles only.
 */
final class StagingBuffers {

    private static final int SLOTS = 3;
    private static final int BYTES = Scratch.LARGEST * Float.BYTES; // of the largest Java array
    private static final ThreadLocal<StagingBuffers> OF_THREAD = ThreadLocal.withInitial(StagingBuffers::new);

    private final FloatPointer[] floats = new FloatPointer[SLOTS];
    private final DoublePointer[] doubles = new DoublePointer[SLOTS];
    private final FloatBuffer[] floatMemory = new FloatBuffer[SLOTS];
    private final DoubleBuffer[] doubleMemory = new DoubleBuffer[SLOTS];

    private StagingBuffers() {
        for (int slot = 0; slot < SLOTS; slot++) {
            BytePointer bytes = new BytePointer(BYTES);
            floats[slot] = new FloatPointer(bytes);
            doubles[slot] = new DoublePointer(bytes);
            ByteBuffer memory = bytes.asByteBuffer().order(ByteOrder.nativeOrder());
            floatMemory[slot] = memory.asFloatBuffer();
            doubleMemory[slot] = memory.asDoubleBuffer();
        }
    }

    static StagingBuffers ofThread() {
        return OF_THREAD.get();
    }

    /** Returns the address of the array's first element, or of its copy in a slot. */
    Pointer read(int slot, INDArray array) {
        Allocation allocation = Memory.allocation(array);
        Object heap = allocation == null ? null : allocation.heap();
        if (heap instanceof float[] values) {
            floatMemory[slot].put(0, values);
        } else if (heap instanceof double[] values) {
            doubleMemory[slot].put(0, values);
        }
        return write(slot, array);
    }

    /** Returns the address of the array's first element, or of a slot from which {@link #finish} fetches it. */
    Pointer write(int slot, INDArray array) {
        Allocation allocation = Memory.allocation(array);
        if (allocation == null || allocation.heap() == null) {
            return Memory.pointer(array);
        }
        Pointer whole = array.dataType() == DataType.FLOAT ? floats[slot] : doubles[slot];
        long start = Memory.start(array);
        return start == 0 ? whole : whole.getPointer(start);
    }

    /** Copies what was written to a slot, a contiguous array, to where it belongs. */
    void finish(int slot, INDArray array) {
        Allocation allocation = Memory.allocation(array);
        Object heap = allocation == null ? null : allocation.heap();
        int start = (int) Memory.start(array);
        int length = (int) array.length();
        if (heap instanceof float[] values) {
            floatMemory[slot].get(start, values, start, length);
        } else if (heap instanceof double[] values) {
            doubleMemory[slot].get(start, values, start, length);
        }
    }
}
