package org.ndgrad.autograd.kernels.linalg;

import java.util.BitSet;
import org.ndgrad.autograd.kernels.math.RunningNumber;

/** Right sides of equations: the columns, or the rows, of a matrix in column-major order. */
record RightSides(int count, int size, int between, int step) {

    static RightSides columns(int rows, int columns) {
        return new RightSides(columns, rows, rows, 1);
    }

    static RightSides rows(int rows, int columns) {
        return new RightSides(rows, columns, 1, rows);
    }

    /** Returns the ones which are not in the middle of the range, or all. */
    BitSet far(double[] values, boolean all) {
        BitSet result = new BitSet();
        for (int i = 0; i < count; i++) {
            if (all || !Balance.isPlain(values, i * between, step, size)) {
                result.set(i);
            }
        }
        return result;
    }

    /** Adds the ones with something infinite or NaN. */
    void addInfinite(double[] values, BitSet to) {
        for (int i = 0; i < count; i++) {
            if (!isFinite(values, i)) {
                to.set(i);
            }
        }
    }

    boolean isFinite(double[] values, int index) {
        return Balance.isFinite(values, index * between, step, size);
    }

    RunningNumber[] read(double[] values, int index) {
        RunningNumber[] result = new RunningNumber[size];
        for (int k = 0; k < size; k++) {
            result[k] = new RunningNumber(values[index * between + k * step]);
        }
        return result;
    }

    void write(RunningNumber[] numbers, double[] values, int index) {
        for (int k = 0; k < size; k++) {
            values[index * between + k * step] = numbers[k].get();
        }
    }
}
