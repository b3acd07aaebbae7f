package org.ndgrad.autograd.kernels;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@link Exponentials} of float32 along the last dimension, whole rows at a time. Powers are float32, their sums float64; a
 * power's exponent, the distance from the largest element, is rounded to float32.
 */
final class ExponentialRows {

    private ExponentialRows() {}

    /** Whether the functions can be used for an array of this type with rows of so many elements. */
    static boolean fit(DataType type, long n) {
        return FloatMemory.holds(type) && DTypes.floating(type) == DataType.FLOAT && Scratch.fits(n);
    }

    /** Sets z to exp(x) / Σ exp(x), or its logarithm, of each row. */
    static void softmax(INDArray x, INDArray z, boolean log) {
        int n = (int) x.size(-1);
        int most = Math.max(1, Scratch.BLOCK / n);
        Parallel.rows(x.length() / n, n, (from, to) -> {
            FloatBlocks in = FloatBlocks.of(0, x, x.shape());
            FloatBlocks out = FloatBlocks.into(1, z);
            float[] largest = new float[most];
            float[] factors = Scratch.ofThread().floats(2);
            for (long row = from; row < to; row += most) {
                int rows = (int) Math.min(most, to - row);
                in.read(row * n, rows * n);
                out.room(row * n, rows * n);
                float[] values = in.values();
                float[] powers = out.values();
                largest(values, n, largest, rows);
                exp(values, largest, powers, rows, n);
                for (int r = 0; r < rows; r++) {
                    double sum = RowFolds.FASTEST.sum(powers, r * n, n);
                    if (log) {
                        subtract(values, largest[r], Math.log(sum), powers, r * n, n);
                    } else {
                        Arrays.fill(factors, r * n, (r + 1) * n, (float) (1 / sum));
                    }
                }
                if (!log) {
                    FloatLoops.multiply(powers, factors, powers, Math.max(rows * n, Scratch.FEW));
                }
                out.write(row * n, rows * n);
            }
        });
    }

    /** Sets z, as many elements as x has rows, to log Σ exp(x) of each row. */
    static void logSumExp(INDArray x, INDArray z) {
        int n = (int) x.size(-1);
        int most = Math.max(1, Scratch.BLOCK / n);
        DoubleMemory out = DoubleMemory.into(z);
        Parallel.rows(x.length() / n, n, (from, to) -> {
            FloatBlocks in = FloatBlocks.of(0, x, x.shape());
            float[] powers = Scratch.ofThread().floats(1);
            float[] shifts = new float[most];
            double[] logs = new double[most];
            for (long row = from; row < to; row += most) {
                int rows = (int) Math.min(most, to - row);
                in.read(row * n, rows * n);
                largest(in.values(), n, shifts, rows);
                for (int r = 0; r < rows; r++) {
                    shifts[r] = Float.isInfinite(shifts[r]) ? 0 : shifts[r];
                }
                exp(in.values(), shifts, powers, rows, n);
                for (int r = 0; r < rows; r++) {
                    logs[r] = shifts[r] + Math.log(RowFolds.FASTEST.sum(powers, r * n, n));
                }
                out.put(row, 1, logs, 0, rows);
            }
        });
    }

    private static void largest(float[] x, int n, float[] largest, int rows) {
        for (int r = 0; r < rows; r++) {
            largest[r] = RowFolds.FASTEST.largestNumber(x, r * n, n); // NaN make the sum NaN
        }
    }

    private static void exp(float[] x, float[] shifts, float[] powers, int rows, int n) {
        float[] shift = Scratch.ofThread().floats(2);
        for (int r = 0; r < rows; r++) {
            Arrays.fill(shift, r * n, (r + 1) * n, shifts[r]);
        }
        FloatLoops.subtract(x, shift, powers, Math.max(rows * n, Scratch.FEW));
        FloatMath.exp(powers, 0, powers, 0, rows * n);
    }

    private static void subtract(float[] x, double shift, double logSum, float[] z, int at, int n) {
        for (int i = at; i < at + n; i++) {
            z[i] = (float) (x[i] - shift - logSum);
        }
    }
}
