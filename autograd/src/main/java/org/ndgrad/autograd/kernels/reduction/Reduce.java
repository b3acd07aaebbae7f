package org.ndgrad.autograd.kernels.reduction;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.Ints;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.elementwise.Copy;
import org.ndgrad.autograd.kernels.loops.StridedLoop;
import org.ndgrad.autograd.kernels.math.Reducer;
import org.ndgrad.autograd.kernels.math.RunningNumber;
import org.ndgrad.autograd.kernels.math.Scratch;
import org.ndgrad.autograd.kernels.memory.DoubleElements;
import org.ndgrad.autograd.kernels.memory.Memory;

/**
 * Functions that make one number of many along dimensions.
 *
 * <p>Floating values are reduced in double precision, along the memory and in blocks, so that a sum of 10⁷ float32
 * values is right to the last digit and does not depend on the number of threads: see {@link ReductionLoop}. NaN wins
 * in max, min, arg-max and arg-min. The dims are ascending numbers from 0, as {@link Shapes#dims} returns them.
 */
public final class Reduce {

    private Reduce() {}

    /** Returns sums; integral and boolean values are counted in int64. */
    public static INDArray sum(INDArray x, int[] dims, boolean keepDim) {
        long[] shape = Shapes.reduced(x.shape(), dims, keepDim);
        return DTypes.isFloating(x.dataType())
                ? Copy.of(x.dataType(), Moments.sums(x, dims, 1), shape)
                : Copy.of(DataType.INT64, WholeReduction.SUM.of(x, dims), shape);
    }

    /** Returns sums of all floating values but NaN: the plain ones where these are numbers. */
    public static INDArray nansum(INDArray x, int[] dims, boolean keepDim) {
        double[] sums = Moments.sums(x, dims, 1);
        if (Arrays.stream(sums).anyMatch(Double::isNaN)) {
            double[] others = Moments.sums(x, dims, 1, (v, at, n, target, step) -> {
                for (int i = at; i < at + n; i++) {
                    v[i] = Double.isNaN(v[i]) ? 0 : v[i];
                }
            });
            Arrays.setAll(sums, i -> Double.isNaN(sums[i]) ? others[i] : sums[i]);
        }
        return Copy.of(x.dataType(), sums, Shapes.reduced(x.shape(), dims, keepDim));
    }

    /** Returns products; integral and boolean values are multiplied in int64. */
    public static INDArray prod(INDArray x, int[] dims, boolean keepDim) {
        long[] shape = Shapes.reduced(x.shape(), dims, keepDim);
        return DTypes.isFloating(x.dataType())
                ? Copy.of(x.dataType(), products(x, dims), shape)
                : Copy.of(DataType.INT64, WholeReduction.PRODUCT.of(x, dims), shape);
    }

    /** Multiplies again, with exponents apart, where products leave the range of doubles, perhaps on the way only. */
    private static double[] products(INDArray x, int[] dims) {
        double[] products = ReductionLoop.reduce(x, dims, Reducer.PRODUCT);
        if (Arrays.stream(products).allMatch(y -> Math.abs(y) >= Double.MIN_NORMAL && Double.isFinite(y))) {
            return products;
        }
        Arrays.fill(products, 1);
        long[] exponents = new long[products.length];
        DoubleElements in = DoubleElements.of(x);
        double[] block = Scratch.ofThread().doubles(0);
        StridedLoop.over(
                x.shape(), new long[][] {x.stride(), ReductionLoop.targets(x.shape(), dims)}, (count, o, s) -> {
                    for (long i = 0; i < count; i += Scratch.BLOCK) {
                        int n = (int) Math.min(Scratch.BLOCK, count - i);
                        in.get(o[0] + i * s[0], s[0], block, 0, n);
                        for (int j = 0; j < n; j++) {
                            int target = (int) (o[1] + (i + j) * s[1]);
                            double product = products[target] * block[j];
                            if (RunningNumber.isInside(product)) {
                                products[target] = product;
                            } else {
                                multiply(products, exponents, target, block[j]);
                            }
                        }
                    }
                });
        Arrays.setAll(products, i -> Math.scalb(products[i], (int) Math.max(-5000, Math.min(exponents[i], 5000))));
        return products;
    }

    /** Multiplies the product by a factor, and puts its exponent apart. */
    private static void multiply(double[] products, long[] exponents, int target, double factor) {
        int left = Math.getExponent(products[target]);
        int own = Math.abs(factor) < Double.MIN_NORMAL ? -1023 : Math.getExponent(factor);
        double product = Math.scalb(products[target], -left) * Math.scalb(factor, -own);
        int exponent = Math.getExponent(product);
        products[target] = Math.scalb(product, -exponent);
        exponents[target] += (long) left + own + exponent;
    }

    /** Returns the largest values; throws if there are none to choose from. */
    public static INDArray max(String op, INDArray x, int[] dims, boolean keepDim) {
        return extreme(op, x, dims, keepDim, Reducer.MAX, WholeReduction.MAX);
    }

    /** Returns the smallest values; throws if there are none to choose from. */
    public static INDArray min(String op, INDArray x, int[] dims, boolean keepDim) {
        return extreme(op, x, dims, keepDim, Reducer.MIN, WholeReduction.MIN);
    }

    private static INDArray extreme(String op, INDArray x, int[] dims, boolean keepDim, Reducer f, WholeReduction g) {
        checkNotEmpty(op, x.shape(), dims);
        long[] shape = Shapes.reduced(x.shape(), dims, keepDim);
        DataType type = x.dataType();
        return DTypes.isFloating(type)
                ? Copy.of(type, ReductionLoop.reduce(x, dims, f), shape)
                : Copy.of(type, g.of(x, dims), shape);
    }

    private static void checkNotEmpty(String op, long[] shape, int[] dims) {
        checkArgument(
                Shapes.count(shape, dims) > 0,
                "%s: expected at least one element along dims %s; got shape %s. Check for an empty tensor first.",
                op,
                Ints.asList(dims),
                Shapes.format(shape));
    }

    private static void square(double[] x, int at, int n) {
        for (int i = at; i < at + n; i++) {
            x[i] *= x[i];
        }
    }

    /** Returns Σ x / n, NaN of nothing; floating values only. */
    public static INDArray mean(INDArray x, int[] dims, boolean keepDim) {
        return Copy.of(x.dataType(), Means.of(x, dims).rounded(), Shapes.reduced(x.shape(), dims, keepDim));
    }

    /** Returns Σ (x − mean x)² / freedom; floating values only. */
    public static INDArray variance(INDArray x, double freedom, int[] dims, boolean keepDim) {
        Means means = Means.of(x, dims);
        double[] squares = ReductionLoop.reduce(x, dims, Reducer.SUM, (v, at, n, target, step) -> {
            means.subtract(v, at, n, target, step);
            square(v, at, n);
        });
        Arrays.setAll(squares, i -> squares[i] / freedom);
        return Copy.of(x.dataType(), squares, Shapes.reduced(x.shape(), dims, keepDim));
    }

    /** Returns whether any value is not 0, as booleans, or uint8 for uint8. */
    public static INDArray any(INDArray x, int[] dims, boolean keepDim) {
        double[] found = ReductionLoop.reduce(x, dims, Reducer.ANY);
        return Copy.of(answer(x), found, Shapes.reduced(x.shape(), dims, keepDim));
    }

    private static DataType answer(INDArray x) {
        return x.dataType() == DataType.UINT8 ? DataType.UINT8 : DataType.BOOL;
    }

    /** Returns whether no value is 0, as booleans, or uint8 for uint8. */
    public static INDArray all(INDArray x, int[] dims, boolean keepDim) {
        double[] found = ReductionLoop.reduce(x, dims, Reducer.ALL);
        return Copy.of(answer(x), found, Shapes.reduced(x.shape(), dims, keepDim));
    }

    /** Returns the positions of the first largest values along a dimension, as int64. */
    public static INDArray argmax(String op, INDArray x, int dim, boolean keepDim) {
        return position(op, x, dim, keepDim, 1);
    }

    /** Returns the positions of the first smallest values along a dimension, as int64. */
    public static INDArray argmin(String op, INDArray x, int dim, boolean keepDim) {
        return position(op, x, dim, keepDim, -1);
    }

    private static INDArray position(String op, INDArray x, int dim, boolean keepDim, int sign) {
        int[] dims = x.rank() == 0 ? new int[0] : new int[] {dim};
        checkNotEmpty(op, x.shape(), dims);
        INDArray result = Memory.allocate(DataType.INT64, Shapes.reduced(x.shape(), dims, keepDim));
        if (!result.isEmpty()) {
            Records.find(x, dim, sign, result);
        }
        return result;
    }
}
