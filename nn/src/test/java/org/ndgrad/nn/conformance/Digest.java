package org.ndgrad.nn.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.Streams;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ndgrad.autograd.Tensor;

/**
 * What a file keeps of a large tensor that PyTorch computed in float64: shape and type, the sum, the sum with
 * pseudo-random weights, in which no element can change places unnoticed, the sum of absolute values, extremes and
 * some elements.
 *
 * <p>How near a result must come is measured by PyTorch itself: the file tells how far its float32 elements stray
 * from its float64 ones, on average and at most, and at least half a unit in the last place, which is how sensitive
 * the operation is at these inputs. Elements and extremes may be {@link #FACTOR} times as far as the most that
 * PyTorch's stray, sums the same times the average for each element. The unit of float64 is 2²⁹ times smaller, and
 * the factor {@link #FACTOR_64}, since PyTorch's float64 results are not exact either.
 *
 * <p>Where there are only a few elements, PyTorch's may be near by luck. There the file also counts how far float64
 * results stray if the inputs shake in the last bit of float32, and the whole four times.
 */
record Digest(JsonNode kept) {

    private static final double FACTOR = 4;
    private static final double FACTOR_64 = 256;

    /** What adding up in a double does to a sum itself, relative to that of absolute values. */
    private static final double SUMMATION = 0x1p-44;

    /** Blocks are summed by themselves first, which keeps rounding far below that. */
    private static final int BLOCK = 256;

    /** Returns how the tensor differs, empty if it does not. */
    Optional<String> difference(Tensor actual, Precision precision) {
        long[] shape =
                Streams.stream(kept.get("shape")).mapToLong(JsonNode::longValue).toArray();
        if (!Arrays.equals(shape, actual.shape())) {
            return differs("shape", Arrays.toString(shape), Arrays.toString(actual.shape()));
        }
        String dtype =
                kept.get("dtypes").get(precision == Precision.FLOAT64 ? 0 : 1).textValue();
        if (Precision.FLOAT64.dtype(dtype) != actual.dtype()) {
            return differs("type", dtype, actual.dtype());
        }
        return difference(actual.toDoubleArray(), precision == Precision.FLOAT64 ? FACTOR_64 * 0x1p-29 : FACTOR);
    }

    private Optional<String> difference(double[] y, double factor) {
        double sum = 0;
        double weighted = 0;
        double absolute = 0;
        double min = y.length == 0 ? 0 : y[0];
        double max = min;
        for (int from = 0; from < y.length; from += BLOCK) {
            double sumOfBlock = 0;
            double weightedOfBlock = 0;
            double absoluteOfBlock = 0;
            for (int i = from; i < Math.min(from + BLOCK, y.length); i++) {
                sumOfBlock += y[i];
                weightedOfBlock += y[i] * Made.real(7, i, -1, 1);
                absoluteOfBlock += Math.abs(y[i]);
                min = Math.min(min, y[i]);
                max = Math.max(max, y[i]);
            }
            sum += sumOfBlock;
            weighted += weightedOfBlock;
            absolute += absoluteOfBlock;
        }
        double each = factor * number("max_error");
        double all = y.length * factor * number("mean_error") + SUMMATION * number("absolute");
        return Stream.of(
                        near("sum", sum, number("sum"), all),
                        near("min", min, number("min"), each),
                        near("max", max, number("max"), each),
                        samples(y, each),
                        near("sum of absolute values", absolute, number("absolute"), all),
                        near("weighted sum", weighted, number("weighted"), all))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<String> samples(double[] y, double tolerance) {
        return IntStream.range(0, kept.get("samples").size())
                .mapToObj(i -> {
                    int place = i == 0 ? 0 : i == 1 ? y.length - 1 : (int) ((Made.draw(8, i - 2) * y.length) >> 20);
                    return near(
                            "element " + place,
                            y[place],
                            kept.get("samples").get(i).doubleValue(),
                            tolerance);
                })
                .flatMap(Optional::stream)
                .findFirst();
    }

    private double number(String name) {
        return kept.get(name).doubleValue();
    }

    /** The comparison is such that NaN is never near. */
    private static Optional<String> near(String what, double actual, double expected, double tolerance) {
        return Math.abs(actual - expected) <= tolerance
                ? Optional.empty()
                : differs(what, expected + " ± " + tolerance, actual);
    }

    private static Optional<String> differs(String what, Object expected, Object actual) {
        return Optional.of(what + ": expected " + expected + "; got " + actual);
    }
}
