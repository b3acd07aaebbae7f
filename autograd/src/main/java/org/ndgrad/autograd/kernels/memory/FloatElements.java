package org.ndgrad.autograd.kernels.memory;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.math.Scratch;

/**
 * Moves stretches of elements between an array's memory, wherever it is, and Java arrays of floats. Offsets count
 * elements from the array's first.
 *
 * <p>Floats in memory of ours are moved as fast as memory is, booleans, which are 0 and 1, nearly so. Other arrays and
 * types go element by element.
 */
public abstract class FloatElements {

    private static final int FEW = 16; // up to here, a loop is faster than a call

    /** Where the array's first element lies in the memory. */
    public final int start;

    private FloatElements(int start) {
        this.start = start;
    }

    /** Whether floats hold all values of the type. */
    public static boolean holds(DataType type) {
        return type == DataType.FLOAT || type.width() < Float.BYTES;
    }

    /** Returns the elements of an array that is only read. */
    public static FloatElements of(INDArray array) {
        FloatElements known = known(array);
        return known == null ? new Others(Elements.of(array)) : known;
    }

    /** Returns the elements of an array that is written to. */
    public static FloatElements into(INDArray array) {
        FloatElements known = known(array);
        return known == null ? new Others(Elements.into(array)) : known;
    }

    /** Returns the elements of an array of floats or booleans if it is ours, else null. */
    static @Nullable FloatElements known(INDArray array) {
        DataType type = array.dataType();
        Allocation allocation = type == DataType.FLOAT || type == DataType.BOOL ? Memory.allocation(array) : null;
        if (allocation == null) {
            return null;
        }
        int start = (int) Memory.start(array);
        Object heap = allocation.heap();
        Object memory = heap == null ? allocation.buffer() : heap;
        if (memory instanceof float[] floats) {
            return new Floats(floats, start);
        }
        if (memory instanceof FloatBuffer floats) {
            return new NativeFloats(floats, start);
        }
        if (memory instanceof boolean[] booleans) {
            return new Booleans(booleans, start);
        }
        return memory instanceof ByteBuffer bytes ? new NativeBooleans(bytes, start) : null;
    }

    /** Returns the Java array in which the elements are, or null if they are elsewhere. */
    public float @Nullable [] heap() {
        return null;
    }

    /** Returns the memory, where the array begins at {@link #start}, or null if it has no buffer. */
    public @Nullable FloatBuffer buffer() {
        return null;
    }

    /** Copies n elements, which lie a stride apart, to a Java array. */
    public final void get(long offset, long stride, float[] to, int at, int n) {
        if (stride == 0 && n > 1) {
            get(offset, 1, to, at, 1);
            Arrays.fill(to, at + 1, at + n, to[at]);
        } else if (stride == -1 && n > FEW) {
            copy(offset + 1 - n, 1, to, at, n);
            reverse(to, at, n);
        } else {
            copy(offset, stride, to, at, n);
        }
    }

    private static void reverse(float[] values, int at, int n) {
        for (int i = at, j = at + n - 1; i < j; i++, j--) {
            float value = values[i];
            values[i] = values[j];
            values[j] = value;
        }
    }

    /** Copies n elements; those with a stride of 0 may take longer than they need. */
    abstract void copy(long offset, long stride, float[] to, int at, int n);

    /** Copies n elements, which will lie a stride apart, from a Java array. */
    public abstract void put(long offset, long stride, float[] from, int at, int n);

    /** Copies the elements at n offsets to the begin of a Java array. */
    public void gather(long[] offsets, float[] to, int n) {
        for (int i = 0; i < n; i++) {
            copy(offsets[i], 1, to, i, 1);
        }
    }

    /** Copies the begin of a Java array to n offsets, in its order. */
    public void scatter(long[] offsets, float[] from, int n) {
        for (int i = 0; i < n; i++) {
            put(offsets[i], 1, from, i, 1);
        }
    }

    /** Adds the begin of a Java array to the elements at n offsets, one after another. */
    public void add(long[] offsets, float[] from, int n) {
        float[] sum = new float[1];
        for (int i = 0; i < n; i++) {
            copy(offsets[i], 1, sum, 0, 1);
            sum[0] += from[i];
            put(offsets[i], 1, sum, 0, 1);
        }
    }

    private static final class Floats extends FloatElements {
        private final float[] memory;

        Floats(float[] memory, int start) {
            super(start);
            this.memory = memory;
        }

        @Override
        public float[] heap() {
            return memory;
        }

        @Override
        public FloatBuffer buffer() {
            return FloatBuffer.wrap(memory);
        }

        @Override
        void copy(long offset, long stride, float[] to, int at, int n) {
            int first = start + (int) offset;
            int step = (int) stride;
            if (step == 1 && n > FEW) {
                System.arraycopy(memory, first, to, at, n);
            } else {
                for (int i = 0; i < n; i++) {
                    to[at + i] = memory[first + i * step];
                }
            }
        }

        @Override
        public void put(long offset, long stride, float[] from, int at, int n) {
            int first = start + (int) offset;
            int step = (int) stride;
            if (step == 1 && n > FEW) {
                System.arraycopy(from, at, memory, first, n);
            } else {
                for (int i = 0; i < n; i++) {
                    memory[first + i * step] = from[at + i];
                }
            }
        }

        @Override
        public void gather(long[] offsets, float[] to, int n) {
            for (int i = 0; i < n; i++) {
                to[i] = memory[start + (int) offsets[i]];
            }
        }

        @Override
        public void scatter(long[] offsets, float[] from, int n) {
            for (int i = 0; i < n; i++) {
                memory[start + (int) offsets[i]] = from[i];
            }
        }

        @Override
        public void add(long[] offsets, float[] from, int n) {
            for (int i = 0; i < n; i++) {
                memory[start + (int) offsets[i]] += from[i];
            }
        }
    }

    private static final class NativeFloats extends FloatElements {
        private final FloatBuffer memory;

        NativeFloats(FloatBuffer memory, int start) {
            super(start);
            this.memory = memory;
        }

        @Override
        public FloatBuffer buffer() {
            return memory;
        }

        @Override
        void copy(long offset, long stride, float[] to, int at, int n) {
            int first = start + (int) offset;
            int step = (int) stride;
            if (step == 1 && n > FEW) {
                memory.get(first, to, at, n);
            } else {
                for (int i = 0; i < n; i++) {
                    to[at + i] = memory.get(first + i * step);
                }
            }
        }

        @Override
        public void put(long offset, long stride, float[] from, int at, int n) {
            int first = start + (int) offset;
            int step = (int) stride;
            if (step == 1 && n > FEW) {
                memory.put(first, from, at, n);
            } else {
                for (int i = 0; i < n; i++) {
                    memory.put(first + i * step, from[at + i]);
                }
            }
        }

        @Override
        public void gather(long[] offsets, float[] to, int n) {
            for (int i = 0; i < n; i++) {
                to[i] = memory.get(start + (int) offsets[i]);
            }
        }

        @Override
        public void scatter(long[] offsets, float[] from, int n) {
            for (int i = 0; i < n; i++) {
                memory.put(start + (int) offsets[i], from[i]);
            }
        }

        @Override
        public void add(long[] offsets, float[] from, int n) {
            for (int i = 0; i < n; i++) {
                int at = start + (int) offsets[i];
                memory.put(at, memory.get(at) + from[i]);
            }
        }
    }

    private static final class Booleans extends FloatElements {
        private final boolean[] memory;

        Booleans(boolean[] memory, int start) {
            super(start);
            this.memory = memory;
        }

        @Override
        void copy(long offset, long stride, float[] to, int at, int n) {
            int first = start + (int) offset;
            int step = (int) stride;
            for (int i = 0; i < n; i++) {
                int bit = memory[first + i * step] ? 1 : 0; // no float, of which would be made a branch
                to[at + i] = bit;
            }
        }

        @Override
        public void put(long offset, long stride, float[] from, int at, int n) {
            int first = start + (int) offset;
            int step = (int) stride;
            for (int i = 0; i < n; i++) {
                memory[first + i * step] = from[at + i] != 0;
            }
        }
    }

    private static final class NativeBooleans extends FloatElements {
        private final ByteBuffer memory;

        NativeBooleans(ByteBuffer memory, int start) {
            super(start);
            this.memory = memory;
        }

        @Override
        void copy(long offset, long stride, float[] to, int at, int n) {
            int first = start + (int) offset;
            int step = (int) stride;
            if (step == 1 && n > FEW) {
                byte[] bytes = Scratch.ofThread().bytes();
                memory.get(first, bytes, 0, n);
                for (int i = 0; i < n; i++) {
                    to[at + i] = bit(bytes[i]);
                }
            } else {
                for (int i = 0; i < n; i++) {
                    to[at + i] = bit(memory.get(first + i * step));
                }
            }
        }

        @Override
        public void put(long offset, long stride, float[] from, int at, int n) {
            int first = start + (int) offset;
            int step = (int) stride;
            if (step == 1 && n > FEW) {
                byte[] bytes = Scratch.ofThread().bytes();
                for (int i = 0; i < n; i++) {
                    bytes[i] = (byte) bit(Float.floatToRawIntBits(from[at + i]) << 1);
                }
                memory.put(first, bytes, 0, n);
            } else {
                for (int i = 0; i < n; i++) {
                    memory.put(first + i * step, (byte) bit(Float.floatToRawIntBits(from[at + i]) << 1));
                }
            }
        }
    }

    /** Returns 1 for what is not 0, without a branch. */
    private static int bit(int value) {
        return (value | -value) >>> 31;
    }

    private static final class Others extends FloatElements {
        private final Elements memory;

        Others(Elements memory) {
            super(0);
            this.memory = memory;
        }

        @Override
        void copy(long offset, long stride, float[] to, int at, int n) {
            for (int i = 0; i < n; i++) {
                to[at + i] = (float) memory.get(offset + i * stride);
            }
        }

        @Override
        public void put(long offset, long stride, float[] from, int at, int n) {
            for (int i = 0; i < n; i++) {
                memory.set(offset + i * stride, from[at + i]);
            }
        }
    }
}
