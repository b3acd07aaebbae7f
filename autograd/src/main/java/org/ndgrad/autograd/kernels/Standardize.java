package org.ndgrad.autograd.kernels;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Values brought to mean 0 and variance 1, or to mean square 1, along dimensions.
 *
 * <p>Moments are taken in double precision and in two passes, the second around the mean of the first, so that a large
 * mean costs no digits. The dims are ascending numbers from 0, as {@link Shapes#dims} returns them.
 */
public final class Standardize {

    /**
     * What comes of it; all but the values have size 1 along the dims.
     *
     * @param values (x − mean) · scale, of x's shape
     * @param scale 1 / √(variance + ε)
     * @param mean 0 unless values are centered
     * @param variance the mean of (x − mean)²
     */
    public record Standardized(INDArray values, INDArray scale, INDArray mean, INDArray variance) {}

    private Standardize() {}

    /** Returns (x − mean) / √(var + ε), both over the dims; with the mean taken for 0 unless centered. */
    public static Standardized standardize(INDArray x, int[] dims, double eps, boolean centered) {
        DataType type = x.dataType();
        long[] kept = Shapes.reduced(x.shape(), dims, true);
        long[] targets = Reduce.targets(x.shape(), dims);
        double count = Shapes.count(x.shape(), dims);
        int groups = Math.toIntExact(Shapes.numel("standardize", kept));
        double[] mean = new double[groups];
        if (centered) {
            accumulate(x, targets, new double[groups], mean, new double[groups]);
            divide(mean, count);
        }
        double[] rest = new double[groups];
        double[] variance = new double[groups];
        accumulate(x, targets, mean, rest, variance);
        double[] scale = new double[groups];
        for (int i = 0; i < groups; i++) {
            double off = centered ? rest[i] / count : 0; // what rounding left in the mean
            mean[i] += off;
            variance[i] = Math.max(variance[i] / count - off * off, 0);
            scale[i] = 1 / Math.sqrt(variance[i] + eps);
        }
        return new Standardized(
                apply(x, targets, mean, scale),
                Memory.of(type, scale, kept),
                Memory.of(type, mean, kept),
                Memory.of(type, variance, kept));
    }

    private static void divide(double[] values, double divisor) {
        for (int i = 0; i < values.length; i++) {
            values[i] /= divisor;
        }
    }

    /** Adds x − center to the sums, and its square to the squares. */
    private static void accumulate(INDArray x, long[] targets, double[] center, double[] sums, double[] squares) {
        if (x.isEmpty()) {
            return;
        }
        Cells in = Cells.of(x);
        Loop.over(x.shape(), new long[][] {x.stride(), targets}, (count, o, s) -> {
            if (s[1] == 0) {
                int target = (int) o[1];
                double shift = center[target];
                double sum = 0;
                double square = 0;
                for (long i = 0; i < count; i++) {
                    double value = in.get(o[0] + i * s[0]) - shift;
                    sum += value;
                    square += value * value;
                }
                sums[target] += sum;
                squares[target] += square;
            } else {
                for (long i = 0; i < count; i++) {
                    int target = (int) (o[1] + i * s[1]);
                    double value = in.get(o[0] + i * s[0]) - center[target];
                    sums[target] += value;
                    squares[target] += value * value;
                }
            }
        });
    }

    private static INDArray apply(INDArray x, long[] targets, double[] mean, double[] scale) {
        INDArray result = Memory.allocate(x.dataType(), x.shape());
        if (!result.isEmpty()) {
            Cells in = Cells.of(x);
            Cells out = Cells.into(result);
            Loop.over(x.shape(), new long[][] {result.stride(), x.stride(), targets}, (count, o, s) -> {
                for (long i = 0; i < count; i++) {
                    int target = (int) (o[2] + i * s[2]);
                    out.set(o[0] + i * s[0], (in.get(o[1] + i * s[1]) - mean[target]) * scale[target]);
                }
            });
        }
        return result;
    }

    /**
     * Returns the gradient of the standardized values carried back to x.
     *
     * @param g the gradient, of the values' shape
     * @param values the standardized values y
     * @param scale as {@link Standardized#scale}
     * @return scale · (g − mean g − y · mean(g y)), without mean g unless centered
     */
    public static INDArray backward(INDArray g, INDArray values, INDArray scale, int[] dims, boolean centered) {
        INDArray result = Memory.allocate(values.dataType(), values.shape());
        if (result.isEmpty()) {
            return result;
        }
        long[] targets = Reduce.targets(values.shape(), dims);
        double count = Shapes.count(values.shape(), dims);
        double[] factor = Memory.toDoubles(scale);
        double[] mean = new double[factor.length];
        double[] slope = new double[factor.length];
        Cells gradient = Cells.of(g);
        Cells y = Cells.of(values);
        Cells out = Cells.into(result);
        long[] shape = values.shape();
        Loop.over(shape, new long[][] {g.stride(), values.stride(), targets}, (n, o, s) -> {
            for (long i = 0; i < n; i++) {
                int target = (int) (o[2] + i * s[2]);
                double value = gradient.get(o[0] + i * s[0]);
                mean[target] += value;
                slope[target] += value * y.get(o[1] + i * s[1]);
            }
        });
        divide(slope, count);
        divide(mean, count);
        if (!centered) {
            Arrays.fill(mean, 0);
        }
        long[][] strides = {g.stride(), values.stride(), targets, result.stride()};
        Loop.over(shape, strides, (n, o, s) -> {
            for (long i = 0; i < n; i++) {
                int target = (int) (o[2] + i * s[2]);
                double rest = gradient.get(o[0] + i * s[0]) - mean[target] - y.get(o[1] + i * s[1]) * slope[target];
                out.set(o[3] + i * s[3], rest * factor[target]);
            }
        });
        return result;
    }
}
