package org.ndgrad.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.nd4j.linalg.api.buffer.DataType.BFLOAT16;
import static org.nd4j.linalg.api.buffer.DataType.BOOL;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT16;
import static org.nd4j.linalg.api.buffer.DataType.INT32;
import static org.nd4j.linalg.api.buffer.DataType.INT64;
import static org.nd4j.linalg.api.buffer.DataType.UINT8;
import static org.ndgrad.autograd.Misuse.misuse;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/** Random tensors: their distributions, that overloads agree, and what is refused. */
class RandomFactoriesTest {

    private static final long[] SHAPE = {50, 40};
    private static final Tensor X = Tensor.ones(SHAPE);
    private static final Tensor P = Tensor.full(0.3, SHAPE);
    private static final Tensor WEIGHTS = Tensor.of(0.1, 0.2, 0.3, 0.4);

    /** One distribution, through all overloads, in the type that they have if none is given. */
    record Family(String name, DataType dtype, Supplier<Tensor> plain, List<Function<RandomGenerator, Tensor>> seeded) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** What is not given a generator here is seeded by {@code Rng.manualSeed}. */
    static Stream<Family> families() {
        return Stream.of(
                new Family(
                        "rand",
                        FLOAT,
                        () -> Tensor.rand(50, 40),
                        List.of(
                                r -> Tensor.rand(FLOAT, 50, 40),
                                r -> Tensor.rand(r, 50, 40),
                                r -> Tensor.rand(FLOAT, r, 50, 40),
                                r -> Tensor.randLike(X),
                                r -> Tensor.randLike(FLOAT, X),
                                r -> Tensor.randLike(r, X),
                                r -> Tensor.randLike(FLOAT, r, X),
                                r -> Tensor.empty(50, 40).uniform_(),
                                r -> Tensor.empty(50, 40).uniform_(0, 1),
                                r -> Tensor.empty(50, 40).uniform_(r, 0, 1))),
                new Family(
                        "randn",
                        FLOAT,
                        () -> Tensor.randn(50, 40),
                        List.of(
                                r -> Tensor.randn(FLOAT, 50, 40),
                                r -> Tensor.randn(r, 50, 40),
                                r -> Tensor.randn(FLOAT, r, 50, 40),
                                r -> Tensor.randnLike(X),
                                r -> Tensor.randnLike(FLOAT, X),
                                r -> Tensor.randnLike(r, X),
                                r -> Tensor.randnLike(FLOAT, r, X),
                                r -> Tensor.normal(0, 1, 50, 40),
                                r -> Tensor.empty(50, 40).normal_(),
                                r -> Tensor.empty(50, 40).normal_(0, 1),
                                r -> Tensor.empty(50, 40).normal_(r, 0, 1))),
                new Family(
                        "randint",
                        INT64,
                        () -> Tensor.randint(0, 10, 50, 40),
                        List.of(
                                r -> Tensor.randint(INT64, 0, 10, 50, 40),
                                r -> Tensor.randint(r, 0, 10, 50, 40),
                                r -> Tensor.randint(INT64, r, 0, 10, 50, 40),
                                r -> Tensor.randint(10, SHAPE),
                                r -> Tensor.randint(INT64, 10, SHAPE),
                                r -> Tensor.randint(r, 10, SHAPE),
                                r -> Tensor.randint(INT64, r, 10, SHAPE),
                                r -> Tensor.randintLike(INT64, X, 10),
                                r -> Tensor.randintLike(INT64, X, 0, 10),
                                r -> Tensor.randintLike(INT64, r, X, 10),
                                r -> Tensor.randintLike(INT64, r, X, 0, 10))),
                new Family(
                        "randintLike",
                        FLOAT,
                        () -> Tensor.randintLike(X, 10),
                        List.of(
                                r -> Tensor.randintLike(X, 0, 10),
                                r -> Tensor.randintLike(r, X, 10),
                                r -> Tensor.randintLike(r, X, 0, 10),
                                r -> Tensor.randint(r, 10, SHAPE).to(FLOAT))),
                new Family(
                        "randperm",
                        INT64,
                        () -> Tensor.randperm(100),
                        List.of(
                                r -> Tensor.randperm(INT64, 100),
                                r -> Tensor.randperm(r, 100),
                                r -> Tensor.randperm(INT64, r, 100))),
                new Family(
                        "normal",
                        FLOAT,
                        () -> Tensor.normal(3, 0.5, 50, 40),
                        List.of(
                                r -> Tensor.normal(FLOAT, 3, 0.5, 50, 40),
                                r -> Tensor.normal(r, 3, 0.5, 50, 40),
                                r -> Tensor.normal(FLOAT, r, 3, 0.5, 50, 40),
                                r -> Tensor.normal(Tensor.full(3.0, SHAPE), Tensor.of(0.5)),
                                r -> Tensor.normal(r, Tensor.full(3.0, SHAPE), Tensor.of(0.5)),
                                r -> Tensor.normal(Tensor.full(3.0, SHAPE), 0.5),
                                r -> Tensor.normal(r, Tensor.full(3.0, SHAPE), 0.5),
                                r -> Tensor.normal(3, Tensor.full(0.5, SHAPE)),
                                r -> Tensor.normal(r, 3, Tensor.full(0.5, SHAPE)),
                                r -> Tensor.empty(50, 40).normal_(r, 3, 0.5))),
                new Family(
                        "bernoulli",
                        FLOAT,
                        () -> Tensor.bernoulli(P),
                        List.of(
                                r -> Tensor.bernoulli(FLOAT, P),
                                r -> Tensor.bernoulli(r, P),
                                r -> Tensor.bernoulli(FLOAT, r, P),
                                r -> Tensor.bernoulli(BOOL, r, P).to(FLOAT))),
                new Family(
                        "multinomial",
                        INT64,
                        () -> Tensor.multinomial(WEIGHTS, 3),
                        List.of(
                                r -> Tensor.multinomial(r, WEIGHTS, 3),
                                r -> Tensor.multinomial(WEIGHTS, 3, Replacement.WITHOUT),
                                r -> Tensor.multinomial(r, WEIGHTS, 3, Replacement.WITHOUT))),
                new Family(
                        "multinomial with replacement",
                        INT64,
                        () -> Tensor.multinomial(WEIGHTS, 300, Replacement.WITH),
                        List.of(r -> Tensor.multinomial(r, WEIGHTS, 300, Replacement.WITH))));
    }

    @ParameterizedTest
    @MethodSource("families")
    void theSameSeedGivesTheSameNumbersWhicheverOverload(Family family) {
        Rng.manualSeed(11);
        Tensor expected = family.plain().get();

        assertThat(expected.dtype()).isEqualTo(family.dtype());
        assertThat(expected.requiresGrad()).isFalse();
        for (int i = 0; i < family.seeded().size(); i++) {
            Rng.manualSeed(11);
            Tensor actual = family.seeded().get(i).apply(new Rng(11));

            assertThat(actual.dtype()).as("overload %s", i).isEqualTo(family.dtype());
            assertThat(actual.shape()).as("overload %s", i).isEqualTo(expected.shape());
            assertThat(actual.toDoubleArray()).as("overload %s", i).isEqualTo(expected.toDoubleArray());
        }
    }

    @Test
    void narrowTypesHoldTheNumbersOfWideOnesRoundedOrCut() {
        double[] wide = Tensor.rand(DOUBLE, new Rng(1), 1000).toDoubleArray();

        assertThat(Tensor.rand(FLOAT, new Rng(1), 1000).toDoubleArray()).containsExactly(wide, within(0x1p-24));
        assertThat(Tensor.randn(FLOAT16, new Rng(1), 1000).toDoubleArray())
                .isEqualTo(Tensor.randn(DOUBLE, new Rng(1), 1000).to(FLOAT16).toDoubleArray());
        assertThat(Tensor.normal(FLOAT16, new Rng(1), 2, 3, 1000).toDoubleArray())
                .isEqualTo(Tensor.normal(DOUBLE, new Rng(1), 2, 3, 1000)
                        .to(FLOAT16)
                        .toDoubleArray());
    }

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

    @Test
    void scalarsAndEmptyTensorsAreDrawnToo() {
        for (Tensor scalar : new Tensor[] {
            Tensor.rand(), Tensor.randn(), Tensor.randint(0, 3), Tensor.normal(0, 1), Tensor.bernoulli(Tensor.of(0.5))
        }) {
            assertThat(scalar.shape()).isEmpty();
        }
        for (Tensor empty : new Tensor[] {
            Tensor.rand(2, 0),
            Tensor.randn(DOUBLE, 2, 0),
            Tensor.randint(5, new long[] {2, 0}),
            Tensor.normal(0, 1, 2, 0),
            Tensor.normal(Tensor.zeros(2, 0), 1),
            Tensor.bernoulli(Tensor.zeros(2, 0)),
            Tensor.empty(2, 0).uniform_(),
            Tensor.multinomial(Tensor.ones(0, 3), 2).reshape(2, 0)
        }) {
            assertThat(empty.shape()).containsExactly(2, 0);
        }
        assertThat(Tensor.randperm(0).shape()).containsExactly(0);
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

    @Test
    void fillingInPlaceReachesViewsAndIsNoticed() {
        Tensor x = Tensor.zeros(4, 6);
        x.slice(1, 0, 6, 2).uniform_(new Rng(1), 1, 2);
        x.get(0).fill_(7);
        x.get(1).zero_();

        assertThat(x.slice(1, 1, 6, 2).slice(0, 1, 4).abs().max().item()).isZero();
        assertThat(x.slice(1, 0, 6, 2).slice(0, 2, 4).min().item()).isGreaterThanOrEqualTo(1);
        assertThat(x.get(0).toDoubleArray()).containsOnly(7);
        assertThat(x.get(1).toDoubleArray()).containsOnly(0);

        Tensor leaf = Tensor.ones(3).requiresGrad(true);
        Tensor y = leaf.mul(leaf).sum();
        Autograd.noGrad(() -> leaf.normal_(new Rng(1), 0, 1));
        assertThatThrownBy(y::backward)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("version 1");
    }

    static Stream<Misuse> misuses() {
        Class<IllegalArgumentException> argument = IllegalArgumentException.class;
        String probabilities = "bernoulli: expected probabilities from 0 to 1; got %s. Apply sigmoid to logits first.";
        String weights =
                "multinomial: expected finite probabilities of at least 0; got %s. Apply softmax to logits" + " first.";
        String normal = "%s: expected a finite mean and a finite standard deviation of at least 0; got mean=%s, std=%s."
                + " Give std itself, not its logarithm.";
        String floating =
                "%s: expected a floating type; got int64. Draw whole numbers with randint, or draw float32 and"
                        + " convert.";
        String bounds = "%s: expected low < high, of which high is never drawn; got low=%s, high=%s. The bounds come"
                + " first, then the shape, as in randint(0, 10, 3, 4).";
        Tensor leaf = Tensor.ones(2).requiresGrad(true);
        return Stream.of(
                misuse("p > 1", argument, probabilities.formatted("1.5"), () -> Tensor.bernoulli(Tensor.of(0.5, 1.5))),
                misuse("p < 0", argument, probabilities.formatted("-1.0"), () -> Tensor.bernoulli(Tensor.of(-1.0))),
                misuse(
                        "p NaN",
                        argument,
                        probabilities.formatted("NaN"),
                        () -> Tensor.bernoulli(Tensor.of(Double.NaN))),
                misuse("p whole", argument, floating.formatted("bernoulli"), () -> Tensor.bernoulli(Tensor.of(1L))),
                misuse("w < 0", argument, weights.formatted("-1.0"), () -> Tensor.multinomial(Tensor.of(1.0, -1), 1)),
                misuse(
                        "w NaN",
                        argument,
                        weights.formatted("NaN"),
                        () -> Tensor.multinomial(Tensor.of(1.0, Double.NaN), 1)),
                misuse(
                        "w infinite",
                        argument,
                        weights.formatted("Infinity"),
                        () -> Tensor.multinomial(Tensor.of(1.0, Double.POSITIVE_INFINITY), 1)),
                misuse(
                        "no weight in a row",
                        argument,
                        "multinomial: expected at least 1 probabilities above 0 in each row; got 0. Give some.",
                        () -> Tensor.multinomial(Tensor.of(new double[][] {{1, 1}, {0, 0}}), 1, Replacement.WITH)),
                misuse(
                        "too few weights",
                        argument,
                        "multinomial: expected at least 3 probabilities above 0 in each row; got 2. Draw fewer, or with"
                                + " Replacement.WITH.",
                        () -> Tensor.multinomial(Tensor.of(1.0, 1, 0), 3)),
                misuse(
                        "no draw",
                        argument,
                        "multinomial: expected at least 1 draw; got 0. Give a count.",
                        () -> Tensor.multinomial(WEIGHTS, 0)),
                misuse(
                        "weights of a scalar",
                        argument,
                        "multinomial: expected probabilities of shape (k) or (rows, k); got (). Reshape them.",
                        () -> Tensor.multinomial(Tensor.of(1.0), 1)),
                misuse(
                        "whole weights",
                        argument,
                        floating.formatted("multinomial"),
                        () -> Tensor.multinomial(Tensor.of(1L, 2L), 1)),
                misuse("std < 0", argument, normal.formatted("normal", "0.0", "-1.0"), () -> Tensor.normal(0, -1, 3)),
                misuse(
                        "std NaN",
                        argument,
                        normal.formatted("normal", "0.0", "NaN"),
                        () -> Tensor.normal(0, Double.NaN, 3)),
                misuse(
                        "mean NaN",
                        argument,
                        normal.formatted("normal", "NaN", "1.0"),
                        () -> Tensor.normal(Tensor.of(Double.NaN), 1)),
                misuse(
                        "std < 0 in a tensor",
                        argument,
                        normal.formatted("normal", "0.0", "-2.0"),
                        () -> Tensor.normal(Tensor.zeros(2), Tensor.of(1.0, -2))),
                misuse(
                        "std < 0 in place",
                        argument,
                        normal.formatted("normal_", "0.0", "-1.0"),
                        () -> Tensor.ones(2).normal_(0, -1)),
                misuse(
                        "a mean to learn",
                        IllegalStateException.class,
                        "normal: expected a mean and std that are not being recorded, for no gradient reaches them; got"
                                + " one that requires a gradient. Write mean.add(std.mul(Tensor.randn(shape))), or"
                                + " detach() them.",
                        () -> Tensor.normal(leaf, 1)),
                misuse("whole normal", argument, floating.formatted("normal"), () -> Tensor.normal(INT64, 0, 1, 3)),
                misuse("whole rand", argument, floating.formatted("rand"), () -> Tensor.rand(INT64, 3)),
                misuse("whole randn", argument, floating.formatted("randn"), () -> Tensor.randn(INT64, 3)),
                misuse("whole like", argument, floating.formatted("randLike"), () -> Tensor.randLike(Tensor.of(1L))),
                misuse("n like", argument, floating.formatted("randnLike"), () -> Tensor.randnLike(Tensor.of(1L))),
                misuse(
                        "whole in place",
                        argument,
                        floating.formatted("uniform_"),
                        () -> Tensor.of(1L).uniform_()),
                misuse(
                        "whole in place",
                        argument,
                        floating.formatted("normal_"),
                        () -> Tensor.of(1L).normal_()),
                misuse(
                        "bounds exchanged",
                        argument,
                        "uniform_: expected low <= high; got low=2.0, high=1.0. Swap them.",
                        () -> Tensor.ones(2).uniform_(2, 1)),
                misuse(
                        "bound NaN",
                        argument,
                        "uniform_: expected low <= high; got low=NaN, high=1.0. Swap them.",
                        () -> Tensor.ones(2).uniform_(Double.NaN, 1)),
                misuse(
                        "bounds too far",
                        argument,
                        "uniform_: expected bounds and a distance that float16 can hold, up to 65504.0; got low=-60000.0,"
                                + " high=60000.0. Use a wider type.",
                        () -> Tensor.ones(FLOAT16, 2).uniform_(-60000, 60000)),
                misuse("no number", argument, bounds.formatted("randint", 0, 0), () -> Tensor.randint(0, SHAPE)),
                misuse("no number", argument, bounds.formatted("randint", 10, 3), () -> Tensor.randint(10, 3, 4)),
                misuse("like", argument, bounds.formatted("randintLike", 3, 3), () -> Tensor.randintLike(X, 3, 3)),
                misuse(
                        "beyond the type",
                        argument,
                        "randint: expected a number that uint8 can hold, from 0 to 255; got 299. Use a wider type, or a"
                                + " number in this range.",
                        () -> Tensor.randint(UINT8, 0, 300, 2)),
                misuse(
                        "between what the type holds",
                        argument,
                        "randint: expected bounds between which float16 holds every whole number, from -2048 to 2048; got"
                                + " low=0, high=10000. Use a wider type.",
                        () -> Tensor.randint(FLOAT16, 0, 10000, 2)),
                misuse(
                        "booleans",
                        argument,
                        "randint: expected bounds between which bool holds every whole number, from 0 to 1; got low=0,"
                                + " high=3. Use a wider type.",
                        () -> Tensor.randint(BOOL, 0, 3, 2)),
                misuse(
                        "a long order",
                        argument,
                        "randperm: expected a number that uint8 can hold, from 0 to 255; got 299. Use a wider type, or a"
                                + " number in this range.",
                        () -> Tensor.randperm(UINT8, 300)),
                misuse(
                        "a negative order",
                        argument,
                        "randperm: expected a count of at least 0; got -1. Give a count.",
                        () -> Tensor.randperm(-1)),
                misuse(
                        "a negative size",
                        argument,
                        "randint: expected sizes of at least 0; got (-1). Give a shape.",
                        () -> Tensor.randint(0, 3, -1)),
                misuse(
                        "an expanded target",
                        argument,
                        "uniform_: expected a tensor with memory for each element; got an expanded one of shape (4, 3)."
                                + " clone() it first.",
                        () -> Tensor.ones(3).expand(4, 3).uniform_()));
    }

    @ParameterizedTest
    @MethodSource("misuses")
    void whatCannotBeDrawnIsRefused(Misuse misuse) {
        misuse.assertAnswer();
    }

    @Test
    void nothingIsDrawnWhereSomethingIsRefused() {
        Rng rng = new Rng(3);
        String before = rng.toString();

        for (Runnable draw : List.<Runnable>of(
                () -> Tensor.bernoulli(rng, Tensor.of(0.5, 1.5)),
                () -> Tensor.normal(rng, Tensor.zeros(2), Tensor.of(1.0, -2)),
                () -> Tensor.multinomial(rng, Tensor.of(new double[][] {{1, 1}, {0, 0}}), 1))) {
            assertThatThrownBy(draw::run).isInstanceOf(IllegalArgumentException.class);
        }

        assertThat(rng).hasToString(before);
    }
}
