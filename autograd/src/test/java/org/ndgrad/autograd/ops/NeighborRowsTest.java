package org.ndgrad.autograd.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.KeepDim;
import org.ndgrad.autograd.Reduce;
import org.ndgrad.autograd.Tensor;

/** What a row gives does not depend on what is in the others: NaN, infinities, the ends of the range. */
class NeighborRowsTest {

    /** Each maps rows to a vector of a result for each row. */
    private static final Map<String, UnaryOperator<Tensor>> FUNCTIONS =
            ImmutableMap.<String, UnaryOperator<Tensor>>builder()
                    .put("trapezoid", x -> Cumulative.trapezoid(x, 1, -1))
                    .put("trapezoid of places", x -> Cumulative.trapezoid(x, Tensor.of(x.dtype(), 0, 1, 3), -1))
                    .put(
                            "trapezoid over",
                            x -> Cumulative.trapezoid(
                                    Tensor.of(x.dtype(), 1, 2, 4).expand(x.shape()), x, -1))
                    .put("cumulativeTrapezoid", x -> last(Cumulative.cumulativeTrapezoid(x, 1, -1)))
                    .put(
                            "cumulativeTrapezoid of places",
                            x -> last(Cumulative.cumulativeTrapezoid(x, Tensor.of(x.dtype(), 0, 1, 3), -1)))
                    .put("diff", x -> last(Cumulative.diff(x, 2, -1)))
                    .put("pairwiseDistance 1", x -> distance(x, 1))
                    .put("pairwiseDistance 2", x -> distance(x, 2))
                    .put("pairwiseDistance 3", x -> distance(x, 3))
                    .put("cdist 1", x -> cdist(x, 1))
                    .put("cdist 2", x -> cdist(x, 2))
                    .put("cdist ∞", x -> cdist(x, Double.POSITIVE_INFINITY))
                    .put("scatterReduce", NeighborRowsTest::means)
                    .put(
                            "prod",
                            x -> Reductions.prod(
                                    x.mul(Tensor.of(x.dtype(), 1, 0, 0)).add(Tensor.of(x.dtype(), 0, 1, 1)),
                                    new int[] {1},
                                    KeepDim.NO))
                    .buildOrThrow();

    private static Tensor last(Tensor x) {
        return x.select(-1, x.size(-1) - 1);
    }

    private static Tensor means(Tensor x) {
        Tensor rows = Tensor.of(0L, 0, 0, 1, 1, 1).slice(0, 0, x.numel());
        Tensor start = Tensor.zeros(x.dtype(), x.size(0));
        return Scattering.scatterReduce(start, 0, rows, x.reshape(-1), Reduce.MEAN, Scattering.Own.EXCLUDED);
    }

    private static Tensor distance(Tensor x, double p) {
        return Norms.pairwiseDistance(x, x.detach().mul(2), p, 0, KeepDim.NO);
    }

    private static Tensor cdist(Tensor x, double p) {
        return Norms.cdist(x, Tensor.zeros(x.dtype(), 1, 3), p).select(-1, 0);
    }

    static Stream<Arguments> cases() {
        return FUNCTIONS.keySet().stream()
                .flatMap(name -> Stream.of(DataType.FLOAT, DataType.DOUBLE)
                        .flatMap(type -> neighbors(type)
                                .boxed()
                                .flatMap(neighbor ->
                                        sizes(type).mapToObj(size -> Arguments.of(name, type, neighbor, size)))));
    }

    private static DoubleStream neighbors(DataType type) {
        return DoubleStream.of(
                Double.NaN, Double.POSITIVE_INFINITY, type == DataType.DOUBLE ? 0x1.fp1023 : 0x1.fp127, 1);
    }

    private static DoubleStream sizes(DataType type) {
        return type == DataType.DOUBLE
                ? DoubleStream.of(0x1p-1010, 0x1p-980, 1, 0x1p1000)
                : DoubleStream.of(0x1p-120, 1, 0x1p110);
    }

    @ParameterizedTest(name = "{0} {1} beside {2} of {3}")
    @MethodSource("cases")
    void aRowIsAsIfAlone(String name, DataType type, double neighbor, double size) {
        UnaryOperator<Tensor> f = FUNCTIONS.get(name);
        Tensor row = Tensor.of(type, 3.1, 5.3, -2.7).mul(size).reshape(1, 3);
        Tensor other = Tensor.of(type, neighbor, neighbor, neighbor).reshape(1, 3);
        Tensor alone = row.detach().requiresGrad(true);
        Tensor both = Joining.cat(List.of(other, row), 0).requiresGrad(true);
        Tensor expected = f.apply(alone);
        Tensor actual = f.apply(both);
        double unit = type == DataType.DOUBLE ? 1e-14 : 1e-6;
        double value = expected.item();
        assertThat(actual.select(0, 1).item()).isCloseTo(value, within(Math.abs(unit * value)));
        Tensor slopes = Autograd.grad(actual.sum(), both).select(0, 1);
        Tensor wanted = Autograd.grad(expected.sum(), alone).select(0, 0);
        for (int i = 0; i < 3; i++) {
            double slope = wanted.select(0, i).item();
            assertThat(slopes.select(0, i).item()).isCloseTo(slope, within(Math.abs(unit * slope)));
        }
    }

    /** Rows of lengths from one end of the range to the other. */
    @ParameterizedTest
    @ValueSource(doubles = {1, 2, 3, Double.POSITIVE_INFINITY})
    void distancesFitFromEndToEnd(double p) {
        double[] lengths = {1e300, 1, 1e-300};
        Tensor x = Tensor.of(DataType.DOUBLE, lengths).reshape(3, 1).requiresGrad(true);
        Tensor y = Norms.cdist(x, Tensor.zeros(DataType.DOUBLE, 1, 1), p);
        assertThat(y.toDoubleArray()).containsExactly(lengths);
        assertThat(Autograd.grad(y.sum(), x).toDoubleArray()).containsExactly(1, 1, 1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, 0, 1})
    void slopesOfAProductFitBesideOthers(double neighbor) {
        Tensor x = Tensor.of(DataType.DOUBLE, neighbor, 1, 1, 1, 1e200, 1e-200, 1e200, 1e-200)
                .reshape(2, 4)
                .requiresGrad(true);
        Tensor slopes =
                Autograd.grad(Reductions.prod(x, new int[] {1}, KeepDim.NO).sum(), x);
        double[] expected = {1e-200, 1e200, 1e-200, 1e200};
        for (int i = 0; i < 4; i++) {
            assertThat(slopes.select(0, 1).select(0, i).item()).isCloseTo(expected[i], within(1e-14 * expected[i]));
        }
    }
}
