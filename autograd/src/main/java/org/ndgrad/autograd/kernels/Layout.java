package org.ndgrad.autograd.kernels;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Other shapes for the same elements: views where strides can say it, else copies. */
public final class Layout {

    private Layout() {}

    /** Returns the elements in another shape (already resolved): a view if possible, else a copy. */
    public static INDArray reshape(INDArray x, long[] shape) {
        if (!Memory.isContiguous(x) && squeezes(x, shape)) {
            return Memory.view(x, shape, squeezedStrides(x, shape), 0);
        }
        return Memory.view(Memory.contiguous(x), shape, Shapes.strides(shape), 0);
    }

    /** Whether the shapes differ only in dimensions of size 1. */
    private static boolean squeezes(INDArray x, long[] shape) {
        int next = 0;
        for (int d = 0; d < x.rank(); d++) {
            if (x.size(d) != 1) {
                while (next < shape.length && shape[next] == 1) {
                    next++;
                }
                if (next == shape.length || shape[next++] != x.size(d)) {
                    return false;
                }
            }
        }
        return true; // the counts are equal, so all that is left has size 1
    }

    private static long[] squeezedStrides(INDArray x, long[] shape) {
        long[] strides = new long[shape.length];
        int from = 0;
        for (int d = 0; d < shape.length; d++) {
            if (shape[d] != 1) {
                while (x.size(from) == 1) {
                    from++;
                }
                strides[d] = x.stride(from++);
            }
        }
        return strides;
    }

    /** Returns the view whose dimension d is x's dimension {@code dims[d]}. */
    public static INDArray permute(INDArray x, int[] dims) {
        long[] shape = new long[dims.length];
        long[] strides = new long[dims.length];
        for (int d = 0; d < dims.length; d++) {
            shape[d] = x.size(dims[d]);
            strides[d] = x.stride(dims[d]);
        }
        return Memory.view(x, shape, strides, 0);
    }

    /** Returns the view with dimensions of size 1 repeated to the shape, without using memory. */
    public static INDArray expand(String op, INDArray x, long[] shape) {
        checkArgument(
                Shapes.broadcastsTo(x.shape(), shape),
                "%s: expected a shape to which %s broadcasts; got %s. Only dimensions of size 1 can grow.",
                op,
                Shapes.format(x.shape()),
                Shapes.format(shape));
        return Memory.view(x, shape, Shapes.broadcastStrides(x.shape(), x.stride(), shape), 0);
    }

    /** Returns the view of every step-th element of a dimension from start on. */
    public static INDArray slice(INDArray x, int dim, long start, long length, long step) {
        long[] strides = x.stride().clone();
        long offset = start * strides[dim];
        strides[dim] *= step;
        return Memory.view(x, Shapes.with(x.shape(), dim, length), strides, offset);
    }

    /** Returns the view at one index of a dimension, which is gone then. */
    public static INDArray select(INDArray x, int dim, long index) {
        return Memory.view(x, Loop.without(x.shape(), dim), Loop.without(x.stride(), dim), index * x.stride(dim));
    }

    /** Returns a copy with the order of the elements turned around along the dimensions. */
    public static INDArray flip(INDArray x, int[] dims) {
        INDArray result = Memory.allocate(x.dataType(), x.shape());
        if (x.isEmpty()) {
            return result;
        }
        long[] strides = x.stride().clone();
        long start = 0;
        for (int dim : dims) {
            start += (x.size(dim) - 1) * strides[dim];
            strides[dim] = -strides[dim];
        }
        copy(result, x, strides, start);
        return result;
    }

    /** Returns the arrays one after another along a dimension; their other sizes are equal. */
    public static INDArray cat(List<INDArray> arrays, int dim, DataType type) {
        long total = arrays.stream().mapToLong(array -> array.size(dim)).sum();
        INDArray result = Memory.allocate(type, Shapes.with(arrays.get(0).shape(), dim, total));
        long start = 0;
        for (INDArray array : arrays) {
            if (!array.isEmpty()) {
                Memory.assign(slice(result, dim, start, array.size(dim), 1), array);
            }
            start += array.size(dim);
        }
        return result;
    }

    /** Returns zeros of the shape with x written over every step-th element of a dimension from start on. */
    public static INDArray embed(INDArray x, long[] shape, int dim, long start, long step) {
        INDArray result = Memory.filled(x.dataType(), 0, shape);
        if (!x.isEmpty()) {
            Memory.assign(slice(result, dim, start, x.size(dim), step), x);
        }
        return result;
    }

    private static void copy(INDArray target, INDArray source, long[] strides, long start) {
        Cells out = Cells.into(target);
        Cells in = Cells.of(source);
        boolean floating = DTypes.isFloating(source.dataType());
        long[][] both = {target.stride(), strides};
        Loop.over(source.shape(), both, new long[] {0, start}, (count, o, s) -> {
            for (long i = 0; i < count; i++) {
                if (floating) {
                    out.set(o[0] + i * s[0], in.get(o[1] + i * s[1]));
                } else {
                    out.setLong(o[0] + i * s[0], in.getLong(o[1] + i * s[1]));
                }
            }
        });
    }
}
