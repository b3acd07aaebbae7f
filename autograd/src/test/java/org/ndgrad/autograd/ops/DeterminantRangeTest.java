package org.ndgrad.autograd.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Backward;
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

    /** The determinant is linear in each row and column, and so are the cofactors of the others. */
    @ParameterizedTest
    @CsvSource({
        "FLOAT, 13, 0, -40", "FLOAT, 13, 1, -60", "DOUBLE, 13, 0, -40", "DOUBLE, 13, 0, -70", "DOUBLE, 13, 0, 80",
        "DOUBLE, 20, 0, -300", "DOUBLE, 13, 1, -40", "DOUBLE, 13, 1, -70", "DOUBLE, 13, 1, -300", "DOUBLE, 20, 1, 80"
    })
    void gradientsOfLargerMatricesDoNotDependOnUnits(DataType type, int n, int singular, int exponent) {
        Random random = new Random(5);
        double[][] rows = new double[n][n];
        for (double[] row : rows) {
            Arrays.setAll(row, i -> (float) random.nextGaussian());
        }
        if (singular == 1) {
            rows[1] = rows[0].clone();
        }
        Tensor plain = Tensor.of(type, rows).requiresGrad(true);
        double[][] slopes = slopes(plain);
        if (n == 13 && type == DataType.DOUBLE) {
            assertThat(slopes[0][0]).isCloseTo(singular == 1 ? 15981.2989 : 49928.7706, within(0.05)); // of floats
        }
        for (int i = 0; i < n; i++) {
            rows[5][i] = Math.scalb(rows[5][i], exponent);
            rows[i][3] = Math.scalb(rows[i][3], -exponent / 2);
        }
        Tensor x =
                Joining.stack(List.of(Tensor.of(type, rows), plain.detach()), 0).requiresGrad(true);
        Tensor y = Determinants.det(x);
        Tensor found = Autograd.grad(
                y.mul(Tensor.of(type, Math.scalb(1.0, -exponent / 2), 1)).sum(), x);
        double largest = 0;
        for (double[] row : slopes) {
            largest = Math.max(largest, Arrays.stream(row).map(Math::abs).max().orElse(0));
        }
        double tolerance = largest * (type == DataType.FLOAT ? 1e-6 : 1e-11);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                int unit = (i == 5 ? exponent : 0) - (j == 3 ? exponent / 2 : 0);
                double first = Math.scalb(found.get(0, i, j).item(), unit);
                assertThat(first).as("%s, %s", i, j).isCloseTo(slopes[i][j], within(tolerance));
                assertThat(found.get(1, i, j).item()).isCloseTo(slopes[i][j], within(tolerance));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-40, -70, 60})
    void secondGradientsOfLargerMatricesDoNotDependOnUnits(int exponent) {
        Random random = new Random(5);
        double[][] rows = new double[13][13];
        for (double[] row : rows) {
            Arrays.setAll(row, i -> random.nextGaussian());
        }
        double expected = second(rows);
        for (int i = 0; i < 13; i++) {
            rows[5][i] = Math.scalb(rows[5][i], exponent);
        }
        assertThat(Math.scalb(second(rows), -exponent)).isCloseTo(expected, within(Math.abs(expected) * 1e-10));
    }

    private static double second(double[][] rows) {
        Tensor x = Tensor.of(DataType.DOUBLE, rows).requiresGrad(true);
        Tensor first = Autograd.grad(Determinants.det(x), x, Backward.CREATE_GRAPH);
        return Autograd.grad(first.get(0, 0), x).get(2, 3).item();
    }

    private static double[][] slopes(Tensor x) {
        Tensor slopes = Autograd.grad(Determinants.det(x), x);
        double[][] result = new double[(int) x.size(0)][];
        Arrays.setAll(result, i -> slopes.get(i).toDoubleArray());
        return result;
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
