package org.ndgrad.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;

import java.math.BigDecimal;
import java.math.MathContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.ops.Counting;

/** Numbers from one end of the range to the other, although the way between them does not fit. */
class SequencesRangeTest {

    private static final double FAR = 1.7e308;

    @ParameterizedTest
    @CsvSource({
        "-1.7e308, 1.7e308, 3",
        "1.7e308, -1.7e308, 4",
        "-1e308, 1.7e308, 1001",
        "-1.7976931348623157e308, 1.7976931348623157e308, 2",
        "-1.7976931348623157e308, 1.7976931348623157e308, 7",
        "-1.7e308, 1.7e308, 1",
        "-1.7e308, 5, 10"
    })
    void numbersOfLinspaceAreEvenlySpaced(double start, double end, int count) {
        double[] numbers = Tensor.linspace(DOUBLE, start, end, count).toDoubleArray();
        BigDecimal way = new BigDecimal(end).subtract(new BigDecimal(start));
        for (int i = 0; i < count; i++) {
            double exact = i == 0
                    ? start
                    : way.multiply(BigDecimal.valueOf(i))
                            .divide(BigDecimal.valueOf(count - 1), MathContext.DECIMAL128)
                            .add(new BigDecimal(start))
                            .doubleValue();
            assertThat(numbers[i]).isCloseTo(exact, within(1e293));
        }
        assertThat(numbers[0]).isEqualTo(start);
        assertThat(numbers[count - 1]).isEqualTo(count == 1 ? start : end);
    }

    @Test
    void stepsOfArange() {
        assertThat(Tensor.arange(DOUBLE, -FAR, FAR, 1e308).toDoubleArray())
                .containsExactly(new double[] {-FAR, -0.7e308, 0.3e308, 1.3e308}, within(1e293));
        assertThat(Tensor.arange(DOUBLE, FAR, -FAR, -FAR).toDoubleArray()).containsExactly(FAR, 0);
        assertThat(Tensor.arange(DataType.FLOAT, -3e38, 3e38, 2e38).toDoubleArray())
                .containsExactly(new double[] {-3e38, -1e38, 1e38}, within(1e32));
        for (double[] numbers : new double[][] {{0, 1e300, 1}, {-FAR, FAR, 1}, {0, 1e10, 1e-300}}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Tensor.arange(DOUBLE, numbers[0], numbers[1], numbers[2]))
                    .withMessage("arange: expected fewer than 2^63 elements; got %s, %s, %s. Use a larger step."
                            .formatted(numbers[0], numbers[1], numbers[2]));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tensor.arange(DOUBLE, -FAR, FAR, -1e308))
                .withMessageStartingWith("arange: expected a step that leads from start to end;");
    }

    @Test
    void powersOfLogspace() {
        assertThat(Tensor.logspace(DOUBLE, -FAR, FAR, 3, 2).toDoubleArray())
                .containsExactly(0, 1, Double.POSITIVE_INFINITY);
    }

    @Test
    void intervalsOfHistc() {
        Tensor ends = Tensor.of(DOUBLE, -1e308, 1e308, 0.9e308, -0.2e308);

        assertThat(Counting.histc(ends, 2, 0, 0).toDoubleArray()).containsExactly(2, 2);
        assertThat(Counting.histc(ends, 4, -FAR, FAR).toDoubleArray()).containsExactly(1, 1, 0, 2);
        assertThat(Counting.histc(ends, 1000, -1e308, 1e308).sum().item()).isEqualTo(4);
        assertThat(Counting.histc(ends.div(4), 1000, 0, 0).slice(0, 999, 1000).item())
                .isEqualTo(1);
        assertThat(Counting.histc(Tensor.of(DOUBLE, 1e300, 1e300), 3, 0, 0).toDoubleArray())
                .containsExactly(0, 2, 0);
    }
}
