package org.ndgrad.autograd.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;

/** As {@link RangeTest}, of functions of several rows of different sizes. */
class RangeOfStatisticsTest {

    private static final int[] ROWS = {1};

    @ParameterizedTest
    @CsvSource({"FLOAT, 1e20", "FLOAT, 8e37", "DOUBLE, 1e155", "DOUBLE, 1e300"})
    void covariancesAreInfiniteOrRightAndNeverNan(DataType type, double size) {
        Tensor x = Tensor.of(type, 3 * size, -3 * size, 4 * size, 1 / size, -2 / size, 4 / size)
                .reshape(2, 3)
                .requiresGrad(true);
        Tensor c = Statistics.cov(x);
        c.backward(Tensor.full(type, 0.25, 2, 2));
        double unit = type == DataType.FLOAT ? 1e-6 : 1e-13;
        assertThat(c.get(0, 0).item()).isInfinite();
        assertThat(c.get(0, 1).item()).isCloseTo(10.5, within(10 * unit));
        assertThat(c.get(1, 0).item()).isEqualTo(c.get(0, 1).item());
        assertThat(x.grad().get(0, 0).item() / size).isCloseTo(5.0 / 12, within(unit));
        assertThat(x.grad().get(1, 2).item() / size).isCloseTo(2.0 / 3, within(unit));
        assertThat(Statistics.cov(x.mul(-1).slice(0, 0, 1)).item()).isInfinite();
    }

    @ParameterizedTest
    @CsvSource({"FLOAT, 1", "DOUBLE, 1", "HALF, 1", "FLOAT, 3000", "DOUBLE, 3000"})
    void nansumLeavesOutNanAndNothingElse(DataType type, int times) {
        double inf = Double.POSITIVE_INFINITY;
        Tensor x = Tensor.of(DataType.DOUBLE, 1, Double.NaN, 2, 3, inf, -inf, inf, Double.NaN, Double.NaN, Double.NaN)
                .to(type)
                .reshape(5, 2);
        Tensor rows = Repeating.tile(x, 1, times);
        double[] expected = {times, 5.0 * times, Double.NaN, inf, 0};

        assertThat(rows.nansum(1).toDoubleArray()).containsExactly(expected);
        assertThat(rows.t().nansum(0).toDoubleArray()).containsExactly(expected);
        assertThat(rows.narrow(0, 0, 2).nansum().item()).isEqualTo(6.0 * times);
        assertThat(rows.get(1).nansum().item()).isEqualTo(rows.get(1).sum().item());
    }

    @ParameterizedTest
    @CsvSource({"FLOAT, 3e38", "DOUBLE, 1.5e308"})
    void areasFitWhereSumsDoNot(DataType type, double large) {
        Tensor y = Tensor.of(type, large, large, large).requiresGrad(true);
        Tensor area = Cumulative.trapezoid(y, 1e-3, 0);
        area.backward();
        double unit = type == DataType.FLOAT ? 1e-6 : 1e-14;
        assertThat(area.item() / large).isCloseTo(2e-3, within(2e-3 * unit));
        assertThat(y.grad().toDoubleArray()[1]).isCloseTo(1e-3, within(unit));
        assertThat(Cumulative.trapezoid(y, Tensor.of(type, 0, 0.25, 0.5), 0).item() / large)
                .isCloseTo(0.5, within(unit));
        assertThat(Cumulative.cumulativeTrapezoid(y, 0.25, 0).toDoubleArray()[1] / large)
                .isCloseTo(0.5, within(unit));
    }

    @ParameterizedTest
    @CsvSource({"FLOAT, 3e38, 1e30", "DOUBLE, 1.5e308, 1e300"})
    void leastLengthsCountInTheUnitsOfNorms(DataType type, double large, double epsilon) {
        Tensor x = Tensor.of(type, large, large, 1e-3 / large, 0).reshape(2, 2).requiresGrad(true);
        Norms.normalize(x, 2, ROWS, epsilon).sum().backward();
        assertThat(Norms.normalize(x, 2, ROWS, epsilon).get(0, 0).item()).isCloseTo(Math.sqrt(0.5), within(1e-6));
        assertThat(x.grad().get(1, 0).item() * epsilon).isCloseTo(1, within(1e-6));
    }
}
