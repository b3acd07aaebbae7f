package org.ndgrad.nn.train;

import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;

/** Finite numbers of a batch, each as a sum of two of float64, which hold integers of 64 bits without rounding. */
final class FiniteNumbers {

    private static final double LARGEST_BELOW_2_TO_63 = 0x1p63 - 1024;

    private final double[] high;
    private final double[] low;

    private FiniteNumbers(double[] high, double[] low) {
        this.high = high;
        this.low = low;
    }

    /**
     * Reads a tensor.
     *
     * @param name printed in messages, in the plural
     * @throws IllegalArgumentException if a number is not finite
     */
    static FiniteNumbers of(String who, String name, Tensor tensor) {
        if (tensor.dtype() == DataType.INT64) {
            return of(tensor.toLongArray());
        }
        double[] values = tensor.toDoubleArray();
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException(who + ": expected " + name + " that are finite; got " + values[i]
                        + " at position " + i + ". Look at the loss and the inputs: training may have diverged.");
            }
        }
        return new FiniteNumbers(values, new double[0]);
    }

    private static FiniteNumbers of(long[] values) {
        double[] high = new double[values.length];
        double[] low = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            high[i] = Math.min((double) values[i], LARGEST_BELOW_2_TO_63);
            low[i] = (double) (values[i] - (long) high[i]);
        }
        return new FiniteNumbers(high, low);
    }

    int count() {
        return high.length;
    }

    /** Returns a number, rounded. */
    double get(int i) {
        return high[i] + low(i);
    }

    /** Returns the difference of two numbers; of two that are near to one another, without rounding. */
    double minus(FiniteNumbers others, int i) {
        return high[i] - others.high[i] + (low(i) - others.low(i));
    }

    /** Returns half the difference of two numbers, for those whose difference is infinite. */
    double halfMinus(FiniteNumbers others, int i) {
        return high[i] / 2 - others.high[i] / 2;
    }

    /** Returns the difference of a number and one of float64. */
    double minus(double other, int i) {
        return high[i] - other + low(i);
    }

    /** Returns half the difference of a number and one of float64, for those whose difference is infinite. */
    double halfMinus(double other, int i) {
        return high[i] / 2 - other / 2;
    }

    private double low(int i) {
        return low.length == 0 ? 0 : low[i];
    }
}
