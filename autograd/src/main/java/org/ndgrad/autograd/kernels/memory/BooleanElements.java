package org.ndgrad.autograd.kernels.memory;

import static com.google.common.base.Preconditions.checkState;

import java.nio.ByteBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.math.Scratch;

/** Moves stretches of booleans from Java arrays to an array that lies in row-major order. */
public abstract class BooleanElements {

    private BooleanElements() {}

    /** Returns the elements of an array of booleans that lie one after another. */
    public static BooleanElements of(INDArray array) {
        checkState(array.dataType() == DataType.BOOL && Memory.isContiguous(array));
        Allocation allocation = Memory.allocation(array);
        Object heap = allocation == null ? null : allocation.heap();
        Object memory = allocation == null || heap != null ? heap : allocation.buffer();
        int start = memory == null ? 0 : (int) Memory.start(array);
        if (memory instanceof boolean[] booleans) {
            return new Booleans(booleans, start);
        }
        return memory instanceof ByteBuffer bytes ? new NativeBooleans(bytes, start) : new Others(Elements.into(array));
    }

    /** Copies n elements from the begin of a Java array. */
    public abstract void put(long to, boolean[] from, int n);

    private static final class Booleans extends BooleanElements {
        private final boolean[] memory;
        private final int start;

        Booleans(boolean[] memory, int start) {
            this.memory = memory;
            this.start = start;
        }

        @Override
        public void put(long to, boolean[] from, int n) {
            System.arraycopy(from, 0, memory, start + (int) to, n);
        }
    }

    private static final class NativeBooleans extends BooleanElements {
        private final ByteBuffer memory;
        private final int start;

        NativeBooleans(ByteBuffer memory, int start) {
            this.memory = memory;
            this.start = start;
        }

        @Override
        public void put(long to, boolean[] from, int n) {
            byte[] bytes = Scratch.ofThread().bytes();
            for (int i = 0; i < n; i++) {
                bytes[i] = (byte) (from[i] ? 1 : 0);
            }
            memory.put(start + (int) to, bytes, 0, n);
        }
    }

    private static final class Others extends BooleanElements {
        private final Elements memory;

        Others(Elements memory) {
            this.memory = memory;
        }

        @Override
        public void put(long to, boolean[] from, int n) {
            for (int i = 0; i < n; i++) {
                memory.setLong(to + i, from[i] ? 1 : 0);
            }
        }
    }
}
