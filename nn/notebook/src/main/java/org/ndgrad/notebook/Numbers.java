package org.ndgrad.notebook;

import java.lang.reflect.Array;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;

/** Whatever has numbers, as an array of doubles in row-major order. */
final class Numbers {

    private static final long MOST_EXACT = 1L << 53;

    private Numbers() {}

    static double[] of(String name, @Nullable Object value) {
        return stream(name, value).toArray();
    }

    private static DoubleStream stream(String name, @Nullable Object value) {
        if (value instanceof Tensor tensor && tensor.dtype() != DataType.UTF8) {
            return DoubleStream.of(tensor.toDoubleArray());
        }
        if (value instanceof Number number) {
            checkExact(name, number);
            return DoubleStream.of(number.doubleValue());
        }
        if (value instanceof Boolean isTrue) {
            return DoubleStream.of(isTrue ? 1 : 0);
        }
        if (value instanceof Iterable<?> elements) {
            return StreamSupport.stream(elements.spliterator(), false).flatMapToDouble(each -> stream(name, each));
        }
        if (value != null && value.getClass().isArray()) {
            return IntStream.range(0, Array.getLength(value))
                    .boxed()
                    .flatMapToDouble(i -> stream(name, Array.get(value, i)));
        }
        throw new IllegalArgumentException(
                "expect: expected a tensor, a number, or an array or list of them for %s; got %s. Pass what was computed."
                        .formatted(
                                name, value == null ? "null" : value.getClass().getSimpleName() + " " + value));
    }

    private static void checkExact(String name, Number number) {
        if (number instanceof Long whole && (whole > MOST_EXACT || whole < -MOST_EXACT)) {
            throw new IllegalArgumentException(
                    "expect: expected numbers that a double holds for %s; got %s. Compare longs with ==."
                            .formatted(name, whole));
        }
    }
}
