package org.ndgrad.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.nd4j.linalg.api.buffer.DataType.BFLOAT16;
import static org.nd4j.linalg.api.buffer.DataType.BOOL;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT16;
import static org.nd4j.linalg.api.buffer.DataType.INT32;
import static org.nd4j.linalg.api.buffer.DataType.UINT8;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/** Random tensors have the distributions that they are said to have. */
class RandomDistributionsTest {

    static Stream<Arguments> moments() {
        int n = 100_000;
        return Stream.of(
                arguments("rand", Tensor.rand(DOUBLE, new Rng(1), n), 0.5, 1 / 12.0, 0, Math.nextDown(1.0)),
                arguments("float32", Tensor.rand(FLOAT, new Rng(2), n), 0.5, 1 / 12.0, 0, Math.nextDown(1f)),
                arguments("float16", Tensor.rand(FLOAT16, new Rng(3), n), 0.5, 1 / 12.0, 0, 1 - 0x1p-11),
                arguments("bfloat16", Tensor.rand(BFLOAT16, new Rng(4), n), 0.5, 1 / 12.0, 0, 1 - 0x1p-8),
                arguments("uniform", Tensor.empty(n).uniform_(new Rng(5), -3, 1), -1, 16 / 12.0, -3, Math.nextDown(1f)),
                arguments("randn", Tensor.randn(DOUBLE, new Rng(6), n), 0, 1, -6, 6),
                arguments("normal", Tensor.normal(new Rng(7), 5, 2, n), 5, 4, -7, 17),
                arguments("std 0", Tensor.normal(new Rng(7), 5, 0, n), 5, 0, 5, 5),
                arguments("normal_", Tensor.empty(n).normal_(new Rng(8), -2, 0.5), -2, 0.25, -5, 1),
                arguments("randint", Tensor.randint(new Rng(9), -3, 7, n), 1.5, 99 / 12.0, -3, 6),
                arguments(
                        "digits", Tensor.randint(UINT8, new Rng(10), 256, new long[] {n}), 127.5, 65535 / 12.0, 0, 255),
                arguments("bernoulli", Tensor.bernoulli(new Rng(11), Tensor.full(0.25, n)), 0.25, 0.1875, 0, 1),
                arguments("order", Tensor.randperm(new Rng(12), n), (n - 1) / 2.0, n * (n + 1.0) / 12, 0, n - 1));
    }

    /** Within five standard deviations of a mean of 100,000; of the variance within 2 %. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("moments")
    void numbersHaveMeanVarianceAndRange(
            String name, Tensor x, double mean, double variance, double least, double most) {
        Tensor wide = x.to(DOUBLE);

        assertThat(wide.mean().item())
                .isCloseTo(mean, within(5 * Math.sqrt(variance / x.numel()) + 1e-12 + halfStep(x)));
        assertThat(wide.var().item()).isCloseTo(variance, within(0.02 * variance));
        assertThat(wide.min().item()).isGreaterThanOrEqualTo(least);
        assertThat(wide.max().item()).isLessThanOrEqualTo(most);
    }

    /** Numbers of few bits are cut off, which takes half a step from their mean. */
    private static double halfStep(Tensor x) {
        return x.dtype() == FLOAT16 ? 0x1p-12 : x.dtype() == BFLOAT16 ? 0x1p-9 : 0;
    }

    @Test
    void eachOfSeveralDistributionsIsDrawnFrom() {
        Tensor mean = Tensor.of(-100.0, 100.0);
        Tensor std = Tensor.of(0.0, 1.0).reshape(2, 1);

        Tensor x = Tensor.normal(new Rng(1), mean, std);

        assertThat(x.shape()).containsExactly(2, 2);
        double[] values = x.toDoubleArray();
        assertThat(values[0]).isEqualTo(-100);
        assertThat(values[1]).isEqualTo(100);
        assertThat(values[2]).isNotEqualTo(-100).isCloseTo(-100, within(6.0));
        assertThat(values[3]).isNotEqualTo(100).isCloseTo(100, within(6.0));
        assertThat(Tensor.normal(mean.to(DOUBLE), std).dtype()).isEqualTo(DOUBLE);
        assertThat(Tensor.normal(Tensor.of(1.0), 2).dtype()).isEqualTo(FLOAT);
        assertThat(Tensor.normal(1, Tensor.of(FLOAT16, 0.1)).dtype()).isEqualTo(FLOAT16);
    }

    @Test
    void oneIsNeverDrawnNotEvenOfTheLargestBits() {
        RandomGenerator largest = () -> -1L;
        for (DataType dtype : new DataType[] {DOUBLE, FLOAT, FLOAT16, BFLOAT16}) {
            double drawn = Tensor.rand(dtype, largest).item();

            assertThat(drawn).isBetween(0.99, Math.nextDown(1.0));
            assertThat(Tensor.empty(dtype).uniform_(largest, 0, 1).item()).isEqualTo(drawn);
        }
        assertThat(Tensor.bernoulli(largest, Tensor.of(1.0, 0.0)).toDoubleArray())
                .containsExactly(1, 0);
        assertThat(Tensor.multinomial(largest, Tensor.of(1.0, 2.0, 0.0), 1, Replacement.WITH)
                        .item())
                .isEqualTo(1);
    }

    /** The sum of (seen − expected)² / expected; below 27.9 for 9 degrees of freedom but once in a thousand. */
    private static double chiSquare(long[] drawn, double... probabilities) {
        double[] seen = new double[probabilities.length];
        for (long each : drawn) {
            seen[(int) each]++;
        }
        double sum = 0;
        for (int i = 0; i < seen.length; i++) {
            double expected = probabilities[i] * drawn.length;
            if (expected == 0) {
                assertThat(seen[i]).isZero();
            } else {
                sum += (seen[i] - expected) * (seen[i] - expected) / expected;
            }
        }
        return sum;
    }

    @Test
    void drawsComeWithTheirProbabilities() {
        double[] p = {0.05, 0, 0.2, 0.15, 0.1, 0.25, 0.01, 0.09, 0.05, 0.1};
        double[] even = new double[10];
        Arrays.fill(even, 0.1);
        Tensor weights = Tensor.of(DOUBLE, p);
        Tensor rows = Tensor.of(DOUBLE, new double[][] {even, p}).mul(7);

        Tensor drawn = Tensor.multinomial(new Rng(1), rows, 50_000, Replacement.WITH);

        assertThat(drawn.shape()).containsExactly(2, 50_000);
        assertThat(chiSquare(drawn.get(0).toLongArray(), even)).isLessThan(27.9);
        assertThat(chiSquare(drawn.get(1).toLongArray(), p)).isLessThan(27.9);
        assertThat(chiSquare(Tensor.randint(new Rng(2), 0, 10, 50_000).toLongArray(), even))
                .isLessThan(27.9);
        assertThat(chiSquare(
                        Tensor.bernoulli(new Rng(3), Tensor.full(0.3, 50_000)).toLongArray(), 0.7, 0.3))
                .isLessThan(10.8);
        Tensor first = Tensor.multinomial(new Rng(4), weights.expand(20_000, 10), 1);
        assertThat(chiSquare(first.reshape(-1).toLongArray(), p)).isLessThan(27.9);
        assertThat(chiSquare(
                        Tensor.multinomial(new Rng(5), weights.to(FLOAT16), 50_000, Replacement.WITH)
                                .toLongArray(),
                        p))
                .isLessThan(27.9);
    }

    /** Of weights 1, 2, 3, pair (i, j) comes with wᵢ / 6 · wⱼ / (6 − wᵢ). */
    @Test
    void withoutReplacementLaterDrawsAreFromWhatIsLeft() {
        long[] pairs = new long[30_000];
        long[] flat = Tensor.multinomial(new Rng(1), Tensor.of(1.0, 2, 3).expand(pairs.length, 3), 2)
                .reshape(-1)
                .toLongArray();
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = 3 * flat[2 * i] + flat[2 * i + 1];
        }

        double[] expected = new double[9];
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                expected[3 * i + j] = i == j ? 0 : (i + 1) / 6.0 * (j + 1) / (5.0 - i);
            }
        }
        assertThat(chiSquare(pairs, expected)).isLessThan(20.5);
        assertThat(Tensor.multinomial(new Rng(2), Tensor.ones(100), 100).toLongArray())
                .containsExactlyInAnyOrder(LongStream.range(0, 100).toArray());
    }

    @Test
    void weightsOfAnySizeAreDrawnFrom() {
        double huge = Double.MAX_VALUE;
        double tiny = Double.MIN_VALUE;
        Tensor of = Tensor.of(DOUBLE, huge, 0, huge);

        assertThat(Tensor.multinomial(new Rng(1), of, 100, Replacement.WITH).toLongArray())
                .contains(0, 2)
                .doesNotContain(1);
        assertThat(Tensor.multinomial(new Rng(1), Tensor.of(DOUBLE, tiny, 0, huge), 2)
                        .toLongArray())
                .containsExactly(2, 0);
        assertThat(Tensor.multinomial(new Rng(1), Tensor.of(DOUBLE, tiny, 0), 5, Replacement.WITH)
                        .toLongArray())
                .containsOnly(0);
    }

    @Test
    void wholeNumbersReachAllThatTheirTypeHolds() {
        Tensor far = Tensor.randint(new Rng(1), Long.MIN_VALUE, Long.MAX_VALUE, 1000);

        assertThat(far.min().item()).isLessThan(-0x1p62);
        assertThat(far.max().item()).isGreaterThan(0x1p62);
        assertThat(Tensor.randint(BOOL, new Rng(1), 0, 2, 100).toLongArray()).contains(0, 1);
        assertThat(Tensor.randint(FLOAT16, new Rng(1), 2047, 2049, 100).toDoubleArray())
                .contains(2047, 2048);
        assertThat(Tensor.randint(INT32, Integer.MAX_VALUE, 1L << 31, 1).item()).isEqualTo(Integer.MAX_VALUE);
    }
}
