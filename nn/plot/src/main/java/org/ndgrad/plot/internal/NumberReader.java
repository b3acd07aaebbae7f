package org.ndgrad.plot.internal;

import static com.google.common.base.Preconditions.checkArgument;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;

/**
 * Reads numbers out of what users have them in: a tensor of any type, an array of numbers or booleans, a collection of
 * numbers, or one number. {@code who} is the method that was called with them, {@code name} what they are for.
 */
public final class NumberReader {

    private static final String KINDS = "Pass a tensor, a list, or an array such as double[] or int[].";

    private static final long MOST_EXACT = 1L << 53;

    private NumberReader() {}

    /**
     * Returns a copy of the numbers of a tensor in row-major order, or of an array or a collection whose elements are
     * numbers or tensors of one element.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static double[] row(String who, String name, @Nullable Object value) {
        if (value instanceof double[] array) {
            return array.clone();
        }
        if (isNumeric(value) || isNumber(value)) {
            return numbers(value);
        }
        return elements(who, name, value)
                .mapToDouble(each -> {
                    checkArgument(
                            isNumber(each) || (each instanceof Tensor tensor && isNumeric(each) && tensor.numel() == 1),
                            "%s: expected numbers as '%s'; got %s among them. %s",
                            who,
                            name,
                            each instanceof Tensor tensor ? "a tensor of shape " + shape(tensor) : type(each),
                            KINDS);
                    return numbers(each)[0];
                })
                .toArray();
    }

    /**
     * Returns all numbers in row-major order, however deep arrays, collections and tensors are in one another.
     *
     * @throws IllegalArgumentException if something else is among them, or a whole number that no double is equal to
     */
    public static double[] all(String who, String name, @Nullable Object value) {
        return stream(who, name, value).toArray();
    }

    private static DoubleStream stream(String who, String name, @Nullable Object value) {
        if (isNumeric(value) || isNumber(value)) {
            checkArgument(
                    !(value instanceof Long whole) || (whole <= MOST_EXACT && whole >= -MOST_EXACT),
                    "%s: expected numbers that a double holds as '%s'; got %s. Compare longs with ==.",
                    who,
                    name,
                    value);
            return DoubleStream.of(numbers(value));
        }
        return elements(who, name, value).flatMapToDouble(each -> stream(who, name, each));
    }

    private static boolean isNumeric(@Nullable Object value) {
        return value instanceof Tensor tensor && tensor.dtype() != DataType.UTF8;
    }

    private static boolean isNumber(@Nullable Object value) {
        return value instanceof Number || value instanceof Boolean;
    }

    /** Returns the numbers of a tensor, or one number. */
    private static double[] numbers(@Nullable Object value) {
        if (value instanceof Tensor tensor) {
            return tensor.toDoubleArray();
        }
        return new double[] {value instanceof Number number ? number.doubleValue() : Boolean.TRUE.equals(value) ? 1 : 0
        };
    }

    private static Stream<?> elements(String who, String name, @Nullable Object value) {
        if (value instanceof Collection<?> all) {
            return all.stream();
        }
        checkArgument(
                value != null && value.getClass().isArray() && !(value instanceof char[]),
                "%s: expected numbers as '%s'; got %s. %s",
                who,
                name,
                type(value),
                KINDS);
        return IntStream.range(0, Array.getLength(value)).mapToObj(i -> Array.get(value, i));
    }

    /** Returns the name of a value's class for a message. */
    public static String type(@Nullable Object value) {
        return value == null ? "null" : value.getClass().getSimpleName();
    }

    /** Returns the shape as it is written, such as (2, 3). */
    public static String shape(Tensor tensor) {
        return Arrays.toString(tensor.shape()).replace('[', '(').replace(']', ')');
    }
}
