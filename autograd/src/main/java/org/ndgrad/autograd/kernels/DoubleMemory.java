package org.ndgrad.autograd.kernels;

import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Moves stretches of elements between an array's memory, wherever it is and of whatever type, and Java arrays of doubles.
 * Offsets count elements from the array's first.
 *
 * <p>Doubles in memory of ours are moved as fast as memory is, floats nearly so. Other arrays and types go element by element,
 * and are rounded as {@link Cells} does.
 */
abstract class DoubleMemory {

    private static final int FEW = 16; // up to here, a loop is faster than a call

    private DoubleMemory() {}

    /** Returns the memory of an array that is only read. */
    static DoubleMemory of(INDArray array) {
        DoubleMemory known = known(array);
        return known == null ? new Others(Cells.of(array)) : known;
    }

    /** Returns the memory of an array that is written to. */
    static DoubleMemory into(INDArray array) {
        DoubleMemory known = known(array);
        return known == null ? new Others(Cells.into(array)) : known;
    }

    private static @Nullable DoubleMemory known(INDArray array) {
        Block block = Block.of(array);
        if (block == null) {
            return null;
        }
        int start = (int) Memory.start(array);
        Object heap = block.heap();
        Object memory = heap == null ? block.buffer() : heap;
        if (memory instanceof double[] doubles) {
            return new Doubles(doubles, start);
        }
        if (memory instanceof float[] floats) {
            return new Floats(floats, start);
        }
        if (memory instanceof DoubleBuffer doubles) {
            return new NativeDoubles(doubles, start);
        }
        return memory instanceof FloatBuffer floats ? new NativeFloats(floats, start) : null;
    }

    /** Returns the Java array in which the elements are, or null if they are elsewhere or of another type. */
    double @Nullable [] heap() {
        return null;
    }

    /** Where the array's first element lies in {@link #heap()}. */
    int start() {
        return 0;
    }

    /** Copies n elements, which lie a stride apart, to a Java array. */
    abstract void get(long offset, long stride, double[] to, int at, int n);

    /** Copies n elements, which will lie a stride apart, from a Java array. */
    abstract void put(long offset, long stride, double[] from, int at, int n);

    private static final class Doubles extends DoubleMemory {
        private final double[] memory;
        private final int start;

        Doubles(double[] memory, int start) {
            this.memory = memory;
            this.start = start;
        }

        @Override
        double[] heap() {
            return memory;
        }

        @Override
        int start() {
            return start;
        }

        @Override
        void get(long offset, long stride, double[] to, int at, int n) {
            int first = start + (int) offset;
            int step = (int) stride;
            if (step == 0 && n > FEW) {
                Arrays.fill(to, at, at + n, memory[first]);
            } else if (step == 1 && n > FEW) {
                System.arraycopy(memory, first, to, at, n);
            } else {
                for (int i = 0; i < n; i++) {
                    to[at + i] = memory[first + i * step];
                }
            }
        }

        @Override
        void put(long offset, long stride, double[] from, int at, int n) {
            int first = start + (int) offset;
            int step = (int) stride;
            for (int i = 0; i < n; i++) {
                memory[first + i * step] = from[at + i];
            }
        }
    }

    private static final class NativeDoubles extends DoubleMemory {
        private final DoubleBuffer memory;
        private final int start;

        NativeDoubles(DoubleBuffer memory, int start) {
            this.memory = memory;
            this.start = start;
        }

        @Override
        void get(long offset, long stride, double[] to, int at, int n) {
            int first = start + (int) offset;
            int step = (int) stride;
            if (step == 0 && n > FEW) {
                Arrays.fill(to, at, at + n, memory.get(first));
            } else if (step == 1 && n > FEW) {
                memory.get(first, to, at, n);
            } else {
                for (int i = 0; i < n; i++) {
                    to[at + i] = memory.get(first + i * step);
                }
            }
        }

        @Override
        void put(long offset, long stride, double[] from, int at, int n) {
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

    private static final class Floats extends DoubleMemory {
        private final float[] memory;
        private final int start;

        Floats(float[] memory, int start) {
            this.memory = memory;
            this.start = start;
        }

        @Override
        void get(long offset, long stride, double[] to, int at, int n) {
            int first = start + (int) offset;
            int step = (int) stride;
            for (int i = 0; i < n; i++) {
                to[at + i] = memory[first + i * step];
            }
        }

        @Override
        void put(long offset, long stride, double[] from, int at, int n) {
            int first = start + (int) offset;
            int step = (int) stride;
            for (int i = 0; i < n; i++) {
                memory[first + i * step] = (float) from[at + i];
            }
        }
    }

    private static final class NativeFloats extends DoubleMemory {
        private final FloatBuffer memory;
        private final int start;

        NativeFloats(FloatBuffer memory, int start) {
            this.memory = memory;
            this.start = start;
        }

        @Override
        void get(long offset, long stride, double[] to, int at, int n) {
            int first = start + (int) offset;
            int step = (int) stride;
            if (step == 1 && n > FEW) {
                float[] floats = Scratch.ofThread().passage();
                memory.get(first, floats, 0, n);
                for (int i = 0; i < n; i++) {
                    to[at + i] = floats[i];
                }
            } else {
                for (int i = 0; i < n; i++) {
                    to[at + i] = memory.get(first + i * step);
                }
            }
        }

        @Override
        void put(long offset, long stride, double[] from, int at, int n) {
            int first = start + (int) offset;
            int step = (int) stride;
            if (step == 1 && n > FEW) {
                float[] floats = Scratch.ofThread().passage();
                for (int i = 0; i < n; i++) {
                    floats[i] = (float) from[at + i];
                }
                memory.put(first, floats, 0, n);
            } else {
                for (int i = 0; i < n; i++) {
                    memory.put(first + i * step, (float) from[at + i]);
                }
            }
        }
    }

    private static final class Others extends DoubleMemory {
        private final Cells memory;

        Others(Cells memory) {
            this.memory = memory;
        }

        @Override
        void get(long offset, long stride, double[] to, int at, int n) {
            for (int i = 0; i < n; i++) {
                to[at + i] = memory.get(offset + i * stride);
            }
        }

        @Override
        void put(long offset, long stride, double[] from, int at, int n) {
            for (int i = 0; i < n; i++) {
                memory.set(offset + i * stride, from[at + i]);
            }
        }
    }
}
