package org.ndgrad.autograd.kernels.loops;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.math.Scratch;

/** Walks several arrays of one shape and type side by side, a block of each at a time. */
public final class BlockLoop {

    /** A step over blocks of float arrays. One that changes some may run in several threads, and beyond their end. */
    public interface FloatStep {
        /** Computes the first n elements. */
        void run(float[][] blocks, int n);
    }

    /** A step over blocks of double arrays. One that changes some may run in several threads, and beyond their end. */
    public interface DoubleStep {
        /** Computes the first n elements. */
        void run(double[][] blocks, int n);
    }

    private BlockLoop() {}

    /**
     * Runs a step that changes arrays in place, over floats as such and over elements of any other type as doubles.
     *
     * @param written how many of the arrays, the first ones, are changed
     */
    public static void update(int written, FloatStep ofFloats, DoubleStep ofDoubles, INDArray... arrays) {
        Parallel.ranges(arrays[0].length(), Parallel.GRAIN, (from, to) -> {
            walk(written, ofFloats, ofDoubles, from, to, arrays);
        });
    }

    /** Runs a step that changes arrays in place, over elements of any type as doubles. */
    public static void updateDoubles(int written, DoubleStep step, INDArray... arrays) {
        Parallel.ranges(arrays[0].length(), Parallel.GRAIN, (from, to) -> doubles(written, step, from, to, arrays));
    }

    /** Runs a step that changes no array, in the same way, but in one thread and up to the end. */
    public static void read(FloatStep ofFloats, DoubleStep ofDoubles, INDArray... arrays) {
        walk(0, ofFloats, ofDoubles, 0, arrays[0].length(), arrays);
    }

    private static void walk(
            int written, FloatStep ofFloats, DoubleStep ofDoubles, long from, long to, INDArray... arrays) {
        if (arrays[0].dataType() == DataType.FLOAT) {
            floats(written, ofFloats, from, to, arrays);
        } else {
            doubles(written, ofDoubles, from, to, arrays);
        }
    }

    private static void floats(int written, FloatStep step, long begin, long end, INDArray... arrays) {
        FloatBlocks[] blocks = new FloatBlocks[arrays.length];
        float[][] values = new float[arrays.length][];
        for (int i = 0; i < arrays.length; i++) {
            INDArray array = arrays[i];
            blocks[i] = i < written ? FloatBlocks.into(i, array) : FloatBlocks.of(i, array, array.shape());
        }
        int size = Scratch.block(arrays[0].length());
        for (long from = begin; from < end; from += size) {
            int n = (int) Math.min(size, end - from);
            for (int i = 0; i < arrays.length; i++) {
                blocks[i].read(from, n);
                values[i] = blocks[i].values();
            }
            step.run(values, written == 0 ? n : Math.max(n, Scratch.FEW));
            for (int i = 0; i < written; i++) {
                blocks[i].write(from, n);
            }
        }
    }

    private static void doubles(int written, DoubleStep step, long begin, long end, INDArray... arrays) {
        DoubleBlocks[] blocks = new DoubleBlocks[arrays.length];
        double[][] values = new double[arrays.length][];
        for (int i = 0; i < arrays.length; i++) {
            INDArray array = arrays[i];
            blocks[i] = i < written ? DoubleBlocks.into(i, array) : DoubleBlocks.of(i, array, array.shape());
        }
        int size = Scratch.block(arrays[0].length());
        for (long from = begin; from < end; from += size) {
            int n = (int) Math.min(size, end - from);
            for (int i = 0; i < arrays.length; i++) {
                blocks[i].read(from, n);
                values[i] = blocks[i].values();
            }
            step.run(values, written == 0 ? n : Math.max(n, Scratch.FEW));
            for (int i = 0; i < written; i++) {
                blocks[i].write(from, n);
            }
        }
    }
}
