package org.ndgrad.autograd.kernels.indexing;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.memory.Memory;

/** Where the elements of an array lie in the memory that it may share with others: sizes, strides and a start. */
public final class StridedLayout {

    private final long[] shape;
    private final long[] strides;
    private final long start;

    private StridedLayout(long[] shape, long[] strides, long start) {
        this.shape = shape;
        this.strides = strides;
        this.start = start;
    }

    /**
     * Returns a layout.
     *
     * @param shape the sizes of the dimensions
     * @param strides per dimension, how far neighbors are apart
     * @param start where the first element lies
     * @throws IllegalArgumentException if a number is negative or the numbers of dimensions differ
     */
    public static StridedLayout of(long[] shape, long[] strides, long start) {
        checkArgument(
                shape.length == strides.length,
                "asStrided: expected a stride per dim of shape %s; got %s. Give as many strides as sizes.",
                Shapes.format(shape),
                Shapes.format(strides));
        checkArgument(
                start >= 0 && Arrays.stream(strides).allMatch(stride -> stride >= 0),
                "asStrided: expected strides and an offset of at least 0; got %s and %s. Use flip to go backwards.",
                Shapes.format(strides),
                start);
        Shapes.numel("asStrided", shape);
        return new StridedLayout(shape.clone(), strides.clone(), start);
    }

    /** Returns where an array lies in its memory. */
    public static StridedLayout of(INDArray array) {
        return new StridedLayout(array.shape().clone(), array.stride().clone(), Memory.start(array));
    }

    /** Returns the sizes of the dimensions. */
    public long[] shape() {
        return shape.clone();
    }

    /** Returns where the first element lies. */
    public long start() {
        return start;
    }

    /** Returns the same layout so much further on. */
    public StridedLayout moved(long distance) {
        return new StridedLayout(shape, strides, start + distance);
    }

    /** Returns where the memory may end: behind the last element, at the start if there is none. */
    public long end() {
        if (Shapes.numel("asStrided", shape) == 0) {
            return start;
        }
        long last = start;
        for (int d = 0; d < shape.length; d++) {
            last = Math.addExact(last, Math.multiplyExact(shape[d] - 1, strides[d]));
        }
        return Math.addExact(last, 1);
    }

    /**
     * Returns the view of an array's memory, all of it, in this layout.
     *
     * @throws IllegalArgumentException if the window leaves the memory
     */
    public INDArray on(INDArray array) {
        Memory.checkOpen(array);
        long size = Memory.capacity(array);
        boolean inside;
        try {
            inside = end() <= size || end() == start;
        } catch (ArithmeticException e) {
            inside = false;
        }
        checkArgument(
                inside,
                "asStrided: expected a window within the %s elements of the memory; got shape %s with strides %s from"
                        + " element %s on. Reduce sizes, strides or offset.",
                size,
                Shapes.format(shape),
                Shapes.format(strides),
                start);
        return Memory.view(array, shape, strides, array.isEmpty() ? 0 : start - Memory.start(array));
    }
}
