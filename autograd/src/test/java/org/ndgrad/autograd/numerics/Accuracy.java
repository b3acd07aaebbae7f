package org.ndgrad.autograd.numerics;

import com.google.common.collect.ImmutableList;
import java.util.function.DoubleFunction;
import java.util.function.UnaryOperator;
import org.ndgrad.autograd.Tensor;

/**
 * A function of one number, what it and its slope are exactly, and how many units in the last place of the result
 * float32 and float64 may be away from that.
 *
 * @param low of the range in which the function is tried, besides everywhere
 * @param points where it is tried, if that is known only there
 * @param units for what passes through 0 by a difference
 */
record Accuracy(
        String name,
        UnaryOperator<Tensor> function,
        DoubleFunction<DoubleDouble> value,
        DoubleFunction<DoubleDouble> slope,
        double low,
        double high,
        Bounds bounds,
        Units units,
        ImmutableList<Double> points) {

    /** Of what the units are, besides of the result: of 1 or x where that is larger. */
    record Units(boolean singleOfX, boolean singleSlopeOfOne, boolean wideSlopeOfOne) {}

    /** Units in the last place: of the value and the slope in float32, then in float64. */
    record Bounds(double single, double singleSlope, double wide, double wideSlope) {}

    static Accuracy of(
            String name,
            UnaryOperator<Tensor> function,
            DoubleFunction<DoubleDouble> value,
            DoubleFunction<DoubleDouble> slope) {
        return new Accuracy(
                name,
                function,
                value,
                slope,
                -10,
                10,
                new Bounds(1, 1, 1, 1),
                new Units(false, false, false),
                ImmutableList.of());
    }

    Accuracy in(double from, double to) {
        return new Accuracy(name, function, value, slope, from, to, bounds, units, points);
    }

    Accuracy within(double single, double singleSlope, double wide, double wideSlope) {
        Bounds promised = new Bounds(single, singleSlope, wide, wideSlope);
        return new Accuracy(name, function, value, slope, low, high, promised, units, points);
    }

    /** Counts units of the slope as those of 1 where it is less. */
    Accuracy slopeInUnitsOfOne() {
        return in(new Units(units.singleOfX, true, true));
    }

    /** Counts units of the slope in float32 as those of 1 where it is less. */
    Accuracy singleSlopeInUnitsOfOne() {
        return in(new Units(units.singleOfX, true, units.wideSlopeOfOne));
    }

    /** Counts units of the value in float32 as those of x where it is less. */
    Accuracy singleInUnitsOfX() {
        return in(new Units(true, units.singleSlopeOfOne, units.wideSlopeOfOne));
    }

    private Accuracy in(Units other) {
        return new Accuracy(name, function, value, slope, low, high, bounds, other, points);
    }

    /** Tries the function there only. */
    Accuracy at(Iterable<Double> numbers) {
        return new Accuracy(name, function, value, slope, low, high, bounds, units, ImmutableList.copyOf(numbers));
    }

    @Override
    public String toString() {
        return name;
    }
}
