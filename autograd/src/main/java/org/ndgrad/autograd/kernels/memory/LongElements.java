package org.ndgrad.autograd.kernels.memory;

import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.math.Scratch;

/**
 * Moves stretches of elements between an array's memory, wherever it is and of whatever type, and Java arrays of longs.
 * Offsets count elements from the array's first.
 *
 * <p>Elements of int64 in memory of ours are moved as fast as memory is, those of int32 and booleans nearly so. Other
 * arrays and types go element by element, and wrap around as in {@link Elements}.
 */
public abstract class LongElements {

    /** Where the array's first element lies in the memory. */
    public final int start;

    private LongElements(int start) {
        this.start = start;
    }

    /** Returns the elements of an array that is only read. */
    public static LongElements of(INDArray array) {
        LongElements known = known(array);
        return known == null ? new Others(Elements.of(array)) : known;
    }

    /** Returns the elements of an array that is written to. */
    public static LongElements into(INDArray array) {
        LongElements known = known(array);
        return known == null ? new Others(Elements.into(array)) : known;
    }

    private static @Nullable LongElements known(INDArray array) {
        Allocation allocation = Memory.allocation(array);
        if (allocation == null) {
            return null;
        }
        int start = (int) Memory.start(array);
        Object heap = allocation.heap();
        Object memory = heap == null ? allocation.buffer() : heap;
        if (memory instanceof long[] longs) {
            return new Longs(longs, start);
        }
        if (memory instanceof ByteBuffer bytes && array.dataType() == DataType.BOOL) {
            return new NativeBooleans(bytes, start, Elements.of(array));
        }
        if (memory instanceof IntBuffer ints) {
            return new NativeInts(ints, start, Elements.of(array));
        }
        return memory instanceof LongBuffer longs ? new NativeLongs(longs, start) : null;
    }

    /** Returns the memory, where the array begins at {@link #start}, or null if it has no buffer. */
    public @Nullable LongBuffer buffer() {
        return null;
    }

    /** Copies n elements, which lie a stride apart, to the begin of a Java array. */
    public final void get(long offset, long stride, long[] to, int n) {
        get(offset, stride, to, 0, n);
    }

    /** Copies n elements, which lie a stride apart, to a Java array. */
    public abstract void get(long offset, long stride, long[] to, int at, int n);

    /** Copies n elements, which will lie a stride apart, from the begin of a Java array. */
    public abstract void put(long offset, long stride, long[] from, int n);

    /** Copies the elements at n offsets to a Java array. */
    public abstract void gather(long[] at, long[] to, int n);

    /** Copies a Java array to n offsets, in its order. */
    public abstract void scatter(long[] at, long[] from, int n);

    /** Adds a Java array to the elements at n offsets, one after another. */
    public abstract void add(long[] at, long[] from, int n);

    private static final class Longs extends LongElements {
        private final long[] memory;

        Longs(long[] memory, int start) {
            super(start);
            this.memory = memory;
        }

        @Override
        public LongBuffer buffer() {
            return LongBuffer.wrap(memory);
        }

        @Override
        public void get(long offset, long stride, long[] to, int at, int n) {
            int first = start + (int) offset;
            int step = (int) stride;
            for (int i = 0; i < n; i++) {
                to[at + i] = memory[first + i * step];
            }
        }

        @Override
        public void put(long offset, long stride, long[] from, int n) {
            int first = start + (int) offset;
            int step = (int) stride;
            for (int i = 0; i < n; i++) {
                memory[first + i * step] = from[i];
            }
        }

        @Override
        public void gather(long[] at, long[] to, int n) {
            for (int i = 0; i < n; i++) {
                to[i] = memory[start + (int) at[i]];
            }
        }

        @Override
        public void scatter(long[] at, long[] from, int n) {
            for (int i = 0; i < n; i++) {
                memory[start + (int) at[i]] = from[i];
            }
        }

        @Override
        public void add(long[] at, long[] from, int n) {
            for (int i = 0; i < n; i++) {
                memory[start + (int) at[i]] += from[i];
            }
        }
    }

    private static void reverse(long[] values, int at, int n) {
        for (int i = at, j = at + n - 1; i < j; i++, j--) {
            long value = values[i];
            values[i] = values[j];
            values[j] = value;
        }
    }

    private static final class NativeLongs extends LongElements {
        private final LongBuffer memory;

        NativeLongs(LongBuffer memory, int start) {
            super(start);
            this.memory = memory;
        }

        @Override
        public LongBuffer buffer() {
            return memory;
        }

        @Override
        public void get(long offset, long stride, long[] to, int at, int n) {
            int first = start + (int) offset;
            int step = (int) stride;
            if (step == 1) {
                memory.get(first, to, at, n);
            } else if (step == -1) {
                memory.get(first + 1 - n, to, at, n);
                reverse(to, at, n);
            } else {
                for (int i = 0; i < n; i++) {
                    to[at + i] = memory.get(first + i * step);
                }
            }
        }

        @Override
        public void put(long offset, long stride, long[] from, int n) {
            int first = start + (int) offset;
            int step = (int) stride;
            if (step == 1) {
                memory.put(first, from, 0, n);
            } else {
                for (int i = 0; i < n; i++) {
                    memory.put(first + i * step, from[i]);
                }
            }
        }

        @Override
        public void gather(long[] at, long[] to, int n) {
            for (int i = 0; i < n; i++) {
                to[i] = memory.get(start + (int) at[i]);
            }
        }

        @Override
        public void scatter(long[] at, long[] from, int n) {
            for (int i = 0; i < n; i++) {
                memory.put(start + (int) at[i], from[i]);
            }
        }

        @Override
        public void add(long[] at, long[] from, int n) {
            for (int i = 0; i < n; i++) {
                int place = start + (int) at[i];
                memory.put(place, memory.get(place) + from[i]);
            }
        }
    }

    /** Neighbors are read some at a time. */
    private abstract static class Blocks extends Others {
        private final int first;

        Blocks(int first, Elements memory) {
            super(memory);
            this.first = first;
        }

        /** Returns where an element lies in the memory. */
        final int place(long offset) {
            return first + (int) offset;
        }

        /** Copies at most {@link Scratch#BLOCK} elements that lie one after another. */
        abstract void read(int place, long[] to, int begin, int count);

        @Override
        public void get(long offset, long stride, long[] to, int at, int n) {
            if (stride != 1) {
                super.get(offset, stride, to, at, n);
                return;
            }
            for (int i = 0; i < n; i += Scratch.BLOCK) {
                read(place(offset + i), to, at + i, Math.min(Scratch.BLOCK, n - i));
            }
        }
    }

    /** Booleans, which are 0 and 1. */
    private static final class NativeBooleans extends Blocks {
        private final ByteBuffer bytes;

        NativeBooleans(ByteBuffer bytes, int first, Elements memory) {
            super(first, memory);
            this.bytes = bytes;
        }

        @Override
        void read(int place, long[] to, int begin, int count) {
            byte[] some = Scratch.ofThread().bytes();
            bytes.get(place, some, 0, count);
            for (int i = 0; i < count; i++) {
                to[begin + i] = some[i] & 1;
            }
        }
    }

    /** Elements of int32, which are also written some at a time. */
    private static final class NativeInts extends Blocks {
        private final IntBuffer ints;

        NativeInts(IntBuffer ints, int first, Elements memory) {
            super(first, memory);
            this.ints = ints;
        }

        @Override
        void read(int place, long[] to, int begin, int count) {
            int[] some = Scratch.ofThread().ints();
            ints.get(place, some, 0, count);
            for (int i = 0; i < count; i++) {
                to[begin + i] = some[i];
            }
        }

        @Override
        public void put(long offset, long stride, long[] from, int n) {
            if (stride != 1) {
                super.put(offset, stride, from, n);
                return;
            }
            int[] some = Scratch.ofThread().ints();
            for (int i = 0; i < n; i += some.length) {
                int count = Math.min(some.length, n - i);
                for (int j = 0; j < count; j++) {
                    some[j] = (int) from[i + j];
                }
                ints.put(place(offset + i), some, 0, count);
            }
        }
    }

    private static class Others extends LongElements {
        private final Elements memory;

        Others(Elements memory) {
            super(0);
            this.memory = memory;
        }

        @Override
        public void get(long offset, long stride, long[] to, int at, int n) {
            for (int i = 0; i < n; i++) {
                to[at + i] = memory.getLong(offset + i * stride);
            }
        }

        @Override
        public void put(long offset, long stride, long[] from, int n) {
            for (int i = 0; i < n; i++) {
                memory.setLong(offset + i * stride, from[i]);
            }
        }

        @Override
        public void gather(long[] at, long[] to, int n) {
            for (int i = 0; i < n; i++) {
                to[i] = memory.getLong(at[i]);
            }
        }

        @Override
        public void scatter(long[] at, long[] from, int n) {
            for (int i = 0; i < n; i++) {
                memory.setLong(at[i], from[i]);
            }
        }

        @Override
        public void add(long[] at, long[] from, int n) {
            for (int i = 0; i < n; i++) {
                memory.setLong(at[i], memory.getLong(at[i]) + from[i]);
            }
        }
    }
}
