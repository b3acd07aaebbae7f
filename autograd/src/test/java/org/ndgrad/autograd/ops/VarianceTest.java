package org.ndgrad.autograd.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.KeepDim;
import org.ndgrad.autograd.Tensor;

/** Means, variances and their slopes of equal numbers, and of small differences beside a large mean. */
class VarianceTest {

    private static final int[] ALL = {};

    @ParameterizedTest
    @ValueSource(doubles = {14.62, 0.1, -1.0 / 3, 1e300, -7.7e-5, 1.1e16, 4e-310, 123456.789})
    void equalNumbersHaveNoVariance(double value) {
        for (DataType type : new DataType[] {DataType.DOUBLE, DataType.FLOAT}) {
            if (type == DataType.FLOAT && Float.isInfinite((float) value)) {
                continue;
            }
            for (int count : new int[] {2, 3, 7, 1000, 4097, 65_537}) {
                for (Tensor x : new Tensor[] {
                    Tensor.full(type, value, count, 2),
                    Tensor.full(type, value, 2, count).t(),
                    Tensor.full(type, value, count, 4).slice(1, 1, 4, 2)
                }) {
                    Tensor leaf = x.detach().requiresGrad(true);
                    Tensor variance = Reductions.var(leaf, new int[] {0}, 1, KeepDim.NO);
                    variance.sum().backward();

                    assertThat(variance.toDoubleArray()).containsOnly(0);
                    assertThat(leaf.grad().abs().max().item()).isZero();
                    assertThat(x.std().item()).isZero();
                    assertThat(x.mean().item()).isEqualTo(x.get(0, 0).item());
                    assertThat(x.mean(0).toDoubleArray())
                            .containsOnly(x.get(0, 0).item());
                    assertThat(Statistics.cov(x.t()).toDoubleArray()).containsOnly(0);
                    assertThat(x.sub(x.mean()).div(x.std()).get(0, 0).item()).isNaN();
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1e6, 1", "1e9, 0.5", "1e12, 3", "1e15, 1", "-1e15, 2", "1e16, 2", "9007199254740992, 2", "0, 1"})
    void smallDifferencesBesideALargeMeanKeepTheirDigits(double mean, double step) {
        double[] values = {mean, mean + step, mean + 2 * step, mean + 5 * step};
        double[] slopes = Arrays.stream(new double[] {-2, -1, 0, 3})
                .map(x -> x * step * 2 / 3)
                .toArray();
        for (int repeats : new int[] {1, 500}) {
            double freedom = (4 * repeats - 1) / (3.0 * repeats);
            Tensor x = Tensor.of(DataType.DOUBLE, values)
                    .expand(repeats, 4)
                    .clone()
                    .requiresGrad(true);
            Tensor variance = Reductions.var(x, ALL, 1, KeepDim.NO);
            variance.backward();

            double exact = 14 * step * step / 3 / freedom;
            assertThat(variance.item()).isCloseTo(exact, within(1e-14 * exact));
            assertThat(x.detach().std().item()).isCloseTo(Math.sqrt(exact), within(1e-14 * exact));
            assertThat(Statistics.cov(x.detach().reshape(-1)).item()).isCloseTo(exact, within(1e-13 * exact));
            for (int i = 0; i < 4; i++) {
                double slope = slopes[i] / repeats / freedom;
                assertThat(x.grad().get(repeats - 1, i).item()).isCloseTo(slope, within(1e-14 * Math.abs(slope)));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1e6, 0.0625", "16777216, 2", "-65536, 0.0078125"})
    void slopesInFloat32KeepTheirDigits(double mean, double step) {
        Tensor x = Tensor.of(DataType.FLOAT, mean, mean + step, mean + 2 * step, mean + 5 * step, mean + 6 * step)
                .requiresGrad(true);
        Tensor wide = x.detach().to(DataType.DOUBLE).requiresGrad(true);

        x.var().backward();
        wide.var().backward();

        assertThat(x.grad().to(DataType.DOUBLE).sub(wide.grad()).abs().max().item())
                .isLessThan(1e-6 * wide.grad().abs().max().item());

        x.zeroGrad();
        wide.zeroGrad();
        x.std().backward();
        wide.std().backward();

        assertThat(x.grad().to(DataType.DOUBLE).sub(wide.grad()).abs().max().item())
                .isLessThan(1e-6);
    }
}
