package org.ndgrad.autograd.kernels;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Reading and adding at positions that another array names. Indices are checked against the size of the dimension. */
public final class Gather {

    private Gather() {}

    /** Returns y with y[…, i, …] = x[…, index[…, i, …], …]; the shape is the index's. */
    public static INDArray gather(String op, INDArray x, int dim, INDArray index) {
        INDArray result = Memory.allocate(x.dataType(), index.shape());
        if (result.isEmpty()) {
            return result;
        }
        Cells in = Cells.of(x);
        Cells out = Cells.into(result);
        boolean floating = DTypes.isFloating(x.dataType());
        each(op, x, dim, index, result, (at, position) -> {
            if (floating) {
                out.set(position, in.get(at));
            } else {
                out.setLong(position, in.getLong(at));
            }
        });
        return result;
    }

    /** Adds to target[…, index[…, i, …], …] each source[…, i, …]; the same position may be named often. */
    public static void scatterAdd(String op, INDArray target, int dim, INDArray index, INDArray source) {
        if (index.isEmpty()) {
            return;
        }
        Cells out = Cells.into(target);
        Cells in = Cells.of(source);
        boolean floating = DTypes.isFloating(target.dataType());
        each(op, target, dim, index, source, (at, position) -> {
            if (floating) {
                out.set(at, out.get(at) + in.get(position));
            } else {
                out.setLong(at, out.getLong(at) + in.getLong(position));
            }
        });
    }

    /** Returns int64 rows that are 1 at the index and 0 elsewhere; the classes are a new last dimension. */
    public static INDArray oneHot(String op, INDArray index, long classes) {
        long[] shape = java.util.Arrays.copyOf(index.shape(), index.rank() + 1);
        shape[index.rank()] = classes;
        INDArray result = Memory.filled(DataType.INT64, 0, shape);
        if (!index.isEmpty()) {
            long[] column = Shapes.with(shape, index.rank(), 1);
            INDArray ones = Memory.filled(DataType.INT64, 1, column);
            scatterAdd(op, result, index.rank(), Layout.reshape(index, column), ones);
        }
        return result;
    }

    private interface Pair {
        void visit(long at, long position);
    }

    /** Visits each index: where it points in the indexed array, and its own position in the array shaped like it. */
    private static void each(String op, INDArray indexed, int dim, INDArray index, INDArray shaped, Pair pair) {
        boolean scalar = indexed.rank() == 0;
        long size = scalar ? 1 : indexed.size(dim);
        long step = scalar ? 0 : indexed.stride(dim);
        long[] strides = indexed.stride().clone();
        if (!scalar) {
            strides[dim] = 0;
        }
        Cells which = Cells.of(index);
        long[][] all = {index.stride(), strides, shaped.stride()};
        Loop.over(index.shape(), all, (count, o, s) -> {
            for (long i = 0; i < count; i++) {
                long found = which.getLong(o[0] + i * s[0]);
                if (found < 0 || found >= size) {
                    throw new IndexOutOfBoundsException(op + ": expected indices from 0 to " + (size - 1)
                            + " along dim " + dim + " of shape " + Shapes.format(indexed.shape()) + "; got " + found
                            + ". Check how the indices are made.");
                }
                pair.visit(o[1] + i * s[1] + found * step, o[2] + i * s[2]);
            }
        });
    }
}
