package org.ndgrad.nn.data;

import static com.google.common.base.Preconditions.checkArgument;

import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Reads tables from CSV files: UTF-8, quotes as in RFC 4180, lines ended by \n, \r\n or \r, blank lines skipped,
 * compressed by gzip or not. A byte order mark is skipped.
 *
 * <p>{@link #read} is for files of numbers only, {@link #table} for columns with names, of numbers and of categories,
 * where values may be missing.
 *
 * <pre>{@code
 * CsvTable iris = Csv.read(Path.of("iris.csv"), CsvOptions.defaults().withHeaderLines(1));
 * TensorDataset flowers = iris.dataset(4); // column 4 holds the class, the others the features
 *
 * Table people = Csv.table(Path.of("people.csv.gz"));
 * Tensor ages = people.fillMissingWithMean("age").numbers("age");
 * }</pre>
 *
 * <p>Numbers are decimal, with a point, such as {@code -1.5e3}; {@code nan}, {@code inf} and {@code infinity} may be
 * written in any case. What float64 cannot hold, such as {@code 1e400}, is refused.
 *
 * <p>What is wrong with a file is said with its name, line and column, both counted from 1.
 */
public final class Csv {

    private Csv() {}

    /**
     * Reads a file of comma-separated numbers without a header.
     *
     * @throws UncheckedIOException if there is no such file or it cannot be read
     * @throws IllegalArgumentException if a line is malformed, or there are no data
     */
    public static CsvTable read(Path file) {
        return read(file, CsvOptions.defaults());
    }

    /**
     * Reads a file of numbers.
     *
     * @throws UncheckedIOException if there is no such file or it cannot be read
     * @throws IllegalArgumentException if a line is malformed, or there are no data
     */
    public static CsvTable read(Path file, CsvOptions options) {
        return Inputs.textFile("Csv", file, text -> read(text, file.toString(), options));
    }

    /**
     * Reads a file of numbers that comes with a class, such as example data in a jar.
     *
     * @param owner the class it comes with
     * @param name relative to the package of {@code owner}, or absolute with a leading slash
     * @throws UncheckedIOException if there is no such resource or it cannot be read
     * @throws IllegalArgumentException if a line is malformed, or there are no data
     */
    public static CsvTable readResource(Class<?> owner, String name, CsvOptions options) {
        return Inputs.textResource("Csv", owner, name, text -> read(text, name, options));
    }

    /**
     * Reads numbers that a reader supplies, and closes it.
     *
     * @param name stands for the file name in messages
     * @throws UncheckedIOException if it cannot be read
     * @throws IllegalArgumentException if a line is malformed, or there are no data
     */
    public static CsvTable read(Reader reader, String name, CsvOptions options) {
        List<double[]> rows = new ArrayList<>();
        Set<CsvTable.Place> rounded = new HashSet<>();
        List<List<String>> header = CsvRecords.read(reader, name, options, (fields, line) -> {
            double[] row = numbers(fields, rows.isEmpty(), name, line, options);
            for (int i = 0; i < row.length; i++) {
                if (CsvNumber.losesFraction(fields.get(i), row[i])) {
                    rounded.add(new CsvTable.Place(rows.size(), i));
                }
            }
            rows.add(row);
        });
        return new CsvTable(name, header, rows.toArray(new double[0][]), rounded);
    }

    /**
     * Reads a file of numbers, categories and missing values, separated by commas, whose first line holds the names of
     * the columns.
     *
     * @throws UncheckedIOException if there is no such file or it cannot be read
     * @throws IllegalArgumentException if a line is malformed, there are no data, or there is not one name per column
     */
    public static Table table(Path file) {
        return table(file, CsvOptions.defaults().withHeaderLines(1));
    }

    /**
     * Reads a file of numbers, categories and missing values.
     *
     * @param options the last header line holds the names of the columns, unless these are given
     * @throws UncheckedIOException if there is no such file or it cannot be read
     * @throws IllegalArgumentException if a line is malformed, there are no data, or there is not one name per column
     */
    public static Table table(Path file, CsvOptions options) {
        return Inputs.textFile("Csv", file, text -> table(text, file.toString(), options));
    }

    /**
     * Reads what a reader supplies, numbers, categories and missing values, and closes it.
     *
     * @param name stands for the file name in messages
     * @param options the last header line holds the names of the columns, unless these are given
     * @throws UncheckedIOException if it cannot be read
     * @throws IllegalArgumentException if a line is malformed, there are no data, or there is not one name per column
     */
    public static Table table(Reader reader, String name, CsvOptions options) {
        List<List<String>> rows = new ArrayList<>();
        List<Long> lines = new ArrayList<>();
        List<List<String>> header = CsvRecords.read(reader, name, options, (fields, line) -> {
            rows.add(fields);
            lines.add(line);
        });
        return Table.of(name, header, rows, lines, options);
    }

    private static double[] numbers(List<String> fields, boolean isFirst, String name, long line, CsvOptions options) {
        for (int i = 0; i < fields.size(); i++) {
            checkArgument(
                    fields.get(i).indexOf('\n') < 0,
                    "%s, line %s, column %s: expected a number; got a quoted field over several lines. "
                            + "Is a quote left open?",
                    name,
                    line,
                    i + 1);
        }
        double[] row = new double[fields.size()];
        for (int i = 0; i < row.length; i++) {
            String field = fields.get(i);
            OptionalDouble number = CsvNumber.parse(field);
            if (number.isEmpty()) {
                throw new IllegalArgumentException(String.format(
                        "%s, line %d, column %d: expected a number; got %s.%s",
                        name,
                        line,
                        i + 1,
                        CsvNumber.shown(field),
                        isFirst ? firstAdvice(options) : otherAdvice(field)));
            }
            row[i] = number.getAsDouble();
            if (CsvNumber.overflows(field, row[i])) {
                throw new IllegalArgumentException(String.format(
                        "%s, line %d, column %d: expected a number that float64 holds, below 1.8e308; got %s."
                                + " Write inf if it is meant to be infinite.",
                        name, line, i + 1, CsvNumber.shown(field)));
            }
        }
        return row;
    }

    private static String firstAdvice(CsvOptions options) {
        return options.headerLines() == 0
                ? " Skip a header with withHeaderLines(1), read columns of text by Csv.table, or choose another delimiter."
                : " Read columns of text by Csv.table, or choose another delimiter.";
    }

    private static String otherAdvice(String field) {
        return CsvNumber.isBlank(field)
                ? " Read a file with missing values by Csv.table."
                : " Correct it, or read the file by Csv.table.";
    }
}
