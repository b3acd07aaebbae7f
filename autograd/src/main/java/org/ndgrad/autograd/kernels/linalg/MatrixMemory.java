package org.ndgrad.autograd.kernels.linalg;

import java.lang.ref.Reference;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.memory.Elements;
import org.ndgrad.autograd.kernels.memory.Memory;

/**
 * The memory of a contiguous array as it is moved in stretches and multiplied as matrices. Offsets count elements from
 * the array's first. Floats and doubles go through BLAS, other types from element to element.
 */
public abstract class MatrixMemory {

    /** A row-major matrix in some memory, or its transpose; the stride leads from row to row in memory. */
    public record Matrix(MatrixMemory memory, long offset, long stride, boolean transposed) {}

    /** Keeps the memory from being given back during a native call. */
    final INDArray array;

    private MatrixMemory(INDArray array) {
        this.array = array;
    }

    /** Returns the memory of a contiguous array, to read or to write. */
    public static MatrixMemory of(INDArray array) {
        Memory.checkOpen(array);
        boolean isNative = Memory.HOST
                && !array.isEmpty()
                && (array.dataType() == DataType.FLOAT || array.dataType() == DataType.DOUBLE);
        return isNative ? new Native(array) : new Others(array);
    }

    /** Copies a stretch of memory of the same type; a stride of 0 repeats one element. */
    public abstract void copy(long to, long step, MatrixMemory source, long from, long stride, int count);

    /** Adds a stretch of memory of the same type. */
    public abstract void add(long to, long step, MatrixMemory source, long from, long stride, int count);

    /** Sets a stretch to 0; one with a step other than 1 has fewer than 2³¹ elements. */
    public abstract void zero(long to, long step, long count);

    /** Sets a matrix of n rows, m columns to the product a b, or adds it; k is the inner size, at least 1. */
    public abstract void multiply(long to, long stride, Matrix a, Matrix b, int n, int m, int k, boolean add);

    /** Floats or doubles in host memory. */
    private static final class Native extends MatrixMemory {
        private static final FloatPointer FLOAT_ZERO = new FloatPointer(new float[1]);
        private static final DoublePointer DOUBLE_ZERO = new DoublePointer(new double[1]);

        private final Pointer memory;
        private final BytePointer bytes;
        private final int width;

        Native(INDArray array) {
            super(array);
            Pointer start = Memory.pointer(array);
            memory = array.dataType() == DataType.FLOAT ? new FloatPointer(start) : new DoublePointer(start);
            bytes = new BytePointer(start);
            width = array.dataType().width();
        }

        private static Pointer at(MatrixMemory all, long offset) {
            return ((Native) all).memory.position(offset);
        }

        private BytePointer byteAt(long offset) {
            return bytes.position(offset * width);
        }

        @Override
        public void copy(long to, long step, MatrixMemory source, long from, long stride, int count) {
            try {
                if (step == 1 && stride == 1) {
                    Pointer.memcpy(byteAt(to), ((Native) source).byteAt(from), (long) count * width);
                } else {
                    Blas.copy(count, at(source, from), (int) stride, at(this, to), (int) step);
                }
            } finally {
                Reference.reachabilityFence(source);
            }
        }

        @Override
        public void add(long to, long step, MatrixMemory source, long from, long stride, int count) {
            try {
                Blas.add(count, at(source, from), (int) stride, at(this, to), (int) step);
            } finally {
                Reference.reachabilityFence(source);
            }
        }

        @Override
        public void zero(long to, long step, long count) {
            if (step == 1) {
                Pointer.memset(byteAt(to), 0, count * width);
            } else {
                Blas.copy((int) count, width == Float.BYTES ? FLOAT_ZERO : DOUBLE_ZERO, 0, at(this, to), (int) step);
            }
        }

        @Override
        public void multiply(long to, long stride, Matrix a, Matrix b, int n, int m, int k, boolean add) {
            try {
                Blas.multiply(
                        new Blas.Matrix(at(a.memory, a.offset), a.transposed, (int) a.stride),
                        new Blas.Matrix(at(b.memory, b.offset), b.transposed, (int) b.stride),
                        new Blas.Size(n, m, k),
                        add,
                        new Blas.Matrix(at(this, to), false, (int) stride));
            } finally {
                Reference.reachabilityFence(a);
                Reference.reachabilityFence(b);
            }
        }
    }

    /** Any type, with floating values in double precision and whole ones in 64 bits. */
    private static final class Others extends MatrixMemory {
        private final boolean floating;

        Others(INDArray array) {
            super(array);
            floating = DTypes.isFloating(array.dataType());
        }

        @Override
        public void copy(long to, long step, MatrixMemory source, long from, long stride, int count) {
            Elements in = Elements.of(source.array);
            Elements out = Elements.into(array);
            for (long i = 0; i < count; i++) {
                if (floating) {
                    out.set(to + i * step, in.get(from + i * stride));
                } else {
                    out.setLong(to + i * step, in.getLong(from + i * stride));
                }
            }
        }

        @Override
        public void add(long to, long step, MatrixMemory source, long from, long stride, int count) {
            Elements in = Elements.of(source.array);
            Elements out = Elements.into(array);
            for (long i = 0; i < count; i++) {
                long at = to + i * step;
                if (floating) {
                    out.set(at, out.get(at) + in.get(from + i * stride));
                } else {
                    out.setLong(at, out.getLong(at) + in.getLong(from + i * stride));
                }
            }
        }

        @Override
        public void zero(long to, long step, long count) {
            Elements out = Elements.into(array);
            for (long i = 0; i < count; i++) {
                out.set(to + i * step, 0);
            }
        }

        @Override
        public void multiply(long to, long stride, Matrix a, Matrix b, int n, int m, int k, boolean add) {
            Elements x = Elements.of(a.memory.array);
            Elements y = Elements.of(b.memory.array);
            Elements z = Elements.into(array);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < m; j++) {
                    long at = to + i * stride + j;
                    long wholes = add && !floating ? z.getLong(at) : 0;
                    double sum = add && floating ? z.get(at) : 0;
                    for (int p = 0; p < k; p++) {
                        long left = a.offset + (a.transposed ? p * a.stride + i : i * a.stride + p);
                        long right = b.offset + (b.transposed ? j * b.stride + p : p * b.stride + j);
                        if (floating) {
                            sum += x.get(left) * y.get(right);
                        } else {
                            wholes += x.getLong(left) * y.getLong(right);
                        }
                    }
                    if (floating) {
                        z.set(at, sum);
                    } else {
                        z.setLong(at, wholes);
                    }
                }
            }
        }
    }
}
