package org.ndgrad.nn.data;

import static com.google.common.base.Preconditions.checkArgument;

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
 */
public record CsvOptions(int headerLines, char delimiter) {

    private static final CsvOptions DEFAULTS = new CsvOptions(0, ',');

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if the number of header lines is negative
     */
    public CsvOptions {
        checkArgument(
                headerLines >= 0,
                "Csv: expected a number of header lines of at least 0; got %s. Use 0 where there are none.",
                headerLines);
    }

    /** Returns the options for comma-separated numbers without a header. */
    public static CsvOptions defaults() {
        return DEFAULTS;
    }

    /** Returns these options with another number of header lines. */
    public CsvOptions withHeaderLines(int headerLines) {
        return new CsvOptions(headerLines, delimiter);
    }

    /** Returns these options with another delimiter. */
    public CsvOptions withDelimiter(char delimiter) {
        return new CsvOptions(headerLines, delimiter);
    }
}
