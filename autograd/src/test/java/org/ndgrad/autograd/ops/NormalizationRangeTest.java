package org.ndgrad.autograd.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.common.collect.ImmutableMap;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Tensor;

/** Normalizations of large numbers, and of large gradients, are right where they fit. */
class NormalizationRangeTest {

    /** Of inputs of shape (n, 2, k), over the last dim, both, or the first and the last. */
    private static final Map<String, UnaryOperator<Tensor>> NORMS = ImmutableMap.of(
            "layerNorm", x -> Normalization.layerNorm(x, x.size(2)),
            "layerNorm of matrices", x -> Normalization.layerNorm(x, x.size(1), x.size(2)),
            "groupNorm", x -> Normalization.groupNorm(x, 2),
            "instanceNorm", Normalization::instanceNorm,
            "batchNorm", Normalization::batchNorm,
            "rmsNorm", x -> Normalization.rmsNorm(x, x.size(2)));

    static Stream<Arguments> constants() {
        return NORMS.keySet().stream()
                .filter(name -> !name.equals("rmsNorm"))
                .flatMap(name -> Stream.of(1e140, 1e180, 1e300, 1.7e308, Double.MAX_VALUE)
                        .flatMap(value -> Stream.of(2, 7, 5000).map(n -> arguments(name, value, n))));
    }

    @ParameterizedTest(name = "{0} of {2} times {1}")
    @MethodSource("constants")
    void constantsAreTheirMean(String name, double value, int n) {
        Tensor x = Tensor.full(DataType.DOUBLE, value, 3, 2, n).requiresGrad(true);

        Tensor y = NORMS.get(name).apply(x);
        y.backward(Tensor.rand(DataType.DOUBLE, new Random(1), 3, 2, n));

        assertThat(y.toDoubleArray()).containsOnly(0);
        assertThat(Arrays.stream(x.grad().toDoubleArray())).allMatch(Double::isFinite);
    }

    static Stream<Arguments> gradients() {
        return NORMS.keySet().stream().flatMap(name -> Stream.of(4, 5000).map(n -> arguments(name, n)));
    }

    @ParameterizedTest(name = "{0} of {1}")
    @MethodSource("gradients")
    void gradientsGrowWithThoseThatComeIn(String name, int n) {
        Random random = new Random(2);
        Tensor x = Tensor.randn(DataType.DOUBLE, random, 3, 2, n).mul(100).requiresGrad(true);
        Tensor g = Tensor.rand(DataType.DOUBLE, random, 3, 2, n).add(0.5);
        Tensor y = NORMS.get(name).apply(x);
        double[] expected = Autograd.grad(y.mul(g).sum(), x).toDoubleArray();
        double scale = 0x1p1023; // also of what would not fit if it were summed up

        Tensor x2 = x.detach().requiresGrad(true);
        NORMS.get(name).apply(x2).backward(g.mul(scale));
        double[] actual = x2.grad().div(scale).toDoubleArray();

        assertThat(actual).containsExactly(expected, within(1e-15));
    }

    @ParameterizedTest
    @CsvSource({"4", "5000"})
    void groupsOfOrdinaryGradientsKeepTheirBits(int n) {
        Random random = new Random(3);
        Tensor x = Tensor.randn(DataType.DOUBLE, random, 3, n).mul(1e-3).requiresGrad(true);
        Tensor g = Tensor.randn(DataType.DOUBLE, random, 3, n).mul(1e-300);
        Tensor mixed = g.clone();
        mixed.select(0, 1).fill_(1.7e308);

        Tensor expected = gradient(x, g);
        Tensor actual = gradient(x, mixed);

        for (int row : new int[] {0, 2}) {
            assertThat(actual.select(0, row).toDoubleArray())
                    .containsExactly(expected.select(0, row).toDoubleArray());
        }
        // rounding in the mean of 1.7e308 is all that is left
        assertThat(actual.select(0, 1).div(1.7e308).toDoubleArray()).containsExactly(new double[n], within(1e-11));
    }

    private static Tensor gradient(Tensor x, Tensor g) {
        Tensor leaf = x.detach().requiresGrad(true);
        Normalization.layerNorm(leaf, leaf.size(1)).backward(g);
        return leaf.grad();
    }

    static Stream<Arguments> types() {
        return Stream.of(arguments(DataType.FLOAT, 3e38), arguments(DataType.DOUBLE, 1.7e308));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("types")
    void biasesBringBackIntoTheRange(DataType type, double large) {
        double most = Tensor.of(type, large).item();
        Tensor weight = Tensor.full(type, most, 5);
        Tensor x = Tensor.of(type, 0, 0, 0, 0, 1);
        Tensor y = Normalization.layerNorm(x, new long[] {5}, weight, weight.neg(), 1e-5);
        Tensor channels = Tensor.full(type, most, 1);
        Tensor z = Normalization.groupNorm(
                x.reshape(1, 1, 5),
                1,
                NormalizationOptions.defaults().withWeight(channels).withBias(channels.neg()));

        double last = 0.8 / Math.sqrt(0.16 + 1e-5);
        for (Tensor found : new Tensor[] {y, z}) {
            double[] values = found.reshape(5).div(most).toDoubleArray();
            assertThat(values[4]).isCloseTo(last - 1, within(1e-6));
            assertThat(values[0]).as("what does not fit").isEqualTo(Double.NEGATIVE_INFINITY);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("types")
    void runningMeansMayBeFarFromTheInput(DataType type, double large) {
        Tensor x = Tensor.full(type, large, 2, 1, 3).requiresGrad(true);
        Tensor mean = Tensor.full(type, -large, 1);
        Tensor variance = Tensor.full(type, large, 1);

        Tensor y = Normalization.batchNorm(x, mean, variance);
        y.sum().backward();

        double root = Math.sqrt(large);
        for (double value : y.toDoubleArray()) {
            assertThat(value / root).isCloseTo(2, within(1e-6));
        }
        for (double value : x.grad().toDoubleArray()) {
            assertThat(value * root).isCloseTo(1, within(1e-6));
        }
    }

    @ParameterizedTest(name = "{0}: {1}, {2}, {3}, {4}")
    @CsvSource({
        "FLOAT, 1e15, 1, 1.5, 1, 1e-30",
        "FLOAT, 1e10, 1e30, 0.75, 1, 3.1622776e-28",
        "FLOAT, 1e-20, 1e30, 0.75, 1, 1e-20",
        "FLOAT, 1e-16, 1e30, 0.5, 1, 9.950371902099893e-17",
        "FLOAT, 1e30, 1e30, 0.5, 1, 1e-15",
        "FLOAT, 1e-22, 1e38, 0.5, 1e-6, 7.0710677e-20",
        "DOUBLE, 1e120, 1, 1.5, 1, 1e-240",
        "DOUBLE, 1e100, 1e250, 0.75, 1, 3.1622776601683794e-238",
        "DOUBLE, 1e-160, 1e300, 0.5, 1e-20, 7.0710678118654757e-151",
    })
    void responsesFitWhereTheirPowersDoNot(DataType type, double x, double alpha, double beta, double k, double y) {
        Tensor found = Normalization.localResponseNorm(Tensor.full(type, x, 1, 1, 2), 1, alpha, beta, k);

        for (double value : found.toDoubleArray()) {
            assertThat(value / y).isCloseTo(1, within(type == DataType.FLOAT ? 1e-5 : 1e-12));
        }
    }
}
