package org.ndgrad.plot;

import static com.google.common.base.Preconditions.checkArgument;
import static org.ndgrad.plot.internal.NumberReader.shape;
import static org.ndgrad.plot.internal.NumberReader.type;

import com.google.common.primitives.Longs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.plot.internal.NumberReader;

/**
 * What the callers of this package have their numbers in: a tensor of any type, an array of numbers or booleans, a
 * collection of numbers, or one number; and in a matrix, rows of these.
 */
final class Numbers {

    private static final String NAME_FIRST =
            "Pass rows of two numbers, or a name before two series: scatter(\"samples\", x, y).";

    private Numbers() {}

    /** Returns a copy of the numbers of a series. */
    static double[] series(String who, String name, @Nullable Object numbers) {
        if (numbers instanceof Tensor tensor) {
            checkArgument(
                    tensor.numel() == longest(tensor),
                    "%s: expected numbers in a row for '%s'; got a tensor of shape %s. Choose a row or a column of it.",
                    who,
                    name,
                    shape(tensor));
        }
        return NumberReader.row(who, name, numbers);
    }

    /** Returns a copy of the rows of a matrix, all of one length. */
    static double[][] matrix(String who, String name, @Nullable Object numbers) {
        double[][] rows = rows(who, name, numbers);
        for (double[] row : rows) {
            checkArgument(
                    row.length == rows[0].length,
                    "%s: expected rows of one length in '%s'; got %s and %s. Cut or fill the rows.",
                    who,
                    name,
                    rows[0].length,
                    row.length);
        }
        return rows;
    }

    /** Returns points of the plane, shape (N, 2). */
    static double[][] points(String who, String name, @Nullable Object numbers) {
        if (numbers instanceof Tensor tensor) {
            checkArgument(
                    tensor.ndim() == 2 && tensor.size(1) == 2,
                    "%s: expected points of shape (N, 2); got a tensor of shape %s. %s",
                    who,
                    shape(tensor),
                    tensor.ndim() == 2 ? "Choose two of the features." : NAME_FIRST);
        }
        checkArgument(
                numbers instanceof Tensor || numbers instanceof Object[] || !isRow(numbers),
                "%s: expected points of shape (N, 2); got %s. %s",
                who,
                type(numbers),
                NAME_FIRST);
        double[][] points = rows(who, name, numbers);
        for (double[] point : points) {
            checkArgument(
                    point.length == 2,
                    "%s: expected points of shape (N, 2); got one of length %s. Choose two of the features.",
                    who,
                    point.length);
        }
        return points;
    }

    private static boolean isRow(@Nullable Object numbers) {
        return (numbers != null && numbers.getClass().isArray())
                || (numbers instanceof Collection<?> all && all.stream().anyMatch(Number.class::isInstance));
    }

    /** Returns one column of a matrix. */
    static double[] column(double[][] rows, int index) {
        return Arrays.stream(rows).mapToDouble(row -> row[index]).toArray();
    }

    /** Returns class indices: whole numbers of any type, from a series or the largest of each row of a matrix. */
    static int[] classes(String who, String name, @Nullable Object numbers) {
        boolean oneHot = numbers instanceof Tensor tensor
                ? tensor.numel() != longest(tensor)
                : numbers instanceof Object[] rows
                        && rows.length > 0
                        && rows[0] != null
                        && rows[0].getClass().isArray();
        if (oneHot) {
            return Arrays.stream(matrix(who, name, numbers))
                    .mapToInt(Numbers::largest)
                    .toArray();
        }
        double[] values = series(who, name, numbers);
        int[] classes = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            checkArgument(
                    values[i] == Math.rint(values[i]) && Math.abs(values[i]) <= Integer.MAX_VALUE,
                    "%s: expected class indices 0, 1, … as '%s'; got %s at position %s. Pass whole numbers.",
                    who,
                    name,
                    values[i],
                    i);
            classes[i] = (int) values[i];
        }
        return classes;
    }

    /** Returns whether these numbers have a type without fractions, such as counts have. */
    static boolean areWhole(Object numbers) {
        if (numbers instanceof Tensor tensor) {
            return !tensor.dtype().isFPType();
        }
        if (numbers instanceof Collection<?> all) {
            return all.stream().allMatch(Numbers::areWhole);
        }
        Class<?> type = numbers.getClass();
        while (type.isArray()) {
            type = type.getComponentType();
        }
        if (type == Object.class || List.class.isAssignableFrom(type) || type == Tensor.class) {
            return Arrays.stream((Object[]) numbers).allMatch(Numbers::areWhole);
        }
        return !List.of(double.class, float.class, Double.class, Float.class, java.math.BigDecimal.class)
                .contains(type);
    }

    /** Returns the text of each of a matrix of whole numbers, of which {@code rounded} has what float64 holds. */
    static String[][] whole(Object numbers, double[][] rounded) {
        long[] exact = numbers instanceof long[][] rows
                ? Longs.concat(rows)
                : numbers instanceof Tensor tensor && tensor.dtype() == DataType.INT64
                        ? tensor.toLongArray()
                        : Arrays.stream(rounded)
                                .flatMapToDouble(Arrays::stream)
                                .mapToLong(number -> (long) number)
                                .toArray();
        String[][] texts = new String[rounded.length][];
        int next = 0;
        for (int row = 0; row < texts.length; row++) {
            texts[row] = Arrays.stream(exact, next, next + rounded[row].length)
                    .mapToObj(String::valueOf)
                    .toArray(String[]::new);
            next += rounded[row].length;
        }
        return texts;
    }

    private static int largest(double[] row) {
        return IntStream.range(1, row.length).reduce(0, (best, i) -> row[i] > row[best] ? i : best);
    }

    private static double[][] rows(String who, String name, @Nullable Object numbers) {
        if (numbers instanceof Tensor tensor) {
            checkArgument(
                    tensor.ndim() == 2,
                    "%s: expected a matrix as '%s'; got a tensor of shape %s. Reshape it to two dimensions.",
                    who,
                    name,
                    shape(tensor));
            double[] all = tensor.toDoubleArray();
            int width = (int) tensor.size(1);
            return IntStream.range(0, (int) tensor.size(0))
                    .mapToObj(i -> Arrays.copyOfRange(all, i * width, (i + 1) * width))
                    .toArray(double[][]::new);
        }
        List<?> rows = numbers instanceof Object[] array
                ? Arrays.asList(array)
                : numbers instanceof Collection<?> all ? new ArrayList<>(all) : List.of();
        boolean isMatrix = (numbers instanceof Object[] || numbers instanceof Collection<?>)
                && rows.stream().noneMatch(Number.class::isInstance);
        checkArgument(
                isMatrix,
                "%s: expected a matrix as '%s'; got %s. Pass a tensor of two dimensions, rows such as double[][],"
                        + " or a list of rows.",
                who,
                name,
                type(numbers));
        return rows.stream().map(row -> series(who, name, row)).toArray(double[][]::new);
    }

    private static long longest(Tensor tensor) {
        return Math.max(
                tensor.numel() == 0 ? 0 : 1, Arrays.stream(tensor.shape()).max().orElse(1));
    }
}
