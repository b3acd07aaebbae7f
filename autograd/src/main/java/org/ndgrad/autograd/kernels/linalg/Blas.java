package org.ndgrad.autograd.kernels.linalg;

import java.lang.ref.Reference;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.elementwise.Copy;
import org.ndgrad.autograd.kernels.indexing.Views;
import org.ndgrad.autograd.kernels.loops.Parallel;
import org.ndgrad.autograd.kernels.loops.StridedLoop;
import org.ndgrad.autograd.kernels.memory.Elements;
import org.ndgrad.autograd.kernels.memory.Memory;

/**
 * Matrix products through the BLAS that ND4J brings along.
 *
 * <p>OpenBLAS adds up in another order where its threads meet, so that results would depend on their number. It is
 * therefore left one thread, see {@link Memory}; large products are cut into pieces that depend on their size only, and
 * threads of ours compute these.
 */
final class Blas {

    private static final int ROW_MAJOR = 101;
    private static final int AS_IS = 111;
    private static final int TRANSPOSED = 112;

    /** How many multiplications are worth two pieces, which takes a thread that waits for work. */
    private static final long WORTH_A_PIECE = 1L << 20;

    /** How many multiplications a thread should at least get. */
    private static final long GRAIN = 1L << 18;

    /** How many multiplications take longer than it takes to wake a thread. */
    private static final long WORTH_WAKING = 1L << 21;

    private static final int MOST_PIECES = 8;

    /** Each piece prepares the whole other operand for itself; that counts little from so many rows or columns on. */
    private static final int BROAD = 256;

    /** A multiple of the rows and columns that OpenBLAS computes at a time. */
    private static final int TILE = 16;

    private Blas() {}

    /** Sets c to the products of the matrices in the last two dimensions. The other dimensions are the same. */
    static void batches(INDArray a, INDArray b, INDArray c) {
        if (a.rank() == 2) {
            multiply(a, b, c);
        } else if (Memory.HOST && DTypes.isFloating(c.dataType()) && !SmallProducts.fit(a, c)) {
            multiplyEach(a, b, c);
        } else {
            for (long i = 0; i < a.size(0); i++) {
                batches(Views.select(a, 0, i), Views.select(b, 0, i), Views.select(c, 0, i));
            }
        }
    }

    /** Multiplies many matrices without a view for each. */
    private static void multiplyEach(INDArray a, INDArray b, INDArray c) {
        Size size = Size.of(a, c);
        INDArray x = readable(a);
        INDArray y = readable(b);
        StagingBuffers stage = StagingBuffers.ofThread();
        try {
            Matrix left = matrix(x, stage.read(0, x));
            Matrix right = matrix(y, stage.read(1, y));
            Matrix result = new Matrix(stage.write(2, c), false, size.m);
            long each = size.multiplications();
            long grain =
                    each < WORTH_A_PIECE ? Math.max(1, GRAIN / each) : Long.MAX_VALUE; // else each is cut by itself
            long[][] strides = {Shapes.batch(x.stride()), Shapes.batch(y.stride()), Shapes.batch(c.stride())};
            StridedLoop.over(Shapes.batch(c.shape()), strides, (count, offset, stride) -> {
                long[] start = offset.clone();
                Parallel.ranges(count, grain, count * each >= WORTH_WAKING, (from, to) -> {
                    for (long i = from; i < to; i++) {
                        Matrix one = left.from(start[0] + i * stride[0]);
                        Matrix other = right.from(start[1] + i * stride[1]);
                        multiply(one, other, size, false, result.from(start[2] + i * stride[2]));
                    }
                });
            });
        } finally {
            Reference.reachabilityFence(x);
            Reference.reachabilityFence(y);
        }
        stage.finish(2, c);
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
        Size size = Size.of(a, c);
        INDArray x = readable(a);
        INDArray y = readable(b);
        if (!Memory.HOST) {
            Nd4j.gemm(x, y, c, false, false, 1, add ? 1 : 0);
            return;
        }
        StagingBuffers stage = StagingBuffers.ofThread();
        try {
            Matrix result = new Matrix(add ? stage.read(2, c) : stage.write(2, c), false, size.m);
            multiply(matrix(x, stage.read(0, x)), matrix(y, stage.read(1, y)), size, add, result);
        } finally {
            Reference.reachabilityFence(x);
            Reference.reachabilityFence(y);
        }
        stage.finish(2, c);
    }

    /** Sets c to the product of a and b, or adds it; all are floats or all doubles. */
    static void multiply(Matrix a, Matrix b, Size size, boolean add, Matrix c) {
        boolean byRows = size.n >= size.m; // of a square, rows: the columns of a piece lie apart, 10 to 25 % slower
        int side = byRows ? size.n : size.m;
        int step = pieceSize(side, size.multiplications());
        int pieces = (side + step - 1) / step;
        Parallel.ranges(pieces, 1, size.multiplications() >= WORTH_WAKING, (first, end) -> {
            for (int piece = (int) first; piece < end; piece++) {
                int from = piece * step;
                int count = Math.min(step, side - from);
                if (byRows) {
                    call(a.fromRow(from), b, new Size(count, size.m, size.k), add, c.fromRow(from));
                } else {
                    call(a, b.fromColumn(from), new Size(size.n, count, size.k), add, c.fromColumn(from));
                }
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

    private static void call(Matrix a, Matrix b, Size size, boolean add, Matrix c) {
        int beta = add ? 1 : 0;
        if (c.start instanceof FloatPointer z) {
            FloatPointer x = (FloatPointer) a.start;
            FloatPointer y = (FloatPointer) b.start;
            openblas.cblas_sgemm(
                    ROW_MAJOR, a.mode(), b.mode(), size.n, size.m, size.k, 1, x, a.stride, y, b.stride, beta, z,
                    c.stride);
        } else {
            DoublePointer x = (DoublePointer) a.start;
            DoublePointer y = (DoublePointer) b.start;
            DoublePointer z = (DoublePointer) c.start;
            openblas.cblas_dgemm(
                    ROW_MAJOR, a.mode(), b.mode(), size.n, size.m, size.k, 1, x, a.stride, y, b.stride, beta, z,
                    c.stride);
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
        Elements x = Elements.of(a);
        Elements y = Elements.of(b);
        Elements z = Elements.into(c);
        long[] left = a.stride();
        long[] right = b.stride();
        long[] out = c.stride();
        for (long i = 0; i < c.size(0); i++) {
            for (long j = 0; j < c.size(1); j++) {
                long sum = 0;
                for (long k = 0; k < a.size(1); k++) {
                    sum += x.getLong(i * left[0] + k * left[1]) * y.getLong(k * right[0] + j * right[1]);
                }
                z.setLong(i * out[0] + j * out[1], sum);
            }
        }
    }

    /** Returns the matrices themselves if their rows or their columns lie in one piece, else a copy. */
    private static INDArray readable(INDArray x) {
        Memory.checkOpen(x);
        return isRows(x) || isColumns(x) ? x : Copy.copy(x);
    }

    private static boolean isRows(INDArray x) {
        return hasLines(x, -2, -1);
    }

    private static boolean isColumns(INDArray x) {
        return hasLines(x, -1, -2);
    }

    /** Whether the elements along a dim lie in one piece, as far from line to line as BLAS can say. */
    private static boolean hasLines(INDArray x, int lines, int along) {
        long step = Memory.stride(x, lines);
        return (Memory.stride(x, along) == 1 || x.size(along) == 1)
                && ((step >= x.size(along) && step <= Integer.MAX_VALUE) || x.size(lines) == 1);
    }

    private static Matrix matrix(INDArray x, Pointer start) {
        boolean rows = isRows(x);
        int along = rows ? -2 : -1;
        long stride = x.size(along) == 1 ? x.size(rows ? -1 : -2) : Memory.stride(x, along);
        return new Matrix(start, !rows, (int) stride);
    }

    /** The sizes of a product: n rows and m columns, each the sum of k products. */
    record Size(int n, int m, int k) {

        private static Size of(INDArray a, INDArray c) {
            return new Size(
                    Shapes.toInt("matmul", c.size(-2)),
                    Shapes.toInt("matmul", c.size(-1)),
                    Shapes.toInt("matmul", a.size(-1)));
        }

        private long multiplications() {
            return (long) n * m * k;
        }
    }

    /** Where a matrix lies in native memory, row after row, or column after column if it is transposed. */
    record Matrix(Pointer start, boolean isTransposed, int stride) {

        private int mode() {
            return isTransposed ? TRANSPOSED : AS_IS;
        }

        private Matrix from(long offset) {
            Pointer copy = start instanceof FloatPointer ? new FloatPointer(start) : new DoublePointer(start);
            return new Matrix(copy.position(start.position() + offset), isTransposed, stride);
        }

        private Matrix fromRow(int row) {
            return from(isTransposed ? row : (long) row * stride);
        }

        private Matrix fromColumn(int column) {
            return from(isTransposed ? (long) column * stride : column);
        }
    }
}
