package org.ndgrad.nn.data;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkElementIndex;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Text;

/** A table of numbers read by {@link Csv}. Immutable. */
public final class CsvTable {

    /** An integer below is the one of the file; this may be the next one, rounded. */
    private static final double EXACT_BELOW = 0x1p53;

    private final String name;
    private final ImmutableList<ImmutableList<String>> header;
    private final double[][] rows;
    private final ImmutableSet<Place> rounded;

    /** Where in the table a number is. */
    record Place(int row, int column) {}

    /**
     * Creates a table.
     *
     * @param rounded where a number is whole only because float64 has no room for the fraction in the file
     */
    CsvTable(String name, List<List<String>> header, double[][] rows, Set<Place> rounded) {
        this.name = name;
        this.header = header.stream().map(ImmutableList::copyOf).collect(ImmutableList.toImmutableList());
        this.rows = rows;
        this.rounded = ImmutableSet.copyOf(rounded);
    }

    /** Returns the fields of the header lines, line by line. */
    public ImmutableList<ImmutableList<String>> header() {
        return header;
    }

    /** Returns the number of rows. */
    public int rowCount() {
        return rows.length;
    }

    /** Returns the number of columns. */
    public int columnCount() {
        return rows[0].length;
    }

    /** Returns a copy of the numbers, row by row. */
    public double[][] toArray() {
        return IntStream.range(0, rows.length)
                .mapToObj(row -> rows[row].clone())
                .toArray(double[][]::new);
    }

    /**
     * Returns some columns, or all if none is named.
     *
     * @param dtype of the result
     * @param columns which ones, in the order wanted, counted from 0
     * @return shape (rows, columns)
     * @throws IllegalArgumentException if the dtype cannot hold a number: one too large, or for an integral dtype a
     *     fraction, NaN, or an integer of 2⁵³ or more, where the numbers read are not exact
     * @throws IndexOutOfBoundsException if there is no such column
     */
    public Tensor columns(DataType dtype, int... columns) {
        int[] chosen = columns.length == 0 ? IntStream.range(0, columnCount()).toArray() : columns;
        double[][] values = new double[rows.length][chosen.length];
        for (int j = 0; j < chosen.length; j++) {
            checkElementIndex(chosen[j], columnCount(), name + ": column");
            for (int i = 0; i < rows.length; i++) {
                values[i][j] = rows[i][chosen[j]];
            }
        }
        Tensor result = Tensor.of(dtype, values);
        double[] held = result.toDoubleArray();
        for (int i = 0; i < held.length; i++) {
            int row = i / chosen.length;
            int column = i % chosen.length;
            boolean fraction = rounded.contains(new Place(row, chosen[column]));
            if (!isHeld(dtype, values[row][column], held[i], fraction)) {
                throw new IllegalArgumentException(String.format(
                        "%s, row %d, column %d: expected %s",
                        name, row + 1, chosen[column] + 1, notHeld(dtype, values[row][column], fraction)));
            }
        }
        return result;
    }

    static boolean isHeld(DataType dtype, double value, double held, boolean losesFraction) {
        return dtype.isFPType()
                ? Double.isFinite(held) || !Double.isFinite(value)
                : held == value && isExact(value) && !losesFraction;
    }

    private static boolean isExact(double integer) {
        return Math.abs(integer) < EXACT_BELOW;
    }

    /** Returns the end of a message about a number that a dtype does not hold. */
    static String notHeld(DataType dtype, double value, boolean losesFraction) {
        if (losesFraction && !dtype.isFPType()) {
            return "a whole number; got a fraction that float64 rounds to " + value + ". Choose float64.";
        }
        return !dtype.isFPType() && !isExact(value) && value == Math.rint(value)
                ? "an integer below 2^53, which is read without rounding; got " + value
                        + ". Take it as a category, by Csv.table."
                : "a number that " + Text.dtype(dtype) + " holds; got " + value + ". Choose float64.";
    }

    /**
     * Returns a column of class labels.
     *
     * @param column counted from 0
     * @return 64-bit integers, shape (rows)
     * @throws IllegalArgumentException if a value is not an integer of at least 0 and below 2⁵³
     * @throws IndexOutOfBoundsException if there is no such column
     */
    public Tensor labels(int column) {
        checkElementIndex(column, columnCount(), name + ": column");
        long[] labels = new long[rows.length];
        for (int i = 0; i < rows.length; i++) {
            double value = rows[i][column];
            boolean fraction = rounded.contains(new Place(i, column));
            checkArgument(
                    value >= 0 && value == Math.rint(value) && isExact(value) && !fraction,
                    "%s, row %s, column %s: expected a class label 0, 1, 2 …; got %s%s. Use columns for other targets.",
                    name,
                    i + 1,
                    column + 1,
                    fraction ? "a fraction that float64 rounds to " : "",
                    value);
            labels[i] = (long) value;
        }
        return Tensor.of(labels);
    }

    /**
     * Returns a data set of {@link Tensor#defaultDtype()} with a label each.
     *
     * @param labelColumn the column of class labels, counted from 0; all others are features
     * @return features of shape (rows, columns − 1) and 64-bit integer targets of shape (rows)
     * @throws IllegalArgumentException if a label is not an integer of at least 0, a feature is too large for the type,
     *     or there is no other column
     * @throws IndexOutOfBoundsException if there is no such column
     */
    public TensorDataset dataset(int labelColumn) {
        checkArgument(
                columnCount() > 1,
                "%s: expected features beside the label; got one column."
                        + " Add a column, or read the file without labels.",
                name);
        Tensor targets = labels(labelColumn);
        int[] others = IntStream.range(0, columnCount())
                .filter(column -> column != labelColumn)
                .toArray();
        return new TensorDataset(columns(Tensor.defaultDtype(), others), targets);
    }

    /** Returns the name of the file and the size of the table. */
    @Override
    public String toString() {
        return "CsvTable(" + name + ": " + rowCount() + " rows, " + columnCount() + " columns)";
    }
}
