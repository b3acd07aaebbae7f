package org.ndgrad.nn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;

class CsvTest {

    @TempDir
    private Path folder;

    private static final CsvOptions PLAIN = CsvOptions.defaults();
    private static final CsvOptions HEADER = PLAIN.withHeaderLines(1);

    private static CsvTable read(CsvOptions options, String text) {
        return Csv.read(new StringReader(text), "data.csv", options);
    }

    private static void assertMalformed(CsvOptions options, String text, String message) {
        assertThatThrownBy(() -> read(options, text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void readsNumbersAfterAHeaderOfAnyWidth() {
        CsvTable table = read(HEADER, "2,3,cat,dog,\"a, b\"\n1.5,-2e3,0\n\n \"3\" ,4, 1\n");

        assertThat(table.header().get(0)).containsExactly("2", "3", "cat", "dog", "a, b");
        assertThat(table.rowCount()).isEqualTo(2);
        assertThat(table.columnCount()).isEqualTo(3);
        assertThat(table.toArray()[0]).containsExactly(1.5, -2000, 0);
    }

    @Test
    void readsOtherDelimitersAndQuotes() {
        assertThat(read(PLAIN.withDelimiter(';'), "1;2\r\n\"3\";4").toArray())
                .isDeepEqualTo(new double[][] {{1, 2}, {3, 4}});
        assertThat(read(PLAIN.withDelimiter('\t'), "\uFEFF1\t2").toArray()).isDeepEqualTo(new double[][] {{1, 2}});
    }

    @Test
    void givesFeaturesAndLabels() {
        CsvTable table = read(PLAIN, "1,2,0\n3,4,2\n");

        TensorDataset dataset = table.dataset(2);
        assertThat(dataset.features().toDoubleArray()).containsExactly(1, 2, 3, 4);
        assertThat(dataset.features().shape()).containsExactly(2, 2);
        assertThat(dataset.features().dtype()).isEqualTo(DataType.FLOAT);
        assertThat(dataset.targets().toLongArray()).containsExactly(0, 2);
        assertThat(dataset.targets().dtype()).isEqualTo(DataType.INT64);
        assertThat(table.columns(DataType.DOUBLE, 1, 0).toDoubleArray()).containsExactly(2, 1, 4, 3);
        assertThat(table.columns(DataType.DOUBLE).shape()).containsExactly(2, 3);
    }

    @Test
    void readsFilesAndResources() throws IOException {
        Path file = Files.writeString(folder.resolve("x.csv"), "1,2\n");

        assertThat(Csv.read(file).rowCount()).isEqualTo(1);
        assertThat(Csv.readResource(CsvTest.class, "small.csv", HEADER).rowCount())
                .isEqualTo(3);
    }

    @Test
    void readsCompressedFiles() throws IOException {
        Path file = folder.resolve("x.csv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write("1,2\n3,4\n".getBytes(StandardCharsets.UTF_8));
        }

        assertThat(Csv.read(file).toArray()).isDeepEqualTo(new double[][] {{1, 2}, {3, 4}});

        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 10));
        assertThatThrownBy(() -> Csv.read(file))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("Csv: expected " + file + " to be readable; got java.io.EOFException")
                .hasMessageEndingWith(" Is it whole? Compare its size with the original's.");
    }

    @Test
    void missingFileIsNamed() {
        Path missing = folder.resolve("nowhere.csv");

        assertThatThrownBy(() -> Csv.read(missing))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("Csv: expected a file " + missing + "; got none. It would be " + missing.toAbsolutePath()
                        + ": check the path and the working directory.");
        assertThatThrownBy(() -> Csv.readResource(CsvTest.class, "nowhere.csv", PLAIN))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("Csv: expected a resource nowhere.csv beside class org.ndgrad.nn.data.CsvTest; got none. "
                        + "Is it packed into the jar?");
        assertThatThrownBy(() -> Csv.read(folder))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("Csv: expected " + folder + " to be readable; got ");
    }

    @Test
    void raggedRowsNameFileLineAndColumn() {
        assertMalformed(
                PLAIN,
                "1,2,3\n4,5\n",
                "data.csv, line 2, column 3: expected 3 fields, as in the first row; got 2. Correct the line, or choose another delimiter.");
        assertMalformed(
                PLAIN,
                "1,2\n\n4,5,6\n",
                "data.csv, line 3, column 3: expected 2 fields, as in the first row; got 3. Correct the line, or choose another delimiter.");
    }

    @Test
    void cellsThatAreNoNumbersNameFileLineAndColumn() {
        assertMalformed(
                PLAIN,
                "1,2\n3,x\n",
                "data.csv, line 2, column 2: expected a number; got 'x'. Correct it, or read the file by Csv.table.");
        assertMalformed(
                PLAIN,
                "1,2\n,4\n",
                "data.csv, line 2, column 1: expected a number; got ''. Read a file with missing values by Csv.table.");
        assertMalformed(
                PLAIN,
                "a,b\n1,2\n",
                "data.csv, line 1, column 1: expected a number; got 'a'. Skip a header with withHeaderLines(1), "
                        + "read columns of text by Csv.table, or choose another delimiter.");
    }

    @ParameterizedTest(name = "{index}")
    @ValueSource(
            strings = {
                "1d",
                "2f",
                "3D",
                "4F",
                "1L",
                "1e5d",
                "0x1p3",
                "0x10",
                "0b1",
                "#10",
                "12d3",
                "5%",
                "NA",
                "null",
                "-",
                "+",
                ".",
                "e5",
                "1e",
                "1e+",
                "1e5.5",
                "--1",
                "+-1",
                "- 1",
                "1 000",
                "1_000",
                "1'000",
                "1.2.3",
                "1,5",
                "\uFF11\uFF12",
                "\u0663",
                "\u22121",
                "\u221E",
                "\u00BD",
                "1\u00A0",
                "\u20071",
                "\uFEFF1",
                "1\u0000",
                "nano",
                "infinite",
                "1.#INF",
                "nan(1)",
                "true",
                "$1",
                "(1)",
                "''"
            })
    void onlyPlainDecimalsAreNumbers(String cell) {
        assertThatThrownBy(() -> read(PLAIN.withDelimiter(';'), "1;2\n3;" + cell + "\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("data.csv, line 2, column 2: expected a number; got '");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "+1, 1",
        "-1, -1",
        "1., 1",
        ".5, 0.5",
        "-.5, -0.5",
        "1e5, 1e5",
        "1E+05, 1e5",
        "1e-3, 1e-3",
        "007, 7",
        "' 1\t', 1",
        "'\f1 ', 1",
        "-0, -0.0",
        "1e-400, 0",
        "0e999999999, 0",
        "1.7976931348623157e308, 1.7976931348623157e308",
        "0.1, 0.1",
        "nan, NaN",
        "NaN, NaN",
        "-NAN, NaN",
        "inf, Infinity",
        "+Inf, Infinity",
        "-inf, -Infinity",
        "Infinity, Infinity",
        "-INFINITY, -Infinity"
    })
    void numbersAreReadAsElsewhere(String cell, double expected) {
        assertThat(read(PLAIN, "2," + cell + "\n").toArray()[0]).containsExactly(2, expected);
        assertThat(read(PLAIN, "2,\"" + cell + "\"\n").toArray()[0]).containsExactly(2, expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e400", "-1e400", "1.8e308", "1e99999999999"})
    void overflowIsRefused(String cell) {
        assertMalformed(
                PLAIN,
                "1,2\n3," + cell + "\n",
                "data.csv, line 2, column 2: expected a number that float64 holds, below 1.8e308; got '" + cell
                        + "'. Write inf if it is meant to be infinite.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"a,b\",c\n1,2\n",
                "\"a\",b\n1,2\n",
                "\"a\nb\",c\n1,2\n",
                "\"h\",x\n\"1\",2\n",
                "a,b\r\n1,2\r\n",
                " \"a\",b\n1,2\n",
                "\n\na,b\n1,2",
                "\"a\"\"b\",c\n1,2"
            })
    void aByteOrderMarkChangesNothing(String text) {
        CsvTable with = read(HEADER, "\uFEFF" + text);
        CsvTable without = read(HEADER, text);

        assertThat(with.header()).isEqualTo(without.header());
        assertThat(with.toArray()).isDeepEqualTo(without.toArray());
        assertThat(with.toArray()).isDeepEqualTo(new double[][] {{1, 2}});
    }

    @Test
    void aByteOrderMarkIsSkippedInFilesToo() throws IOException {
        Path file = Files.writeString(folder.resolve("mark.csv"), "\uFEFF\"1\",2\n");

        assertThat(Csv.read(file).toArray()).isDeepEqualTo(new double[][] {{1, 2}});
        assertMalformed(
                PLAIN,
                "\uFEFF",
                "data.csv, line 1, column 1: expected rows after 0 header lines; got the end of the file. Is it the right file?");
        assertMalformed(
                PLAIN,
                "1,2\n\uFEFF3,4\n",
                "data.csv, line 2, column 1: expected a number; got '\\uFEFF3'. Correct it, or read the file by Csv.table.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "x-UTF-32LE-BOM", "x-UTF-16LE-BOM"})
    void otherUnicodeEncodingsAreRefused(String charset) throws IOException {
        Path file = folder.resolve("encoded.csv");
        Files.write(file, "12,3\n".getBytes(Charset.forName(charset)));

        assertThatThrownBy(() -> Csv.read(file)).hasMessageContaining("encoded.csv");
    }

    @Test
    void manyColumnsAndLongFieldsAreRead() {
        int columns = 100_000;
        String line = "1,".repeat(columns - 1) + "2";

        CsvTable table = read(HEADER, "x,".repeat(columns - 1) + "y\n" + line + "\n" + line);

        assertThat(table.columnCount()).isEqualTo(columns);
        assertThat(table.toArray()[1][columns - 1]).isEqualTo(2);
        assertThat(read(PLAIN, "1." + "0".repeat(1_000_000) + ",2").toArray()[0])
                .containsExactly(1, 2);
        assertMalformed(
                PLAIN,
                "1,2\n3," + "x".repeat(100_000),
                "data.csv, line 2, column 2: expected a number; got '" + "x".repeat(40)
                        + "' and 99960 more characters. Correct it, or read the file by Csv.table.");
    }

    @Test
    void limitsAreNotBlamedOnTheFile() {
        assertMalformed(
                PLAIN,
                "1,2\n\"" + "3,4\n".repeat(5_000_000),
                "data.csv, after line 1: expected fields of at most 16777216 characters; got a longer one. "
                        + "Is a quote left open?");
    }

    @Test
    void linesOfWhiteSpaceAreBlank() {
        assertThat(read(PLAIN, "1,2\n  \n3,4\n\t\n").toArray()).isDeepEqualTo(new double[][] {{1, 2}, {3, 4}});
        assertMalformed(
                PLAIN,
                "1\n  \n3\n",
                "data.csv, line 2, column 1: expected a number; got '  '. Read a file with missing values by Csv.table.");
    }

    @Test
    void columnsRefuseWhatTheirTypeDoesNotHold() {
        CsvTable table = read(PLAIN, "1,1e300,0.5,300,9007199254740994,nan\n2,2,2,2,2,2\n");

        assertThat(table.columns(DataType.DOUBLE, 1).toDoubleArray()).containsExactly(1e300, 2);
        assertThat(table.columns(DataType.FLOAT, 5).toDoubleArray()).containsExactly(Double.NaN, 2);
        assertThat(table.columns(DataType.INT64, 0, 3).toLongArray()).containsExactly(1, 300, 2, 2);
        assertThatThrownBy(() -> table.columns(DataType.FLOAT, 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("data.csv, row 1, column 2: expected a number that float32 holds; got 1.0E300. "
                        + "Choose float64.");
        assertThatThrownBy(() -> table.columns(DataType.FLOAT16, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> table.columns(DataType.INT32, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> table.columns(DataType.UINT8, 3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> table.columns(DataType.INT64, 4)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> table.columns(DataType.INT64, 5)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> table.labels(4)).isInstanceOf(IllegalArgumentException.class);
        for (String rounded : new String[] {"9007199254740993", "-9007199254740993", "9007199254740992"}) {
            assertThatThrownBy(() -> read(PLAIN, rounded).columns(DataType.INT64))
                    .hasMessageContaining("expected an integer below 2^53, which is read without rounding; got ");
            assertThatThrownBy(() -> read(PLAIN, rounded).labels(0)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(read(PLAIN, "9007199254740991").labels(0).toLongArray()).containsExactly((1L << 53) - 1);
        assertThatThrownBy(() -> table.dataset(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void filesWithoutDataNameFileLineAndColumn() {
        assertMalformed(
                PLAIN,
                "",
                "data.csv, line 1, column 1: expected rows after 0 header lines; got the end of the file. Is it the right file?");
        assertMalformed(
                HEADER,
                "a,b\n",
                "data.csv, line 2, column 1: expected rows after 1 header lines; got the end of the file. Lower the number of header lines.");
    }

    @Test
    void brokenQuotesNameFileLineAndColumn() {
        assertMalformed(
                PLAIN,
                "1,2\n3,\"4\n5,6\n",
                "data.csv, line 2, column 2: expected a number; got a quoted field over several lines. "
                        + "Is a quote left open?");
        assertThatThrownBy(() -> read(PLAIN, "1,2\n\"3\"x,4\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("data.csv, ");
    }

    @Test
    void otherEncodingsAreReported() throws IOException {
        Path file = folder.resolve("latin1.csv");
        Files.write(file, "é,1\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> Csv.read(file))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageEndingWith("Save it as UTF-8.");
    }

    @Test
    void labelsMustBeClassIndices() {
        CsvTable table = read(PLAIN, "1,0\n2,0.5\n");

        assertThatThrownBy(() -> table.dataset(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("data.csv, row 2, column 2: expected a class label 0, 1, 2 …; got 0.5. "
                        + "Use columns for other targets.");
        assertThatThrownBy(() -> table.labels(2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> PLAIN.withHeaderLines(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
