package org.ndgrad.autograd.kernels.spatial;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableIntArray;
import java.util.Arrays;
import org.ndgrad.autograd.kernels.Shapes;

/**
 * Where a window looks while it slides over an input of three spatial dims; fewer are filled up in front with dims of
 * size 1. At the output position o, its element k lies at o · stride + k · dilation − padding of the input; what lies
 * outside is 0. How much padding there is behind follows from the output's size.
 */
public record SlidingWindow(
        ImmutableIntArray input,
        ImmutableIntArray kernel,
        ImmutableIntArray output,
        ImmutableIntArray stride,
        ImmutableIntArray padding,
        ImmutableIntArray dilation) {

    /** Successive windows: some lines of the output, or a part of one. */
    record Tile(int line, int lines, int from, int to) {
        int size() {
            return lines * (to - from);
        }
    }

    private static final int DIMS = 3;

    /** Returns these windows over up to three dims. */
    public static SlidingWindow of(
            String op, long[] input, long[] kernel, long[] output, long[] stride, long[] padding, long[] dilation) {
        for (int d = 0; d < input.length; d++) {
            checkCount(op, "a padded size", input[d] + 2 * padding[d]);
            checkCount(op, "a span of the window", (kernel[d] - 1) * dilation[d] + 1);
        }
        checkCount(op, "spatial sizes", input);
        checkCount(op, "spatial sizes", output);
        checkCount(op, "a window", kernel);
        return new SlidingWindow(
                filled(input, 1),
                filled(kernel, 1),
                filled(output, 1),
                filled(stride, 1),
                filled(padding, 0),
                filled(dilation, 1));
    }

    private static void checkCount(String op, String what, long... sizes) {
        checkArgument(
                Arrays.stream(sizes).asDoubleStream().reduce(1, (a, b) -> a * b) <= Integer.MAX_VALUE,
                "%s: expected %s with a product below 2^31; got %s. Use smaller ones.",
                op,
                what,
                Shapes.format(sizes));
    }

    private static ImmutableIntArray filled(long[] values, int front) {
        ImmutableIntArray.Builder result = ImmutableIntArray.builder(DIMS);
        for (int d = values.length; d < DIMS; d++) {
            result.add(front);
        }
        for (long value : values) {
            result.add((int) value);
        }
        return result.build();
    }

    /** Returns the number of elements in a window. */
    int windowSize() {
        return count(kernel);
    }

    /** Returns the number of windows. */
    public int windows() {
        return count(output);
    }

    /** Returns the number of elements of the input in one channel. */
    int plane() {
        return count(input);
    }

    private static int count(ImmutableIntArray sizes) {
        return sizes.get(0) * sizes.get(1) * sizes.get(2);
    }

    Tile all() {
        return new Tile(0, output.get(0) * output.get(1), 0, output.get(2));
    }

    /** Returns the number of the first window of a tile. */
    int number(Tile tile) {
        return tile.line() * output.get(2) + tile.from();
    }

    long[] inputShape(long images, long channels, int ndim) {
        return shape(images, channels, input, ndim);
    }

    long[] kernelShape(long outputs, long inputs, int ndim) {
        return shape(outputs, inputs, kernel, ndim);
    }

    long[] outputShape(long images, long channels, int ndim) {
        return shape(images, channels, output, ndim);
    }

    private static long[] shape(long first, long second, ImmutableIntArray sizes, int ndim) {
        long[] shape = new long[2 + ndim];
        shape[0] = first;
        shape[1] = second;
        for (int d = 0; d < ndim; d++) {
            shape[2 + d] = sizes.get(DIMS - ndim + d);
        }
        return shape;
    }

    /** Whether each window is one element, the windows being the input in its order. */
    boolean isIdentity() {
        return windowSize() == 1
                && input.equals(output)
                && stride.asList().stream().allMatch(s -> s == 1)
                && padding.asList().stream().allMatch(p -> p == 0);
    }

    /** Returns the first output position along a dim whose window has its element k inside the input, or behind it. */
    int first(int dim, int k) {
        long before = padding.get(dim) - (long) k * dilation.get(dim);
        return clip(dim, before);
    }

    /** Returns the first output position along a dim whose window has its element k behind the input. */
    int end(int dim, int k) {
        long before = padding.get(dim) - (long) k * dilation.get(dim);
        return clip(dim, before + input.get(dim));
    }

    private int clip(int dim, long distance) {
        long position = -Math.floorDiv(-distance, (long) stride.get(dim));
        return (int) Math.max(0, Math.min(position, output.get(dim)));
    }

    /** Returns where the element k of the window at an output position lies along a dim of the input. */
    int at(int dim, int position, int k) {
        return position * stride.get(dim) + k * dilation.get(dim) - padding.get(dim);
    }
}
