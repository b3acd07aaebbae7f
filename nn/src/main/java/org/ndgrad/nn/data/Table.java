package org.ndgrad.nn.data;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Checks;

/**
 * A table read by {@link Csv#table}, whose columns have names and hold numbers or categories; values may be missing.
 *
 * <p>A column whose every field is a number or missing is one of numbers; any other is one of categories. Whether it is
 * stays the same in all parts of a table. Missing values are dropped or filled before numbers or categories are taken.
 *
 * <pre>{@code
 * Table people = Csv.table(Path.of("people.csv")).dropMissing("survived");
 * Table train = people.rows(trainRows);
 * Table test = people.rows(testRows).fillMissing("age", train.mean("age")); // never the mean of the test part
 * Tensor ages = test.numbers("age");
 * Tensor ports = OneHotEncoder.fit(train.categories("port")).transform(test.categories("port"));
 * }</pre>
 *
 * <p>Immutable.
 */
public final class Table {

    private final String name;
    private final ImmutableMap<String, Column> columns;
    private final long[] lines;

    private Table(String name, Map<String, Column> columns, long... lines) {
        this.name = name;
        this.columns = ImmutableMap.copyOf(columns);
        this.lines = lines;
    }

    static Table of(
            String name, List<List<String>> header, List<List<String>> rows, List<Long> lines, CsvOptions options) {
        int width = rows.get(0).size();
        List<String> names = options.names();
        if (names.isEmpty()) {
            checkArgument(
                    !header.isEmpty(),
                    "%s: expected names of columns; got a file without a header. Say that there is one,"
                            + " withHeaderLines(1), or name the columns, withNames(List.of(…)).",
                    name);
            names = header.get(header.size() - 1).stream()
                    .map(CsvNumber::trimmed)
                    .toList();
        }
        checkArgument(
                names.size() == width,
                "%s, line %s: expected as many fields as names, %s, which are %s; got %s fields. Name the columns,"
                        + " withNames(List.of(…)), or choose another delimiter.",
                name,
                lines.get(0),
                names.size(),
                names,
                width);
        checkNames(name, names);
        ImmutableMap.Builder<String, Column> columns = ImmutableMap.builder();
        for (int i = 0; i < width; i++) {
            int index = i;
            Column column = Column.of(rows.stream().map(row -> row.get(index)).toList(), options);
            columns.put(names.get(i), column);
            checkNoOverflow(name, names.get(i), column, lines);
        }
        return new Table(
                name,
                columns.buildOrThrow(),
                lines.stream().mapToLong(line -> line).toArray());
    }

    static void checkNames(String who, List<String> names) {
        Set<String> known = new HashSet<>();
        for (String each : names) {
            checkArgument(
                    !each.isEmpty() && known.add(each),
                    "%s: expected a name for each column, all different; got %s in %s. Name the columns,"
                            + " withNames(List.of(…)).",
                    who,
                    each.isEmpty() ? "none" : "'" + each + "' twice",
                    names);
        }
    }

    private static void checkNoOverflow(String file, String name, Column column, List<Long> lines) {
        for (int row = 0; row < column.rows() && column.firstText() < 0; row++) {
            checkArgument(
                    !CsvNumber.overflows(column.text(row), column.number(row)),
                    "%s, line %s, column '%s': expected a number that float64 holds, below 1.8e308; got %s."
                            + " Write inf if it is meant to be infinite.",
                    file,
                    lines.get(row),
                    name,
                    CsvNumber.shown(column.text(row)));
        }
    }

    /** Returns the names of the columns. */
    public ImmutableList<String> names() {
        return columns.keySet().asList();
    }

    /** Returns the number of rows. */
    public int rowCount() {
        return lines.length;
    }

    /**
     * Returns whether a column holds numbers, and perhaps missing values, but no text.
     *
     * @throws IllegalArgumentException if there is no such column
     */
    public boolean isNumeric(String column) {
        return find(column).firstText() < 0;
    }

    /**
     * Returns how many values a column misses.
     *
     * @throws IllegalArgumentException if there is no such column
     */
    public long missingCount(String column) {
        return find(column).missingCount();
    }

    /** Returns columns of numbers of {@link Tensor#defaultDtype()}, as {@link #numbers(DataType, String...)} does. */
    public Tensor numbers(String... names) {
        return numbers(Tensor.defaultDtype(), names);
    }

    /**
     * Returns columns of numbers.
     *
     * @param dtype of the result
     * @param names at least one
     * @return shape (rows, names)
     * @throws IllegalArgumentException if there is no such column, it holds no numbers, one is missing, or the dtype
     *     cannot hold it, such as an integral one a fraction or an integer of 2⁵³ or more, which is not read exactly
     */
    public Tensor numbers(DataType dtype, String... names) {
        checkSome("numbers", names);
        double[] values = Checks.javaArray("Table.numbers", (long) rowCount() * names.length, double[]::new);
        for (int j = 0; j < names.length; j++) {
            Column column = numeric(names[j]);
            checkComplete(names[j], column);
            for (int i = 0; i < rowCount(); i++) {
                values[i * names.length + j] = column.number(i);
            }
        }
        Tensor result = Tensor.of(dtype, values).reshape(rowCount(), names.length);
        double[] held = result.toDoubleArray();
        for (int i = 0; i < held.length; i++) {
            int row = i / names.length;
            String column = names[i % names.length];
            boolean fraction =
                    !dtype.isFPType() && CsvNumber.losesFraction(numeric(column).text(row), values[i]);
            if (!CsvTable.isHeld(dtype, values[i], held[i], fraction)) {
                throw new IllegalArgumentException(
                        where(row, column) + "expected " + CsvTable.notHeld(dtype, values[i], fraction));
            }
        }
        return result;
    }

    /** Returns a column of numbers of {@link Tensor#defaultDtype()}, as {@link #column(DataType, String)} does. */
    public Tensor column(String name) {
        return column(Tensor.defaultDtype(), name);
    }

    /**
     * Returns a column of numbers.
     *
     * @param dtype of the result
     * @return shape (rows)
     * @throws IllegalArgumentException if there is no such column, it holds no numbers, one is missing, or the dtype
     *     cannot hold it, such as an integral one a fraction or an integer of 2⁵³ or more, which is not read exactly
     */
    public Tensor column(DataType dtype, String name) {
        return numbers(dtype, name).squeeze(1);
    }

    /** Returns what the columns hold: how much is missing, means and quartiles, the most frequent categories. */
    public TableSummary describe() {
        return new TableSummary(columns);
    }

    /**
     * Returns columns of categories: the texts as they stand in the file, without white space around. Numbers that
     * stand for categories are such texts, too.
     *
     * @param names at least one
     * @return column by column
     * @throws IllegalArgumentException if there is no such column, or a value is missing
     */
    public ImmutableList<ImmutableList<String>> categories(String... names) {
        checkSome("categories", names);
        ImmutableList.Builder<ImmutableList<String>> result = ImmutableList.builder();
        for (String each : names) {
            Column column = find(each);
            checkComplete(each, column);
            ImmutableList.Builder<String> texts = ImmutableList.builder();
            for (int row = 0; row < rowCount(); row++) {
                texts.add(column.text(row));
            }
            result.add(texts.build());
        }
        return result.build();
    }

    /**
     * Returns the mean of the numbers of a column that are not missing.
     *
     * @throws IllegalArgumentException if there is no such column, it holds no numbers, or all are missing
     */
    public double mean(String column) {
        Column numbers = numeric(column);
        checkArgument(
                numbers.missingCount() < rowCount(),
                "%s, column '%s': expected a number at least, to take the mean; got only missing values. Leave the"
                        + " column out, or fill it with a constant.",
                name,
                column);
        return numbers.mean();
    }

    /**
     * Returns the rows in which nothing is missing.
     *
     * @param names the columns that count, or all if none is named
     * @throws IllegalArgumentException if there is no such column, or no row is left
     */
    public Table dropMissing(String... names) {
        List<Column> counted = (names.length == 0 ? names() : Arrays.asList(names))
                .stream().map(this::find).toList();
        long[] whole = LongStream.range(0, rowCount())
                .filter(row -> counted.stream().noneMatch(column -> column.isMissing((int) row)))
                .toArray();
        checkArgument(
                whole.length > 0,
                "%s: expected rows without a missing value in the columns %s; got none. Fill the values of some"
                        + " columns, or leave these out.",
                name,
                names.length == 0 ? names() : Arrays.toString(names));
        return rows(whole);
    }

    /**
     * Returns the table with a number where a column of numbers misses one.
     *
     * @throws IllegalArgumentException if there is no such column, or it holds no numbers, or the number is NaN
     */
    public Table fillMissing(String column, double value) {
        checkArgument(!Double.isNaN(value), "%s: expected a number to fill in; got NaN. Choose one, such as 0.", name);
        numeric(column);
        return with(column, each -> each.filled(Double.toString(value), value));
    }

    /**
     * Returns the table with a category where a column of categories misses one.
     *
     * @throws IllegalArgumentException if there is no such column, it holds numbers, or the category is blank
     */
    public Table fillMissing(String column, String category) {
        checkArgument(
                !isNumeric(column) || find(column).missingCount() == rowCount(),
                "%s, column '%s': expected a number to fill a column of numbers; got the text '%s'. Pass a number.",
                name,
                column,
                category);
        checkArgument(
                !CsvNumber.isBlank(category),
                "%s: expected a category to fill in; got a blank. Choose one, such as \"none\".",
                name);
        return with(column, each -> each.filled(category, Double.NaN));
    }

    /**
     * Returns the table with the mean of a column where it misses a number. Fill other data than those to train on
     * with the mean of these, {@code test.fillMissing("age", train.mean("age"))}.
     *
     * @throws IllegalArgumentException if there is no such column, it holds no numbers, or all are missing
     */
    public Table fillMissingWithMean(String column) {
        return fillMissing(column, mean(column));
    }

    /**
     * Returns some rows, such as those of a {@link Subset}.
     *
     * @param indices which ones, in the order wanted, counted from 0
     * @throws IndexOutOfBoundsException if there is no such row
     */
    public Table rows(long... indices) {
        for (long index : indices) {
            DataChecks.index("Table.rows", index, rowCount());
        }
        return new Table(
                name,
                Maps.transformValues(columns, column -> column.rows(indices)),
                LongStream.of(indices).map(row -> lines[(int) row]).toArray());
    }

    private Table with(String column, UnaryOperator<Column> change) {
        return new Table(
                name,
                Maps.asMap(columns.keySet(), each -> each.equals(column) ? change.apply(find(each)) : find(each)),
                lines);
    }

    private Column find(String column) {
        Column found = columns.get(column);
        if (found == null) {
            throw new IllegalArgumentException(
                    name + ": expected a column of " + names() + "; got '" + column + "'. Correct the name.");
        }
        return found;
    }

    private Column numeric(String column) {
        Column found = find(column);
        if (found.firstText() >= 0) {
            int row = found.firstText();
            throw new IllegalArgumentException(where(row, column) + "expected a number; got "
                    + CsvNumber.shown(found.text(row)) + ". Take the column as categories, correct the field, or let it"
                    + " stand for a missing value, withMissing(Set.of(…)).");
        }
        return found;
    }

    private void checkComplete(String name, Column column) {
        int row = column.firstMissing();
        if (row >= 0) {
            throw new IllegalArgumentException(where(row, name) + "expected no missing values; got "
                    + CsvNumber.shown(column.text(row))
                    + (column.missingCount() == 1 ? "" : " and " + (column.missingCount() - 1) + " more")
                    + ". Drop such rows, dropMissing(\"" + name + "\"), or fill them, fillMissing(\"" + name
                    + "\", …).");
        }
    }

    private String where(int row, String column) {
        return String.format("%s, line %d, column '%s': ", name, lines[row], column);
    }

    private static void checkSome(String method, String... names) {
        checkArgument(names.length > 0, "Table.%s: expected names of columns; got none. Name at least one.", method);
    }

    /** Returns the name of the file and the columns with what they hold. */
    @Override
    public String toString() {
        return "Table(" + name + ": " + rowCount() + " rows, " + Maps.transformValues(columns, Table::described) + ")";
    }

    private static String described(Column column) {
        long missing = column.missingCount();
        return (column.firstText() < 0 ? "numbers" : "categories") + (missing == 0 ? "" : ", " + missing + " missing");
    }
}
