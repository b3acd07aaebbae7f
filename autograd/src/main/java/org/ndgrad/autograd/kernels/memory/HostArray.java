package org.ndgrad.autograd.kernels.memory;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.cpu.nativecpu.NDArray;
import org.ndgrad.autograd.kernels.Shapes;

/**
 * An array in memory of ours. It tells its shape, strides and type by itself and is seen by kernels only; an array with
 * all that ND4J needs, native descriptions above all, is made when somebody outside asks for it.
 */
@SuppressWarnings({"serial", "overrides"}) // ND4J serializes in its own way, and overrides without the dots of varargs
final class HostArray extends NDArray {

    private final transient Allocation allocation;
    private final DataType type;
    private final long[] shape;
    private final long[] strides;
    private final long start;
    private final long length;
    private transient @Nullable INDArray outside;

    HostArray(Allocation allocation, DataType type, long[] shape, long[] strides, long start, long length) {
        this.allocation = allocation;
        this.type = type;
        this.shape = shape;
        this.strides = strides;
        this.start = start;
        this.length = length;
    }

    Allocation allocation() {
        return allocation;
    }

    /** Returns where the first element lies in the allocation. */
    long start() {
        return start;
    }

    /** Returns ND4J's array over the same memory, for others to use. */
    synchronized INDArray escape() {
        INDArray known = outside;
        if (known == null) {
            known = Memory.outside(length == 0 ? null : allocation.escape(), type, shape, strides, start);
            outside = known;
        }
        return known;
    }

    @Override
    public DataBuffer data() {
        return escape().data();
    }

    @Override
    public long[] shape() {
        return shape;
    }

    @Override
    public long[] stride() {
        return strides;
    }

    @Override
    public int rank() {
        return shape.length;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public long size(int dimension) {
        return shape.length == 0 ? 1 : shape[dimension < 0 ? dimension + shape.length : dimension];
    }

    @Override
    public int stride(int dimension) {
        return Shapes.toInt("stride", Memory.stride(this, dimension));
    }

    @Override
    public boolean isEmpty() {
        return length == 0;
    }

    @Override
    public DataType dataType() {
        return type;
    }

    @Override
    public char ordering() {
        return 'c';
    }
}
