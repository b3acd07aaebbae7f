package org.ndgrad.autograd.kernels.linalg;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.memory.Allocation;
import org.ndgrad.autograd.kernels.memory.Memory;

/** Products of matrices so small that calling BLAS would take longer than computing them. */
final class SmallProducts {

    private static final int MOST_MULTIPLICATIONS = 1024;
    private static final int FOUR = 4; // columns at the same time: one sum would wait for each addition to end

    private SmallProducts() {}

    /** Whether {@link #multiply} computes the products of the matrices in the last two dimensions, one by one. */
    static boolean fit(INDArray a, INDArray b, INDArray c) {
        return c.size(-1) * c.size(-2) * a.size(-1) <= MOST_MULTIPLICATIONS
                && isOnHeap(a)
                && isOnHeap(b)
                && isOnHeap(c);
    }

    private static boolean isOnHeap(INDArray array) {
        Allocation allocation = Memory.allocation(array);
        return allocation != null && allocation.heap() != null;
    }

    /**
     * Sets c to the product of a and b, plus a row, if all are small, floats or doubles, and Java arrays; returns whether
     * it did.
     *
     * @param rows which dimension of a becomes that of the result's rows: 0, or 1 to take a transposed
     * @param columns which dimension of b becomes that of the result's columns: 1, or 0 to take b transposed
     * @param bias what is added to each row of the result, or null
     */
    static boolean multiply(INDArray a, int rows, INDArray b, int columns, @Nullable INDArray bias, INDArray c) {
        if (c.length() * a.size(1 - rows) > MOST_MULTIPLICATIONS) {
            return false;
        }
        Object left = heap(a);
        Object right = heap(b);
        Object row = bias == null ? null : heap(bias);
        Object result = heap(c);
        if (left instanceof float[] x && right instanceof float[] y && result instanceof float[] z) {
            multiply(x, a, rows, y, b, columns, z, c);
            return bias == null || (row instanceof float[] w && addRow(w, bias, z, c));
        }
        if (left instanceof double[] x && right instanceof double[] y && result instanceof double[] z) {
            multiply(x, a, rows, y, b, columns, z, c);
            return bias == null || (row instanceof double[] w && addRow(w, bias, z, c));
        }
        return false;
    }

    private static Object heap(INDArray array) {
        Allocation allocation = Memory.allocation(array);
        Object heap = allocation == null ? null : allocation.heap();
        return heap == null ? array : heap;
    }

    private static void multiply(
            float[] x, INDArray a, int rows, float[] y, INDArray b, int columns, float[] z, INDArray c) {
        int n = (int) c.size(0);
        int m = (int) c.size(1);
        int count = (int) a.size(1 - rows);
        int stepX = a.stride(1 - rows);
        int stepY = b.stride(1 - columns);
        int next = b.stride(columns);
        int row = (int) Memory.start(a);
        int to = (int) Memory.start(c);
        for (int i = 0; i < n; i++) {
            int column = (int) Memory.start(b);
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
                    double factor = x[row + k * stepX];
                    s0 += factor * y[column + k * stepY];
                    s1 += factor * y[second + k * stepY];
                    s2 += factor * y[third + k * stepY];
                    s3 += factor * y[fourth + k * stepY];
                }
                z[to++] = (float) s0;
                z[to++] = (float) s1;
                z[to++] = (float) s2;
                z[to++] = (float) s3;
                column = fourth + next;
            }
            for (; j < m; j++) {
                double sum = 0;
                for (int k = 0; k < count; k++) {
                    sum += (double) x[row + k * stepX] * y[column + k * stepY];
                }
                z[to++] = (float) sum;
                column += next;
            }
            row += a.stride(rows);
        }
    }

    private static boolean addRow(float[] row, INDArray bias, float[] z, INDArray c) {
        int m = (int) c.size(1);
        int from = (int) Memory.start(bias);
        int step = bias.stride(0);
        int to = (int) Memory.start(c);
        for (long i = 0; i < c.size(0); i++) {
            for (int j = 0; j < m; j++) {
                z[to++] += row[from + j * step];
            }
        }
        return true;
    }

    private static void multiply(
            double[] x, INDArray a, int rows, double[] y, INDArray b, int columns, double[] z, INDArray c) {
        int n = (int) c.size(0);
        int m = (int) c.size(1);
        int count = (int) a.size(1 - rows);
        int stepX = a.stride(1 - rows);
        int stepY = b.stride(1 - columns);
        int next = b.stride(columns);
        int row = (int) Memory.start(a);
        int to = (int) Memory.start(c);
        for (int i = 0; i < n; i++) {
            int column = (int) Memory.start(b);
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
                    double factor = x[row + k * stepX];
                    s0 += factor * y[column + k * stepY];
                    s1 += factor * y[second + k * stepY];
                    s2 += factor * y[third + k * stepY];
                    s3 += factor * y[fourth + k * stepY];
                }
                z[to++] = s0;
                z[to++] = s1;
                z[to++] = s2;
                z[to++] = s3;
                column = fourth + next;
            }
            for (; j < m; j++) {
                double sum = 0;
                for (int k = 0; k < count; k++) {
                    sum += x[row + k * stepX] * y[column + k * stepY];
                }
                z[to++] = sum;
                column += next;
            }
            row += a.stride(rows);
        }
    }

    private static boolean addRow(double[] row, INDArray bias, double[] z, INDArray c) {
        int m = (int) c.size(1);
        int from = (int) Memory.start(bias);
        int step = bias.stride(0);
        int to = (int) Memory.start(c);
        for (long i = 0; i < c.size(0); i++) {
            for (int j = 0; j < m; j++) {
                z[to++] += row[from + j * step];
            }
        }
        return true;
    }
}
