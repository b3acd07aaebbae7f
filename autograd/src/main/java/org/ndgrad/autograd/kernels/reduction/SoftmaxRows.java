package org.ndgrad.autograd.kernels.reduction;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.loops.FloatBlocks;
import org.ndgrad.autograd.kernels.loops.Parallel;
import org.ndgrad.autograd.kernels.math.FloatLoops;
import org.ndgrad.autograd.kernels.math.FloatMath;
import org.ndgrad.autograd.kernels.math.Reducer;
import org.ndgrad.autograd.kernels.math.RowReducer;
import org.ndgrad.autograd.kernels.math.Scratch;
import org.ndgrad.autograd.kernels.memory.DoubleElements;
import org.ndgrad.autograd.kernels.memory.FloatElements;

/**
 * {@link Softmax} of float32 along the last dimension, whole rows at a time. Powers are float32, their sums float64; a
 * power's exponent, the distance from the largest element, is rounded to float32, and so is the logarithm of a sum.
 */
final class SoftmaxRows {

    private SoftmaxRows() {}

    /** Whether the functions can be used for an array of this type with rows of so many elements. */
    static boolean fit(DataType type, long n) {
        return FloatElements.holds(type) && DTypes.floating(type) == DataType.FLOAT && Scratch.fits(n);
    }

    /** Sets z to exp(x) / Σ exp(x), or its logarithm, of each row. */
    static void softmax(INDArray x, INDArray z, boolean log) {
        int n = (int) x.size(-1);
        int most = most(x, n);
        Parallel.rows(x.length() / n, n, (from, to) -> {
            FloatBlocks in = FloatBlocks.of(0, x, x.shape());
            FloatBlocks out = FloatBlocks.into(1, z);
            float[] largest = new float[most];
            float[] ends = new float[most];
            float[] ofRows = Scratch.ofThread().floats(2);
            for (long row = from; row < to; row += most) {
                int rows = (int) Math.min(most, to - row);
                in.read(row * n, rows * n);
                out.room(row * n, rows * n);
                float[] values = in.values();
                float[] powers = out.values();
                RowReducer.FASTEST.extremes(values, n, largest, rows, Reducer.MAX);
                spread(largest, ofRows, rows, n);
                exp(values, ofRows, powers, rows * n);
                for (int r = 0; r < rows; r++) {
                    double sum = RowReducer.FASTEST.sum(powers, r * n, n);
                    ends[r] = (float) (log ? Math.log(sum) : 1 / sum);
                }
                int size = Math.max(rows * n, Scratch.FEW);
                if (log) {
                    FloatLoops.subtract(values, ofRows, powers, size);
                    spread(ends, ofRows, rows, n);
                    FloatLoops.subtract(powers, ofRows, powers, size);
                } else {
                    spread(ends, ofRows, rows, n);
                    FloatLoops.multiply(powers, ofRows, powers, size);
                }
                out.write(row * n, rows * n);
            }
        });
    }

    /** Sets z, as many elements as x has rows, to log Σ exp(x) of each row. */
    static void logsumexp(INDArray x, INDArray z) {
        int n = (int) x.size(-1);
        int most = most(x, n);
        DoubleElements out = DoubleElements.into(z);
        Parallel.rows(x.length() / n, n, (from, to) -> {
            FloatBlocks in = FloatBlocks.of(0, x, x.shape());
            float[] powers = Scratch.ofThread().floats(1);
            float[] shifts = new float[most];
            float[] ofRows = Scratch.ofThread().floats(2);
            double[] logs = new double[most];
            for (long row = from; row < to; row += most) {
                int rows = (int) Math.min(most, to - row);
                in.read(row * n, rows * n);
                RowReducer.FASTEST.extremes(in.values(), n, shifts, rows, Reducer.MAX);
                for (int r = 0; r < rows; r++) {
                    shifts[r] = Float.isInfinite(shifts[r]) ? 0 : shifts[r];
                }
                spread(shifts, ofRows, rows, n);
                exp(in.values(), ofRows, powers, rows * n);
                for (int r = 0; r < rows; r++) {
                    logs[r] = shifts[r] + Math.log(RowReducer.FASTEST.sum(powers, r * n, n));
                }
                out.put(row, 1, logs, 0, rows);
            }
        });
    }

    /** Returns how many rows of n elements to handle at once. */
    private static int most(INDArray x, int n) {
        return (int) Math.max(1, Math.min(x.length(), Scratch.BLOCK) / n);
    }

    private static void exp(float[] x, float[] shifts, float[] powers, int n) {
        FloatLoops.subtract(x, shifts, powers, Math.max(n, Scratch.FEW));
        FloatMath.exp(powers, 0, powers, 0, n);
    }

    private static void spread(float[] ofRows, float[] z, int rows, int n) {
        for (int r = 0; r < rows; r++) {
            Arrays.fill(z, r * n, (r + 1) * n, ofRows[r]);
        }
    }
}
