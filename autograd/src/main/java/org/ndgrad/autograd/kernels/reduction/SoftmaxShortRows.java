package org.ndgrad.autograd.kernels.reduction;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.loops.DoubleBlocks;
import org.ndgrad.autograd.kernels.loops.Parallel;
import org.ndgrad.autograd.kernels.math.Reducer;
import org.ndgrad.autograd.kernels.math.Scratch;
import org.ndgrad.autograd.kernels.math.Unary;
import org.ndgrad.autograd.kernels.memory.DoubleElements;

/**
 * {@link Softmax} in float64 along the last dimension, where it has fewer elements than are computed at least: many
 * rows at a time.
 */
final class SoftmaxShortRows {

    private SoftmaxShortRows() {}

    /** Whether a row of so many elements is short. */
    static boolean fit(long n) {
        return n <= Scratch.FEW;
    }

    /** Sets z to exp(x) / Σ exp(x), or its logarithm, of each row. */
    static void softmax(INDArray x, INDArray z, boolean log) {
        int n = (int) x.size(-1);
        int most = Scratch.BLOCK / n;
        Parallel.ranges(x.length() / n, grain(n), (from, to) -> {
            DoubleBlocks in = DoubleBlocks.of(0, x, x.shape());
            DoubleBlocks out = DoubleBlocks.into(1, z);
            double[] powers = Scratch.ofThread().doubles(2);
            double[] largest = Scratch.ofThread().doubles(3);
            for (long row = from; row < to; row += most) {
                int rows = (int) Math.min(most, to - row);
                in.read(row * n, rows * n);
                out.room(row * n, rows * n);
                largest(in.values(), n, largest, rows);
                powers(in.values(), n, largest, rows, powers);
                for (int r = 0; r < rows; r++) {
                    double sum = sum(powers, r * n, n);
                    if (log) {
                        subtract(in.values(), r * n, n, largest[r], Math.log(sum), out.values());
                    } else {
                        divide(powers, r * n, n, sum, out.values());
                    }
                }
                out.write(row * n, rows * n);
            }
        });
    }

    /** Sets z, as many elements as x has rows, to log Σ exp(x) of each row. */
    static void logsumexp(INDArray x, INDArray z) {
        int n = (int) x.size(-1);
        int most = Scratch.BLOCK / n;
        DoubleElements out = DoubleElements.into(z);
        Parallel.ranges(x.length() / n, grain(n), (from, to) -> {
            DoubleBlocks in = DoubleBlocks.of(0, x, x.shape());
            double[] powers = Scratch.ofThread().doubles(2);
            double[] shifts = Scratch.ofThread().doubles(3);
            for (long row = from; row < to; row += most) {
                int rows = (int) Math.min(most, to - row);
                in.read(row * n, rows * n);
                largest(in.values(), n, shifts, rows);
                for (int r = 0; r < rows; r++) {
                    shifts[r] = Double.isInfinite(shifts[r]) ? 0 : shifts[r];
                }
                powers(in.values(), n, shifts, rows, powers);
                for (int r = 0; r < rows; r++) {
                    shifts[r] += Math.log(sum(powers, r * n, n));
                }
                out.put(row, 1, shifts, 0, rows);
            }
        });
    }

    private static long grain(int n) {
        return Math.max(1, Parallel.GRAIN / (Softmax.COST * n));
    }

    private static void largest(double[] x, int n, double[] largest, int rows) {
        for (int r = 0; r < rows; r++) {
            largest[r] = Reducer.MAX.row(x, r * n, n);
        }
    }

    /** Sets powers to e to the power of x − shift. */
    private static void powers(double[] x, int n, double[] shifts, int rows, double[] powers) {
        for (int r = 0; r < rows; r++) {
            for (int i = r * n; i < (r + 1) * n; i++) {
                powers[i] = x[i] - shifts[r];
            }
        }
        Scratch.pad(powers, rows * n);
        Unary.EXP.doubles.run(powers, powers, Math.max(rows * n, Scratch.FEW));
    }

    private static double sum(double[] x, int at, int n) {
        double sum = 0;
        for (int i = at; i < at + n; i++) {
            sum += x[i];
        }
        return sum;
    }

    private static void divide(double[] x, int at, int n, double divisor, double[] z) {
        for (int i = at; i < at + n; i++) {
            z[i] = x[i] / divisor;
        }
    }

    private static void subtract(double[] x, int at, int n, double largest, double logSum, double[] z) {
        for (int i = at; i < at + n; i++) {
            z[i] = x[i] - largest - logSum;
        }
    }
}
