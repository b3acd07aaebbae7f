package org.ndgrad.nn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;

class TableTest {

    private static final CsvOptions HEADER = CsvOptions.defaults().withHeaderLines(1);
    private static final String PEOPLE =
            "name,age,fare,port\n\"Kelly, Mr. \"\"J\"\"\",34.5,7,Q\nMyles,,9,S\nRice, 2 , 11,?\nWirz,nan,8,S\n";

    @TempDir
    private Path folder;

    private static Table table(String text) {
        return Csv.table(new StringReader(text), "people.csv", HEADER);
    }

    private static void assertRefused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    private Path zipped(String name, byte[] content) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(content);
        }
        return file;
    }

    @Test
    void aColumnIsAVector() {
        Table people = table(PEOPLE);

        assertThat(people.column("fare").shape()).containsExactly(4);
        assertThat(people.column("fare").dtype()).isEqualTo(Tensor.defaultDtype());
        assertThat(people.column(DataType.INT64, "fare").toLongArray()).containsExactly(7, 9, 11, 8);
        assertThatThrownBy(() -> people.column("name"))
                .hasMessageStartingWith("people.csv, line 2, column 'name': expected a number; got 'Kelly,");
        assertThatThrownBy(() -> people.column("sex"))
                .hasMessageStartingWith("people.csv: expected a column of [name, age, fare, port]; got 'sex'.");
    }

    @Test
    void describesNumbersAndCategories() {
        Table people = table("age,port\n29,Cherbourg\n,Southampton\n41,Southampton\n35.5,Queenstown\n");

        assertThat(people.describe().toString().lines())
                .containsExactly(
                        "column  count  missing     mean     std  min      25%      50%      75%  max  categories",
                        "age         3        1  35.1667  6.0069   29  32.2500  35.5000  38.2500   41",
                        "port        4        0                                                        3: Southampton"
                                + " 2, Cherbourg 1, Queenstown 1");
    }

    @Test
    void describesWhatIsHardToDescribe() {
        assertThat(table("x,y,z\n1e308,,1e-300\n-1e308,,inf\n")
                        .describe()
                        .toString()
                        .lines())
                .containsExactly(
                        "column  count  missing      mean         std          min          25%       50%         75% "
                                + "        max",
                        "x           2        0         0  1.414e+308  -1.000e+308  -5.000e+307         0  5.000e+307 "
                                + " 1.000e+308",
                        "y           0        2         –           –            –            –         –           – "
                                + "          –",
                        "z           2        0  Infinity           –   1.000e-300     Infinity  Infinity    Infinity "
                                + "   Infinity");
        assertThat(table("k\na\nb\nc\nd\n").rows().describe().toString().lines())
                .containsExactly("column  count  missing  categories", "k           0        0  0:");
        assertThat(table("k\na\nb\nc\nd\n").describe().toString().lines())
                .endsWith("k           4        0  4: a 1, b 1, c 1, …");
    }

    @Test
    void deviationsOfTheLargestNumbersAreShown() {
        String text = table("a\n1e308\n1.7e308\n1.7e308\n-1.7e308\n").describe().toString();

        assertThat(text.replaceAll(" +", " ")).contains("a 4 0 6.750e+307 1.617e+308 -1.700e+308");
    }

    @ParameterizedTest
    @CsvSource({
        "'0.1 0.1 0.1', 0", "'1e308 1e308 1e308', 0", "'-1e-310 -1e-310', 0", "'0.3 0.3 0.3 0.3 0.3 0.3 0.3', 0",
        "'1e16 10000000000000002', 1.4142", "'1e-320 3e-320', 1.414e-320", "'0 1 0 0', 0.5000", "'inf inf', –",
        "'1e300 1 1 1', 5.000e+299", "'7', –"
    })
    void theDeviationOfWhatIsAllTheSameIsZero(String numbers, String std) {
        String line = table("a\n" + numbers.replace(" ", "\n") + "\n")
                .describe()
                .toString()
                .lines()
                .toList()
                .get(1);

        assertThat(Splitter.on(' ').omitEmptyStrings().splitToList(line).get(4)).isEqualTo(std);
    }

    @Test
    void numbersAreOfTheDefaultTypeUnlessTold() {
        Table people = table(PEOPLE);
        assertThat(people.numbers("fare").dtype()).isEqualTo(Tensor.defaultDtype());
        assertThat(people.numbers("fare").toDoubleArray()).containsExactly(7, 9, 11, 8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void columnsHaveNamesAndHoldNumbersOrCategories(String end) throws IOException {
        Path file = zipped("people.csv.gz", ("\uFEFF" + PEOPLE.replace("\n", end)).getBytes(StandardCharsets.UTF_8));

        Table people = Csv.table(file);

        assertThat(people.names()).containsExactly("name", "age", "fare", "port");
        assertThat(people.rowCount()).isEqualTo(4);
        assertThat(people.isNumeric("age")).isTrue();
        assertThat(people.isNumeric("port")).isFalse();
        assertThat(people.missingCount("age")).isEqualTo(2);
        assertThat(people.numbers(DataType.DOUBLE, "fare").toDoubleArray()).containsExactly(7, 9, 11, 8);
        assertThat(people.categories("name"))
                .containsExactly(people.categories("name", "fare").get(0));
        assertThat(people.categories("name").get(0)).containsExactly("Kelly, Mr. \"J\"", "Myles", "Rice", "Wirz");
        assertThat(people.categories("fare").get(0)).containsExactly("7", "9", "11", "8");
        assertThat(people)
                .hasToString("Table(" + file + ": 4 rows, {name=categories, age=numbers, 2 missing, fare=numbers,"
                        + " port=categories, 1 missing})");
    }

    @Test
    void missingValuesAreDroppedOrFilled() {
        Table people = table(PEOPLE);

        assertThat(people.dropMissing().categories("name").get(0)).containsExactly("Kelly, Mr. \"J\"");
        assertThat(people.dropMissing("port").numbers(DataType.FLOAT, "fare").toDoubleArray())
                .containsExactly(7, 9, 8);
        assertThat(people.mean("age")).isEqualTo(18.25, within(1e-15));
        assertThat(people.fillMissingWithMean("age")
                        .numbers(DataType.DOUBLE, "age", "fare")
                        .toDoubleArray())
                .containsExactly(34.5, 7, 18.25, 9, 2, 11, 18.25, 8);
        assertThat(people.fillMissing("age", -1).numbers(DataType.INT64, "fare").toLongArray())
                .containsExactly(7, 9, 11, 8);
        assertThat(people.fillMissing("port", "none").categories("port").get(0)).containsExactly("Q", "S", "none", "S");
        assertThat(people.missingCount("age")).isEqualTo(2);
        assertThat(table("x\n1.7e308\n1.7e308\nnan").mean("x")).isEqualTo(1.7e308, within(1e293));
    }

    @Test
    void aColumnKeepsItsKindInParts() {
        Table part = table("code,x\nA1,1\n12,2\n?,3\n").rows(2, 1);

        assertThat(part.isNumeric("code")).isFalse();
        assertThat(part.fillMissing("code", "none").categories("code").get(0)).containsExactly("none", "12");
        assertThat(part.numbers(DataType.FLOAT, "x").toDoubleArray()).containsExactly(3, 2);
        assertThatThrownBy(() -> part.rows(2))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("Table.rows: expected indices in [0, 2); got 2.");
    }

    @Test
    void whatIsMissingAndHowColumnsAreCalledCanBeChosen() {
        CsvOptions options = HEADER.withNames(List.of("a", "b")).withMissing(Set.of("-9"));

        Table table = Csv.table(new StringReader("150,4,setosa\n1,-9\n2,NA\n"), "x.csv", options);

        assertThat(table.missingCount("b")).isEqualTo(1);
        assertThat(table.dropMissing().categories("b").get(0)).containsExactly("NA");
    }

    @Test
    void whatDoesNotFitIsSaidWithLineAndColumn() {
        Table people = table(PEOPLE);

        assertRefused(
                () -> people.numbers(DataType.FLOAT, "fare", "name"),
                "people.csv, line 2, column 'name': expected a number; got 'Kelly, Mr. \"J\"'. Take the column as"
                        + " categories, correct the field, or let it stand for a missing value, withMissing(Set.of(…)).");
        assertRefused(
                () -> people.numbers(DataType.FLOAT, "age"),
                "people.csv, line 3, column 'age': expected no missing values; got '' and 1 more. Drop such rows,"
                        + " dropMissing(\"age\"), or fill them, fillMissing(\"age\", …).");
        assertRefused(
                () -> people.categories("port"),
                "people.csv, line 4, column 'port': expected no missing values; got '?'. Drop such rows,"
                        + " dropMissing(\"port\"), or fill them, fillMissing(\"port\", …).");
        assertRefused(
                () -> people.mean("Age"),
                "people.csv: expected a column of [name, age, fare, port]; got 'Age'. Correct the name.");
        assertRefused(
                () -> people.fillMissing("age", "old"),
                "people.csv, column 'age': expected a number to fill a column of numbers; got the text 'old'. Pass a"
                        + " number.");
        assertRefused(
                () -> people.fillMissing("age", Double.NaN),
                "people.csv: expected a number to fill in; got NaN. Choose one, such as 0.");
        assertRefused(
                () -> people.fillMissing("port", " "),
                "people.csv: expected a category to fill in; got a blank. Choose one, such as \"none\".");
        assertRefused(
                () -> people.numbers(DataType.FLOAT),
                "Table.numbers: expected names of columns; got none. Name at least one.");
        assertRefused(
                () -> table("a,b\n1,?\n").dropMissing(),
                "people.csv: expected rows without a missing value in the columns [a, b]; got none. Fill the values of"
                        + " some columns, or leave these out.");
        assertRefused(
                () -> table("a,b\n1,?\n").mean("b"),
                "people.csv, column 'b': expected a number at least, to take the mean; got only missing values. Leave"
                        + " the column out, or fill it with a constant.");
        assertRefused(
                () -> table("a,b\n1,2\n1e400,2\n"),
                "people.csv, line 3, column 'a': expected a number that float64 holds, below 1.8e308; got '1e400'."
                        + " Write inf if it is meant to be infinite.");
        assertRefused(
                () -> table("a\n1e300\n").numbers(DataType.FLOAT, "a"),
                "people.csv, line 2, column 'a': expected a number that float32 holds; got 1.0E300. Choose float64.");
        assertRefused(
                () -> table("a\n1\n9007199254740993\n").numbers(DataType.INT64, "a"),
                "people.csv, line 3, column 'a': expected an integer below 2^53, which is read without rounding; got"
                        + " 9.007199254740992E15. Take it as a category, by Csv.table.");
        assertRefused(
                () -> table("a\n1\n9007199254740990.6\n").numbers(DataType.INT64, "a"),
                "people.csv, line 3, column 'a': expected a whole number; got a fraction that float64 rounds to"
                        + " 9.007199254740991E15. Choose float64.");
    }

    @Test
    void namesAreCheckedAgainstTheRows() {
        assertRefused(
                () -> table("150,4,setosa\n1,2\n"),
                "people.csv, line 2: expected as many fields as names, 3, which are [150, 4, setosa]; got 2 fields."
                        + " Name the columns, withNames(List.of(…)), or choose another delimiter.");
        assertRefused(
                () -> table("a,a\n1,2\n"),
                "people.csv: expected a name for each column, all different; got 'a' twice in [a, a]. Name the columns,"
                        + " withNames(List.of(…)).");
        assertRefused(
                () -> table("a,\n1,2\n"),
                "people.csv: expected a name for each column, all different; got none in [a, ]. Name the columns,"
                        + " withNames(List.of(…)).");
        assertRefused(
                () -> Csv.table(new StringReader("1,2\n"), "x.csv", CsvOptions.defaults()),
                "x.csv: expected names of columns; got a file without a header. Say that there is one,"
                        + " withHeaderLines(1), or name the columns, withNames(List.of(…)).");
        assertRefused(
                () -> table("a,b\n1,2\n3\n"),
                "people.csv, line 3, column 2: expected 2 fields, as in the first row; got 1. Correct the line, or"
                        + " choose another delimiter.");
        for (String open : new String[] {"1,\"4", "1,\"", "1, \"x\"\"", "\"a\",\"b,c"}) {
            assertRefused(
                    () -> table("a,b\n" + open),
                    "people.csv, line 2: expected quotes to be closed; got a last field that is not. Close the quote.");
        }
        assertThat(table("a,b\n1,5\"\n\"2\", \"x\n\"\"y\"\"\" \n").rowCount()).isEqualTo(2);
        assertThat(table("a,b\n1,\"4\"").rowCount()).isOne();
        assertRefused(
                () -> table("a,b\n1,\"x\n2,y\n"),
                "people.csv, line 2: expected quotes to be closed; got a last field over several lines that is not."
                        + " Close the quote.");
        assertThatThrownBy(() -> CsvOptions.defaults().withDelimiter('\n'))
                .hasMessage(
                        "Csv: expected a delimiter other than quotes and ends of lines; got '\\u000A'. Choose ',', ';'"
                                + " or '\\t'.");
    }

    @Test
    void fieldsMayHoldEndsOfLines() {
        assertThat(table("a,b\n\"x\ny\",1\nz,\"5\"\" pipe\n\"\n").categories("a", "b"))
                .isEqualTo(List.of(List.of("x\ny", "z"), List.of("1", "5\" pipe")));
    }

    /** A message never blames what was done right. */
    @Test
    void aTextColumnIsNotToldToSkipAHeaderThatWasSkipped() {
        assertRefused(
                () -> Csv.read(new StringReader("length,kind\n5.1,setosa\n"), "iris.csv", HEADER),
                "iris.csv, line 2, column 2: expected a number; got 'setosa'. Read columns of text by Csv.table, or"
                        + " choose another delimiter.");
    }

    @Test
    void aGzipFileIsNotToldToBeUtf8() throws IOException {
        byte[] latin = "é,1\n".getBytes(StandardCharsets.ISO_8859_1);
        Path twice = zipped("twice.csv.gz", Files.readAllBytes(zipped("once.csv.gz", latin)));

        assertThatThrownBy(() -> Csv.read(folder.resolve("once.csv.gz")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("Csv: expected text in UTF-8 inside the compressed file " + folder.resolve("once.csv.gz")
                        + "; got java.nio.charset.MalformedInputException: Input length = 1. Is the file whole? gzip -t"
                        + " tells; if it is, what it holds is in another encoding.");
        assertRefused(
                () -> Csv.table(twice, HEADER),
                "Csv: expected " + twice + " to hold text inside gzip; got gzip data. Unpack it, or save the table"
                        + " as CSV.");
        assertRefused(
                () -> Csv.read(new StringReader("\u001F\u008Babc"), "reader.csv.gz", CsvOptions.defaults()),
                "Csv: expected the reader of reader.csv.gz to give text; got compressed data. Unpack them,"
                        + " new InputStreamReader(new GZIPInputStream(…), UTF_8), or pass the path of the file.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PK\u0003\u0004rest", "BZh91AY", "\u00FD7zXZ\u0000", "(\u00B5/\u00FDx"})
    void otherFormatsAreNamed(String start) throws IOException {
        Path file = Files.write(folder.resolve("x.csv"), start.getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> Csv.table(file, HEADER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Csv: expected " + file + " to hold text; got ")
                .hasMessageEndingWith(" Unpack it, or save the table as CSV.");
    }
}
