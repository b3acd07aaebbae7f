package org.ndgrad.autograd.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.KeepDim;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.Statistics.Interpolation;

/** Quantiles of many elements, whose ranks have more digits than float32 does, and of large ones. */
class QuantileRanksTest {

    private static final int[] ALL = {};

    @ParameterizedTest
    @CsvSource({
        "FLOAT, 1000000, 0.3, 300000, 0.7",
        "FLOAT, 300001, 0.1, 30000, 1",
        "FLOAT, 20000, 0.12345, 2469, 0.8765500000000884",
        "DOUBLE, 1000000, 0.3, 300000, 0.7"
    })
    void ranksBetweenTwoOfManyKeepTheirDigits(DataType type, long count, double q, long zeros, double expected) {
        Tensor x = Joining.cat(List.of(Tensor.zeros(type, zeros), Tensor.ones(type, count - zeros)), 0);
        double unit = type == DataType.FLOAT ? 1e-7 : 1e-10;
        assertThat(Statistics.quantile(x, q, ALL, KeepDim.NO).item()).isCloseTo(expected, within(unit));
        assertThat(Statistics.nanquantile(x, q, ALL, KeepDim.NO).item()).isCloseTo(expected, within(unit));
    }

    @Test
    void theLastOfMoreElementsThanFloat32CountsIsTheLargest() {
        Tensor x = Tensor.zeros(DataType.FLOAT, (1 << 24) + 2);
        x.set(7, (1 << 24) + 1);
        assertThat(Statistics.quantile(x, 1, ALL, KeepDim.NO).item()).isEqualTo(7);
        Tensor one = Tensor.of(DataType.FLOAT, 1);
        assertThat(Statistics.nanquantile(x, one, ALL, KeepDim.NO, Interpolation.LOWER)
                        .item())
                .isEqualTo(7);
    }

    /** Else 0.7 as a float, which is less, would mean the seventh of eleven. */
    @ParameterizedTest
    @EnumSource(Interpolation.class)
    void ranksThatAreWholeInTheSharesTypeStayWhole(Interpolation how) {
        Tensor x = Tensor.arange(11).to(DataType.FLOAT);
        Tensor q = Tensor.of(DataType.FLOAT, 0.1, 0.3, 0.6, 0.7);
        double[] expected = {1, 3, 6, 7};
        assertThat(Statistics.quantile(x, q, ALL, KeepDim.NO, how).toDoubleArray())
                .containsExactly(expected, within(1e-6));
        assertThat(Statistics.nanquantile(x, q, ALL, KeepDim.NO, how).toDoubleArray())
                .containsExactly(expected, within(1e-6));
    }

    @ParameterizedTest
    @CsvSource({"FLOAT, 3e38, 1e-5", "FLOAT, -3e38, 1e-30", "DOUBLE, 1.5e308, 1e-5", "DOUBLE, -1.5e308, 1e-200"})
    void slopesInSharesFitWhereDifferencesDoNot(DataType type, double large, double g) {
        Tensor x = Tensor.of(type, -large, large);
        Tensor q = Tensor.of(type, 0.5).requiresGrad(true);
        Tensor y = Statistics.quantile(x, q, ALL, KeepDim.NO, Interpolation.LINEAR);
        double expected = 2 * (g * Math.abs(large));
        assertThat(Autograd.grad(y.mul(g), q).item() / expected).isCloseTo(1, within(1e-6));

        Tensor weight = Tensor.of(type, 0.25, 0.5).requiresGrad(true);
        Tensor between = Arithmetic.lerp(Tensor.of(type, -large, 1), Tensor.of(type, large, 3), weight);
        double[] slopes = Autograd.grad(between.mul(g).sum(), weight).toDoubleArray();
        assertThat(slopes[0] / (2 * (g * large))).isCloseTo(1, within(1e-6));
        assertThat(slopes[1] / (2 * g)).isCloseTo(1, within(1e-6));
    }
}
