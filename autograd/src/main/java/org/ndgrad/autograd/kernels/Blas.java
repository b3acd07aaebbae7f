package org.ndgrad.autograd.kernels;

import java.lang.ref.Reference;
import java.util.Arrays;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Matrix products through the BLAS that ND4J brings along.
 *
 * <p>OpenBLAS adds up in another order where its threads meet, so that results would depend on their number. It is
 * therefore left one thread, see {@link Memory}; large products are cut into pieces that depend on their size only, and
 * threads of ours compute these.
 */
public final class Blas {

    private static final int ROW_MAJOR = 101;
    private static final int AS_IS = 111;
    private static final int TRANSPOSED = 112;

    /** How many multiplications are worth two pieces, which takes a thread that waits for work. */
    private static final long WORTH_A_PIECE = 1L << 20;

    /** How many multiplications take longer than it takes to wake a thread. */
    private static final long WORTH_WAKING = 1L << 22;

    private static final int MOST_PIECES = 8;

    /** Each piece prepares the whole other operand for itself; that counts little from so many rows or columns on. */
    private static final int BROAD = 256;

    /** A multiple of the rows and columns that OpenBLAS computes at a time. */
    private static final int TILE = 16;

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
        long[] batch = Shapes.broadcast("matmul", Shapes.batch(a.shape()), Shapes.batch(b.shape()));
        long n = a.size(-2);
        long m = b.size(-1);
        INDArray result = Memory.allocate(type, Shapes.append(batch, n, m));
        if (result.isEmpty()) {
            return result;
        }
        if (a.size(-1) == 0) {
            Memory.fill(result, 0);
            return result;
        }
        DataType computed =
                type == DataType.FLOAT || type == DataType.DOUBLE || !DTypes.isFloating(type) ? type : DataType.FLOAT;
        INDArray left = expand(as(a, computed), batch);
        INDArray right = expand(as(b, computed), batch);
        INDArray out = as(result, computed);
        batches(left, right, out);
        return out == result ? result : Memory.cast(out, type);
    }

    private static INDArray expand(INDArray array, long[] batch) {
        return array.rank() == batch.length + 2 && Arrays.equals(Shapes.batch(array.shape()), batch)
                ? array
                : Layout.expand("matmul", array, Shapes.append(batch, array.size(-2), array.size(-1)));
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
        } else if (!SmallProducts.multiply(a, 0, b, 1, null, c)) {
            multiply(a, b, c, false);
        }
    }

    /** Sets c, which is contiguous, to the product of a and b, or adds it; all are floats or all doubles. */
    static void multiply(INDArray a, INDArray b, INDArray c, boolean add) {
        INDArray x = readable(a);
        INDArray y = readable(b);
        if (!Memory.HOST) {
            Nd4j.gemm(x, y, c, false, false, 1, add ? 1 : 0);
            return;
        }
        Stage stage = Stage.ofThread();
        try {
            multiply(
                    !isRows(x),
                    !isRows(y),
                    Math.toIntExact(c.size(0)),
                    Math.toIntExact(c.size(1)),
                    Math.toIntExact(a.size(1)),
                    stage.read(0, x),
                    leadingSize(x),
                    stage.read(1, y),
                    leadingSize(y),
                    add,
                    add ? stage.read(2, c) : stage.write(2, c),
                    Math.toIntExact(c.size(1)));
        } finally {
            Reference.reachabilityFence(x);
            Reference.reachabilityFence(y);
        }
        stage.finish(2, c);
    }

    /** Sets c, n rows of m, to the product of a and b, or adds it; all are floats or all doubles, row-major in memory. */
    static void multiply(
            boolean transposeA,
            boolean transposeB,
            int n,
            int m,
            int k,
            Pointer a,
            int strideA,
            Pointer b,
            int strideB,
            boolean add,
            Pointer c,
            int strideC) {
        boolean byRows = n > m;
        int side = byRows ? n : m;
        int step = pieceSize(side, (long) n * m * k);
        int pieces = (side + step - 1) / step;
        Parallel.each(pieces, (long) n * m * k >= WORTH_WAKING, (first, end) -> {
            for (long piece = first; piece < end; piece++) {
                long from = piece * step;
                int size = (int) Math.min(step, side - from);
                long left = !byRows ? 0 : transposeA ? from : from * strideA;
                long right = byRows ? 0 : transposeB ? from * strideB : from;
                call(
                        transposeA ? TRANSPOSED : AS_IS,
                        transposeB ? TRANSPOSED : AS_IS,
                        byRows ? size : n,
                        byRows ? m : size,
                        k,
                        at(a, left),
                        strideA,
                        at(b, right),
                        strideB,
                        add ? 1 : 0,
                        at(c, byRows ? from * strideC : from),
                        strideC);
            }
        });
    }

    /** Returns how many rows or columns are computed by one call. Threads take calls, but do not change them. */
    private static int pieceSize(int side, long multiplications) {
        if (multiplications < WORTH_A_PIECE || side < 2 * TILE) {
            return side;
        }
        int pieces = Math.min(MOST_PIECES, Math.max(2, Integer.highestOneBit(side / BROAD)));
        return (side + pieces * TILE - 1) / (pieces * TILE) * TILE;
    }

    private static Pointer at(Pointer start, long offset) {
        Pointer copy = start instanceof FloatPointer ? new FloatPointer(start) : new DoublePointer(start);
        return copy.position(start.position() + offset);
    }

    private static void call(
            int modeA,
            int modeB,
            int n,
            int m,
            int k,
            Pointer a,
            int strideA,
            Pointer b,
            int strideB,
            int beta,
            Pointer c,
            int strideC) {
        if (c instanceof FloatPointer z) {
            FloatPointer x = (FloatPointer) a;
            FloatPointer y = (FloatPointer) b;
            openblas.cblas_sgemm(ROW_MAJOR, modeA, modeB, n, m, k, 1, x, strideA, y, strideB, beta, z, strideC);
        } else {
            DoublePointer x = (DoublePointer) a;
            DoublePointer y = (DoublePointer) b;
            DoublePointer z = (DoublePointer) c;
            openblas.cblas_dgemm(ROW_MAJOR, modeA, modeB, n, m, k, 1, x, strideA, y, strideB, beta, z, strideC);
        }
    }

    /** Copies floats or doubles that lie the given strides apart. */
    static void copy(int count, Pointer from, int stride, Pointer to, int step) {
        if (to instanceof FloatPointer floats) {
            openblas.cblas_scopy(count, (FloatPointer) from, stride, floats, step);
        } else {
            openblas.cblas_dcopy(count, (DoublePointer) from, stride, (DoublePointer) to, step);
        }
    }

    /** Adds floats or doubles that lie the given strides apart to others. */
    static void add(int count, Pointer from, int stride, Pointer to, int step) {
        if (to instanceof FloatPointer floats) {
            openblas.cblas_saxpy(count, 1, (FloatPointer) from, stride, floats, step);
        } else {
            openblas.cblas_daxpy(count, 1, (DoublePointer) from, stride, (DoublePointer) to, step);
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

    private static int leadingSize(INDArray x) {
        int along = isRows(x) ? 0 : 1;
        return Math.toIntExact(x.size(along) == 1 ? x.size(1 - along) : x.stride(along));
    }
}
