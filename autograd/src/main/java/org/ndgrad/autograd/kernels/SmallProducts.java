package org.ndgrad.autograd.kernels;

import org.nd4j.linalg.api.ndarray.INDArray;

/** Products of matrices so small that calling BLAS would take longer than computing them. */
final class SmallProducts {

    private static final int MOST_MULTIPLICATIONS = 1024;

    private SmallProducts() {}

    /** Sets c to the product of a and b if all are small, floats or doubles, and Java arrays; returns whether it did. */
    static boolean multiply(INDArray a, INDArray b, INDArray c) {
        if (c.length() * a.size(1) > MOST_MULTIPLICATIONS) {
            return false;
        }
        Object left = heap(a);
        Object right = heap(b);
        Object result = heap(c);
        if (left instanceof float[] x && right instanceof float[] y && result instanceof float[] z) {
            multiply(x, a, y, b, z, c);
            return true;
        }
        if (left instanceof double[] x && right instanceof double[] y && result instanceof double[] z) {
            multiply(x, a, y, b, z, c);
            return true;
        }
        return false;
    }

    private static Object heap(INDArray array) {
        Block block = Block.of(array);
        Object heap = block == null ? null : block.heap();
        return heap == null ? array : heap;
    }

    private static void multiply(float[] x, INDArray a, float[] y, INDArray b, float[] z, INDArray c) {
        int n = (int) c.size(0);
        int m = (int) c.size(1);
        int count = (int) a.size(1);
        int stepX = a.stride(1);
        int stepY = b.stride(0);
        int to = (int) Memory.start(c);
        for (int i = 0; i < n; i++) {
            int row = (int) Memory.start(a) + i * a.stride(0);
            for (int j = 0; j < m; j++) {
                int column = (int) Memory.start(b) + j * b.stride(1);
                double sum = 0;
                for (int k = 0; k < count; k++) {
                    sum += (double) x[row + k * stepX] * y[column + k * stepY];
                }
                z[to++] = (float) sum;
            }
        }
    }

    private static void multiply(double[] x, INDArray a, double[] y, INDArray b, double[] z, INDArray c) {
        int n = (int) c.size(0);
        int m = (int) c.size(1);
        int count = (int) a.size(1);
        int stepX = a.stride(1);
        int stepY = b.stride(0);
        int to = (int) Memory.start(c);
        for (int i = 0; i < n; i++) {
            int row = (int) Memory.start(a) + i * a.stride(0);
            for (int j = 0; j < m; j++) {
                int column = (int) Memory.start(b) + j * b.stride(1);
                double sum = 0;
                for (int k = 0; k < count; k++) {
                    sum += x[row + k * stepX] * y[column + k * stepY];
                }
                z[to++] = sum;
            }
        }
    }
}
