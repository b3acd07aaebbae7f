package org.ndgrad.autograd.kernels;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Matrix products through the BLAS that ND4J brings along. */
public final class Blas {

    private static final int ROW_MAJOR = 101;
    private static final int AS_IS = 111;
    private static final int TRANSPOSED = 112;

    /** Only the CPU backend computes in host memory, which OpenBLAS can be pointed at. */
    private static final boolean HOST = Nd4j.getBackend().getClass().getName().contains("CpuBackend");

    private Blas() {}

    /**
     * Returns the products of matrices, computed in the promoted type.
     *
     * @param a shape (…, N, K)
     * @param b shape (…, K, M); the leading dimensions broadcast
     * @return shape (…, N, M)
     */
    public static INDArray matmul(INDArray a, INDArray b) {
        DataType type = DTypes.promote(a.dataType(), b.dataType());
        long[] batch = Shapes.broadcast("matmul", leading(a.shape()), leading(b.shape()));
        long n = a.size(-2);
        long m = b.size(-1);
        INDArray result = Memory.allocate(type, join(batch, n, m));
        if (result.isEmpty()) {
            return result;
        }
        if (a.size(-1) == 0) {
            Memory.fill(result, 0);
            return result;
        }
        DataType computed =
                type == DataType.FLOAT || type == DataType.DOUBLE || !DTypes.isFloating(type) ? type : DataType.FLOAT;
        INDArray left = Layout.expand("matmul", as(a, computed), join(batch, n, a.size(-1)));
        INDArray right = Layout.expand("matmul", as(b, computed), join(batch, b.size(-2), m));
        INDArray out = as(result, computed);
        batches(left, right, out);
        return out == result ? result : Memory.cast(out, type);
    }

    private static INDArray as(INDArray array, DataType type) {
        return array.dataType() == type ? array : Memory.cast(array, type);
    }

    private static void batches(INDArray a, INDArray b, INDArray c) {
        if (a.rank() == 2) {
            multiply(a, b, c);
            return;
        }
        for (long i = 0; i < a.size(0); i++) {
            batches(Layout.select(a, 0, i), Layout.select(b, 0, i), Layout.select(c, 0, i));
        }
    }

    private static void multiply(INDArray a, INDArray b, INDArray c) {
        if (!DTypes.isFloating(c.dataType())) {
            multiplyWhole(a, b, c);
            return;
        }
        INDArray x = readable(a);
        INDArray y = readable(b);
        if (!HOST) {
            Nd4j.gemm(x, y, c, false, false, 1, 0);
            return;
        }
        int n = Math.toIntExact(c.size(0));
        int m = Math.toIntExact(c.size(1));
        int k = Math.toIntExact(a.size(1));
        if (c.dataType() == DataType.FLOAT) {
            openblas.cblas_sgemm(
                    ROW_MAJOR,
                    mode(x),
                    mode(y),
                    n,
                    m,
                    k,
                    1,
                    (FloatPointer) x.data().addressPointer(),
                    leadingSize(x),
                    (FloatPointer) y.data().addressPointer(),
                    leadingSize(y),
                    0,
                    (FloatPointer) c.data().addressPointer(),
                    m);
        } else {
            openblas.cblas_dgemm(
                    ROW_MAJOR,
                    mode(x),
                    mode(y),
                    n,
                    m,
                    k,
                    1,
                    (DoublePointer) x.data().addressPointer(),
                    leadingSize(x),
                    (DoublePointer) y.data().addressPointer(),
                    leadingSize(y),
                    0,
                    (DoublePointer) c.data().addressPointer(),
                    m);
        }
    }

    private static void multiplyWhole(INDArray a, INDArray b, INDArray c) {
        Cells x = Cells.of(a);
        Cells y = Cells.of(b);
        Cells z = Cells.into(c);
        for (long i = 0; i < c.size(0); i++) {
            for (long j = 0; j < c.size(1); j++) {
                long sum = 0;
                for (long k = 0; k < a.size(1); k++) {
                    sum += x.getLong(i * a.stride(0) + k * a.stride(1)) * y.getLong(k * b.stride(0) + j * b.stride(1));
                }
                z.setLong(i * c.stride(0) + j * c.stride(1), sum);
            }
        }
    }

    /** Returns the matrix itself if its rows or its columns lie in one piece, else a copy. */
    private static INDArray readable(INDArray x) {
        Memory.checkOpen(x);
        return isRows(x) || isColumns(x) ? x : Memory.copy(x);
    }

    private static boolean isRows(INDArray x) {
        return (x.stride(1) == 1 || x.size(1) == 1) && (x.stride(0) >= x.size(1) || x.size(0) == 1);
    }

    private static boolean isColumns(INDArray x) {
        return (x.stride(0) == 1 || x.size(0) == 1) && (x.stride(1) >= x.size(0) || x.size(1) == 1);
    }

    private static int mode(INDArray x) {
        return isRows(x) ? AS_IS : TRANSPOSED;
    }

    private static int leadingSize(INDArray x) {
        int along = isRows(x) ? 0 : 1;
        return Math.toIntExact(x.size(along) == 1 ? x.size(1 - along) : x.stride(along));
    }

    private static long[] leading(long[] shape) {
        return java.util.Arrays.copyOf(shape, shape.length - 2);
    }

    private static long[] join(long[] batch, long n, long m) {
        long[] shape = java.util.Arrays.copyOf(batch, batch.length + 2);
        shape[batch.length] = n;
        shape[batch.length + 1] = m;
        return shape;
    }
}
