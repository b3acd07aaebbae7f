package org.ndgrad.autograd.kernels;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.math.LongMath;
import com.google.common.primitives.Ints;
import com.google.common.primitives.Longs;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Arithmetic on shapes, and the checks that every operation makes before native code sees an array. */
public final class Shapes {

    private Shapes() {}

    /** Returns what prints the shape as messages show it, {@code (3, 4)}, for messages that are hardly ever printed. */
    public static Object format(long... shape) {
        return new Object() {
            @Override
            public String toString() {
                return Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(", ", "(", ")"));
            }
        };
    }

    /** Returns the number of elements; throws if a size is negative or the product overflows. */
    public static long numel(String op, long... shape) {
        long count = 1;
        for (long size : shape) {
            checkArgument(size >= 0, "%s: expected sizes of at least 0; got %s. Give a shape.", op, format(shape));
            count = product(op, count, size, shape);
        }
        return count;
    }

    private static long product(String op, long count, long size, long... shape) {
        try {
            return Math.multiplyExact(count, size);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    op + ": expected fewer than 2^63 elements; got shape " + format(shape) + ". Use less.", e);
        }
    }

    /** Returns the size of what has these sizes side by side; throws if the sum overflows. */
    public static long sum(String op, long... sizes) {
        long total = 0;
        for (long size : sizes) {
            checkArgument(
                    size <= Long.MAX_VALUE - total,
                    "%s: expected sizes with a sum below 2^63; got %s. Use smaller ones.",
                    op,
                    format(sizes));
            total += size;
        }
        return total;
    }

    /** Returns a size or count as native code and Java arrays take it. */
    public static int toInt(String op, long count) {
        checkArgument(
                count <= Integer.MAX_VALUE,
                "%s: expected sizes and counts below 2^31; got %s. Use smaller ones, or smaller batches.",
                op,
                count);
        return (int) count;
    }

    /** Returns the strides of a row-major array. */
    public static long[] strides(long... shape) {
        long[] strides = new long[shape.length];
        long step = 1;
        for (int d = shape.length - 1; d >= 0; d--) {
            strides[d] = step;
            step *= Math.max(shape[d], 1);
        }
        return strides;
    }

    /** Returns the shape to which both broadcast: aligned at the last dimension, where sizes are equal or 1. */
    public static long[] broadcast(String op, long[] a, long[] b) {
        if (Arrays.equals(a, b)) {
            return a;
        }
        int ndim = Math.max(a.length, b.length);
        long[] result = new long[ndim];
        for (int d = 0; d < ndim; d++) {
            long sizeA = d < ndim - a.length ? 1 : a[d - ndim + a.length];
            long sizeB = d < ndim - b.length ? 1 : b[d - ndim + b.length];
            checkArgument(
                    sizeA == sizeB || sizeA == 1 || sizeB == 1,
                    "%s: expected shapes that broadcast; got %s and %s, which differ at dimension %s (%s and %s)."
                            + " Make these sizes equal or one of them 1.",
                    op,
                    format(a),
                    format(b),
                    d,
                    sizeA,
                    sizeB);
            result[d] = sizeA == 1 ? sizeB : sizeA;
        }
        return result;
    }

    /** Whether an array of shape {@code from} can be expanded to shape {@code to}. */
    public static boolean broadcastsTo(long[] from, long[] to) {
        if (from.length > to.length) {
            return false;
        }
        for (int d = 1; d <= from.length; d++) {
            long size = from[from.length - d];
            if (size != 1 && size != to[to.length - d]) {
                return false;
            }
        }
        return true;
    }

    /** Returns the strides with which an array is read as if it had the larger shape: 0 along expanded dimensions. */
    public static long[] broadcastStrides(long[] shape, long[] strides, long[] to) {
        long[] result = new long[to.length];
        for (int d = 1; d <= shape.length; d++) {
            result[to.length - d] = shape[shape.length - d] == 1 ? 0 : strides[shape.length - d];
        }
        return result;
    }

    /** Returns the dimension as a number from 0; negative ones count from the end. A 0-d array has dimension 0. */
    public static int dim(String op, int dim, int ndim) {
        int count = Math.max(ndim, 1);
        if (dim < -count || dim >= count) {
            throw new IndexOutOfBoundsException(op + ": expected a dim from " + -count + " to " + (count - 1)
                    + " for a tensor of " + ndim + " dimensions; got " + dim + ". Choose one of its dimensions.");
        }
        return dim < 0 ? dim + count : dim;
    }

    /** Returns the dimensions in ascending order, none given meaning all; throws if one is named twice. */
    public static int[] dims(String op, int[] dims, int ndim) {
        if (dims.length == 0) {
            int[] all = new int[ndim];
            Arrays.setAll(all, d -> d);
            return all;
        }
        int[] result = new int[dims.length];
        for (int i = 0; i < dims.length; i++) {
            result[i] = dim(op, dims[i], ndim);
        }
        Arrays.sort(result);
        for (int i = 1; i < result.length; i++) {
            checkArgument(
                    result[i] != result[i - 1],
                    "%s: expected distinct dims; got %s. Name each once.",
                    op,
                    Ints.asList(dims));
        }
        return ndim == 0 ? new int[0] : result;
    }

    /** Returns the shape after reducing over the dimensions (ascending, from 0). */
    public static long[] reduced(long[] shape, int[] dims, boolean keepDim) {
        long[] result = new long[keepDim ? shape.length : shape.length - dims.length];
        int next = 0;
        for (int d = 0; d < shape.length; d++) {
            boolean gone = Ints.contains(dims, d);
            if (!gone || keepDim) {
                result[next++] = gone ? 1 : shape[d];
            }
        }
        return result;
    }

    /** Returns the product of the sizes of these dimensions, at most 2^63 − 1, which only an empty array reaches. */
    public static long count(long[] shape, int[] dims) {
        long count = 1;
        for (int dim : dims) {
            count = LongMath.saturatedMultiply(count, shape[dim]);
        }
        return count;
    }

    /** Returns the target of a reshape with the one size that may be -1 filled in. */
    public static long[] reshaped(String op, long[] shape, long[] target) {
        long count = numel(op, shape);
        long known = 1;
        int open = -1;
        for (int d = 0; d < target.length; d++) {
            if (target[d] == -1 && open < 0) {
                open = d;
            } else {
                checkArgument(
                        target[d] >= 0,
                        "%s: expected sizes of at least 0 and at most one -1; got %s. Leave one size open.",
                        op,
                        format(target));
                known = product(op, known, target[d], target);
            }
        }
        boolean fits = open < 0 ? known == count : known > 0 && count % known == 0;
        checkArgument(
                fits,
                "%s: expected a shape for the %s elements of %s; got %s. Make the product of the sizes %s.",
                op,
                count,
                format(shape),
                format(target),
                count);
        long[] result = target.clone();
        if (open >= 0) {
            result[open] = count / known;
        }
        return result;
    }

    /** Returns the shape with the size of one dimension replaced. */
    public static long[] with(long[] shape, int dim, long size) {
        long[] result = shape.clone();
        result[dim] = size;
        return result;
    }

    /**
     * Returns how many elements the diagonal has that begins offset columns to the right (or rows down if negative).
     */
    public static long diagonal(long rows, long columns, long offset) {
        long length = offset < 0 ? Math.min(rows + offset, columns) : Math.min(rows, columns - offset);
        return Math.max(length, 0);
    }

    /** Returns the shape without its last two dimensions: that of a batch of matrices. */
    public static long[] batch(long[] shape) {
        return Arrays.copyOf(shape, shape.length - 2);
    }

    /** Returns the shape with further dimensions behind it. */
    public static long[] append(long[] shape, long... sizes) {
        return Longs.concat(shape, sizes);
    }

    /** Returns the shape with the sizes of neighboring dimensions, count of them from dim on, replaced by others. */
    public static long[] replaced(long[] shape, int dim, int count, long... sizes) {
        long[] result = new long[shape.length - count + sizes.length];
        System.arraycopy(shape, 0, result, 0, dim);
        System.arraycopy(sizes, 0, result, dim, sizes.length);
        System.arraycopy(shape, dim + count, result, dim + sizes.length, shape.length - dim - count);
        return result;
    }
}
