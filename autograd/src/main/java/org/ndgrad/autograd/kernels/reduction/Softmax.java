package org.ndgrad.autograd.kernels.reduction;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.elementwise.Fill;
import org.ndgrad.autograd.kernels.indexing.Views;
import org.ndgrad.autograd.kernels.memory.DoubleElements;
import org.ndgrad.autograd.kernels.memory.Memory;

/** Sums of exponentials along a dimension, shifted by the largest element so that nothing overflows. */
public final class Softmax {

    static final int COST = 8; // of an element, times as much as in a simple loop

    private Softmax() {}

    /** Returns exp(x) / Σ exp(x) along the dimension. */
    public static INDArray softmax(INDArray x, int dim) {
        return normalized(x, dim, false);
    }

    /** Returns x − log Σ exp(x) along the dimension. */
    public static INDArray logSoftmax(INDArray x, int dim) {
        return normalized(x, dim, true);
    }

    private static INDArray normalized(INDArray x, int dim, boolean log) {
        INDArray result = Memory.allocate(DTypes.floating(x.dataType()), x.shape());
        if (result.isEmpty()) {
            return result;
        }
        if (SoftmaxColumns.fit(x, result.dataType(), dim)) {
            SoftmaxColumns.softmax(x, dim, result, log);
            return result;
        }
        INDArray in = rows(x, dim);
        INDArray out = rows(result, dim);
        long n = in.size(-1);
        PowerRows.walk(in.length() / n, n, result.dataType(), () -> {
            PowerRows powers = PowerRows.of(in, out, result.dataType());
            return log
                    ? (first, rows) -> logarithms(powers, first, rows, n)
                    : (first, rows) -> shares(powers, first, rows, n);
        });
        return result;
    }

    /** Returns the array with the dimension as its last. */
    private static INDArray rows(INDArray x, int dim) {
        return x.rank() == 0 ? Views.reshape(x, new long[] {1}) : Views.moveToEnd(x, dim);
    }

    private static void shares(PowerRows powers, long first, int rows, long n) {
        powers.sum(first, rows, true);
        double[] factors = new double[rows];
        Arrays.setAll(factors, r -> 1 / powers.sum(r));
        for (long c = 0; c < n; c += powers.part()) {
            int count = powers.count(c);
            if (powers.isLong()) {
                powers.readBack(first * n + c, count);
            }
            powers.scale(rows, count, factors);
            powers.write(first * n + c, rows * count);
        }
    }

    private static void logarithms(PowerRows powers, long first, int rows, long n) {
        powers.sum(first, rows, false);
        double[] logs = new double[rows];
        Arrays.setAll(logs, powers::logSum);
        for (long c = 0; c < n; c += powers.part()) {
            int count = powers.count(c);
            if (powers.isLong()) {
                powers.read(first * n + c, count);
                powers.room(first * n + c, count);
            }
            powers.subtract(rows, count, logs);
            powers.write(first * n + c, rows * count);
        }
    }

    /** Returns log Σ exp(x) along the dimension, which is gone or of size 1 then; −∞ for no elements. */
    public static INDArray logsumexp(INDArray x, int dim, boolean keepDim) {
        int[] dims = x.rank() == 0 ? new int[0] : new int[] {dim};
        INDArray result = Memory.allocate(DTypes.floating(x.dataType()), Shapes.reduced(x.shape(), dims, keepDim));
        if (x.isEmpty()) {
            Fill.fill(result, Double.NEGATIVE_INFINITY);
            return result;
        }
        INDArray in = rows(x, dim);
        long n = in.size(-1);
        DoubleElements out = DoubleElements.into(result);
        PowerRows.walk(in.length() / n, n, result.dataType(), () -> {
            PowerRows powers = PowerRows.of(in, null, result.dataType());
            double[] logs = new double[powers.most()];
            return (first, rows) -> {
                powers.sum(first, rows, false);
                for (int r = 0; r < rows; r++) {
                    double largest = powers.largest(r);
                    logs[r] = Double.isInfinite(largest) ? largest : largest + powers.logSum(r);
                }
                out.put(first, 1, logs, 0, rows);
            };
        });
        return result;
    }
}
