package org.ndgrad.autograd.kernels.linalg;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.memory.Elements;
import org.ndgrad.autograd.kernels.memory.Memory;

/**
 * The matrices in the last two dimensions of an array, or the vectors in its last one, handed to and taken from LAPACK
 * one by one: as {@code double} in column-major order, whatever the array's type and layout.
 */
final class MatrixBatch {

    private final INDArray array;
    private final @Nullable Elements elements; // none of an empty array
    private final long[] batch;
    private final long[] strides;
    private final int rows;
    private final int columns;
    private final long rowStride;
    private final long columnStride;

    /** What messages call the operations that are made of this. */
    private static final String OP = "linear algebra";

    private MatrixBatch(INDArray array, int ndim, boolean written) {
        int last = array.rank() - 1;
        int first = array.rank() - ndim;
        this.array = array;
        this.elements = array.isEmpty() ? null : written ? Elements.into(array) : Elements.of(array);
        this.batch = Arrays.copyOf(array.shape(), first);
        this.strides = Arrays.copyOf(array.stride(), first);
        this.rows = Shapes.toInt(OP, array.size(first));
        this.columns = ndim == 1 ? 1 : Shapes.toInt(OP, array.size(last));
        this.rowStride = Memory.stride(array, first);
        this.columnStride = ndim == 1 ? 0 : Memory.stride(array, last);
        checkArgument(
                (long) rows * columns <= Integer.MAX_VALUE,
                "%s: expected matrices of at most 2^31 - 1 elements; got shape %s. Use smaller ones.",
                OP,
                Shapes.format(array.shape()));
    }

    /** Returns the matrices of an array that is only read. */
    static MatrixBatch of(INDArray array) {
        Memory.checkBlas();
        return new MatrixBatch(array, 2, false);
    }

    static MatrixBatch newMatrices(DataType type, long[] batch, long rows, long columns) {
        return new MatrixBatch(Memory.allocate(type, Shapes.append(batch, rows, columns)), 2, true);
    }

    static MatrixBatch newVectors(DataType type, long[] batch, long size) {
        return new MatrixBatch(Memory.allocate(type, Shapes.append(batch, size)), 1, true);
    }

    INDArray array() {
        return array;
    }

    DataType type() {
        return array.dataType();
    }

    /** Returns the dimensions in front. */
    long[] batch() {
        return batch;
    }

    int rows() {
        return rows;
    }

    int columns() {
        return columns;
    }

    /** Returns how many matrices there are. */
    int count() {
        return Shapes.toInt(OP, Shapes.numel(OP, batch));
    }

    /** Returns a copy of a matrix, counted in row-major order of the batch. */
    double[] read(int index) {
        return read(index, batch, rows);
    }

    /**
     * Returns a copy of a matrix as if the batch was expanded to another shape.
     *
     * @param wide the shape in which the index counts
     * @param leading at least the number of rows: from column to column
     */
    double[] read(int index, long[] wide, int leading) {
        double[] values = newMatrix(leading, columns);
        if (elements == null) {
            return values;
        }
        long start = offset(index, wide, Shapes.broadcastStrides(batch, strides, wide));
        for (int column = 0; column < columns; column++) {
            for (int row = 0; row < rows; row++) {
                values[column * leading + row] = elements.get(start + row * rowStride + column * columnStride);
            }
        }
        return values;
    }

    /** Returns a new matrix of zeros. */
    static double[] newMatrix(long rows, long columns) {
        return Memory.doubles(OP, rows * columns);
    }

    void write(int index, double[] values) {
        write(index, values, rows);
    }

    /**
     * Writes a matrix.
     *
     * @param leading at least the number of rows: from column to column of the values
     */
    void write(int index, double[] values, int leading) {
        if (elements == null) {
            return;
        }
        long start = offset(index, batch, strides);
        for (int column = 0; column < columns; column++) {
            for (int row = 0; row < rows; row++) {
                elements.set(start + row * rowStride + column * columnStride, values[column * leading + row]);
            }
        }
    }

    /** Returns where a matrix of a batch lies whose dimensions have these strides. */
    static long offset(long index, long[] batch, long[] strides) {
        long offset = 0;
        long rest = index;
        for (int d = batch.length - 1; d >= 0; d--) {
            offset += rest % batch[d] * strides[d];
            rest /= batch[d];
        }
        return offset;
    }

    /** Says which matrix of several it was that a message is about. */
    String which(int index) {
        return batch.length == 0 ? "" : " (matrix " + index + " of the batch)";
    }
}
