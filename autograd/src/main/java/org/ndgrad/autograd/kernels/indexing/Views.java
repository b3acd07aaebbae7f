package org.ndgrad.autograd.kernels.indexing;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.Ints;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.elementwise.Copy;
import org.ndgrad.autograd.kernels.elementwise.Fill;
import org.ndgrad.autograd.kernels.elementwise.StridedCopy;
import org.ndgrad.autograd.kernels.loops.StridedLoop;
import org.ndgrad.autograd.kernels.memory.Elements;
import org.ndgrad.autograd.kernels.memory.Memory;

/** Other shapes for the same elements: views where strides can say it, else copies. */
public final class Views {

    private Views() {}

    /** Returns the elements in another shape (already resolved): a view if possible, else a copy. */
    public static INDArray reshape(INDArray x, long[] shape) {
        return view(x, shape).orElseGet(() -> Memory.view(Copy.contiguous(x), shape, Shapes.strides(shape), 0));
    }

    /** Returns the view with another shape of as many elements, if strides can express it. */
    public static Optional<INDArray> view(INDArray x, long[] shape) {
        long[] strides = new long[shape.length];
        int next = x.rank() - 1; // the innermost of x's dimensions that is not given away
        long left = 1; // how often the stretch of dimensions that are one in memory can still be divided
        long step = 1;
        for (int d = shape.length - 1; d >= 0 && !x.isEmpty(); d--) {
            if (shape[d] != 1) {
                if (left == 1) {
                    next = skipOnes(x, next);
                    step = Memory.stride(x, next);
                    do {
                        left *= x.size(next--);
                        next = skipOnes(x, next);
                    } while (next >= 0 && Memory.stride(x, next) == step * left);
                }
                if (left % shape[d] != 0) {
                    return Optional.empty();
                }
                strides[d] = step;
                step *= shape[d];
                left /= shape[d];
            }
        }
        return Optional.of(Memory.view(x, shape, strides, 0));
    }

    private static int skipOnes(INDArray x, int dim) {
        int next = dim;
        while (next >= 0 && x.size(next) == 1) {
            next--;
        }
        return next;
    }

    /** Returns the view whose dimension d is x's dimension {@code dims[d]}. */
    public static INDArray permute(INDArray x, int[] dims) {
        long[] shape = new long[dims.length];
        long[] strides = new long[dims.length];
        for (int d = 0; d < dims.length; d++) {
            shape[d] = x.size(dims[d]);
            strides[d] = Memory.stride(x, dims[d]);
        }
        return Memory.view(x, shape, strides, 0);
    }

    /** Returns the view whose last dimension is one of the array, with the others in front. */
    public static INDArray moveToEnd(INDArray x, int dim) {
        int last = x.rank() - 1;
        return dim == last
                ? x
                : permute(
                        x,
                        IntStream.rangeClosed(0, last)
                                .map(d -> d == last ? dim : d < dim ? d : d + 1)
                                .toArray());
    }

    /** Returns the view whose dimension so called is the array's last one: what {@link #moveToEnd} has changed. */
    public static INDArray moveFromEnd(INDArray x, int dim) {
        int last = x.rank() - 1;
        return dim == last
                ? x
                : permute(
                        x,
                        IntStream.rangeClosed(0, last)
                                .map(d -> d == dim ? last : d < dim ? d : d - 1)
                                .toArray());
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
        return Memory.view(
                x,
                StridedLoop.without(x.shape(), dim),
                StridedLoop.without(x.stride(), dim),
                index * Memory.stride(x, dim));
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
        StridedCopy.copy(result, x, strides, start);
        return result;
    }

    /** Returns the arrays one after another along a dimension; their other sizes are equal. */
    public static INDArray cat(List<INDArray> arrays, int dim, DataType type) {
        long total = Shapes.sum(
                "cat", arrays.stream().mapToLong(array -> array.size(dim)).toArray());
        INDArray result = Memory.allocate(type, Shapes.with(arrays.get(0).shape(), dim, total));
        long start = 0;
        for (INDArray array : arrays) {
            if (!array.isEmpty()) {
                Copy.assign(slice(result, dim, start, array.size(dim), 1), array);
            }
            start += array.size(dim);
        }
        return result;
    }

    /** Returns zeros of the shape with x written over every step-th element of a dimension from start on. */
    public static INDArray embed(INDArray x, long[] shape, int dim, long start, long step) {
        INDArray result = Fill.filled(x.dataType(), 0, shape);
        if (!x.isEmpty()) {
            Copy.assign(slice(result, dim, start, x.size(dim), step), x);
        }
        return result;
    }

    /**
     * Returns zeros of the shape with x added in the window, a view of x's shape that may name an element several
     * times.
     */
    public static INDArray embed(INDArray x, long[] shape, UnaryOperator<INDArray> window) {
        INDArray result = Fill.filled(x.dataType(), 0, shape);
        if (!x.isEmpty()) {
            addOneByOne(window.apply(result), x);
        }
        return result;
    }

    private static void addOneByOne(INDArray target, INDArray x) {
        Elements out = Elements.into(target);
        Elements in = Elements.of(x);
        boolean floating = DTypes.isFloating(x.dataType());
        StridedLoop.over(x.shape(), new long[][] {target.stride(), x.stride()}, (count, o, s) -> {
            for (long i = 0; i < count; i++) {
                long at = o[0] + i * s[0];
                long from = o[1] + i * s[1];
                if (floating) {
                    out.set(at, out.get(at) + in.get(from));
                } else {
                    out.setLong(at, out.getLong(at) + in.getLong(from));
                }
            }
        });
    }

    /**
     * Returns the value everywhere in the shape but for x, which begins so many indices from each dimension's start.
     */
    public static INDArray pad(INDArray x, long[] shape, long[] starts, Number value) {
        INDArray result = Fill.filled(x.dataType(), value, shape);
        INDArray inner = result;
        for (int d = 0; d < shape.length && !x.isEmpty(); d++) {
            inner = slice(inner, d, starts[d], x.size(d), 1);
        }
        if (!x.isEmpty()) {
            Copy.assign(inner, x);
        }
        return result;
    }

    /** Returns the view of the elements whose index in dimB is offset larger than in dimA, as a new last dimension. */
    public static INDArray diagonal(INDArray x, long offset, int dimA, int dimB) {
        int[] both = {dimA, dimB};
        int[] rest =
                IntStream.range(0, x.rank()).filter(d -> d != dimA && d != dimB).toArray();
        INDArray last = permute(x, Ints.concat(rest, both));
        long length = Shapes.diagonal(x.size(dimA), x.size(dimB), offset);
        long[] shape = Arrays.copyOf(last.shape(), last.rank() - 1);
        long[] strides = Arrays.copyOf(last.stride(), last.rank() - 1);
        shape[rest.length] = length;
        long[] steps = x.stride();
        strides[rest.length] = steps[dimA] + steps[dimB];
        long start = Math.max(-offset, 0) * steps[dimA] + Math.max(offset, 0) * steps[dimB];
        return Memory.view(last, shape, strides, start);
    }

    /**
     * Returns the view of windows of a dimension, of which every step-th is kept; the window is a new last dimension.
     */
    public static INDArray unfold(INDArray x, int dim, long size, long step) {
        long[] shape = Arrays.copyOf(x.shape(), x.rank() + 1);
        long[] strides = Arrays.copyOf(x.stride(), x.rank() + 1);
        shape[dim] = (x.size(dim) - size) / step + 1;
        strides[dim] *= step;
        shape[x.rank()] = size;
        strides[x.rank()] = Memory.stride(x, dim);
        return Memory.view(x, shape, strides, 0);
    }

    /**
     * Returns a copy with zeros where the column's number less the row's is out of the range.
     *
     * @param least the smallest difference that is kept
     * @param most the largest one
     */
    public static INDArray band(INDArray x, long least, long most) {
        INDArray result = Fill.filled(x.dataType(), 0, x.shape());
        if (x.isEmpty()) {
            return result;
        }
        StridedCopy.band(result, x, least, most);
        return result;
    }
}
