package org.ndgrad.autograd.numerics;

import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import org.jspecify.annotations.Nullable;
import org.ndgrad.autograd.Tensor;

/**
 * A function of two numbers, what it and its slopes are exactly, and how many units in the last place float32 and
 * float64 may be away from that.
 *
 * @param ofFirst the slope in the first number, null where it means nothing
 * @param scale of what the units of the value are, if that is more than the value
 */
record PairAccuracy(
        String name,
        BinaryOperator<Tensor> function,
        Exact value,
        Exact ofFirst,
        Exact ofSecond,
        DoubleBinaryOperator scale,
        Range first,
        Range second,
        Accuracy.Bounds bounds) {

    /** Where numbers are tried, besides everywhere. */
    record Range(double low, double high) {}

    /** A function of two numbers. */
    interface Exact {
        @Nullable
        DoubleDouble at(double a, double b);
    }

    /** A function with slopes, tried in [−10, 10] besides everywhere. */
    static PairAccuracy of(String name, BinaryOperator<Tensor> function, Exact value, Exact ofFirst, Exact ofSecond) {
        return new PairAccuracy(
                name,
                function,
                value,
                ofFirst,
                ofSecond,
                (a, b) -> 0,
                new Range(-10, 10),
                new Range(-10, 10),
                new Accuracy.Bounds(0, 0, 0, 0));
    }

    PairAccuracy in(double low, double high, double secondLow, double secondHigh) {
        Range ofSecondNumber = new Range(secondLow, secondHigh);
        return new PairAccuracy(
                name, function, value, ofFirst, ofSecond, scale, new Range(low, high), ofSecondNumber, bounds);
    }

    PairAccuracy inUnitsOfTheLarger() {
        return new PairAccuracy(
                name, function, value, ofFirst, ofSecond, (a, b) -> Math.abs(Math.max(a, b)), first, second, bounds);
    }

    PairAccuracy within(double single, double singleSlopes, double wide, double wideSlopes) {
        Accuracy.Bounds promised = new Accuracy.Bounds(single, singleSlopes, wide, wideSlopes);
        return new PairAccuracy(name, function, value, ofFirst, ofSecond, scale, first, second, promised);
    }

    @Override
    public String toString() {
        return name;
    }
}
