package org.ndgrad.autograd.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Backward;
import org.ndgrad.autograd.Tensor;

/** A margin of logit keeps it finite, however little it is beside 1. */
class LogitRangeTest {

    static Stream<Arguments> margins() {
        return Stream.of(DataType.FLOAT16, DataType.BFLOAT16, DataType.FLOAT, DataType.DOUBLE)
                .flatMap(type -> Stream.of(
                                1e-300, 1e-100, 1e-50, 1e-30, 1e-20, 1e-10, 1e-9, 1e-6, 1e-4, 1e-3, 0.01, 0.2, 0.4)
                        .map(epsilon -> Arguments.of(type, epsilon)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("margins")
    void outsideOfTheMarginIsTheLogitOfItsEnds(DataType type, double epsilon) {
        double most = Math.log1p(-epsilon) - Math.log(epsilon);
        double rounded = Tensor.of(DataType.DOUBLE, most).to(type).item();
        for (int size : new int[] {2, 40, 3000}) {
            Tensor ends = Tensor.of(type, 0, 1, -0.5, 1.5, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY)
                    .reshape(3, 2)
                    .repeat(size, 1)
                    .t();
            Tensor x = ends.requiresGrad(true);
            Tensor y = Special.logit(x, epsilon);
            double tolerance = type == DataType.DOUBLE ? 1e-13 : 0;

            for (double value : y.select(0, 1).toDoubleArray()) {
                assertThat(value).isCloseTo(rounded, within(tolerance));
            }
            assertThat(y.select(0, 0).neg().toDoubleArray())
                    .containsExactly(y.select(0, 1).toDoubleArray());
            Tensor slope = Autograd.grad(y.sum(), x, Backward.CREATE_GRAPH);
            assertThat(slope.toDoubleArray()).containsOnly(0);
            assertThat(Autograd.grad(slope.sum(), x).abs().toDoubleArray()).containsOnly(0);
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("margins")
    void insideItIsTheLogit(DataType type, double epsilon) {
        Tensor all = Tensor.of(type, Math.min(0.44, epsilon * 2), 0.45, 0.5, 0.55, 1 - Math.min(0.44, epsilon * 2));
        Tensor x = all.get(Comparison.logicalAnd(all.gt(0), all.lt(1))).requiresGrad(true);
        Tensor y = Special.logit(x, epsilon);
        Tensor plain = Special.logit(x);

        assertThat(y.toDoubleArray()).containsExactly(plain.toDoubleArray());
        assertThat(Autograd.grad(y.sum(), x).toDoubleArray())
                .containsExactly(Autograd.grad(plain.sum(), x).toDoubleArray());
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("margins")
    void theSlopeAtNanIsNan(DataType type, double epsilon) {
        for (int size : new int[] {1, 40, 3000}) {
            Tensor x = Tensor.full(type, Double.NaN, size).requiresGrad(true);
            Tensor y = Special.logit(x, epsilon);
            assertThat(y.toDoubleArray()).containsOnly(Double.NaN);
            assertThat(Autograd.grad(y.sum(), x).toDoubleArray()).containsOnly(Double.NaN);
        }
    }

    /** As in PyTorch, bounds belong to the margin as the type holds them. */
    @Test
    void theEndsHaveSlopes() {
        for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
            Tensor x = Tensor.of(type, 0.2, 0.8).requiresGrad(true);
            assertThat(Autograd.grad(Special.logit(x, 0.2).sum(), x).toDoubleArray())
                    .containsExactly(new double[] {6.25, 6.25}, within(1e-5));
        }
        Tensor open = Tensor.of(DataType.DOUBLE, 0.0, 1, 2, Double.NaN).requiresGrad(true);
        double infinite = Double.POSITIVE_INFINITY;
        assertThat(Special.logit(open, 0).toDoubleArray()).containsExactly(-infinite, infinite, infinite, Double.NaN);
        assertThat(Autograd.grad(Special.logit(open, 0).sum(), open).toDoubleArray())
                .containsExactly(infinite, infinite, 0, Double.NaN);
        assertThat(Special.logit(Tensor.of(new long[] {0, 1, 5}), 1e-10).toDoubleArray())
                .containsExactly(new double[] {-23.02585, 23.02585, 23.02585}, within(1e-5));
    }
}
