package org.ndgrad.autograd.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
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

    private static Tensor slopes(Tensor y, Tensor x, Tensor g) {
        return Autograd.grad(List.of(y), List.of(x), List.of(g)).get(0);
    }
}
