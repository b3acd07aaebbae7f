package org.ndgrad.nn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
                "data.csv, line 2, column 3: expected 3 fields, as in the first row of numbers; got 2.");
        assertMalformed(
                PLAIN,
                "1,2\n\n4,5,6\n",
                "data.csv, line 3, column 3: expected 2 fields, as in the first row of numbers; got 3.");
    }

    @Test
    void cellsThatAreNoNumbersNameFileLineAndColumn() {
        assertMalformed(PLAIN, "1,2\n3,x\n", "data.csv, line 2, column 2: expected a number; got 'x'.");
        assertMalformed(PLAIN, "1,2\n,4\n", "data.csv, line 2, column 1: expected a number; got ''.");
        assertMalformed(
                PLAIN,
                "a,b\n1,2\n",
                "data.csv, line 1, column 1: expected a number; got 'a'. Skip a header with withHeaderLines(1), "
                        + "or choose another delimiter.");
    }

    @Test
    void filesWithoutDataNameFileLineAndColumn() {
        assertMalformed(
                PLAIN,
                "",
                "data.csv, line 1, column 1: expected rows of numbers after 0 header lines; got the end of the file.");
        assertMalformed(
                HEADER,
                "a,b\n",
                "data.csv, line 2, column 1: expected rows of numbers after 1 header lines; got the end of the file.");
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
