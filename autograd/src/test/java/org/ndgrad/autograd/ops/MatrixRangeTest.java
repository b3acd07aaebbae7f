package org.ndgrad.autograd.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Tensor;

/** Condition numbers, norms and exponentials of matrices that are large, small, of different sizes or empty. */
class MatrixRangeTest {

    @ParameterizedTest
    @CsvSource({
        "FLOAT, 3e38",
        "FLOAT, 1e-38",
        "FLOAT, 1e-43",
        "DOUBLE, 1.7e308",
        "DOUBLE, 1e-307",
        "DOUBLE, 1e-321",
        "HALF, 6e4"
    })
    void conditionsDependOnNoUnit(DataType type, double size) {
        Tensor x = Tensor.of(DataType.DOUBLE, size, size, size, -size)
                .reshape(2, 2)
                .to(type);
        assertThat(MatrixFunctions.cond(x, MatrixOrder.TWO).item()).isCloseTo(1, within(1e-6));
        assertThat(MatrixFunctions.cond(x, MatrixOrder.MINUS_TWO).item()).isCloseTo(1, within(1e-6));
        assertThat(MatrixFunctions.cond(x, MatrixOrder.ONE).item()).isCloseTo(2, within(1e-6));
        assertThat(MatrixFunctions.cond(x, MatrixOrder.INFINITY).item()).isCloseTo(2, within(1e-6));
        assertThat(MatrixFunctions.cond(x, MatrixOrder.FROBENIUS).item()).isCloseTo(2, within(1e-6));
        assertThat(MatrixFunctions.cond(x, MatrixOrder.NUCLEAR).item()).isCloseTo(4, within(1e-6));
    }

    @ParameterizedTest
    @CsvSource({"FLOAT, 2e-39", "FLOAT, 3e38", "DOUBLE, 2e-309", "DOUBLE, 1.7e308"})
    void conditionsOfABatchAreScaledOneByOne(DataType type, double size) {
        double[] values = {size, 0, 0, size / 2, 3, 1, 0, 1};
        Tensor x = Tensor.of(DataType.DOUBLE, values).reshape(2, 2, 2).to(type);
        Tensor plain = Tensor.of(DataType.DOUBLE, 1, 0, 0, 0.5, 3, 1, 0, 1)
                .reshape(2, 2, 2)
                .requiresGrad(true);
        for (MatrixOrder order : new MatrixOrder[] {MatrixOrder.ONE, MatrixOrder.FROBENIUS, MatrixOrder.TWO}) {
            Tensor leaf = x.detach().requiresGrad(true);
            Tensor expected = MatrixFunctions.cond(plain, order);
            Tensor y = MatrixFunctions.cond(leaf, order);
            assertThat(y.toDoubleArray()).containsExactly(expected.toDoubleArray(), within(1e-5));
            Tensor unit = Tensor.of(type, Math.min(1, size), 1);
            double[] slopes = Autograd.grad(y.mul(unit).sum(), leaf).toDoubleArray();
            double[] others = Autograd.grad(expected.sum(), plain).toDoubleArray();
            for (int i = 0; i < 8; i++) {
                double factor = i >= 4 ? 1 : Math.min(1, size) / size;
                assertThat(slopes[i]).isCloseTo(others[i] * factor, within(1e-5 * factor));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(MatrixOrder.class)
    void conditionsOfNothingAreZero(MatrixOrder order) {
        for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE, DataType.FLOAT16}) {
            Tensor y = MatrixFunctions.cond(Tensor.zeros(type, 0, 0), order);
            assertThat(y.dtype()).isEqualTo(type);
            assertThat(y.item()).isZero();
            assertThat(MatrixFunctions.cond(Tensor.zeros(type, 2, 0, 0), order).toDoubleArray())
                    .containsExactly(0, 0);
            assertThat(MatrixFunctions.cond(Tensor.zeros(type, 0, 3, 3), order).shape())
                    .containsExactly(0);
        }
    }

    @Test
    void conditionsOfEmptyMatricesThatAreNotSquareAreZeroToo() {
        assertThat(MatrixFunctions.cond(Tensor.zeros(DataType.FLOAT, 3, 0)).item())
                .isZero();
        assertThat(MatrixFunctions.cond(Tensor.zeros(DataType.FLOAT, 0, 3), MatrixOrder.MINUS_TWO)
                        .item())
                .isZero();
        assertThatThrownBy(() -> MatrixFunctions.cond(Tensor.zeros(DataType.FLOAT, 3, 0), MatrixOrder.FROBENIUS))
                .hasMessageContaining("cond: expected square matrices");
    }

    @ParameterizedTest
    @CsvSource({
        "FROBENIUS, 3, 0",
        "NUCLEAR, 0, 3",
        "TWO, 0, 0",
        "TWO, 3, 0",
        "TWO, 0, 3",
        "ONE, 0, 0",
        "ONE, 3, 0",
        "ONE, 0, 3",
        "MINUS_ONE, 0, 3",
        "INFINITY, 0, 0",
        "INFINITY, 3, 0",
        "INFINITY, 0, 3",
        "MINUS_INFINITY, 3, 0"
    })
    void normsOfEmptyMatricesAreZero(MatrixOrder order, int rows, int columns) {
        assertThat(MatrixFunctions.matrixNorm(Tensor.zeros(DataType.FLOAT, rows, columns), order)
                        .item())
                .isZero();
        assertThat(MatrixFunctions.matrixNorm(Tensor.zeros(DataType.DOUBLE, 2, rows, columns), order)
                        .toDoubleArray())
                .containsExactly(0, 0);
    }

    @ParameterizedTest
    @CsvSource({"MINUS_TWO, 3, 0", "MINUS_TWO, 0, 0", "MINUS_ONE, 3, 0", "MINUS_INFINITY, 0, 3"})
    void theSmallestOfNothingIsRefused(MatrixOrder order, int rows, int columns) {
        Tensor x = Tensor.zeros(DataType.FLOAT, 2, rows, columns);
        assertThatThrownBy(() -> MatrixFunctions.matrixNorm(x, order))
                .hasMessage("matrixNorm: expected at least one element along the dims; got shape (2, " + rows + ", "
                        + columns + "). Check for an empty tensor first.");
    }

    @ParameterizedTest
    @CsvSource({
        "DOUBLE, 1e12",
        "DOUBLE, 1e20",
        "DOUBLE, 1e300",
        "DOUBLE, 1e-300",
        "FLOAT, 1e12",
        "FLOAT, 1e38",
        "FLOAT, 1e-37"
    })
    void slopesOfExponentialsAreLinearInWhatComesIn(DataType type, double w) {
        Tensor x = Tensor.of(type, 0.1, 0.2, 0.3, 0.4).reshape(2, 2).requiresGrad(true);
        Tensor y = MatrixFunctions.matrixExp(x);
        Tensor slopes = slopes(y, x, Tensor.full(type, w, 2, 2));
        double[] expected = {1.451348859767425, 1.724646106170528, 1.583681983348174, 1.87424122823449};
        double[] found = slopes.to(DataType.DOUBLE).div(w).toDoubleArray();
        assertThat(found).containsExactly(expected, within(type == DataType.FLOAT ? 3e-7 : 1e-13));
    }

    @Test
    void slopesOfExponentialsInABatchAreScaledOneByOne() {
        Tensor x = Tensor.of(DataType.DOUBLE, 0.1, 0.2, 0.3, 0.4)
                .reshape(2, 2)
                .expand(3, 2, 2)
                .detach()
                .requiresGrad(true);
        Tensor w = Tensor.of(DataType.DOUBLE, 1e300, 1e-300, 0).reshape(3, 1, 1);
        Tensor slopes = slopes(MatrixFunctions.matrixExp(x), x, w.expand(3, 2, 2));
        assertThat(slopes.get(0, 1, 0).item() / 1e300).isCloseTo(1.583681983348174, within(1e-13));
        assertThat(slopes.get(1, 1, 0).item() / 1e-300).isCloseTo(1.583681983348174, within(1e-13));
        assertThat(slopes.get(2, 1, 0).item()).isZero();
    }

    static Stream<Arguments> exponentials() {
        double e = Math.E;
        return Stream.of(
                Arguments.of(new double[] {1, 1e30, 0, 1}, new double[] {e, e * 1e30, 0, e}),
                Arguments.of(new double[] {1, 1e10, 0, 1}, new double[] {e, e * 1e10, 0, e}),
                Arguments.of(new double[] {1, 1e200, 1e-200, 1}, new double[] {
                    e * Math.cosh(1), e * Math.sinh(1) * 1e200, e * Math.sinh(1) * 1e-200, e * Math.cosh(1)
                }),
                Arguments.of(new double[] {-1e10, 0, 0, 1}, new double[] {0, 0, 0, e}),
                Arguments.of(new double[] {-1e17, 0, 0, 1}, new double[] {0, 0, 0, e}),
                Arguments.of(new double[] {-1.7e308, 0, 0, 1}, new double[] {0, 0, 0, e}),
                Arguments.of(new double[] {-1e10, 1, 0, 1}, new double[] {0, 2.718281828187217e-10, 0, e}),
                Arguments.of(
                        new double[] {-1e9, 1e9, 1, -1},
                        new double[] {9.99999999e-10, 0.999999999, 9.99999999e-10, 0.999999999}),
                Arguments.of(new double[] {-100, 1e-3, 2e-3, 1}, new double[] {
                    5.329441977624892e-10, 2.691368199228238e-05, 5.382736398456476e-05, 2.7182818817534646
                }),
                Arguments.of(new double[] {-1e8, 1e3, 0, 1, -2, 1e-5, 0, 3, .5}, new double[] {
                    1.3534228228344497e-14,
                    1.3534227957679447e-06,
                    6.053590227701128e-11,
                    1.3534227957679448e-09,
                    0.13534227687014402,
                    6.053590271503306e-06,
                    1.816077068310338e-08,
                    1.8160770814509917,
                    1.6487337911557427
                }),
                Arguments.of(new double[] {-200, 100, 50, 1e-3, -1e-2, 5e-3, 20, 30, -40}, new double[] {
                    1.5658831200658393e-05,
                    0.7828671940109047,
                    0.00011744221252325833,
                    1.992829840696935e-05,
                    0.9963202780218307,
                    0.0001494634833689774,
                    2.2777632075582726e-05,
                    1.1387734295510705,
                    0.0001708336639382207
                }));
    }

    @ParameterizedTest
    @MethodSource("exponentials")
    void exponentialsKeepWhatIsSmall(double[] values, double[] expected) {
        int n = values.length == 4 ? 2 : 3;
        Tensor x = Tensor.of(DataType.DOUBLE, values).reshape(n, n);
        double[] found = MatrixFunctions.matrixExp(Joining.stack(List.of(x, Tensor.eye(DataType.DOUBLE, n)), 0))
                .get(0)
                .toDoubleArray();
        for (int i = 0; i < found.length; i++) {
            assertThat(found[i]).as("%s", i).isCloseTo(expected[i], within(2e-14 * expected[i]));
        }
        if (Arrays.stream(values).allMatch(v -> (float) v == v)) {
            Tensor narrow = MatrixFunctions.matrixExp(x.to(DataType.FLOAT));
            assertThat(narrow.toDoubleArray())
                    .containsExactly(Tensor.of(DataType.DOUBLE, expected)
                            .to(DataType.FLOAT)
                            .toDoubleArray());
        }
    }

    @Test
    void exponentialsOfWhatIsFarBelowZeroKeepTheirDigits() {
        Tensor x = Tensor.of(DataType.DOUBLE, -700, 1, 0, -700).reshape(2, 2);
        double[] found = MatrixFunctions.matrixExp(x).mul(1e304).toDoubleArray();
        double expected = 0.985967654375977;
        assertThat(found).containsExactly(new double[] {expected, expected, 0, expected}, within(1e-12));
    }

    @Test
    void slopesOfExponentialsKeepWhatIsSmall() {
        Tensor x = Tensor.of(DataType.DOUBLE, -1e10, 0, 0, 1).reshape(2, 2).requiresGrad(true);
        Tensor one = Tensor.ones(DataType.DOUBLE, 2, 2);
        double mixed = Math.E / (1e10 + 1);
        double[] found = slopes(MatrixFunctions.matrixExp(x), x, one).toDoubleArray();
        double[] expected = {0, mixed, mixed, Math.E};
        for (int i = 0; i < 4; i++) {
            assertThat(found[i]).isCloseTo(expected[i], within(1e-14 * expected[i]));
        }
        x = Tensor.of(DataType.DOUBLE, 1, 1e30, 0, 1).reshape(2, 2).requiresGrad(true);
        found = slopes(MatrixFunctions.matrixExp(x), x, one).toDoubleArray();
        expected = new double[] {Math.E * 1e30 / 2, Math.E, Math.E * 1e60 / 6, Math.E * 1e30 / 2};
        for (int i = 0; i < 4; i++) {
            assertThat(found[i]).isCloseTo(expected[i], within(2e-14 * expected[i]));
        }
    }

    private static Tensor slopes(Tensor y, Tensor x, Tensor g) {
        return Autograd.grad(List.of(y), List.of(x), List.of(g)).get(0);
    }
}
