package org.ndgrad.autograd.kernels.reduction;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.math.Reducer;
import org.ndgrad.autograd.kernels.math.Scratch;

/**
 * Means of floating values along dimensions, each the sum of two doubles: beside a large mean, one has not the digits
 * that small differences need. The second is what rounding left of the first, found in a second pass; it is 0 for
 * types narrower than float64. The mean of equal numbers is that number.
 */
@SuppressWarnings("ArrayRecordComponent") // means are not compared
record Means(double[] heads, double[] rests) {

    static Means of(INDArray x, int[] dims) {
        double count = Shapes.count(x.shape(), dims);
        double[] heads = Moments.sums(x, dims, count);
        double[] rests = new double[heads.length];
        Means means = new Means(heads, rests);
        if (x.dataType() == DataType.DOUBLE) {
            double[] sums = ReductionLoop.reduce(x, dims, Reducer.SUM, means::subtract);
            Arrays.setAll(rests, i -> Double.isFinite(sums[i]) ? sums[i] / count : 0);
        }
        return means;
    }

    /** Subtracts the means from n elements, as a term of {@link ReductionLoop} does. */
    void subtract(double[] x, int at, int n, int target, int step) {
        if (step == 0) {
            difference(x, at, n, heads[target], rests[target]);
            return;
        }
        if (step == 1 && at == 0) {
            double[] near = Scratch.ofThread().doubles(2);
            double[] off = Scratch.ofThread().doubles(3);
            System.arraycopy(heads, target, near, 0, n);
            System.arraycopy(rests, target, off, 0, n);
            difference(x, near, off, n);
            return;
        }
        for (int i = 0; i < n; i++) {
            x[at + i] = (x[at + i] - heads[target + i * step]) - rests[target + i * step];
        }
    }

    private static void difference(double[] x, int at, int n, double head, double rest) {
        if (at == 0) {
            for (int i = 0; i < n; i++) { // without an offset, so that the compiler uses vector instructions
                x[i] = (x[i] - head) - rest;
            }
        } else {
            for (int i = at; i < at + n; i++) {
                x[i] = (x[i] - head) - rest;
            }
        }
    }

    private static void difference(double[] x, double[] heads, double[] rests, int n) {
        for (int i = 0; i < n; i++) {
            x[i] = (x[i] - heads[i]) - rests[i];
        }
    }

    /** Sets n elements to their differences from the means, times a factor under which those fit. */
    void subtract(double[] x, int at, int n, int target, int step, double factor) {
        for (int i = 0; i < n; i++) {
            double near = x[at + i] * factor - heads[target + i * step] * factor;
            x[at + i] = near - rests[target + i * step] * factor;
        }
    }

    double[] rounded() {
        double[] rounded = new double[heads.length];
        Arrays.setAll(rounded, i -> heads[i] + rests[i]);
        return rounded;
    }
}
