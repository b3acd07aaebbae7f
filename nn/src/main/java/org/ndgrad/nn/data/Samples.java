package org.ndgrad.nn.data;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.OptionalInt;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.KeepDim;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Text;
import org.ndgrad.autograd.ops.Reductions;

/**
 * What a scaler is fitted on, in float64 whatever the dtype of the data. Each feature is measured in a unit of its own,
 * a power of two near its range, so that nothing over- or underflows.
 */
final class Samples {

    /** Fractions of which none differs more from another, relatively, are one number with rounding errors. */
    private static final double ROUNDING = Math.ulp(1.0);

    private static final int MAX_EXPONENT = 1022;
    private static final DataType WIDE = DataType.DOUBLE;

    private final DataType dtype;
    private final Tensor x;
    private final long[] featureShape;
    private final double[] min;
    private final double[] max;
    private final Tensor unit;
    private final Split least;
    private final Tensor range;

    /**
     * Measures minimum and maximum of each feature.
     *
     * @param features shape (N, *)
     * @throws IllegalArgumentException if there is no sample, or a number is not finite
     */
    Samples(String who, Tensor features) {
        checkArgument(
                features.ndim() >= 1 && features.size(0) > 0,
                "%s: expected at least one sample, shape (N, *); got %s. Give some, in the first dimension.",
                who,
                Text.shape(features));
        dtype = features.dtype();
        x = features.detach().to(dtype.isFPType() ? WIDE : DataType.INT64);
        Tensor smallest = Reductions.amin(x, new int[] {0}, KeepDim.NO);
        Tensor largest = Reductions.amax(x, new int[] {0}, KeepDim.NO);
        featureShape = smallest.shape();
        min = smallest.to(WIDE).toDoubleArray();
        max = largest.to(WIDE).toDoubleArray();
        checkFinite(who);
        Tensor one = Tensor.of(WIDE, 1);
        double[] ranges = Split.of(largest, one).minus(Split.of(smallest, one)).toDoubleArray();
        unit = perFeature(i -> unit(ranges[i]));
        least = Split.of(smallest, unit);
        range = Split.of(largest, unit).minus(least);
    }

    private void checkFinite(String who) {
        for (int i = 0; i < min.length; i++) {
            double wrong = Double.isFinite(min[i]) ? max[i] : min[i];
            checkArgument(
                    Double.isFinite(wrong),
                    "%s: expected finite numbers to fit; got %s in feature %s. Drop such samples, or replace them.",
                    who,
                    wrong,
                    i);
        }
    }

    /** Returns a power of two by which a range, be it infinite, comes near 1. */
    private static double unit(double range) {
        int exponent = Math.max(-MAX_EXPONENT, Math.min(Math.getExponent(range), MAX_EXPONENT));
        return range == 0 ? 1 : Math.scalb(1.0, -exponent);
    }

    /** Returns the dtype of the data. */
    DataType dtype() {
        return dtype;
    }

    /** Returns the number of samples. */
    long count() {
        return x.size(0);
    }

    /** Returns the unit of each feature, shape (*). */
    Tensor unit() {
        return unit;
    }

    /** Returns the smallest number of each feature in its unit. */
    Split least() {
        return least;
    }

    /** Returns the difference of largest and smallest number of each feature in its unit. */
    Tensor range() {
        return range;
    }

    /** Returns the numbers of a sample, in the unit. */
    Split sample(int index) {
        return Split.of(x.select(0, index), unit);
    }

    /** Returns how far each number is above one of its feature, in the unit, shape (N, *). */
    Tensor above(Split origin) {
        return Split.of(x, unit).minus(origin);
    }

    /** Returns the largest range of each feature, in its unit, that rounding explains. Integers are not rounded. */
    Tensor rounding() {
        return perFeature(i -> isInteger(min[i]) && isInteger(max[i]) ? 0 : ROUNDING * size(i))
                .mul(unit);
    }

    /**
     * Returns the first feature of integers beyond 2⁵³ that are too close together for float64 to tell them apart.
     *
     * @param scale by how much they differ, in the unit
     */
    OptionalInt beyondFloat64(Tensor scale) {
        double[] scales = scale.div(unit).toDoubleArray();
        double[] ranges = range.toDoubleArray();
        return IntStream.range(0, dtype.isFPType() ? 0 : min.length)
                .filter(i -> spacing(i) > 1 && ranges[i] > 0 && scales[i] < spacing(i))
                .findFirst();
    }

    private Tensor perFeature(IntToDoubleFunction value) {
        double[] values = IntStream.range(0, min.length).mapToDouble(value).toArray();
        return Tensor.of(WIDE, values).reshape(featureShape);
    }

    private double size(int feature) {
        return Math.max(Math.abs(min[feature]), Math.abs(max[feature]));
    }

    private double spacing(int feature) {
        return Math.ulp(size(feature));
    }

    private static boolean isInteger(double number) {
        return number == Math.rint(number);
    }
}
