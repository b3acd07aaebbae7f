package org.ndgrad.autograd.kernels.reduction;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.elementwise.Copy;
import org.ndgrad.autograd.kernels.loops.Parallel;
import org.ndgrad.autograd.kernels.loops.StridedLoop;
import org.ndgrad.autograd.kernels.math.DoubleLoops;
import org.ndgrad.autograd.kernels.math.Reducer;
import org.ndgrad.autograd.kernels.math.RowReducer;
import org.ndgrad.autograd.kernels.math.Scratch;
import org.ndgrad.autograd.kernels.memory.DoubleElements;
import org.ndgrad.autograd.kernels.memory.Memory;

/**
 * Values brought to mean 0 and variance 1, or to mean square 1, along dimensions.
 *
 * <p>Moments are taken in double precision and in two passes, the second around the mean of the first, so that a large
 * mean costs no digits. Groups whose squares leave the range of doubles are scaled before. The dims are ascending
 * numbers from 0, as {@link Shapes#dims} returns them.
 */
public final class Standardize {

    private static final int NARROW = 32; // fewer groups side by side are not worth a thread
    private static final double LEAST = 0x1p-900; // a mean of squares below may have lost some to underflow

    /**
     * What comes of it; all but the values have size 1 along the dims.
     *
     * @param values (x − mean) · scale, of x's shape
     * @param scale 1 / √(variance + ε)
     * @param mean 0 unless values are centered
     * @param variance the mean of (x − mean)²
     */
    public record Standardized(INDArray values, INDArray scale, INDArray mean, INDArray variance) {}

    /** Of each group; the numbers may be changed. */
    @SuppressWarnings("ArrayRecordComponent") // moments are not compared
    private record MeanAndVariance(double[] mean, double[] variance) {}

    /** Values that belong to groups, as many of each array. */
    private interface Stretch {
        /**
         * Visits n elements of contiguous arrays.
         *
         * @param from where they begin in each array
         * @param target the group of the first
         * @param step from the group of one to that of the next
         */
        void visit(long from, int n, int target, int step);
    }

    private final long[] shape;
    private final long[] strides;
    private final long[] targets; // from group to group; 0 along the dims

    private Standardize(long[] shape, int[] dims) {
        this.shape = shape;
        this.strides = Shapes.strides(shape);
        this.targets = ReductionLoop.targets(shape, dims);
    }

    /** Returns (x − mean) / √(var + ε), both over the dims; with the mean taken for 0 unless centered. */
    public static Standardized standardize(INDArray x, int[] dims, double eps, boolean centered) {
        DataType type = x.dataType();
        long[] kept = Shapes.reduced(x.shape(), dims, true);
        Standardize of = new Standardize(x.shape(), dims);
        int groups = Shapes.toInt("standardize", Shapes.numel("standardize", kept)); // before anything is copied
        INDArray scaled = Copy.contiguous(x);
        MeanAndVariance moments = of.moments(scaled, dims, groups, centered);
        double[] factors = new double[0]; // all 1
        if (type == DataType.DOUBLE && !Arrays.stream(moments.variance).allMatch(v -> fits(v, eps))) {
            factors = factors(scaled, dims, moments.variance, eps);
            scaled = of.apply(scaled, new double[factors.length], factors);
            moments = of.moments(scaled, dims, groups, centered);
        }
        double[] scale = Memory.doubles("standardize", moments.variance.length);
        for (int i = 0; i < scale.length; i++) {
            double epsilon = factors.length == 0 ? eps : eps * factors[i] * factors[i];
            scale[i] = 1 / Math.sqrt(moments.variance[i] + epsilon);
        }
        INDArray values = of.apply(scaled, moments.mean, scale);
        for (int i = 0; i < factors.length; i++) {
            scale[i] *= factors[i];
            moments.mean[i] /= factors[i];
            moments.variance[i] = moments.variance[i] / factors[i] / factors[i];
        }
        return new Standardized(
                values,
                Copy.of(type, scale, kept),
                Copy.of(type, moments.mean, kept),
                Copy.of(type, moments.variance, kept));
    }

    private MeanAndVariance moments(INDArray x, int[] dims, int groups, boolean centered) {
        double count = Shapes.count(shape, dims);
        double[] mean = centered ? ReductionLoop.reduce(x, dims, Reducer.SUM) : Memory.doubles("standardize", groups);
        divide(mean, count);
        double[] rest = Memory.doubles("standardize", groups);
        double[] variance = Memory.doubles("standardize", groups);
        accumulate(x, mean, rest, variance);
        for (int i = 0; i < groups; i++) {
            double off = centered ? rest[i] / count : 0; // what rounding left in the mean
            mean[i] += off;
            variance[i] = Math.max(variance[i] / count - off * off, 0);
        }
        return new MeanAndVariance(mean, variance);
    }

    /** Whether neither squares have left the range of doubles on the way nor those that have matter beside ε. */
    private static boolean fits(double variance, double eps) {
        return variance + eps >= LEAST && variance + eps < Double.POSITIVE_INFINITY;
    }

    /** Returns for each group the power of two under which its squares fit, 1 where they do. */
    private static double[] factors(INDArray x, int[] dims, double[] variance, double eps) {
        double[] factors = ReductionLoop.reduce(x, dims, Reducer.MAX, (v, at, n, target, step) -> {
            for (int i = at; i < at + n; i++) {
                v[i] = Math.abs(v[i]);
            }
        });
        Arrays.setAll(factors, i -> {
            double most = Math.max(factors[i], Math.sqrt(eps)); // so that ε fits, too
            return most < Double.POSITIVE_INFINITY && !fits(variance[i], eps)
                    ? Math.scalb(1.0, -Math.getExponent(most))
                    : 1;
        });
        return factors;
    }

    private static void divide(double[] values, double divisor) {
        for (int i = 0; i < values.length; i++) {
            values[i] /= divisor;
        }
    }

    /** Walks the arrays, with threads that have groups of their own. */
    private void walk(Stretch stretch) {
        long count = Shapes.numel("standardize", shape);
        int split = 0;
        int last = 0;
        for (int d = shape.length - 1; d >= 0 && count > 0; d--) {
            split = targets[d] != 0 && shape[d] > 1 ? d : split;
            last = shape[d] > 1 ? Math.max(last, d) : last;
        }
        if (count == 0 || targets[split] == 0) {
            walk(shape, new long[2], stretch);
            return;
        }
        int dim = split;
        long grain = Math.max(dim == last ? NARROW : 1, Parallel.GRAIN / (count / shape[dim]));
        Parallel.ranges(shape[dim], grain, (from, to) -> {
            long[] offsets = {from * strides[dim], from * targets[dim]};
            walk(Shapes.with(shape, dim, to - from), offsets, stretch);
        });
    }

    private void walk(long[] part, long[] offsets, Stretch stretch) {
        StridedLoop.over(part, new long[][] {strides, targets}, offsets, (count, o, s) -> {
            for (long i = 0; i < count; i += Scratch.BLOCK) {
                int n = (int) Math.min(Scratch.BLOCK, count - i);
                stretch.visit(o[0] + i, n, (int) (o[1] + i * s[1]), (int) s[1]);
            }
        });
    }

    /** Sets what n elements of the groups have in common. */
    private static double[] spread(double[] ofGroup, int slot, int n, int target, int step) {
        double[] values = Scratch.ofThread().doubles(slot);
        if (step == 0) {
            Arrays.fill(values, 0, n, ofGroup[target]);
        } else {
            for (int i = 0; i < n; i++) {
                values[i] = ofGroup[target + i * step];
            }
        }
        return values;
    }

    private static void add(double[] values, double[] sums, int n, int target, int step) {
        if (step == 0) {
            sums[target] += RowReducer.FASTEST.sum(values, 0, n);
        } else {
            for (int i = 0; i < n; i++) {
                sums[target + i * step] += values[i];
            }
        }
    }

    /** Adds x − center to the sums, and its square to the squares. */
    private void accumulate(INDArray x, double[] center, double[] sums, double[] squares) {
        DoubleElements in = DoubleElements.of(x);
        walk((from, n, target, step) -> {
            double[] values = read(in, 0, from, n);
            DoubleLoops.subtract(values, spread(center, 1, n, target, step), values, n);
            add(values, sums, n, target, step);
            DoubleLoops.square(values, values, n);
            add(values, squares, n, target, step);
        });
    }

    private INDArray apply(INDArray x, double[] mean, double[] scale) {
        INDArray result = Memory.allocate(x.dataType(), shape);
        DoubleElements in = DoubleElements.of(x);
        DoubleElements out = DoubleElements.into(result);
        walk((from, n, target, step) -> {
            double[] values = read(in, 0, from, n);
            DoubleLoops.subtract(values, spread(mean, 1, n, target, step), values, n);
            DoubleLoops.multiply(values, spread(scale, 1, n, target, step), values, n);
            out.put(from, 1, values, 0, n);
        });
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
        return new Standardize(values.shape(), dims)
                .backward(
                        Copy.contiguous(g),
                        Copy.contiguous(values),
                        Copy.toDoubles(scale),
                        (double) Shapes.count(values.shape(), dims),
                        centered);
    }

    private INDArray backward(INDArray g, INDArray values, double[] factor, double count, boolean centered) {
        INDArray result = Memory.allocate(values.dataType(), shape);
        double[] mean = new double[factor.length];
        double[] slope = new double[factor.length];
        DoubleElements gradient = DoubleElements.of(g);
        DoubleElements y = DoubleElements.of(values);
        DoubleElements out = DoubleElements.into(result);
        walk((from, n, target, step) -> {
            double[] gradients = read(gradient, 0, from, n);
            double[] products = read(y, 1, from, n);
            DoubleLoops.multiply(gradients, products, products, n);
            add(gradients, mean, n, target, step);
            add(products, slope, n, target, step);
        });
        divide(slope, count);
        divide(mean, count);
        if (!centered) {
            Arrays.fill(mean, 0);
        }
        walk((from, n, target, step) -> {
            double[] rest = read(gradient, 0, from, n);
            double[] along = read(y, 1, from, n);
            DoubleLoops.subtract(rest, spread(mean, 2, n, target, step), rest, n);
            DoubleLoops.multiply(along, spread(slope, 2, n, target, step), along, n);
            DoubleLoops.subtract(rest, along, rest, n);
            DoubleLoops.multiply(rest, spread(factor, 2, n, target, step), rest, n);
            out.put(from, 1, rest, 0, n);
        });
        return result;
    }

    private static double[] read(DoubleElements memory, int slot, long from, int n) {
        double[] values = Scratch.ofThread().doubles(slot);
        memory.get(from, 1, values, 0, n);
        return values;
    }
}
