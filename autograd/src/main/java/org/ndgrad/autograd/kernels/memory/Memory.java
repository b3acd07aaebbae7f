package org.ndgrad.autograd.kernels.memory;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import java.util.function.IntFunction;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;

/** Makes arrays and views of arrays, and tells where their elements are. It computes nothing. */
public final class Memory {

    /**
     * Whether arrays are in host memory, where Java and OpenBLAS reach them: only ND4J's CPU backend keeps them there.
     */
    public static final boolean HOST;

    /** How many elements a Java array has at most. */
    public static final int LONGEST = Integer.MAX_VALUE - 8;

    /**
     * What is wrong with the BLAS, or null. Whoever comes later is to see it, too, hence no error when the class
     * starts.
     */
    private static final @Nullable String BLAS_FAULT;

    static {
        Startup.run();
        HOST = Nd4j.getBackend().getClass().getName().contains("CpuBackend");
        if (HOST) {
            Nd4j.factory().blas().setMaxThreads(1); // its bits depend on the number of its threads, see Products
        }
        BLAS_FAULT = HOST ? new BlasCheck().fault() : null;
    }

    private Memory() {}

    /** Returns a new row-major array whose values are undefined. Every output of a kernel comes from here. */
    public static INDArray allocate(DataType type, long... shape) {
        checkBlas();
        DTypes.check("allocate", type);
        long count = Shapes.numel("allocate", shape);
        if (count > MemoryLimits.MACHINE / type.width()) {
            throw noMemory(type, "Use a smaller one, or smaller batches.", null, shape);
        }
        try {
            return HOST
                    ? new HostArray(new Allocation(type, count), type, shape.clone(), Shapes.strides(shape), 0, count)
                    : Nd4j.createUninitialized(type, shape, 'c');
        } catch (IllegalStateException e) {
            throw noMemory(type, e.getMessage(), e, shape);
        } catch (RuntimeException | OutOfMemoryError e) {
            throw noMemory(type, "Use a smaller one, or smaller batches.", e, shape);
        }
    }

    /** Throws if numbers would be wrong, before there are any. */
    public static void checkBlas() {
        checkState(BLAS_FAULT == null, "%s", BLAS_FAULT);
    }

    private static IllegalStateException noMemory(
            DataType type, @Nullable String help, @Nullable Throwable cause, long... shape) {
        return new IllegalStateException(
                "allocate: expected free memory for an array of shape " + Shapes.format(shape) + ", "
                        + DTypes.name(type) + "; got none. " + help,
                cause);
    }

    /** Returns a new Java array of so many numbers, as the operation's arguments ask for. */
    public static long[] longs(String op, long count) {
        return onHeap(op, count, long[]::new);
    }

    /** Returns a new Java array of so many numbers, as the operation's arguments ask for. */
    public static int[] ints(String op, long count) {
        return onHeap(op, count, int[]::new);
    }

    /** Returns a new Java array of so many numbers, as the operation's arguments ask for. */
    public static double[] doubles(String op, long count) {
        return onHeap(op, count, double[]::new);
    }

    /** Returns a new Java array of so many elements, as the operation's arguments ask for. */
    public static <T> T onHeap(String op, long count, IntFunction<T> array) {
        checkArgument(
                count <= LONGEST,
                "%s: expected fewer than 2^31 numbers, which a Java array can hold; got %s. Use less.",
                op,
                count);
        try {
            return array.apply((int) count);
        } catch (OutOfMemoryError e) {
            throw new IllegalStateException(
                    op + ": expected free memory for a Java array of " + count + " numbers; got none. Use less, or a"
                            + " larger heap.",
                    e);
        }
    }

    /**
     * Returns another look at the memory of an array.
     *
     * @param offset where it begins, counted from the array's first element
     */
    public static INDArray view(INDArray array, long[] shape, long[] strides, long offset) {
        if (Shapes.numel("view", shape) == 0) {
            return allocate(array.dataType(), shape);
        }
        if (array instanceof HostArray ours) {
            return new HostArray(
                    ours.allocation(),
                    array.dataType(),
                    shape,
                    strides,
                    ours.start() + offset,
                    Shapes.numel("view", shape));
        }
        checkOpen(array);
        // of the root buffer, since ND4J takes an offset of 0 for that of the buffer
        return outside(root(array.data()), array.dataType(), shape, strides, array.offset() + offset);
    }

    /** Returns an array of ND4J's over a buffer of ND4J's, or an empty one. */
    static INDArray outside(@Nullable DataBuffer buffer, DataType type, long[] shape, long[] strides, long start) {
        return buffer == null
                ? Nd4j.createUninitialized(type, shape, 'c')
                : Nd4j.create(buffer, shape, strides, start, 'c', type);
    }

    /** Returns the allocation of an array, or null if its memory is not ours. */
    public static @Nullable Allocation allocation(INDArray array) {
        return HOST && array instanceof HostArray ours ? ours.allocation() : null;
    }

    /** Throws if the array's memory was given back, which native code would not notice. */
    public static void checkOpen(INDArray array) {
        Allocation allocation = allocation(array);
        checkState(
                allocation == null ? !array.wasClosed() : !allocation.isClosed(),
                "data: expected an array with memory; got one of shape %s that was closed. Close arrays after their last use.",
                Shapes.format(array.shape()));
    }

    /** Returns the array that holds a tensor's values, for a kernel. It must not get outside, see {@link #escape}. */
    public static INDArray array(Operand operand) {
        INDArray array = operand.array;
        if (array instanceof HostArray ours) {
            ours.allocation().noteThread();
        }
        return array;
    }

    /** Returns the gradient that a tensor has gathered, or null. It stays until {@link #giveBack} is called on it. */
    public static @Nullable Operand borrowGrad(Operand operand) {
        return operand.borrowGrad();
    }

    /** Ends what {@link #borrowGrad} has begun. */
    public static void giveBack(Operand gradient) {
        gradient.giveBack();
    }

    /** Returns an array for others to keep and to compute with by ND4J; its memory is never used for anything else. */
    public static INDArray escape(INDArray array) {
        return array instanceof HostArray ours ? ours.escape() : array;
    }

    /** Whether the array's memory is lent, so that somebody waits for it. */
    public static boolean isLent(INDArray array) {
        Allocation allocation = allocation(array);
        return allocation != null && allocation.heap() == null;
    }

    /** Gives an array's memory back, that of all its views, unless it has escaped. */
    public static void release(INDArray array) {
        Allocation allocation = allocation(array);
        if (allocation != null) {
            allocation.release();
        }
    }

    /**
     * As {@link #release} while others may use the array: what another thread than its maker has ever looked at is not
     * lent again before nobody can reach it.
     */
    public static void revoke(INDArray array) {
        Allocation allocation = allocation(array);
        if (allocation != null) {
            allocation.revoke();
        }
    }

    /** Returns how many bytes of native memory arrays use. */
    public static long bytesInUse() {
        return NativePool.lentBytes();
    }

    /** Returns how many bytes of native memory are kept for new arrays. */
    public static long bytesIdle() {
        return NativePool.freeBytes();
    }

    /** Where the array's first element lies in its memory. */
    public static long start(INDArray array) {
        return array.isEmpty() ? 0 : array instanceof HostArray ours ? ours.start() : array.offset();
    }

    /** How many elements the array's memory has. */
    public static long capacity(INDArray array) {
        if (array.isEmpty()) {
            return 0;
        }
        return array instanceof HostArray ours
                ? ours.allocation().length()
                : array.data().underlyingLength();
    }

    /** Returns the address of the array's first element; the caller keeps the array reachable while it is used. */
    public static Pointer pointer(INDArray array) {
        Allocation allocation = allocation(array);
        if (allocation == null) {
            checkOpen(array);
            return array.data().addressPointer();
        }
        Pointer whole = allocation.pointer();
        Pointer typed = array.dataType() == DataType.FLOAT ? new FloatPointer(whole) : new DoublePointer(whole);
        return start(array) == 0 ? typed : typed.getPointer(start(array));
    }

    /** Whether both arrays look at the same allocation. */
    public static boolean shared(INDArray a, INDArray b) {
        return !a.isEmpty() && !b.isEmpty() && identity(a) == identity(b);
    }

    private static Object identity(INDArray array) {
        Allocation allocation = allocation(array);
        return allocation == null ? root(array.data()) : allocation.identity();
    }

    private static DataBuffer root(DataBuffer buffer) {
        DataBuffer original = buffer.originalDataBuffer();
        return original == null ? buffer : original;
    }

    /** Returns how far neighbors along a dimension are apart; {@link INDArray#stride(int)} has 32 bits for that. */
    public static long stride(INDArray array, int dim) {
        long[] strides = array.stride();
        return strides[dim < 0 ? dim + strides.length : dim];
    }

    /** Whether the elements lie one after another in row-major order. */
    public static boolean isContiguous(INDArray array) {
        long step = 1;
        for (int d = array.rank() - 1; d >= 0; d--) {
            if (array.size(d) != 1 && stride(array, d) != step) {
                return array.isEmpty();
            }
            step *= array.size(d);
        }
        return true;
    }
}
