package org.ndgrad.autograd.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Side;
import org.ndgrad.autograd.Tensor;

/** Where PyTorch 2.13 puts numbers that are NaN or beside it, or on the edge of a bin, and the sign of sums of −0. */
class SortedEdgesTest {

    private static final double[] VALUES = {
        0.5, 1, 1.5, 2, 5, Double.POSITIVE_INFINITY, Double.NaN, Double.NEGATIVE_INFINITY
    };

    @ParameterizedTest
    @CsvSource({
        "1 2 NaN, LEFT, 0 0 1 1 3 3 3 0",
        "1 2 NaN, RIGHT, 0 1 1 3 3 3 3 0",
        "1 NaN NaN, LEFT, 3 3 3 3 3 3 3 3",
        "1 NaN NaN, RIGHT, 3 3 3 3 3 3 3 3",
        "1 2 3 NaN, LEFT, 0 0 1 1 4 4 4 0",
        "1 2 3 NaN, RIGHT, 0 1 1 2 4 4 4 0",
        "1 2 3 4 5 NaN NaN, RIGHT, 0 1 1 2 7 7 7 0",
        "1 2 Infinity, LEFT, 0 0 1 1 2 2 3 0",
        "1 2 Infinity, RIGHT, 0 1 1 2 2 3 3 0"
    })
    void nanStandsWherePytorchPutsIt(String row, Side side, String expected) {
        double[] numbers = doubles(row);
        double[] places = doubles(expected);
        for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE, DataType.FLOAT16, DataType.BFLOAT16}) {
            Tensor sorted = Tensor.of(DataType.DOUBLE, numbers).to(type);
            Tensor values = Tensor.of(DataType.DOUBLE, VALUES).to(type);
            assertThat(Counting.searchsorted(sorted, values, side).toDoubleArray())
                    .containsExactly(places);
            assertThat(Counting.bucketize(values, sorted, side).toDoubleArray()).containsExactly(places);
        }
    }

    @Test
    void aRowWithNanLeavesOthersAlone() {
        Tensor sorted = Tensor.of(DataType.DOUBLE, 1, 2, Double.NaN, 1, 2, 3).reshape(2, 3);
        Tensor values = Tensor.of(DataType.DOUBLE, 2, Double.NaN, 2, Double.NaN).reshape(2, 2);
        assertThat(Counting.searchsorted(sorted, values, Side.RIGHT).toDoubleArray())
                .containsExactly(3, 3, 2, 3);
        assertThat(Counting.searchsorted(Tensor.zeros(DataType.DOUBLE, 0), values, Side.LEFT)
                        .toDoubleArray())
                .containsExactly(0, 0, 0, 0);
    }

    @Test
    void theLargestWholeNumberIsNoNan() {
        Tensor sorted = Tensor.of(1, Long.MAX_VALUE, Long.MAX_VALUE);
        Tensor values = Tensor.of(Long.MAX_VALUE, 1);
        assertThat(Counting.searchsorted(sorted, values, Side.LEFT).toDoubleArray())
                .containsExactly(1, 0);
        assertThat(Counting.searchsorted(sorted, values, Side.RIGHT).toDoubleArray())
                .containsExactly(3, 1);
    }

    @Test
    void whatIsInATestWithNanIsFound() {
        Tensor test = Tensor.of(DataType.DOUBLE, Double.NaN, 1, Double.NaN, 2, Double.NaN);
        Tensor x = Tensor.of(DataType.DOUBLE, 1, 2, 0.5, 3, Double.NaN);
        assertThat(Counting.isin(x, test).toDoubleArray()).containsExactly(1, 1, 0, 0, 0);
        assertThat(Counting.isin(x, test.slice(0, 0, 1)).toDoubleArray()).containsExactly(0, 0, 0, 0, 0);
    }

    @ParameterizedTest
    @CsvSource({
        "FLOAT, 10, 0, 1, 1 1 1 1 1 1 1 1 1 2",
        "FLOAT, 20, 0, 0, 1 0 1 0 1 0 1 0 1 0 1 0 1 0 1 0 1 0 1 1",
        "FLOAT, 3, 0.1, 0.7, 2 2 3",
        "FLOAT, 2, 0, 1e300, 11 0",
        "HALF, 10, 0, 1, 1 1 1 1 1 1 1 1 1 2",
        "BFLOAT16, 10, 0, 1, 1 1 1 1 1 1 1 1 1 2",
        "BFLOAT16, 5, 0.1, 0.6, 1 1 1 1 2",
        "DOUBLE, 10, 0, 1, 1 1 1 1 1 1 1 1 1 2"
    })
    void edgesOfBinsAreNumbersOfTheType(DataType type, int bins, double low, double high, String expected) {
        double[] tenths =
                IntStream.rangeClosed(0, 10).mapToDouble(i -> i / 10.0).toArray();
        Tensor x = Tensor.of(DataType.DOUBLE, tenths).to(type);
        assertThat(Counting.histc(x, bins, low, high).toDoubleArray()).containsExactly(doubles(expected));
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE", "HALF", "BFLOAT16"})
    void runningSumsOfMinusZeroAreZero(DataType type) {
        Tensor x = Tensor.of(DataType.DOUBLE, -0.0, -0.0, 1).to(type);
        assertThat(Cumulative.cumsum(x, 0).toDoubleArray()).containsExactly(0.0, 0.0, 1.0);
        Tensor columns = Tensor.full(type, -0.0, 3, 20);
        assertThat(1 / Cumulative.cumsum(columns, 0).get(2, 7).item()).isPositive();
        assertThat(1 / Cumulative.cumsum(columns, 1).get(2, 7).item()).isPositive();
        assertThat(1 / Cumulative.cumulativeTrapezoid(columns, 1, 0).get(1, 3).item())
                .isPositive();
    }

    private static double[] doubles(String words) {
        return Splitter.on(' ')
                .splitToStream(words)
                .mapToDouble(Double::parseDouble)
                .toArray();
    }
}
