package org.ndgrad.nn.data;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.base.Verify;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.FilterReader;
import java.io.IOException;
import java.io.PushbackReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** The lines of a CSV file as fields, with the numbers of the lines, and what can be wrong with them. */
final class CsvRecords {

    private static final int BYTE_ORDER_MARK = '\uFEFF';

    /** What the bytes of a gzip file begin with, read as text. */
    private static final int GZIP_MARK = 0x1F;

    /** A longer field is none of a table, but what follows a quote that is left open. */
    private static final int MAX_FIELD_LENGTH = 1 << 24;

    private static final int MAX_FIELDS = 1 << 30;

    private final String name;
    private final CsvOptions options;
    private final List<List<String>> header = new ArrayList<>();
    private int width = -1;
    private long line;

    /** What is made of a line. */
    interface Row {
        void add(List<String> fields, long line);
    }

    private CsvRecords(String name, CsvOptions options) {
        this.name = name;
        this.options = options;
    }

    /**
     * Reads all lines, and closes the reader. All rows have as many fields.
     *
     * @param row takes the lines after the header that are not blank
     * @return the header
     * @throws UncheckedIOException if it cannot be read
     * @throws IllegalArgumentException if a line is malformed, or there are no rows
     */
    static List<List<String>> read(Reader reader, String name, CsvOptions options, Row row) {
        return new CsvRecords(name, options).read(reader, row);
    }

    private List<List<String>> read(Reader reader, Row row) {
        QuoteFollower text = new QuoteFollower(reader, options.delimiter());
        try (text;
                CsvReader<CsvRecord> records = records(withoutMark(text))) {
            String last = "";
            for (CsvRecord csvRecord : records) {
                line = csvRecord.getStartingLineNumber();
                List<String> fields = csvRecord.getFields();
                if (header.size() < options.headerLines()) {
                    header.add(fields);
                } else if (!isBlank(fields)) {
                    checkWidth(fields);
                    row.add(fields, line);
                }
                last = fields.get(fields.size() - 1);
            }
            checkArgument(
                    !text.isOpen(),
                    "%s, line %s: expected quotes to be closed; got a last field%s that is not. Close the quote.",
                    name,
                    line,
                    last.indexOf('\n') < 0 && last.indexOf('\r') < 0 ? "" : " over several lines");
        } catch (UncheckedIOException e) {
            throw Inputs.unreadable("Csv", name, Verify.verifyNotNull(e.getCause()));
        } catch (IOException e) {
            throw Inputs.unreadable("Csv", name, e);
        } catch (CsvParseException e) {
            throw malformed(e);
        }
        checkArgument(
                width >= 0,
                "%s, line %s, column 1: expected rows after %s header lines; got the end of the file. %s",
                name,
                line + 1,
                options.headerLines(),
                header.isEmpty() ? "Is it the right file?" : "Lower the number of header lines.");
        return header;
    }

    private CsvReader<CsvRecord> records(Reader reader) {
        return CsvReader.builder()
                .fieldSeparator(options.delimiter())
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

    private Reader withoutMark(Reader reader) throws IOException {
        PushbackReader text = new PushbackReader(reader);
        int first = text.read();
        checkArgument(
                first != GZIP_MARK,
                "Csv: expected the reader of %s to give text; got compressed data. Unpack them,"
                        + " new InputStreamReader(new GZIPInputStream(…), UTF_8), or pass the path of the file.",
                name);
        if (first >= 0 && first != BYTE_ORDER_MARK) {
            text.unread(first);
        }
        return text;
    }

    /** Whether a line has nothing but white space, where that is not a field left out. */
    private boolean isBlank(List<String> fields) {
        return fields.size() == 1 && width > 1 && CsvNumber.isBlank(fields.get(0));
    }

    private void checkWidth(List<String> fields) {
        if (width < 0) {
            width = fields.size();
        }
        checkArgument(
                fields.size() == width,
                "%s, line %s, column %s: expected %s fields, as in the first row; got %s."
                        + " Correct the line, or choose another delimiter.",
                name,
                line,
                Math.min(fields.size(), width) + 1,
                width,
                fields.size());
    }

    private IllegalArgumentException malformed(CsvParseException e) {
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

    /** Follows quotes, to know at the end whether one is open, which the reader of records takes for closed. */
    private static final class QuoteFollower extends FilterReader {

        /** Where in a field the text is; a quote in a field that does not begin with one is a letter like others. */
        private enum Place {
            BEFORE,
            PLAIN,
            QUOTED,
            AFTER_QUOTE
        }

        private final char delimiter;
        private Place place = Place.BEFORE;

        QuoteFollower(Reader reader, char delimiter) {
            super(reader);
            this.delimiter = delimiter;
        }

        boolean isOpen() {
            return place == Place.QUOTED;
        }

        private void follow(int c) {
            boolean isQuote = c == '"';
            if (place == Place.QUOTED) {
                place = isQuote ? Place.AFTER_QUOTE : Place.QUOTED;
            } else if (c == delimiter || c == '\n' || c == '\r') {
                place = Place.BEFORE;
            } else if (isQuote && place != Place.PLAIN) {
                place = Place.QUOTED; // at its begin, or the second of two that stand for one
            } else if (c > ' ' && c != BYTE_ORDER_MARK) {
                place = Place.PLAIN;
            }
        }

        @Override
        public int read() throws IOException {
            int c = super.read();
            follow(c);
            return c;
        }

        @Override
        public int read(char[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            for (int i = offset; i < offset + count; i++) {
                follow(buffer[i]);
            }
            return count;
        }
    }
}
