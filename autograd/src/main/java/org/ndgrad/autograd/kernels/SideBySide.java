package org.ndgrad.autograd.kernels;

import static com.google.common.base.Verify.verifyNotNull;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Walks several contiguous arrays of one size and type side by side, in Java arrays that all begin with the current piece.
 * What it does not support, it leaves to slower ways.
 */
final class SideBySide {

    /** A step over pieces of float arrays. One that changes some may run in several threads. */
    interface FloatStep {
        /** Computes the first n elements. */
        void run(float[][] pieces, int n);
    }

    /** A step over pieces of double arrays. One that changes some may run in several threads. */
    interface DoubleStep {
        /** Computes the first n elements. */
        void run(double[][] pieces, int n);
    }

    /** How many pieces are worth waking another thread for. */
    private static final long GRAIN = 2;

    private SideBySide() {}

    /**
     * Runs a step that changes arrays in place, over floats as such and over elements of any other type as doubles.
     *
     * @param written how many of the arrays, the first ones, are changed
     */
    static void update(int written, FloatStep ofFloats, DoubleStep ofDoubles, INDArray... arrays) {
        DataType type = arrays[0].dataType();
        if (arrays[0].isEmpty()
                || (type == DataType.FLOAT && floats(written, ofFloats, arrays))
                || (type == DataType.DOUBLE && doubles(written, ofDoubles, arrays))) {
            return;
        }
        double[][] values = new double[arrays.length][];
        for (int i = 0; i < arrays.length; i++) {
            values[i] = Memory.toDoubles(arrays[i]);
        }
        ofDoubles.run(values, values[0].length);
        for (int i = 0; i < written; i++) {
            Memory.assign(arrays[i], Memory.of(DataType.DOUBLE, values[i], arrays[i].shape()));
        }
    }

    /** Runs a step that changes no array, in the same way. */
    static void read(FloatStep ofFloats, DoubleStep ofDoubles, INDArray... arrays) {
        update(0, ofFloats, ofDoubles, arrays);
    }

    /**
     * Runs the step over float arrays.
     *
     * @param written how many of the arrays, the first ones, are changed
     * @return whether it could; else no array was touched
     */
    static boolean floats(int written, FloatStep step, INDArray... arrays) {
        float[][] values = new float[arrays.length][];
        boolean whole = true;
        for (int i = 0; i < arrays.length && whole; i++) {
            float[] array = FloatPieces.whole(arrays[i]);
            whole = array != null;
            if (array != null) {
                values[i] = array;
            }
        }
        long count = arrays[0].length();
        if (whole && count < Scratch.FEW && written > 0) {
            padded(written, step, values, (int) count);
            return true;
        }
        if (whole) {
            step.run(values, (int) count);
            return true;
        }
        for (INDArray array : arrays) {
            if (FloatPieces.of(array, 0) == null) {
                return false;
            }
        }
        if (written == 0) {
            floats(written, step, 0, count, arrays);
        } else {
            long pieces = (count + FloatPieces.LENGTH - 1) / FloatPieces.LENGTH;
            Parallel.ranges(pieces, GRAIN, (from, to) -> {
                floats(written, step, from * FloatPieces.LENGTH, Math.min(to * FloatPieces.LENGTH, count), arrays);
            });
        }
        return true;
    }

    private static void floats(int written, FloatStep step, long begin, long end, INDArray... arrays) {
        float[][] values = new float[arrays.length][];
        FloatPieces[] pieces = new FloatPieces[arrays.length];
        for (int i = 0; i < arrays.length; i++) {
            pieces[i] = verifyNotNull(FloatPieces.of(arrays[i], i));
        }
        for (long from = begin; from < end; from += FloatPieces.LENGTH) {
            int n = (int) Math.min(FloatPieces.LENGTH, end - from);
            for (int i = 0; i < arrays.length; i++) {
                values[i] = pieces[i].read((int) from, n);
            }
            step.run(values, n);
            for (int i = 0; i < written; i++) {
                pieces[i].write((int) from, n);
            }
        }
    }

    private static void padded(int written, FloatStep step, float[][] values, int count) {
        float[][] longer = new float[values.length][];
        for (int i = 0; i < values.length; i++) {
            longer[i] = FloatPieces.scratch(i);
            copy(values[i], longer[i], count);
            Arrays.fill(longer[i], count, Scratch.FEW, 0);
        }
        step.run(longer, Scratch.FEW);
        for (int i = 0; i < written; i++) {
            copy(longer[i], values[i], count);
        }
    }

    private static void copy(float[] from, float[] to, int count) {
        for (int i = 0; i < count; i++) {
            to[i] = from[i];
        }
    }

    /**
     * Runs the step over double arrays.
     *
     * @param written how many of the arrays, the first ones, are changed
     * @return whether it could; else no array was touched
     */
    static boolean doubles(int written, DoubleStep step, INDArray... arrays) {
        double[][] values = new double[arrays.length][];
        boolean whole = true;
        for (int i = 0; i < arrays.length && whole; i++) {
            double[] array = DoublePieces.whole(arrays[i]);
            whole = array != null;
            if (array != null) {
                values[i] = array;
            }
        }
        long count = arrays[0].length();
        if (whole && count < Scratch.FEW && written > 0) {
            padded(written, step, values, (int) count);
            return true;
        }
        if (whole) {
            step.run(values, (int) count);
            return true;
        }
        for (INDArray array : arrays) {
            if (DoublePieces.of(array, 0) == null) {
                return false;
            }
        }
        if (written == 0) {
            doubles(written, step, 0, count, arrays);
        } else {
            long pieces = (count + DoublePieces.LENGTH - 1) / DoublePieces.LENGTH;
            Parallel.ranges(pieces, GRAIN, (from, to) -> {
                doubles(written, step, from * DoublePieces.LENGTH, Math.min(to * DoublePieces.LENGTH, count), arrays);
            });
        }
        return true;
    }

    private static void doubles(int written, DoubleStep step, long begin, long end, INDArray... arrays) {
        double[][] values = new double[arrays.length][];
        DoublePieces[] pieces = new DoublePieces[arrays.length];
        for (int i = 0; i < arrays.length; i++) {
            pieces[i] = verifyNotNull(DoublePieces.of(arrays[i], i));
        }
        for (long from = begin; from < end; from += DoublePieces.LENGTH) {
            int n = (int) Math.min(DoublePieces.LENGTH, end - from);
            for (int i = 0; i < arrays.length; i++) {
                values[i] = pieces[i].read((int) from, n);
            }
            step.run(values, n);
            for (int i = 0; i < written; i++) {
                pieces[i].write((int) from, n);
            }
        }
    }

    private static void padded(int written, DoubleStep step, double[][] values, int count) {
        double[][] longer = new double[values.length][];
        for (int i = 0; i < values.length; i++) {
            longer[i] = DoublePieces.scratch(i);
            copy(values[i], longer[i], count);
            Arrays.fill(longer[i], count, Scratch.FEW, 0);
        }
        step.run(longer, Scratch.FEW);
        for (int i = 0; i < written; i++) {
            copy(longer[i], values[i], count);
        }
    }

    private static void copy(double[] from, double[] to, int count) {
        for (int i = 0; i < count; i++) {
            to[i] = from[i];
        }
    }
}
