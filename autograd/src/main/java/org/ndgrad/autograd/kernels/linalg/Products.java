package org.ndgrad.autograd.kernels.linalg;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.elementwise.Copy;
import org.ndgrad.autograd.kernels.elementwise.Fill;
import org.ndgrad.autograd.kernels.indexing.Views;
import org.ndgrad.autograd.kernels.loops.FloatBlocks;
import org.ndgrad.autograd.kernels.loops.Parallel;
import org.ndgrad.autograd.kernels.math.Scratch;
import org.ndgrad.autograd.kernels.memory.Allocation;
import org.ndgrad.autograd.kernels.memory.Memory;
import org.ndgrad.autograd.kernels.reduction.Reduce;

/** Products of matrices: of many at a time, and what a linear layer computes of them, forward and backward. */
public final class Products {

    private static final int[] ROWS = {0};

    /** How many elements are summed one after another, whoever does it. */
    private static final int PART = 1 << 14;

    private Products() {}

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
        long n = Shapes.toInt("matmul", a.size(-2));
        long m = Shapes.toInt("matmul", b.size(-1));
        Shapes.toInt("matmul", a.size(-1));
        INDArray result = Memory.allocate(type, Shapes.append(batch, n, m));
        if (result.isEmpty()) {
            return result;
        }
        if (a.size(-1) == 0) {
            Fill.fill(result, 0);
            return result;
        }
        DataType computed =
                type == DataType.FLOAT || type == DataType.DOUBLE || !DTypes.isFloating(type) ? type : DataType.FLOAT;
        INDArray left = expand(as(a, computed), batch);
        INDArray right = expand(as(b, computed), batch);
        INDArray out = as(result, computed);
        Blas.batches(left, right, out);
        return out == result ? result : Copy.cast(out, type);
    }

    private static INDArray expand(INDArray array, long[] batch) {
        return array.rank() == batch.length + 2 && Arrays.equals(Shapes.batch(array.shape()), batch)
                ? array
                : Views.expand("matmul", array, Shapes.append(batch, array.size(-2), array.size(-1)));
    }

    private static INDArray as(INDArray array, DataType type) {
        return array.dataType() == type ? array : Copy.cast(array, type);
    }

    /** Whether there is a product of matrices of these types: floats or doubles. */
    public static boolean supports(DataType a, DataType b) {
        return a == b && (a == DataType.FLOAT || a == DataType.DOUBLE);
    }

    /** Returns a b. */
    public static INDArray product(INDArray a, INDArray b) {
        return multiply(a, 0, b, 1, null);
    }

    /** Returns aᵀ b. */
    public static INDArray leftTransposed(INDArray a, INDArray b) {
        return multiply(a, 1, b, 1, null);
    }

    /** Returns a bᵀ. */
    public static INDArray rightTransposed(INDArray a, INDArray b) {
        return multiply(a, 0, b, 0, null);
    }

    /** Returns x wᵀ with the bias, a vector, added to each row. */
    public static INDArray affine(INDArray x, INDArray weight, INDArray bias) {
        return multiply(x, 0, weight, 0, bias);
    }

    private static INDArray multiply(INDArray a, int rows, INDArray b, int columns, @Nullable INDArray bias) {
        long n = a.size(rows);
        long k = a.size(1 - rows);
        long m = b.size(columns);
        if ((n | k | m) > Integer.MAX_VALUE) {
            Shapes.toInt("matmul", Math.max(n, Math.max(k, m)));
        }
        INDArray result = Memory.allocate(a.dataType(), n, m);
        if (result.isEmpty() || SmallProducts.multiply(a, rows, b, columns, bias, result)) {
            return result;
        }
        boolean nothing = k == 0;
        if (bias != null) {
            fillRows(result, bias);
        } else if (nothing) {
            Fill.fill(result, 0);
        }
        if (!nothing) {
            Blas.multiply(rows == 0 ? a : transposed(a), columns == 1 ? b : transposed(b), result, bias != null);
        }
        return result;
    }

    private static INDArray transposed(INDArray x) {
        long[] shape = {x.size(1), x.size(0)};
        long[] strides = {Memory.stride(x, 1), Memory.stride(x, 0)};
        return Memory.view(x, shape, strides, 0);
    }

    /** Sets each row of a new array. */
    private static void fillRows(INDArray target, INDArray row) {
        Allocation allocation = Memory.allocation(target);
        if (allocation == null || row.dataType() != DataType.FLOAT || !Scratch.fits(row.size(0))) {
            Copy.assign(target, row);
            return;
        }
        int n = (int) Math.min(target.size(0), Integer.MAX_VALUE);
        int m = (int) row.size(0);
        FloatBlocks whole = FloatBlocks.of(0, row, row.shape());
        whole.read(0, m);
        float[] values = whole.values();
        if (allocation.heap() instanceof float[] all) {
            for (int i = 0; i < n; i++) {
                System.arraycopy(values, 0, all, i * m, m);
            }
        } else if (allocation.buffer() instanceof FloatBuffer all) {
            Parallel.rows(n, m, (from, to) -> {
                for (int i = (int) from; i < to; i++) {
                    all.put(i * m, values, 0, m);
                }
            });
        } else {
            Copy.assign(target, row);
        }
    }

    /** Returns the sum of all rows. */
    public static INDArray columnSums(INDArray x) {
        int m = (int) Math.min(x.size(1), Integer.MAX_VALUE);
        if (x.dataType() != DataType.FLOAT || !Scratch.fits(m) || m == 0) {
            return Reduce.sum(x, ROWS, false);
        }
        long n = x.size(0);
        long step = rowsOf(PART, m);
        double[][] sums = Memory.onHeap("linear", Math.max(1, (n + step - 1) / step), parts -> new double[parts][m]);
        Parallel.ranges(sums.length, 1, (first, end) -> {
            for (int part = (int) first; part < end; part++) {
                addRows(x, part * step, Math.min((part + 1) * step, n), sums[part]);
            }
        });
        for (int part = 1; part < sums.length; part++) {
            for (int j = 0; j < m; j++) {
                sums[0][j] += sums[part][j];
            }
        }
        return Copy.of(x.dataType(), sums[0], m);
    }

    private static int rowsOf(int elements, int m) {
        return Math.max(1, elements / m);
    }

    private static void addRows(INDArray x, long from, long to, double[] sums) {
        FloatBlocks block = FloatBlocks.of(0, x, x.shape());
        int m = sums.length;
        int step = rowsOf(Scratch.LARGEST, m);
        for (long i = from; i < to; i += step) {
            int rows = (int) Math.min(step, to - i);
            block.read(i * m, rows * m);
            addRows(block.values(), rows, sums);
        }
    }

    private static void addRows(float[] x, int rows, double[] sums) {
        int m = sums.length;
        int at = 0;
        int i = 0;
        for (; i + 4 <= rows; i += 4) {
            for (int j = 0; j < m; j++, at++) {
                sums[j] += ((double) x[at] + x[at + m]) + ((double) x[at + 2 * m] + x[at + 3 * m]);
            }
            at += 3 * m;
        }
        for (; i < rows; i++) {
            for (int j = 0; j < m; j++, at++) {
                sums[j] += x[at];
            }
        }
    }
}
