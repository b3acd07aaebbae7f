package org.ndgrad.autograd.kernels;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Moves stretches of elements between an array's memory, wherever it is, and Java arrays of floats. Offsets count elements
 * from the array's first.
 *
 * <p>Floats in memory of ours are moved as fast as memory is. Other arrays and types go element by element.
 */
final class FloatMemory {

    private static final int FEW = 16; // up to here, a loop is faster than a call

    private final float @Nullable [] heap;
    private final @Nullable FloatBuffer buffer;
    private final @Nullable Cells cells;
    private final int start;

    private FloatMemory(float @Nullable [] heap, @Nullable FloatBuffer buffer, @Nullable Cells cells, long start) {
        this.heap = heap;
        this.buffer = buffer;
        this.cells = cells;
        this.start = (int) start;
    }

    /** Whether floats hold all values of the type. */
    static boolean holds(DataType type) {
        return type == DataType.FLOAT || type.width() < Float.BYTES;
    }

    /** Returns the memory of an array that is only read. */
    static FloatMemory of(INDArray array) {
        FloatMemory known = known(array);
        return known == null ? new FloatMemory(null, null, Cells.of(array), 0) : known;
    }

    /** Returns the memory of an array that is written to. */
    static FloatMemory into(INDArray array) {
        FloatMemory known = known(array);
        return known == null ? new FloatMemory(null, null, Cells.into(array), 0) : known;
    }

    private static @Nullable FloatMemory known(INDArray array) {
        Block block = array.dataType() == DataType.FLOAT ? Block.of(array) : null;
        if (block == null) {
            return null;
        }
        if (block.heap() instanceof float[] heap) {
            return new FloatMemory(heap, null, null, Memory.start(array));
        }
        return block.buffer() instanceof FloatBuffer buffer
                ? new FloatMemory(null, buffer, null, Memory.start(array))
                : null;
    }

    /** Returns the Java array in which the elements are, or null if they are elsewhere. */
    float @Nullable [] heap() {
        return heap;
    }

    /** Where the array's first element lies in {@link #heap()}. */
    int start() {
        return start;
    }

    /** Copies n elements, which lie a stride apart, to a Java array. */
    void get(long offset, long stride, float[] to, int at, int n) {
        if (heap != null) {
            get(heap, start + (int) offset, (int) stride, to, at, n);
        } else if (buffer != null) {
            get(buffer, start + (int) offset, (int) stride, to, at, n);
        } else if (cells != null) {
            for (int i = 0; i < n; i++) {
                to[at + i] = (float) cells.get(offset + i * stride);
            }
        }
    }

    /** Copies n elements, which will lie a stride apart, from a Java array. */
    void put(long offset, long stride, float[] from, int at, int n) {
        if (heap != null) {
            put(heap, start + (int) offset, (int) stride, from, at, n);
        } else if (buffer != null) {
            put(buffer, start + (int) offset, (int) stride, from, at, n);
        } else if (cells != null) {
            for (int i = 0; i < n; i++) {
                cells.set(offset + i * stride, from[at + i]);
            }
        }
    }

    private static void get(float[] memory, int offset, int stride, float[] to, int at, int n) {
        if (stride == 0) {
            fill(to, at, n, memory[offset]);
        } else if (stride == 1 && n > FEW) {
            System.arraycopy(memory, offset, to, at, n);
        } else {
            for (int i = 0; i < n; i++) {
                to[at + i] = memory[offset + i * stride];
            }
        }
    }

    private static void get(FloatBuffer memory, int offset, int stride, float[] to, int at, int n) {
        if (stride == 0) {
            fill(to, at, n, memory.get(offset));
        } else if (stride == 1 && n > FEW) {
            memory.get(offset, to, at, n);
        } else {
            for (int i = 0; i < n; i++) {
                to[at + i] = memory.get(offset + i * stride);
            }
        }
    }

    private static void put(float[] memory, int offset, int stride, float[] from, int at, int n) {
        if (stride == 1 && n > FEW) {
            System.arraycopy(from, at, memory, offset, n);
        } else {
            for (int i = 0; i < n; i++) {
                memory[offset + i * stride] = from[at + i];
            }
        }
    }

    private static void put(FloatBuffer memory, int offset, int stride, float[] from, int at, int n) {
        if (stride == 1 && n > FEW) {
            memory.put(offset, from, at, n);
        } else {
            for (int i = 0; i < n; i++) {
                memory.put(offset + i * stride, from[at + i]);
            }
        }
    }

    private static void fill(float[] to, int at, int n, float value) {
        if (n > FEW) {
            Arrays.fill(to, at, at + n, value);
        } else {
            for (int i = 0; i < n; i++) {
                to[at + i] = value;
            }
        }
    }
}
