package org.ndgrad.autograd.kernels.memory;

import java.nio.DoubleBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.math.Scratch;

/**
 * Moves stretches of elements between an array's memory, wherever it is and of whatever type, and Java arrays of doubles.
 * Offsets count elements from the array's first.
 *
 * <p>Doubles in memory of ours are moved as fast as memory is, floats and booleans nearly so. Other arrays and types go element by element,
 * and are rounded as {@link Cells} does.
 */
public abstract class DoubleMemory {

    private static final int FEW = 16; // up to here, a loop is faster than a call

    /** Where the array's first element lies in the memory. */
    public final int start;

    private DoubleMemory(int start) {
        this.start = start;
    }

    /** Returns the memory of an array that is only read. */
    public static DoubleMemory of(INDArray array) {
        DoubleMemory known = known(array);
        FloatMemory narrow = known == null ? FloatMemory.known(array) : null;
        return known != null ? known : narrow == null ? new Others(Cells.of(array)) : new Narrow(narrow);
    }

    /** Returns the memory of an array that is written to. */
    public static DoubleMemory into(INDArray array) {
        DoubleMemory known = known(array);
        FloatMemory narrow = array.dataType() == DataType.FLOAT ? FloatMemory.known(array) : null;
        return known != null ? known : narrow == null ? new Others(Cells.into(array)) : new Narrow(narrow);
    }

    /** Returns the memory of an array of doubles if it is ours, else null. */
    static @Nullable DoubleMemory known(INDArray array) {
        Block block = array.dataType() == DataType.DOUBLE ? Memory.block(array) : null;
        if (block == null) {
            return null;
        }
        int start = (int) Memory.start(array);
        Object heap = block.heap();
        Object memory = heap == null ? block.buffer() : heap;
        if (memory instanceof double[] doubles) {
            return new Doubles(doubles, start);
        }
        return memory instanceof DoubleBuffer doubles ? new NativeDoubles(doubles, start) : null;
    }

    /** Returns the Java array in which the elements are, or null if they are elsewhere or of another type. */
    public double @Nullable [] heap() {
        return null;
    }

    /** Copies n elements, which lie a stride apart, to a Java array. */
    public final void get(long offset, long stride, double[] to, int at, int n) {
        if (stride == 0 && n > 1) {
            get(offset, 1, to, at, 1);
            Arrays.fill(to, at + 1, at + n, to[at]);
        } else {
            copy(offset, stride, to, at, n);
        }
    }

    /** Copies n elements; those with a stride of 0 may take longer than they need. */
    abstract void copy(long offset, long stride, double[] to, int at, int n);

    /** Copies n elements, which will lie a stride apart, from a Java array. */
    public abstract void put(long offset, long stride, double[] from, int at, int n);

    private static final class Doubles extends DoubleMemory {
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
    }

    private static final class NativeDoubles extends DoubleMemory {
        private final DoubleBuffer memory;

        NativeDoubles(DoubleBuffer memory, int start) {
            super(start);
            this.memory = memory;
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
    }

    /** Floats, or other elements that are read as floats. */
    private static final class Narrow extends DoubleMemory {
        private final FloatMemory memory;

        Narrow(FloatMemory memory) {
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

    private static final class Others extends DoubleMemory {
        private final Cells memory;

        Others(Cells memory) {
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
