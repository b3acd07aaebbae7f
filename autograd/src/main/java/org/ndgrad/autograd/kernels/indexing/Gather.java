package org.ndgrad.autograd.kernels.indexing;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.elementwise.Copy;
import org.ndgrad.autograd.kernels.elementwise.Fill;
import org.ndgrad.autograd.kernels.loops.StridedLoop;
import org.ndgrad.autograd.kernels.math.Scratch;
import org.ndgrad.autograd.kernels.memory.Elements;
import org.ndgrad.autograd.kernels.memory.FloatElements;
import org.ndgrad.autograd.kernels.memory.Memory;

/** Reading at positions that another array names, and finding such positions. */
public final class Gather {

    private Gather() {}

    /** Returns y with y[…, i, …] = x[…, index[…, i, …], …]; the shape is the index's. Indices are checked. */
    public static INDArray gather(String op, INDArray x, int dim, INDArray index) {
        INDArray result = Memory.allocate(x.dataType(), index.shape());
        if (!result.isEmpty()) {
            IndexedLoop.along(op, x, dim, index, result, reading(x, result));
        }
        return result;
    }

    /**
     * Returns x with neighboring dims replaced by those of the positions, which count the elements of these dims in
     * row-major order.
     *
     * @param dim the first of these dims
     * @param count how many they are, at least 1
     * @param positions as {@link #positions} or {@link #nonzero} returns them
     */
    public static INDArray flat(INDArray x, int dim, int count, INDArray positions) {
        INDArray result = Memory.allocate(x.dataType(), Shapes.replaced(x.shape(), dim, count, positions.shape()));
        if (!result.isEmpty()) {
            IndexedLoop.flat(x, dim, count, positions, result, reading(x, result));
        }
        return result;
    }

    private static IndexedLoop.Pairs reading(INDArray x, INDArray result) {
        if (x.dataType() == DataType.FLOAT) {
            return readingFloats(FloatElements.of(x), FloatElements.into(result));
        }
        Elements in = Elements.of(x);
        Elements out = Elements.into(result);
        if (DTypes.isFloating(x.dataType())) {
            return (count, at, step, to, stride) -> {
                for (long i = 0; i < count; i++) {
                    out.set(to + i * stride, in.get(at + i * step));
                }
            };
        }
        return (count, at, step, to, stride) -> {
            for (long i = 0; i < count; i++) {
                out.setLong(to + i * stride, in.getLong(at + i * step));
            }
        };
    }

    private static IndexedLoop.Pairs readingFloats(FloatElements in, FloatElements out) {
        float[] block = Scratch.ofThread().floats(0);
        return (count, at, step, to, stride) -> {
            for (long i = 0; i < count; i += Scratch.BLOCK) {
                int n = (int) Math.min(Scratch.BLOCK, count - i);
                in.get(at + i * step, step, block, 0, n);
                out.put(to + i * stride, stride, block, 0, n);
            }
        };
    }

    /**
     * Returns the positions of elements among those of several dims in row-major order, as int64.
     *
     * @param sizes of the dims
     * @param dims how messages call them, as dims of the shape {@code whole}
     * @param wraps whether negative indices count from the end
     * @param indices one array a dim; they broadcast together
     */
    public static INDArray positions(
            String op, long[] sizes, int[] dims, long[] whole, boolean wraps, INDArray... indices) {
        long[] shape = {};
        for (INDArray index : indices) {
            shape = Shapes.broadcast(op, shape, index.shape());
        }
        INDArray result = Fill.filled(DataType.INT64, 0, shape);
        if (result.isEmpty()) {
            return result;
        }
        Elements out = Elements.into(result);
        for (int k = 0; k < indices.length; k++) {
            Elements which = Elements.of(indices[k]);
            long size = sizes[k];
            int dim = dims[k];
            long[] aligned = Shapes.broadcastStrides(indices[k].shape(), indices[k].stride(), shape);
            StridedLoop.over(shape, new long[][] {result.stride(), aligned}, (count, o, s) -> {
                for (long i = 0; i < count; i++) {
                    long index = IndexedLoop.checked(op, which.getLong(o[1] + i * s[1]), size, dim, whole, wraps);
                    out.setLong(o[0] + i * s[0], out.getLong(o[0] + i * s[0]) * size + index);
                }
            });
        }
        return result;
    }

    /** Returns the row-major positions of the elements that are not 0, as an int64 vector. */
    public static INDArray nonzero(INDArray x) {
        if (x.isEmpty()) {
            return Memory.allocate(DataType.INT64, 0);
        }
        Elements in = Elements.of(x);
        long[] found = new long[Math.toIntExact(x.length())];
        int[] count = {0};
        StridedLoop.over(x.shape(), new long[][] {x.stride(), Shapes.strides(x.shape())}, (n, o, s) -> {
            for (long i = 0; i < n; i++) {
                if (in.get(o[0] + i * s[0]) != 0) {
                    found[count[0]++] = o[1] + i * s[1];
                }
            }
        });
        return Copy.of(DataType.INT64, Arrays.copyOf(found, count[0]), count[0]);
    }

    /** Returns the row-major positions in a shape as rows of indices, one a dim, of shape (n, dims). */
    public static INDArray coordinates(INDArray positions, long[] shape) {
        long[] flat = Copy.toLongs(positions);
        long[] strides = Shapes.strides(shape);
        long[] result = new long[Math.multiplyExact(flat.length, shape.length)];
        for (int i = 0; i < flat.length; i++) {
            long rest = flat[i];
            for (int d = 0; d < shape.length; d++) {
                result[i * shape.length + d] = rest / strides[d];
                rest %= strides[d];
            }
        }
        return Copy.of(DataType.INT64, result, flat.length, shape.length);
    }

    /** Returns int64 rows that are 1 at the index and 0 elsewhere; the classes are a new last dimension. */
    public static INDArray oneHot(String op, INDArray index, long classes) {
        long[] shape = Arrays.copyOf(index.shape(), index.rank() + 1);
        shape[index.rank()] = classes;
        INDArray result = Fill.filled(DataType.INT64, 0, shape);
        if (!index.isEmpty()) {
            long[] column = Shapes.with(shape, index.rank(), 1);
            INDArray one = Views.expand(op, Fill.filled(DataType.INT64, 1), column);
            Scatter.along(op, result, index.rank(), Views.reshape(index, column), one, Scatter.Combine.PUT);
        }
        return result;
    }
}
