package org.ndgrad.nn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;

/** A number with a fraction is none of an integral type, though float64 has no room for the fraction. */
class CsvFractionsTest {

    private static CsvTable read(String text) {
        return Csv.read(new StringReader(text), "data.csv", CsvOptions.defaults());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9007199254740990.6",
                "-9007199254740990.6",
                "1.00000000000000000001",
                "1e-400",
                "0.9999999999999999999e1",
                "10000000000000000000001e-22",
                "1.0000000000000000000000000001e+2"
            })
    void fractionsThatRoundToIntegersAreRefused(String fraction) {
        CsvTable table = read("2," + fraction + "\n3,4\n");

        assertThatThrownBy(() -> table.columns(DataType.INT64, 0, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("data.csv, row 1, column 2: expected a whole number; got a fraction that float64 rounds to "
                        + Double.parseDouble(fraction) + ". Choose float64.");
        assertThatThrownBy(() -> table.labels(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(
                        "data.csv, row 1, column 2: expected a class label 0, 1, 2 …; got a fraction that");
        assertThat(table.columns(DataType.DOUBLE, 1).toDoubleArray()).containsExactly(Double.parseDouble(fraction), 4);
        assertThat(table.columns(DataType.INT64, 0).toLongArray()).containsExactly(2, 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"20", "20.0", "2e1", "0.2e2", "+.02E+3", "200.e-1", "20.000e-0", " 2000e-2 ", "20."})
    void integersMayBeWrittenAsDecimals(String whole) {
        assertThat(read(whole).columns(DataType.INT64).toLongArray()).containsExactly(20);
        assertThat(read(whole).labels(0).toLongArray()).containsExactly(20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-0.0", "0.00e-900", "0e99999999999"})
    void zeroHasNoFraction(String zero) {
        assertThat(read(zero).labels(0).toLongArray()).containsExactly(0);
    }
}
