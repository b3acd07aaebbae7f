package org.ndgrad.autograd.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;

/** Determinants, and their gradients, where products of some pivots do not fit, but those of all, or of others, do. */
class DeterminantRangeTest {

    static Stream<Arguments> diagonals() {
        return Stream.of(
                Arguments.of(DataType.DOUBLE, new double[] {1e200, 1e200, 1e-300}),
                Arguments.of(DataType.DOUBLE, new double[] {1e-200, -1e-200, 1e300}),
                Arguments.of(DataType.DOUBLE, new double[] {1e-200, 1e-200, 0, 1e300}),
                Arguments.of(DataType.DOUBLE, new double[] {1e200, 1e200}),
                Arguments.of(DataType.DOUBLE, new double[] {1e-200, 1e-200}),
                Arguments.of(
                        DataType.DOUBLE,
                        IntStream.range(0, 20)
                                .mapToDouble(i -> i < 10 ? 1e60 : 3e-60)
                                .toArray()),
                Arguments.of(
                        DataType.FLOAT,
                        IntStream.range(0, 20)
                                .mapToDouble(i -> i < 10 ? 1e36 : 1e-36)
                                .toArray()));
    }

    @ParameterizedTest
    @MethodSource("diagonals")
    void determinantsAndGradientsFitWhereTheyDo(DataType type, double[] diagonal) {
        int n = diagonal.length;
        double[][] rows = new double[n][n];
        for (int i = 0; i < n; i++) {
            rows[i][(i + 1) % n] = diagonal[i]; // a permutation, of n − 1 swaps
        }
        Tensor x = Tensor.of(type, rows).requiresGrad(true);
        Tensor det = Determinants.det(x);
        det.backward();

        assertClose(type, det.item(), diagonal, -1);
        for (int i = 0; i < n; i++) {
            assertClose(type, x.grad().get(i, (i + 1) % n).item(), diagonal, i);
        }
    }

    /** Compares with the product of all numbers but one, and the sign of the permutation. */
    private static void assertClose(DataType type, double actual, double[] numbers, int without) {
        BigDecimal product = BigDecimal.valueOf(numbers.length % 2 == 0 ? -1 : 1);
        for (int i = 0; i < numbers.length; i++) {
            double number = type == DataType.FLOAT ? (float) numbers[i] : numbers[i];
            product = i == without ? product : product.multiply(new BigDecimal(number));
        }
        double exact = type == DataType.FLOAT ? product.floatValue() : product.doubleValue();
        if (Double.isInfinite(exact)) {
            assertThat(actual).as("without %s", without).isEqualTo(exact);
        } else {
            double tolerance = type == DataType.FLOAT ? 1e-6 : 1e-13;
            assertThat(actual)
                    .as("without %s", without)
                    .isCloseTo(exact, within(tolerance * Math.abs(exact) + Double.MIN_VALUE));
        }
    }
}
