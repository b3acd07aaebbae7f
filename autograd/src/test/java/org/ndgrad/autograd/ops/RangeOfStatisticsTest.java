package org.ndgrad.autograd.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.base.Splitter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Rng;
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

    @ParameterizedTest
    @CsvSource({"1e-200", "1e200", "1e-320", "1e307"})
    void weightsCountRelativeToEachOther(double size) {
        Tensor x = Tensor.of(DataType.DOUBLE, 1, 2, 4, 1, 5, 2).reshape(2, 3).requiresGrad(true);
        CovarianceOptions options = CovarianceOptions.defaults().withFrequencies(Tensor.of(1, 2, 1));
        Tensor shares = Tensor.of(DataType.DOUBLE, 1, 2, 3);
        Tensor plain = Statistics.cov(x, options.withWeights(shares));
        Tensor c = Statistics.cov(x, options.withWeights(shares.mul(size)));
        double[] expected = Autograd.grad(plain.square().sum(), x).toDoubleArray();
        double unit = size < 1e-300 ? 1e-3 : 1e-13; // of which the weights themselves have few digits
        assertThat(c.toDoubleArray()).containsExactly(plain.toDoubleArray(), within(10 * unit));
        assertThat(Autograd.grad(c.square().sum(), x).toDoubleArray()).containsExactly(expected, within(50 * unit));
    }

    @ParameterizedTest
    @CsvSource({"FLOAT", "DOUBLE", "HALF", "LONG"})
    void covariancesOfNothingAreNan(DataType type) {
        assertThat(Statistics.cov(Tensor.zeros(type, 0)).item()).isNaN();
        assertThat(Statistics.corrcoef(Tensor.zeros(type, 0)).item()).isNaN();
        double[] four = {Double.NaN, Double.NaN, Double.NaN, Double.NaN};
        Tensor two = Tensor.zeros(type, 2, 0);
        assertThat(Statistics.cov(two).shape()).containsExactly(2, 2);
        assertThat(Statistics.cov(two).toDoubleArray()).containsExactly(four);
        assertThat(Statistics.corrcoef(two).toDoubleArray()).containsExactly(four);
        assertThat(Statistics.cov(Tensor.zeros(type, 0, 3)).shape()).containsExactly(0, 0);
        assertThat(Statistics.corrcoef(Tensor.zeros(type, 0, 0)).shape()).containsExactly(0, 0);
    }

    @ParameterizedTest
    @CsvSource({
        "FLOAT, 1e-10, 3e38",
        "FLOAT, 1e-30, -3e38",
        "FLOAT, 1, 1e38",
        "DOUBLE, 1e-10, 1e308",
        "DOUBLE, 1e-200, -1.5e308",
        "DOUBLE, 1, 2e307"
    })
    void areasFitWhereWaysBetweenPlacesDoNot(DataType type, double height, double place) {
        Tensor y = Tensor.of(type, height, height).requiresGrad(true);
        Tensor x = Tensor.of(type, -place, place).requiresGrad(true);
        Tensor area = Cumulative.trapezoid(y, x, 0);
        double expected = height * place * 2;
        assertThat(area.item() / expected).isCloseTo(1, within(1e-6));
        assertThat(Autograd.grad(area, x).toDoubleArray()[1] / height).isCloseTo(1, within(1e-6));
        Tensor slope = Autograd.grad(Cumulative.trapezoid(y, x, 0).mul(height), y);
        assertThat(slope.toDoubleArray()[0] / (place * height)).isCloseTo(1, within(1e-6));
        assertThat(Cumulative.cumulativeTrapezoid(y, x, 0).item() / expected).isCloseTo(1, within(1e-6));
    }

    @ParameterizedTest
    @CsvSource({
        "FLOAT, -1e38 3e38 3e38 0, 3, 1e38",
        "FLOAT, 1 1e8 2e8, 2, 1",
        "BFLOAT16, 1 1 256 512, 3, -254",
        "DOUBLE, -6e307 1.7e308 1.7e308 0, 3, 6e307",
        "DOUBLE, 1 2 4 8, 3, 1"
    })
    void differencesOfDifferencesComeBack(DataType type, String numbers, int times, double expected) {
        double[] values = Splitter.on(' ')
                .splitToStream(numbers)
                .mapToDouble(Double::parseDouble)
                .toArray();
        Tensor x = Tensor.of(DataType.DOUBLE, values).to(type).requiresGrad(true);
        Tensor y = Cumulative.diff(x, times, 0);
        double rounded = Tensor.of(DataType.DOUBLE, expected).to(type).item();
        assertThat(y.dtype()).isEqualTo(type);
        assertThat(y.item()).isCloseTo(rounded, within(Math.abs(rounded) * 1e-6));
        y.backward(Tensor.ones(type, 1));
        assertThat(x.grad().toDoubleArray()[1]).isEqualTo(times == 2 ? -2 : 3);
    }

    /** Whole numbers with more digits than float64 has, such as times in nanoseconds, signed bytes, and both ends. */
    @ParameterizedTest
    @CsvSource({
        "LONG, 1700000000000000000, 1000, 3000",
        "LONG, -9007199254740993, 5, 6",
        "LONG, 9223372036854770000, 17, 4001",
        "INT, 2147480000, 100, 3000",
        "BYTE, -128, 200, 255",
        "UBYTE, 255, -200, -255"
    })
    void placesAndObservationsOfWholeNumbersKeepTheirDigits(DataType type, long start, long second, long third) {
        Tensor x = Tensor.of(start, start + second, start + third).to(type);
        Tensor near = Tensor.of(DataType.DOUBLE, 0, (double) second, (double) third);
        for (DataType ofHeights : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
            Tensor y = Tensor.of(ofHeights, 1, 3, 4);
            assertThat(Cumulative.trapezoid(y, x, 0).item())
                    .isEqualTo(Cumulative.trapezoid(y, near, 0).to(ofHeights).item());
            assertThat(Cumulative.cumulativeTrapezoid(y, x, 0).toDoubleArray())
                    .isEqualTo(Cumulative.cumulativeTrapezoid(y, near, 0).toDoubleArray());
        }
        Tensor c = Statistics.cov(near);
        assertThat(Statistics.cov(x).item()).isCloseTo(c.item(), within(1e-6 * c.item()));
        assertThat(Statistics.cov(Joining.stack(List.of(x, x), 0)).toDoubleArray()[1])
                .isCloseTo(c.item(), within(1e-6 * c.item()));
    }

    @Test
    void placesFromEndToEndAreFarApart() {
        Tensor x = Tensor.of(Long.MIN_VALUE, 0, Long.MAX_VALUE);
        Tensor y = Tensor.of(DataType.DOUBLE, 1, 1, 1);
        assertThat(Cumulative.trapezoid(y, x, 0).item()).isEqualTo(0x1p64);
        assertThat(Statistics.cov(x).item() / 0x1p126).isCloseTo(1, within(1e-6));
    }

    /** Of whole heights over whole places: rows, columns, long ones, places for all rows or for each, and none. */
    @ParameterizedTest
    @CsvSource({
        "1, 3, 1",
        "2, 5, 1",
        "3, 4, 0",
        "7, 2500, 1",
        "2500, 3, 0",
        "1, 100003, 1",
        "3, 1, 1",
        "3, 0, 1",
        "0, 3, 1"
    })
    void areasOfWholeNumbersAreThoseOfFloat64(long rows, long columns, int dim) {
        Rng rng = new Rng(5);
        long points = dim == 0 ? rows : columns;
        Tensor y = Tensor.randint(rng, -1000, 1000, rows, columns);
        for (Tensor x : List.of(
                Tensor.randint(rng, -1000, 1000, points),
                Tensor.randint(rng, -1000, 1000, rows, columns),
                Tensor.randint(rng, -1000, 1000, dim == 0 ? rows : 1, dim == 0 ? 1 : columns))) {
            Tensor expected = Cumulative.trapezoid(y.to(DataType.DOUBLE), x.to(DataType.DOUBLE), dim);
            for (DataType type : List.of(DataType.INT64, DataType.INT32, DataType.INT16)) {
                Tensor area = Cumulative.trapezoid(y.to(type), x.to(type), dim);
                assertThat(area.shape()).isEqualTo(expected.shape());
                assertThat(area.toDoubleArray())
                        .isEqualTo(expected.to(area.dtype()).toDoubleArray());
            }
            assertThat(Cumulative.trapezoid(y.t(), x.ndim() == 1 ? x : x.t(), 1 - dim)
                            .toDoubleArray())
                    .isEqualTo(expected.to(Tensor.defaultDtype()).toDoubleArray());
            assertSame(
                    Cumulative.cumulativeTrapezoid(y, x, dim),
                    Cumulative.cumulativeTrapezoid(y.to(DataType.DOUBLE), x.to(DataType.DOUBLE), dim));
        }
        for (double spacing : new double[] {1, -0.5}) {
            Tensor wide = y.to(DataType.DOUBLE);
            assertSame(
                    Cumulative.trapezoid(y, spacing, dim).add(0),
                    Cumulative.trapezoid(wide, spacing, dim).add(0));
            assertSame(
                    Cumulative.cumulativeTrapezoid(y, spacing, dim),
                    Cumulative.cumulativeTrapezoid(wide, spacing, dim));
        }
    }

    private static void assertSame(Tensor ofWhole, Tensor ofDoubles) {
        assertThat(ofWhole.shape()).isEqualTo(ofDoubles.shape());
        assertThat(ofWhole.toDoubleArray())
                .isEqualTo(ofDoubles.to(ofWhole.dtype()).toDoubleArray());
    }

    /** They do not wrap around. */
    @ParameterizedTest
    @ValueSource(longs = {1L << 62, Long.MAX_VALUE, Long.MIN_VALUE, (1L << 53) + 2})
    void areasOfLargestWholeNumbersFit(long height) {
        Tensor y = Tensor.of(height, height, height, 0);
        assertThat(Cumulative.trapezoid(y, 1, 0).item()).isEqualTo((double) (float) (2.5 * height));
        assertThat(Cumulative.trapezoid(y, Tensor.of(new long[] {0, 1, 2, 3}), 0)
                        .item())
                .isEqualTo((double) (float) (2.5 * height));
        assertThat(Cumulative.cumulativeTrapezoid(y, 0.25, 0).toDoubleArray())
                .containsExactly((float) (0.25 * height), (float) (0.5 * height), (float) (0.625 * height));
    }
}
