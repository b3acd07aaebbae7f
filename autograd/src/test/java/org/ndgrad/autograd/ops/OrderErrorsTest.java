package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.Misuse.misuse;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.KeepDim;
import org.ndgrad.autograd.Misuse;
import org.ndgrad.autograd.Tensor;

/** What a misuse of order statistics, running sums, norms and distances is answered with. */
class OrderErrorsTest {

    private static final Class<? extends Exception> ARGUMENT = IllegalArgumentException.class;
    private static final Class<? extends Exception> INDEX = IndexOutOfBoundsException.class;

    static Stream<Misuse> misuses() {
        Tensor x = Tensor.ones(2, 3);
        return Stream.of(
                misuse(
                        "a dim that is not there",
                        INDEX,
                        "sort: expected a dim from -2 to 1 for a tensor of 2 dimensions; got 2. Choose one of its"
                                + " dimensions.",
                        () -> Sorting.sort(x, 2)),
                misuse(
                        "more than there are",
                        ARGUMENT,
                        "topk: expected a k of at most 3, the size of dim 1 of shape (2, 3); got 4. Ask for fewer.",
                        () -> Sorting.topk(x, 4, -1)),
                misuse(
                        "a place before the first",
                        ARGUMENT,
                        "kthvalue: expected a k from 1 to 2, the size of dim 0 of shape (2, 3); got 0. Count from 1.",
                        () -> Sorting.kthvalue(x, 0, 0, KeepDim.NO)),
                misuse(
                        "the median of nothing",
                        ARGUMENT,
                        "median: expected at least one element along dim 1; got shape (2, 0). Check for an empty"
                                + " tensor first.",
                        () -> Sorting.median(Tensor.zeros(2, 0), 1, KeepDim.NO)),
                misuse(
                        "percentages",
                        ARGUMENT,
                        "quantile: expected shares from 0 to 1; got 50.0. Divide percentages by 100.",
                        () -> Statistics.quantile(x, 50, new int[0], KeepDim.NO)),
                misuse(
                        "quantiles of whole numbers",
                        ARGUMENT,
                        "quantile: expected a tensor of a floating type; got int64. Convert it with"
                                + " to(DataType.FLOAT).",
                        () -> Statistics.quantile(Tensor.of(1L, 2), 0.5, new int[0], KeepDim.NO)),
                misuse(
                        "weights for other observations",
                        ARGUMENT,
                        "cov: expected weights for the 3 observations; got 2. Give one number for each column.",
                        () -> Statistics.cov(x, CovarianceOptions.defaults().withWeights(Tensor.ones(2)))),
                misuse(
                        "negative frequencies",
                        ARGUMENT,
                        "cov: expected integral frequencies of at least 0; got -1.0. Leave observations out by 0.",
                        () -> CovarianceOptions.defaults().withFrequencies(Tensor.of(1, -1, 1))),
                misuse(
                        "frequencies that are not whole",
                        ARGUMENT,
                        "cov: expected integral frequencies of shape (observations); got float32 of shape (3). Give one"
                                + " number for each column.",
                        () -> CovarianceOptions.defaults().withFrequencies(Tensor.ones(3))),
                misuse(
                        "the differences of a scalar",
                        ARGUMENT,
                        "diff: expected at least 1 dim; got a scalar. Call unsqueeze(0) first.",
                        () -> Cumulative.diff(Tensor.of(1.0).sum(), 1, 0)),
                misuse(
                        "places for other points",
                        ARGUMENT,
                        "trapezoid: expected a place for each of the 3 points along dim 1 of shape (2, 3); got shape (2)."
                                + " Give a vector of this size, or a shape that broadcasts.",
                        () -> Cumulative.trapezoid(x, Tensor.ones(2), -1)),
                misuse(
                        "running log-sums of whole numbers",
                        ARGUMENT,
                        "logcumsumexp: expected a tensor of a floating type; got int64. Convert it with"
                                + " to(DataType.FLOAT).",
                        () -> Cumulative.logcumsumexp(Tensor.of(1L, 2), 0)),
                misuse(
                        "a norm that nothing has",
                        ARGUMENT,
                        "norm: expected at least one element along the dims for p = Infinity; got shape (0). Choose a finite"
                                + " p > 0.",
                        () -> Reductions.norm(Tensor.zeros(0), Double.POSITIVE_INFINITY, new int[0], KeepDim.NO)),
                misuse(
                        "a negative length",
                        ARGUMENT,
                        "renorm: expected a length of at least 0; got -1.0. Give a positive one.",
                        () -> Norms.renorm(x, 2, 0, -1)),
                misuse(
                        "rows of different sizes",
                        ARGUMENT,
                        "cdist: expected rows of one size, shapes (*, rows, size); got (2, 3) and (2, 2). Give"
                                + " matrices.",
                        () -> Norms.cdist(x, Tensor.ones(2, 2), 2)),
                misuse(
                        "the angle between whole numbers",
                        ARGUMENT,
                        "cosineSimilarity: expected a tensor of a floating type; got int64 and int64. Convert with"
                                + " to(…).",
                        () -> Norms.cosineSimilarity(
                                Tensor.zeros(DataType.INT64, 2), Tensor.zeros(DataType.INT64, 2), 0, 1e-8)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("misuses")
    void aMisuseIsAnsweredWithAdvice(Misuse misuse) {
        misuse.assertAnswer();
    }
}
