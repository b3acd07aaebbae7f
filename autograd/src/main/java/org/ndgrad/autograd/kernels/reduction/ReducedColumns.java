package org.ndgrad.autograd.kernels.reduction;

import org.jspecify.annotations.Nullable;
import org.ndgrad.autograd.kernels.math.Reducer;
import org.ndgrad.autograd.kernels.math.Scratch;

/**
 * Numbers in the thread's scratch memory, each of which is what its likes in many rows are reduced to: in loops over
 * two arrays, of which the just-in-time compiler makes vector instructions, as it does not of loops that make one
 * number.
 */
abstract class ReducedColumns {

    /** Where rows of n elements come from, one behind another. */
    interface Rows<T> {
        /** Reads some rows to the begin of a Java array. */
        void read(long from, int rows, int n, T to);
    }

    private ReducedColumns() {}

    /** Returns columns of doubles, to which a function is applied before they are reduced. */
    static ReducedColumns ofDoubles(Rows<double[]> source, Reducer reducer, ReductionLoop.@Nullable Term term) {
        double[] block = Scratch.ofThread().doubles(0);
        double[] reduced = Scratch.ofThread().doubles(1);
        return new ReducedColumns() {
            @Override
            void take(boolean isFirst, long from, int rows, int n, int target, int step) {
                double[] values = isFirst ? reduced : block;
                source.read(from, rows, n, values);
                for (int j = 0; j < rows && term != null; j++) {
                    term.apply(values, j * n, n, target, step);
                }
                if (!isFirst) {
                    reducer.columns.run(reduced, block, reduced, rows * n);
                }
            }

            @Override
            double[] values(int n) {
                return reduced;
            }

            @Override
            double row(int n) {
                return reducer.row(reduced, 0, n);
            }
        };
    }

    /** Returns columns of floats, which are chosen among as they are. */
    static ReducedColumns ofFloats(Rows<float[]> source, Reducer.Extreme reducer) {
        float[] block = Scratch.ofThread().floats(0);
        float[] reduced = Scratch.ofThread().floats(1);
        return new ReducedColumns() {
            @Override
            void take(boolean isFirst, long from, int rows, int n, int target, int step) {
                source.read(from, rows, n, isFirst ? reduced : block);
                if (!isFirst) {
                    reducer.floats.run(reduced, block, reduced, rows * n);
                }
            }

            @Override
            double[] values(int n) {
                double[] values = Scratch.ofThread().doubles(1);
                for (int i = 0; i < n; i++) {
                    values[i] = reduced[i];
                }
                return values;
            }

            @Override
            double row(int n) {
                return reducer.row(reduced, 0, n);
            }
        };
    }

    /**
     * Takes some rows of n elements each as they are, if they are the first, or reduces each element with its like.
     *
     * @param target the number of the result to which the first element of each row belongs
     * @param step from the number of one element to that of the next
     */
    abstract void take(boolean isFirst, long from, int rows, int n, int target, int step);

    /** Returns the first n numbers. */
    abstract double[] values(int n);

    /** Reduces the first n numbers to one. */
    abstract double row(int n);
}
