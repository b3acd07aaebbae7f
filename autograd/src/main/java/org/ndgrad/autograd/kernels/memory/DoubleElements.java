package org.ndgrad.autograd.kernels.memory;

import java.nio.DoubleBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.math.Scratch;

/**
 * Moves stretches of elements between an array's memory, wherever it is and of whatever type, and Java arrays of
 * doubles. Offsets count elements from the array's first.
 *
 * <p>Doubles in memory of ours are moved as fast as memory is, floats and booleans nearly so. Other arrays and types go
 * element by element, and are rounded as {@link Elements} does.
 */
public abstract class DoubleElements {

    private static final int FEW = 16; // up to here, a loop is faster than a call

    /** Where the array's first element lies in the memory. */
    public final int start;

    private DoubleElements(int start) {
        this.start = start;
    }

    /** Returns the elements of an array that is only read. */
    public static DoubleElements of(INDArray array) {
        DoubleElements known = known(array);
        boolean whole = array.dataType() == DataType.INT64 || array.dataType() == DataType.INT32;
        if (known == null && whole) {
            return new Whole(LongElements.of(array));
        }
        FloatElements narrow = known == null ? FloatElements.known(array) : null;
        return known != null ? known : narrow == null ? new Others(Elements.of(array)) : new Narrow(narrow);
    }

    /** Returns the elements of an array that is written to. */
    public static DoubleElements into(INDArray array) {
        DoubleElements known = known(array);
        FloatElements narrow = array.dataType() == DataType.FLOAT ? FloatElements.known(array) : null;
        return known != null ? known : narrow == null ? new Others(Elements.into(array)) : new Narrow(narrow);
    }

    /** Returns the elements of an array of doubles if it is ours, else null. */
    static @Nullable DoubleElements known(INDArray array) {
        Allocation allocation = array.dataType() == DataType.DOUBLE ? Memory.allocation(array) : null;
        if (allocation == null) {
            return null;
        }
        int start = (int) Memory.start(array);
        Object heap = allocation.heap();
        Object memory = heap == null ? allocation.buffer() : heap;
        if (memory instanceof double[] doubles) {
            return new Doubles(doubles, start);
        }
        return memory instanceof DoubleBuffer doubles ? new NativeDoubles(doubles, start) : null;
    }

    /** Returns the Java array in which the elements are, or null if they are elsewhere or of another type. */
    public double @Nullable [] heap() {
        return null;
    }

    /** Returns the memory, where the array begins at {@link #start}, or null if it has no buffer. */
    public @Nullable DoubleBuffer buffer() {
        return null;
    }

    /** Copies n elements, which lie a stride apart, to a Java array. */
    public final void get(long offset, long stride, double[] to, int at, int n) {
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

    private static void reverse(double[] values, int at, int n) {
        for (int i = at, j = at + n - 1; i < j; i++, j--) {
            double value = values[i];
            values[i] = values[j];
            values[j] = value;
        }
    }

    /** Copies n elements; those with a stride of 0 may take longer than they need. */
    abstract void copy(long offset, long stride, double[] to, int at, int n);

    /** Copies n elements, which will lie a stride apart, from a Java array. */
    public abstract void put(long offset, long stride, double[] from, int at, int n);

    /** Copies the elements at n offsets to the begin of a Java array. */
    public void gather(long[] offsets, double[] to, int n) {
        for (int i = 0; i < n; i++) {
            copy(offsets[i], 1, to, i, 1);
        }
    }

    /** Copies the begin of a Java array to n offsets, in its order. */
    public void scatter(long[] offsets, double[] from, int n) {
        for (int i = 0; i < n; i++) {
            put(offsets[i], 1, from, i, 1);
        }
    }

    /** Adds the begin of a Java array to the elements at n offsets, one after another. */
    public void add(long[] offsets, double[] from, int n) {
        double[] sum = new double[1];
        for (int i = 0; i < n; i++) {
            copy(offsets[i], 1, sum, 0, 1);
            sum[0] += from[i];
            put(offsets[i], 1, sum, 0, 1);
        }
    }

    /** As {@link #add(long[], double[], int)}. */
    public void add(long[] offsets, float[] from, int n) {
        double[] sum = new double[1];
        for (int i = 0; i < n; i++) {
            copy(offsets[i], 1, sum, 0, 1);
            sum[0] += from[i];
            put(offsets[i], 1, sum, 0, 1);
        }
    }

    private static final class Doubles extends DoubleElements {
        private final double[] memory;

        Doubles(double[] memory, int start) {
            super(start);
            this.memory = memory;
        }

        @Override
        public double[] heap() {
            return memory;
        }

        @Override
        public DoubleBuffer buffer() {
            return DoubleBuffer.wrap(memory);
        }

        @Override
        void copy(long offset, long stride, double[] to, int at, int n) {
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
        public void put(long offset, long stride, double[] from, int at, int n) {
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
        public void gather(long[] offsets, double[] to, int n) {
            for (int i = 0; i < n; i++) {
                to[i] = memory[start + (int) offsets[i]];
            }
        }

        @Override
        public void scatter(long[] offsets, double[] from, int n) {
            for (int i = 0; i < n; i++) {
                memory[start + (int) offsets[i]] = from[i];
            }
        }

        @Override
        public void add(long[] offsets, double[] from, int n) {
            for (int i = 0; i < n; i++) {
                memory[start + (int) offsets[i]] += from[i];
            }
        }

        @Override
        public void add(long[] offsets, float[] from, int n) {
            for (int i = 0; i < n; i++) {
                memory[start + (int) offsets[i]] += from[i];
            }
        }
    }

    private static final class NativeDoubles extends DoubleElements {
        private final DoubleBuffer memory;

        NativeDoubles(DoubleBuffer memory, int start) {
            super(start);
            this.memory = memory;
        }

        @Override
        public DoubleBuffer buffer() {
            return memory;
        }

        @Override
        void copy(long offset, long stride, double[] to, int at, int n) {
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
        public void put(long offset, long stride, double[] from, int at, int n) {
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
        public void gather(long[] offsets, double[] to, int n) {
            for (int i = 0; i < n; i++) {
                to[i] = memory.get(start + (int) offsets[i]);
            }
        }

        @Override
        public void scatter(long[] offsets, double[] from, int n) {
            for (int i = 0; i < n; i++) {
                memory.put(start + (int) offsets[i], from[i]);
            }
        }

        @Override
        public void add(long[] offsets, double[] from, int n) {
            for (int i = 0; i < n; i++) {
                int at = start + (int) offsets[i];
                memory.put(at, memory.get(at) + from[i]);
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

    /** Elements of int64 and int32, which are only read. */
    private static final class Whole extends DoubleElements {
        private final LongElements memory;

        Whole(LongElements memory) {
            super(0);
            this.memory = memory;
        }

        @Override
        void copy(long offset, long stride, double[] to, int at, int n) {
            long[] longs = new long[n];
            memory.get(offset, stride, longs, n);
            for (int i = 0; i < n; i++) {
                to[at + i] = longs[i];
            }
        }

        @Override
        public void put(long offset, long stride, double[] from, int at, int n) {
            throw new UnsupportedOperationException();
        }
    }

    /** Floats, or other elements that are read as floats. */
    private static final class Narrow extends DoubleElements {
        private final FloatElements memory;

        Narrow(FloatElements memory) {
            super(0);
            this.memory = memory;
        }

        @Override
        void copy(long offset, long stride, double[] to, int at, int n) {
            float[] floats = Scratch.ofThread().passage();
            memory.copy(offset, stride, floats, 0, n);
            for (int i = 0; i < n; i++) {
                to[at + i] = floats[i];
            }
        }

        @Override
        public void put(long offset, long stride, double[] from, int at, int n) {
            float[] floats = Scratch.ofThread().passage();
            for (int i = 0; i < n; i++) {
                floats[i] = (float) from[at + i];
            }
            memory.put(offset, stride, floats, 0, n);
        }
    }

    private static final class Others extends DoubleElements {
        private final Elements memory;

        Others(Elements memory) {
            super(0);
            this.memory = memory;
        }

        @Override
        void copy(long offset, long stride, double[] to, int at, int n) {
            for (int i = 0; i < n; i++) {
                to[at + i] = memory.get(offset + i * stride);
            }
        }

        @Override
        public void put(long offset, long stride, double[] from, int at, int n) {
            for (int i = 0; i < n; i++) {
                memory.set(offset + i * stride, from[at + i]);
            }
        }
    }
}
