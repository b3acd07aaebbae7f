package org.ndgrad.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.nd4j.linalg.api.buffer.DataType.BOOL;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT16;
import static org.nd4j.linalg.api.buffer.DataType.INT64;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/** Random tensors: that overloads agree, their types and shapes. */
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
}
