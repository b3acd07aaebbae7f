package org.ndgrad.nn.train;

import com.google.common.collect.ImmutableSet;
import java.util.Arrays;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;

/** Reads what the state of a metric holds, and refuses what does not fit. */
final class MetricState {

    /** Up to here a double holds every whole number. */
    private static final double MOST = 1L << 53;

    private final String who;
    private final Map<String, ?> state;

    /**
     * Reads a state.
     *
     * @param who printed in messages
     * @param names what the state must have, and nothing else
     */
    MetricState(String who, Map<String, ?> state, String... names) {
        this.who = who;
        this.state = state;
        check(state.keySet().equals(ImmutableSet.copyOf(names)), "the entries " + Arrays.toString(names));
    }

    /** Refuses the state if it does not fit. */
    void check(boolean fits, String expected) {
        if (!fits) {
            throw refusal(expected);
        }
    }

    private IllegalArgumentException refusal(String expected) {
        return new IllegalArgumentException(who + ".load: expected " + expected + "; got " + state
                + ". Load what stateDict of such a metric gave.");
    }

    double number(String name) {
        if (state.get(name) instanceof Number number && !Double.isNaN(number.doubleValue())) {
            return number.doubleValue();
        }
        throw refusal("a number as '" + name + "'");
    }

    long count(String name) {
        double number = number(name);
        check(isCount(number), "a count as '" + name + "'");
        return (long) number;
    }

    double[] numbers(String name) {
        return vector(name, DataType.DOUBLE).toDoubleArray();
    }

    long[] counts(String name) {
        long[] counts = vector(name, DataType.INT64).toLongArray();
        check(Arrays.stream(counts).allMatch(MetricState::isCount), "counts as '" + name + "'");
        return counts;
    }

    private Tensor vector(String name, DataType dtype) {
        if (state.get(name) instanceof Tensor tensor && tensor.ndim() == 1 && tensor.dtype() == dtype) {
            return tensor;
        }
        throw refusal("a vector of " + (dtype == DataType.INT64 ? "int64" : "float64") + " as '" + name + "'");
    }

    private static boolean isCount(double number) {
        return number >= 0 && number <= MOST && number == Math.rint(number);
    }
}
