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
 * Native memory through which small arrays, which are Java arrays, pass on their way to native code and back. Others are
 * in native memory already and pass by. Floats and doubles only.
 */
final class Stage {

    private static final int PLACES = 3;
    private static final int BYTES = Scratch.LARGEST * Float.BYTES; // of the largest Java array
    private static final ThreadLocal<Stage> OF_THREAD = ThreadLocal.withInitial(Stage::new);

    private final FloatPointer[] floats = new FloatPointer[PLACES];
    private final DoublePointer[] doubles = new DoublePointer[PLACES];
    private final FloatBuffer[] floatMemory = new FloatBuffer[PLACES];
    private final DoubleBuffer[] doubleMemory = new DoubleBuffer[PLACES];

    private Stage() {
        for (int place = 0; place < PLACES; place++) {
            BytePointer bytes = new BytePointer(BYTES);
            floats[place] = new FloatPointer(bytes);
            doubles[place] = new DoublePointer(bytes);
            ByteBuffer memory = bytes.asByteBuffer().order(ByteOrder.nativeOrder());
            floatMemory[place] = memory.asFloatBuffer();
            doubleMemory[place] = memory.asDoubleBuffer();
        }
    }

    static Stage ofThread() {
        return OF_THREAD.get();
    }

    /** Returns the address of the array's first element, or of its copy in a place. */
    Pointer read(int place, INDArray array) {
        Allocation allocation = Memory.allocation(array);
        Object heap = allocation == null ? null : allocation.heap();
        if (heap instanceof float[] values) {
            floatMemory[place].put(0, values);
        } else if (heap instanceof double[] values) {
            doubleMemory[place].put(0, values);
        }
        return write(place, array);
    }

    /** Returns the address of the array's first element, or of a place from which {@link #finish} fetches it. */
    Pointer write(int place, INDArray array) {
        Allocation allocation = Memory.allocation(array);
        if (allocation == null || allocation.heap() == null) {
            return Memory.pointer(array);
        }
        Pointer whole = array.dataType() == DataType.FLOAT ? floats[place] : doubles[place];
        long start = Memory.start(array);
        return start == 0 ? whole : whole.getPointer(start);
    }

    /** Copies what was written to a place, a contiguous array, to where it belongs. */
    void finish(int place, INDArray array) {
        Allocation allocation = Memory.allocation(array);
        Object heap = allocation == null ? null : allocation.heap();
        int start = (int) Memory.start(array);
        int length = (int) array.length();
        if (heap instanceof float[] values) {
            floatMemory[place].get(start, values, start, length);
        } else if (heap instanceof double[] values) {
            doubleMemory[place].get(start, values, start, length);
        }
    }
}
