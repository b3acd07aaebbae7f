package org.ndgrad.nn.data;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.List;
import java.util.Set;

/**
 * What can be chosen about {@link Csv}.
 *
 * <pre>{@code
 * Csv.read(Path.of("iris.csv"), CsvOptions.defaults().withHeaderLines(1));
 * }</pre>
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param headerLines how many of the first records are header, at least 0: they may hold anything, in any number of
 *     fields
 * @param delimiter what stands between fields, such as a semicolon or a tab
 * @param names of the columns of a {@link Table}; empty if they stand in the last header line
 * @param missing what stands in a {@link Table} where a value is missing, without white space around; {@code nan} in
 *     any case is always missing
 */
public record CsvOptions(int headerLines, char delimiter, ImmutableList<String> names, ImmutableSet<String> missing) {

    private static final CsvOptions DEFAULTS =
            new CsvOptions(0, ',', ImmutableList.of(), ImmutableSet.of("", "NA", "N/A", "n/a", "null", "NULL", "?"));

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if the number of header lines is negative, the delimiter ends or quotes fields
     *     otherwise, or a name is blank or there twice
     */
    public CsvOptions {
        checkArgument(
                headerLines >= 0,
                "Csv: expected a number of header lines of at least 0; got %s. Use 0 where there are none.",
                headerLines);
        checkArgument(
                delimiter != '"' && delimiter != '\n' && delimiter != '\r',
                "Csv: expected a delimiter other than quotes and ends of lines; got %s. Choose ',', ';' or '\\t'.",
                CsvNumber.shown(Character.toString(delimiter)));
        Table.checkNames("Csv", names);
    }

    /** Returns the options for comma-separated fields without a header. */
    public static CsvOptions defaults() {
        return DEFAULTS;
    }

    /** Returns these options with another number of header lines. */
    public CsvOptions withHeaderLines(int headerLines) {
        return new CsvOptions(headerLines, delimiter, names, missing);
    }

    /** Returns these options with another delimiter. */
    public CsvOptions withDelimiter(char delimiter) {
        return new CsvOptions(headerLines, delimiter, names, missing);
    }

    /** Returns these options with names of columns, instead of those in the header. */
    public CsvOptions withNames(List<String> names) {
        return new CsvOptions(headerLines, delimiter, ImmutableList.copyOf(names), missing);
    }

    /** Returns these options with other texts that stand where a value is missing; all of them. */
    public CsvOptions withMissing(Set<String> missing) {
        return new CsvOptions(headerLines, delimiter, names, ImmutableSet.copyOf(missing));
    }
}
