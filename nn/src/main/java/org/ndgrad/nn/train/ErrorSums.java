package org.ndgrad.nn.train;

import com.google.common.collect.ImmutableMap;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;

/**
 * A sum for each of some outputs, of numbers or of their squares, in a unit of its own, a power of two: 1, unless
 * numbers are so far from it that their squares, or the sum, would over- or underflow.
 */
final class ErrorSums {

    /** Numbers whose exponents are at most this far from 0 are measured in 1. */
    private static final int PLAIN = 400;

    /** The exponent of the unit of nothing: below that of any number. */
    private static final int LEAST = Double.MIN_EXPONENT - 2;

    private final int power;
    private final double[] sums;
    private final double[] exponents;

    private ErrorSums(int power, double[] sums, double[] exponents) {
        this.power = power;
        this.sums = sums;
        this.exponents = exponents;
    }

    /** Returns sums of 0, of numbers for a power of 1, of squares or products for 2. */
    static ErrorSums of(int power, int outputs) {
        double[] exponents = new double[outputs];
        Arrays.fill(exponents, LEAST);
        return new ErrorSums(power, new double[outputs], exponents);
    }

    int outputs() {
        return sums.length;
    }

    /** Adds |x|, or x², to the sum of an output. */
    void add(int output, double x) {
        add(output, x, 0);
    }

    /** Adds |2 x|, or (2 x)², to the sum of an output, where float64 has no 2 x. */
    void addTwice(int output, double x) {
        add(output, x, 1);
    }

    private void add(int output, double x, int shift) {
        cover(output, x, shift);
        double size = Math.abs(measured(output, x, shift));
        sums[output] += power == 1 ? size : size * size;
    }

    /** Adds |x · y| to the sum of an output, both measured in its unit. */
    void addMeasured(int output, double x, double y) {
        sums[output] += Math.abs(x * y);
    }

    /**
     * Makes the unit of an output large enough for x · 2^shift.
     *
     * @return by how much a number has to be multiplied that was measured in the unit before, as a power of two
     */
    int cover(int output, double x, int shift) {
        int size = Math.getExponent(x) + shift;
        int exponent = Math.abs(size) <= PLAIN ? 0 : size;
        if (x == 0 || exponent <= exponents[output]) {
            return 0;
        }
        int change = (int) exponents[output] - exponent;
        sums[output] = Math.scalb(sums[output], power * change);
        exponents[output] = exponent;
        return change;
    }

    /** Returns x · 2^shift in the unit of an output. */
    double measured(int output, double x, int shift) {
        int by = shift - (int) exponents[output];
        return by == 0 ? x : Math.scalb(x, by);
    }

    boolean isZero(int output) {
        return sums[output] == 0;
    }

    /** Returns the sum of an output divided by a count. */
    double mean(int output, long count) {
        return Math.scalb(sums[output] / count, power * (int) exponents[output]);
    }

    /** Returns √ of the sum of an output divided by a count, of squares. */
    double rootMean(int output, long count) {
        return Math.scalb(Math.sqrt(sums[output] / count), (int) exponents[output]);
    }

    /** Returns the sum of an output divided by that of others. */
    double ratio(int output, ErrorSums others) {
        int shift = (int) (exponents[output] - others.exponents[output]);
        return Math.scalb(sums[output] / others.sums[output], power * shift);
    }

    /** Puts sums and exponents of the units into a state. */
    void save(ImmutableMap.Builder<String, Object> state, String sumsName, String exponentsName) {
        state.put(sumsName, Tensor.of(DataType.DOUBLE, sums)).put(exponentsName, Tensor.of(DataType.DOUBLE, exponents));
    }

    /** Reads what {@link #save} has put. */
    static ErrorSums load(int power, MetricState state, String sumsName, String exponentsName) {
        double[] sums = state.numbers(sumsName);
        double[] exponents = state.numbers(exponentsName);
        state.check(Arrays.stream(sums).allMatch(sum -> sum >= 0), "sums of at least 0, one for each output");
        state.check(
                exponents.length == sums.length && Arrays.stream(exponents).allMatch(ErrorSums::isExponent),
                "an exponent for each of the '" + sumsName + "' as '" + exponentsName + "'");
        return new ErrorSums(power, sums, exponents);
    }

    private static boolean isExponent(double number) {
        return number >= LEAST && number <= Double.MAX_EXPONENT + 1 && number == Math.rint(number);
    }
}
