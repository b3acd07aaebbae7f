package org.ndgrad.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nd4j.linalg.api.buffer.DataType.BOOL;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT16;
import static org.nd4j.linalg.api.buffer.DataType.INT64;
import static org.nd4j.linalg.api.buffer.DataType.UINT8;
import static org.ndgrad.autograd.Misuse.misuse;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Of which distributions and bounds no random tensor is drawn. */
class RandomRefusalsTest {

    private static final long[] SHAPE = {50, 40};
    private static final Tensor X = Tensor.ones(SHAPE);
    private static final Tensor WEIGHTS = Tensor.of(0.1, 0.2, 0.3, 0.4);

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
