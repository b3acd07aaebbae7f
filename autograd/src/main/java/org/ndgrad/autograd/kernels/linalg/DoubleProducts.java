package org.ndgrad.autograd.kernels.linalg;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.memory.Allocation;
import org.ndgrad.autograd.kernels.memory.DoubleElements;
import org.ndgrad.autograd.kernels.memory.Memory;

/** Small products of matrices of doubles. */
final class DoubleProducts {

    private static final int FOUR = 4; // columns at the same time: one sum would wait for each addition to end

    private DoubleProducts() {}

    /** See {@link SmallProducts#multiply}. */
    static void multiply(INDArray a, int rows, INDArray b, int columns, @Nullable INDArray bias, INDArray c) {
        Matrix out = Matrix.into(c);
        multiply(Matrix.of(a), rows == 1, Matrix.of(b), columns == 0, out);
        if (bias != null) {
            add(Matrix.row(bias), out);
        }
        out.finish();
    }

    private static void multiply(Matrix x, boolean leftTransposed, Matrix y, boolean rightTransposed, Matrix z) {
        double[] left = x.values;
        double[] right = y.values;
        double[] out = z.values;
        int m = z.columns;
        int count = leftTransposed ? x.rows : x.columns;
        int nextRow = leftTransposed ? x.columnStep : x.rowStep;
        int stepX = leftTransposed ? x.rowStep : x.columnStep;
        int next = rightTransposed ? y.rowStep : y.columnStep;
        int stepY = rightTransposed ? y.columnStep : y.rowStep;
        int row = x.start;
        int to = z.start;
        for (int i = 0; i < z.rows; i++) {
            int column = y.start;
            int j = 0;
            for (; j <= m - FOUR; j += FOUR) {
                int second = column + next;
                int third = second + next;
                int fourth = third + next;
                double s0 = 0;
                double s1 = 0;
                double s2 = 0;
                double s3 = 0;
                for (int k = 0; k < count; k++) {
                    double factor = left[row + k * stepX];
                    s0 += factor * right[column + k * stepY];
                    s1 += factor * right[second + k * stepY];
                    s2 += factor * right[third + k * stepY];
                    s3 += factor * right[fourth + k * stepY];
                }
                out[to++] = s0;
                out[to++] = s1;
                out[to++] = s2;
                out[to++] = s3;
                column = fourth + next;
            }
            for (; j < m; j++) {
                double sum = 0;
                for (int k = 0; k < count; k++) {
                    sum += left[row + k * stepX] * right[column + k * stepY];
                }
                out[to++] = sum;
                column += next;
            }
            row += nextRow;
        }
    }

    private static void add(Matrix row, Matrix z) {
        double[] out = z.values;
        int to = z.start;
        for (int i = 0; i < z.rows; i++) {
            for (int j = 0; j < z.columns; j++) {
                out[to++] += row.values[row.start + j * row.columnStep];
            }
        }
    }

    /**
     * A matrix in a Java array: the one in which it lies, or one to which it is copied, and from which it is fetched.
     */
    private static final class Matrix {
        private final int rows;
        private final int columns;
        private final @Nullable DoubleElements memory; // where it lies if that is not a Java array
        private final double[] values;
        private final int start; // in the Java array
        private final int rowStep;
        private final int columnStep;

        private Matrix(INDArray array, int rows, int columns, int rowStride, int columnStride) {
            this.rows = rows;
            this.columns = columns;
            Allocation allocation = Memory.allocation(array);
            if (allocation != null && allocation.heap() instanceof double[] own) {
                this.memory = null;
                this.values = own;
                this.start = (int) Memory.start(array);
                this.rowStep = rowStride;
                this.columnStep = columnStride;
            } else {
                this.memory = DoubleElements.into(array);
                this.values = new double[rows * columns];
                this.start = 0;
                this.rowStep = columns;
                this.columnStep = 1;
            }
        }

        /** Returns a matrix for results, which is contiguous. */
        static Matrix into(INDArray array) {
            return new Matrix(array, (int) array.size(0), (int) array.size(1), (int) Memory.stride(array, 0), (int)
                    Memory.stride(array, 1));
        }

        static Matrix of(INDArray array) {
            Matrix result = into(array);
            result.fetch(Memory.stride(array, 0), Memory.stride(array, 1));
            return result;
        }

        static Matrix row(INDArray vector) {
            Matrix result = new Matrix(vector, 1, (int) vector.size(0), 0, (int) Memory.stride(vector, 0));
            result.fetch(0, Memory.stride(vector, 0));
            return result;
        }

        private void fetch(long rowStride, long columnStride) {
            for (int i = 0; memory != null && i < rows; i++) {
                memory.get(i * rowStride, columnStride, values, i * columns, columns);
            }
        }

        void finish() {
            if (memory != null) {
                memory.put(0, 1, values, 0, rows * columns);
            }
        }
    }
}
