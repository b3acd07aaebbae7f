package org.ndgrad.autograd.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Backward;
import org.ndgrad.autograd.KeepDim;
import org.ndgrad.autograd.Tensor;

/** Norms of windows fit where their elements do, whatever is in other windows. */
class LpPoolingRangeTest {

    private static final double[] SCALES = {1, 0x1p-660, 0x1p660, 0, 0x1p-1000, 0x1p1000, 1};
    private static final double[] FLOAT_SCALES = {1, 0x1p-120, 0x1p120, 0, 0x1p-80, 0x1p80, 1};

    @ParameterizedTest(name = "{0}, p = {1}")
    @CsvSource({
        "DOUBLE, 1", "DOUBLE, 2", "DOUBLE, 3", "DOUBLE, 4.5", "DOUBLE, 40", "DOUBLE, 400", "DOUBLE, 2000",
                "DOUBLE, -1.5",
        "DOUBLE, -30", "DOUBLE, 0.5", "FLOAT, 2", "FLOAT, 6", "FLOAT, 10", "FLOAT, 400", "FLOAT, 2000", "FLOAT, -12"
    })
    void windowsDoNotDependOnEachOther(DataType type, double p) {
        double[] scales = type == DataType.FLOAT ? FLOAT_SCALES : SCALES;
        double tolerance = type == DataType.FLOAT ? 1e-6 : 1e-13;
        Tensor window = Tensor.of(DataType.DOUBLE, 1, 1.5, 1.375, 1.25);
        double norm = Reductions.norm(window, p, new int[] {0}, KeepDim.NO).item();
        double[] slopes = window.div(norm).pow(p - 1).toDoubleArray();
        List<Tensor> parts = new ArrayList<>();
        for (double scale : scales) {
            parts.add(window.mul(scale).reshape(2, 2));
        }
        Tensor x = Joining.cat(parts, 1).to(type).reshape(1, 2, 14).requiresGrad(true);

        Tensor y = LpPooling.lpPool2d(x, p, 2);
        y.sum().backward();

        for (int i = 0; i < scales.length; i++) {
            double value = y.select(-1, i).item();
            if (scales[i] == 0) {
                assertThat(value).isZero();
                continue;
            }
            assertThat(value / scales[i] / norm).as("at %s", scales[i]).isCloseTo(1, within(tolerance));
            assertThat(x.grad()
                            .slice(-1, 2 * i, 2 * i + 2)
                            .contiguous()
                            .reshape(4)
                            .toDoubleArray())
                    .as("slope at %s", scales[i])
                    .containsExactly(slopes, within(tolerance * Math.max(1, Math.abs(p))));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void whatIsNotFiniteStaysInItsWindow(double odd) {
        Tensor x = Tensor.of(DataType.DOUBLE, 1e200, 1e200, odd, 1, 3, 4, 1e-200, 1e-200)
                .reshape(1, 1, 8);

        double[] y = LpPooling.lpPool1d(x, 2, 2).toDoubleArray();

        assertThat(y[0] / 1e200).isCloseTo(Math.sqrt(2), within(1e-15));
        assertThat(y[1]).isEqualTo(Double.valueOf(Math.abs(odd)));
        assertThat(y[2]).isEqualTo(5);
        assertThat(y[3] / 1e-200).isCloseTo(Math.sqrt(2), within(1e-15));
    }

    /** A window that reaches beyond the end counts what is missing as the mean of the rest, in each unit. */
    @ParameterizedTest
    @ValueSource(doubles = {0x1p-600, 0x1p600})
    void windowsBeyondTheEndGrow(double scale) {
        PoolOptions options = PoolOptions.of(3, 2).withStride(2, 1).withCeilMode(true);
        for (double p : new double[] {2, 3, -2}) {
            Tensor one = Tensor.of(DataType.DOUBLE, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)
                    .reshape(1, 1, 4, 3)
                    .requiresGrad(true);
            Tensor x = one.detach().mul(scale).requiresGrad(true);

            Tensor expected = LpPooling.lpPool2d(one, p, options);
            Tensor actual = LpPooling.lpPool2d(x, p, options);
            Tensor scaledSlope = Autograd.grad(actual.sum(), x, Backward.CREATE_GRAPH);
            Tensor plainSlope = Autograd.grad(expected.sum(), one, Backward.CREATE_GRAPH);

            assertThat(actual.div(scale).toDoubleArray()).containsExactly(expected.toDoubleArray(), within(1e-12));
            assertThat(scaledSlope.toDoubleArray()).containsExactly(plainSlope.toDoubleArray(), within(1e-13));
            double[] second = Autograd.grad(plainSlope.square().sum(), one).toDoubleArray();
            double[] scaledSecond =
                    Autograd.grad(scaledSlope.square().sum(), x).mul(scale).toDoubleArray();
            assertThat(scaledSecond).containsExactly(second, within(1e-12));
        }
    }
}
