package org.ndgrad.nn.data;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.Verify;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Reads tables of numbers from CSV files: UTF-8, quotes as in RFC 4180, blank lines skipped, compressed by gzip
 * or not.
 *
 * <pre>{@code
 * CsvTable table = Csv.read(Path.of("iris.csv"), CsvOptions.defaults().withHeaderLines(1));
 * TensorDataset iris = table.dataset(4); // column 4 holds the class, the others the features
 * }</pre>
 *
 * <p>Numbers are decimal, with a point, such as {@code -1.5e3}; {@code nan}, {@code inf} and {@code infinity} may be
 * written in any case. What float64 cannot hold, such as {@code 1e400}, is refused. A byte order mark is skipped.
 *
 * <p>What is wrong with a file is said with its name, line and column, both counted from 1.
 */
public final class Csv {

    private static final int BYTE_ORDER_MARK = '\uFEFF';

    /** A longer field is none of a table of numbers, but what follows a quote that is left open. */
    private static final int MAX_FIELD_LENGTH = 1 << 24;

    private static final int MAX_FIELDS = 1 << 30;

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
     * Reads a file.
     *
     * @throws UncheckedIOException if there is no such file or it cannot be read
     * @throws IllegalArgumentException if a line is malformed, or there are no data
     */
    public static CsvTable read(Path file, CsvOptions options) {
        return Inputs.file("Csv", file, bytes -> read(text(bytes), file.toString(), options));
    }

    /**
     * Reads a file that comes with a class, such as example data in a jar.
     *
     * @param owner the class it comes with
     * @param name relative to the package of {@code owner}, or absolute with a leading slash
     * @throws UncheckedIOException if there is no such resource or it cannot be read
     * @throws IllegalArgumentException if a line is malformed, or there are no data
     */
    public static CsvTable readResource(Class<?> owner, String name, CsvOptions options) {
        return Inputs.resource("Csv", owner, name, bytes -> read(text(bytes), name, options));
    }

    /** Decodes by a decoder which, unlike a charset, does not replace what is malformed. */
    private static Reader text(InputStream bytes) {
        return new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder());
    }

    /**
     * Reads what a reader supplies, and closes it.
     *
     * @param name stands for the file name in messages
     * @throws UncheckedIOException if it cannot be read
     * @throws IllegalArgumentException if a line is malformed, or there are no data
     */
    public static CsvTable read(Reader reader, String name, CsvOptions options) {
        List<List<String>> header = new ArrayList<>();
        List<double[]> rows = new ArrayList<>();
        long line = 0;
        try (reader;
                CsvReader<CsvRecord> records = records(withoutMark(reader), options.delimiter())) {
            for (CsvRecord csvRecord : records) {
                line = csvRecord.getStartingLineNumber();
                List<String> fields = csvRecord.getFields();
                if (header.size() < options.headerLines()) {
                    header.add(fields);
                } else if (!isBlank(fields, rows)) {
                    rows.add(numbers(fields, rows, name, line));
                }
            }
        } catch (UncheckedIOException e) {
            throw Inputs.unreadable("Csv", name, Verify.verifyNotNull(e.getCause()));
        } catch (IOException e) {
            throw Inputs.unreadable("Csv", name, e);
        } catch (CsvParseException e) {
            throw malformed(name, line, e);
        }
        checkArgument(
                !rows.isEmpty(),
                "%s, line %s, column 1: expected rows of numbers after %s header lines; got the end of the file."
                        + " Lower the number of header lines.",
                name,
                line + 1,
                options.headerLines());
        return new CsvTable(name, header, rows.toArray(new double[0][]));
    }

    private static CsvReader<CsvRecord> records(Reader reader, char delimiter) {
        return CsvReader.builder()
                .fieldSeparator(delimiter)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .trimWhitespacesAroundQuotes(true)
                .maxBufferSize(MAX_FIELD_LENGTH)
                .build(
                        CsvRecordHandler.builder()
                                .maxFields(MAX_FIELDS)
                                .maxFieldSize(MAX_FIELD_LENGTH)
                                .maxRecordSize(Integer.MAX_VALUE)
                                .build(),
                        reader);
    }

    private static Reader withoutMark(Reader reader) throws IOException {
        PushbackReader text = new PushbackReader(reader);
        int first = text.read();
        if (first >= 0 && first != BYTE_ORDER_MARK) {
            text.unread(first);
        }
        return text;
    }

    /** Whether a line has nothing but white space, where that is not a number left out. */
    private static boolean isBlank(List<String> fields, List<double[]> rows) {
        boolean lone = fields.size() == 1 && !rows.isEmpty() && rows.get(0).length > 1;
        return lone && CsvNumber.isBlank(fields.get(0));
    }

    private static double[] numbers(List<String> fields, List<double[]> rows, String name, long line) {
        for (int i = 0; i < fields.size(); i++) {
            checkArgument(
                    fields.get(i).indexOf('\n') < 0,
                    "%s, line %s, column %s: expected a number; got a quoted field over several lines. "
                            + "Is a quote left open?",
                    name,
                    line,
                    i + 1);
        }
        int expected = rows.isEmpty() ? fields.size() : rows.get(0).length;
        checkArgument(
                fields.size() == expected,
                "%s, line %s, column %s: expected %s fields, as in the first row of numbers; got %s."
                        + " Correct the line, or choose another delimiter.",
                name,
                line,
                Math.min(fields.size(), expected) + 1,
                expected,
                fields.size());
        double[] row = new double[expected];
        for (int i = 0; i < expected; i++) {
            String field = fields.get(i);
            OptionalDouble number = CsvNumber.parse(field);
            if (number.isEmpty()) {
                throw new IllegalArgumentException(String.format(
                        "%s, line %d, column %d: expected a number; got %s.%s",
                        name,
                        line,
                        i + 1,
                        CsvNumber.shown(field),
                        rows.isEmpty() ? " Skip a header with withHeaderLines(1), or choose another delimiter." : ""));
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

    private static IllegalArgumentException malformed(String name, long line, CsvParseException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        String reason = String.valueOf(cause.getMessage());
        return new IllegalArgumentException(
                reason.contains("buffer size")
                        ? String.format(
                                "%s, after line %d: expected fields of at most %d characters; got a longer one."
                                        + " Is a quote left open?",
                                name, line, MAX_FIELD_LENGTH)
                        : String.format(
                                "%s, after line %d: expected well-formed CSV; got an error: %s. Mend the file.",
                                name, line, reason),
                e);
    }
}
