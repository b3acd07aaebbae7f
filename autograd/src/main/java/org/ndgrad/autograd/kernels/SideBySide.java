package org.ndgrad.autograd.kernels;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Walks several contiguous arrays of one size and type side by side, in Java arrays that all begin with the current piece.
 * What it does not support, it leaves to slower ways.
 */
final class SideBySide {

    /** A step over pieces of float arrays. */
    interface FloatStep {
        /** Computes the first n elements. */
        void run(float[][] pieces, int n);
    }

    /** A step over pieces of double arrays. */
    interface DoubleStep {
        /** Computes the first n elements. */
        void run(double[][] pieces, int n);
    }

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
        if (whole) {
            step.run(values, (int) count);
            return true;
        }
        FloatPieces[] pieces = new FloatPieces[arrays.length];
        for (int i = 0; i < arrays.length; i++) {
            FloatPieces some = FloatPieces.of(arrays[i], i);
            if (some == null) {
                return false;
            }
            pieces[i] = some;
        }
        for (int from = 0; from < count; from += FloatPieces.LENGTH) {
            int n = (int) Math.min(FloatPieces.LENGTH, count - from);
            for (int i = 0; i < arrays.length; i++) {
                values[i] = pieces[i].read(from, n);
            }
            step.run(values, n);
            for (int i = 0; i < written; i++) {
                pieces[i].write(from, n);
            }
        }
        return true;
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
        if (whole) {
            step.run(values, (int) count);
            return true;
        }
        DoublePieces[] pieces = new DoublePieces[arrays.length];
        for (int i = 0; i < arrays.length; i++) {
            DoublePieces some = DoublePieces.of(arrays[i], i);
            if (some == null) {
                return false;
            }
            pieces[i] = some;
        }
        for (int from = 0; from < count; from += DoublePieces.LENGTH) {
            int n = (int) Math.min(DoublePieces.LENGTH, count - from);
            for (int i = 0; i < arrays.length; i++) {
                values[i] = pieces[i].read(from, n);
            }
            step.run(values, n);
            for (int i = 0; i < written; i++) {
                pieces[i].write(from, n);
            }
        }
        return true;
    }
}
