package org.ndgrad.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.Activations;

/** Losses where something infinite does not count, and of logits so large that a logarithm is lost beside them. */
class InfiniteLossesTest {

    private static final double INF = Double.POSITIVE_INFINITY;
    private static final List<DataType> TYPES = ImmutableList.of(DataType.FLOAT, DataType.DOUBLE);

    /** A loss of one number x and its target t, its value and its derivative by x. */
    record Row(String name, Function<List<Tensor>, Tensor> loss, double x, double t, double y, double slope) {
        @Override
        public String toString() {
            return name + " of " + x + " and " + t;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "DOUBLE, 0x1p1021, 0, 1, 0x1p1022",
        "DOUBLE, 0x1p1021, -0x1p1021, 1, 0x1p1023",
        "DOUBLE, 0x1.8p1023, -0x1.8p1023, 0.25, 0x1.8p1023",
        "DOUBLE, 0x1p-1000, 0, 0x1p1000, 2",
        "FLOAT, 0x1p126, 0, 1, 0x1p127",
        "FLOAT, 0x1.8p127, -0x1.8p127, 0.25, 0x1.8p127"
    })
    void slopesOfSquaredErrorsFitWhereSquaresDoNot(DataType type, String x, String t, String g, String slope) {
        Tensor input = Tensor.of(type, Double.parseDouble(x)).requiresGrad(true);
        Tensor target = Tensor.of(type, Double.parseDouble(t)).requiresGrad(true);

        Losses.mseLoss(input, target, Reduction.NONE).backward(Tensor.of(type, Double.parseDouble(g)));

        assertThat(input.grad().item()).isEqualTo(Double.parseDouble(slope));
        assertThat(target.grad().item()).isEqualTo(-Double.parseDouble(slope));
    }

    /** The target's own margin, −∞ less −∞, does not count. */
    @ParameterizedTest
    @CsvSource({"1, -0.6666666666666666, 0.3333333333333333", "2, -Infinity, Infinity"})
    void aScoreOfMinusInfinityIsPulledUp(int p, double slope, double others) {
        for (DataType type : TYPES) {
            Tensor scores = Tensor.of(type, -INF, 0, 1).requiresGrad(true);

            Tensor loss = MarginLosses.multiMarginLoss(
                    scores, Tensor.of(0), MultiMarginOptions.defaults().withP(p));
            loss.backward();

            assertThat(loss.item()).isInfinite();
            assertClose(scores.grad().get(0).item(), slope);
            assertClose(scores.grad().get(1).item(), others);
            assertClose(scores.grad().get(2).item(), others);
        }
    }

    static Stream<Row> rows() {
        Reduction sum = Reduction.SUM;
        Tensor two = Tensor.of(2.0);
        Tensor none = Tensor.of(0.0);
        PoissonNllOptions rates =
                PoissonNllOptions.defaults().withLogRates(false).withEpsilon(0).withReduction(sum);
        PoissonNllOptions logRates = PoissonNllOptions.defaults().withReduction(sum);
        Function<List<Tensor>, Tensor> kl = x -> Losses.klDiv(x.get(0), x.get(1), sum);
        Function<List<Tensor>, Tensor> logKl = x -> Losses.klDiv(
                x.get(0), x.get(1), KlDivOptions.defaults().withReduction(sum).withLogTarget(true));
        Function<List<Tensor>, Tensor> logits = x -> Losses.binaryCrossEntropyWithLogits(x.get(0), x.get(1), sum);
        Function<List<Tensor>, Tensor> positive = x -> Losses.binaryCrossEntropyWithLogits(
                x.get(0), x.get(1), two.to(x.get(0).dtype()), sum);
        Function<List<Tensor>, Tensor> weightless = x -> Losses.binaryCrossEntropyWithLogits(
                x.get(0), x.get(1), BceOptions.defaults().withWeight(none).withReduction(sum));
        return Stream.of(
                new Row("klDiv", kl, -INF, 0, 0, 0),
                new Row("klDiv", kl, -INF, 0.5, INF, -0.5),
                new Row("klDiv of logarithms", logKl, -3, -INF, 0, 0),
                new Row("klDiv of logarithms", logKl, -INF, -INF, 0, 0),
                new Row("binaryCrossEntropyWithLogits", logits, INF, 1, 0, 0),
                new Row("binaryCrossEntropyWithLogits", logits, -INF, 0, 0, 0),
                new Row("binaryCrossEntropyWithLogits", logits, INF, 0, INF, 1),
                new Row("binaryCrossEntropyWithLogits", logits, -INF, 1, INF, -1),
                new Row("binaryCrossEntropyWithLogits", logits, INF, 0.25, INF, 0.75),
                new Row("binaryCrossEntropyWithLogits", logits, 64, 1, 1.603810890548638e-28, -1.603810890548638e-28),
                new Row("binaryCrossEntropyWithLogits", logits, -64, 0, 1.603810890548638e-28, 1.603810890548638e-28),
                new Row("binaryCrossEntropyWithLogits", logits, 1e10, 1, 0, 0),
                new Row("binaryCrossEntropyWithLogits of weighted positives", positive, INF, 1, 0, 0),
                new Row("binaryCrossEntropyWithLogits of weighted positives", positive, -INF, 0, 0, 0),
                new Row("binaryCrossEntropyWithLogits of weighted positives", positive, -INF, 1, INF, -2),
                new Row("binaryCrossEntropyWithLogits without weight", weightless, INF, 0, 0, 0),
                new Row(
                        "multilabelSoftMarginLoss",
                        x -> Losses.multilabelSoftMarginLoss(x.get(0), x.get(1), sum),
                        INF,
                        1,
                        0,
                        0),
                new Row("softMarginLoss", x -> Losses.softMarginLoss(x.get(0), x.get(1), sum), INF, 1, 0, 0),
                new Row("softMarginLoss", x -> Losses.softMarginLoss(x.get(0), x.get(1), sum), -INF, 1, INF, -1),
                new Row("binaryCrossEntropy", x -> Losses.binaryCrossEntropy(x.get(0), x.get(1), sum), 0, 0, 0, 0),
                new Row("binaryCrossEntropy", x -> Losses.binaryCrossEntropy(x.get(0), x.get(1), sum), 1, 0, 100, 1e12),
                new Row("poissonNllLoss", x -> Losses.poissonNllLoss(x.get(0), x.get(1), logRates), -INF, 0, 0, 0),
                new Row("poissonNllLoss of rates", x -> Losses.poissonNllLoss(x.get(0), x.get(1), rates), 0, 0, 0, 1));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void whatDoesNotCountIsZero(Row row) {
        for (DataType type : TYPES) {
            for (int size : new int[] {1, 100}) {
                Tensor x = Tensor.full(type, row.x, size).requiresGrad(true);
                Tensor y = row.loss.apply(ImmutableList.of(x, Tensor.full(type, row.t, size)));
                y.backward();

                assertClose(y.item() / size, row.y);
                assertClose(x.grad().get(size - 1).item(), row.slope);
            }
        }
    }

    private static void assertClose(double actual, double expected) {
        if (Double.isFinite(expected)) {
            assertThat(actual).isCloseTo(expected, within(1e-6 * Math.abs(expected)));
        } else {
            assertThat(actual).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 1e4, 1e8, 1e12, 1e16, 1e30, -1e16, -1e30})
    void crossEntropyOfLargeLogitsIsThatOfTheirDifferences(double size) {
        for (DataType type : TYPES) {
            for (int classes : new int[] {2, 10, 5000}) {
                Tensor logits = Tensor.full(type, size, 2, classes).requiresGrad(true);
                Tensor labels = Tensor.of(0L, 1L);
                Tensor loss = Losses.crossEntropy(logits, labels);
                loss.backward();

                assertClose(loss.item(), Math.log(classes));
                assertClose(logits.grad().get(0, 0).item(), -0.5 + 0.5 / classes);
                assertClose(logits.grad().get(0, 1).item(), 0.5 / classes);
                Tensor composed = Losses.nllLoss(Activations.logSoftmax(logits.detach(), 1), labels);
                assertClose(loss.item(), composed.item());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 0", "2, 2"})
    void aClassWithoutProbabilityDoesNotCount(int reduction, double weight) {
        for (DataType type : TYPES) {
            Tensor logits = Tensor.of(type, 0, -INF, 0).reshape(1, 3).detach().requiresGrad(true);
            Tensor targets = Tensor.of(type, 0.5, 0, 0.5).reshape(1, 3);
            CrossEntropyOptions options = CrossEntropyOptions.defaults()
                    .withReduction(new Reduction[] {Reduction.MEAN, Reduction.SUM, Reduction.NONE}[reduction])
                    .withWeight(Tensor.of(type, 1, weight, 1));
            Tensor loss = Losses.crossEntropy(logits, targets, options);
            loss.sum().backward();

            assertClose(loss.sum().item(), Math.log(2));
            assertThat(logits.grad().abs().sum().item()).isZero();
        }
    }

    /** Two samples, one of class 0, which has the factor 0 and an infinite loss, and one of class 1. */
    @ParameterizedTest
    @EnumSource(Reduction.class)
    void aSampleWhoseClassHasNoWeightDoesNotCount(Reduction reduction) {
        for (DataType type : TYPES) {
            Tensor x = Tensor.of(type, -INF, 0, 0, 0).reshape(2, 2);
            Tensor weight = Tensor.of(type, 0, 1);
            CrossEntropyOptions options =
                    CrossEntropyOptions.defaults().withWeight(weight).withReduction(reduction);
            MultiMarginOptions margins =
                    MultiMarginOptions.defaults().withWeight(weight).withReduction(reduction);
            double half = reduction == Reduction.BATCH_MEAN ? 0.5 : 1;
            double share = reduction == Reduction.MEAN ? 0.5 : half;
            assertCounted(x, v -> Losses.crossEntropy(v, Tensor.of(0, 1), options), half * Math.log(2), half * 0.5);
            assertCounted(x, v -> Losses.nllLoss(v, Tensor.of(0, 1), options), 0, 0);
            assertCounted(
                    x,
                    v -> Losses.crossEntropy(v, Tensor.of(0, 1), options.withLabelSmoothing(0.5)),
                    half * 0.75 * Math.log(2),
                    half * 0.75 * 0.5);
            for (int p = 1; p <= 2; p++) {
                MultiMarginOptions power = margins.withP(p);
                assertCounted(x, v -> Losses.multiMarginLoss(v, Tensor.of(0, 1), power), share * 0.5, share * 0.5 * p);
            }
        }
    }

    private static void assertCounted(Tensor scores, UnaryOperator<Tensor> loss, double value, double slope) {
        Tensor x = scores.clone().requiresGrad(true);
        Tensor y = loss.apply(x);
        y.sum().backward();

        assertClose(y.sum().item(), value);
        assertThat(x.grad().get(0).abs().sum().item()).isZero();
        assertClose(x.grad().get(1, 0).item(), slope);
    }

    /** As in PyTorch; a negative zero would print and divide as such. */
    @ParameterizedTest
    @ValueSource(doubles = {1e3, 1e30, INF})
    void aSoftMarginThatIsKeptIsZeroWithoutSign(double score) {
        for (DataType type : TYPES) {
            for (Reduction reduction : Reduction.values()) {
                Tensor x = Tensor.of(type, score, -score);
                double[] losses = Losses.softMarginLoss(x, Tensor.of(type, 1, -1), reduction)
                        .toDoubleArray();
                assertThat(losses).containsOnly(0.0).doesNotContain(-0.0);
            }
        }
    }

    @Test
    void logitsOfNothingButMinusInfinityGiveNan() {
        for (DataType type : TYPES) {
            Tensor logits = Tensor.full(type, -INF, 1, 4);

            assertThat(Losses.crossEntropy(logits, Tensor.of(new long[] {1})).item())
                    .isNaN();
            assertThat(Losses.nllLoss(Activations.logSoftmax(logits, 1), Tensor.of(new long[] {1}))
                            .item())
                    .isNaN();
        }
    }

    @Test
    void squaresNeedNotFitForTheirMeanTo() {
        Tensor zero = Tensor.of(DataType.DOUBLE, 0, 0, 0, 0);
        assertThat(Losses.mseLoss(Tensor.of(DataType.DOUBLE, 1.2e154, 1e154, 1.1e154, 0), zero)
                        .item())
                .isCloseTo(9.125e307, within(1e294));
        assertThat(Losses.mseLoss(Tensor.of(DataType.DOUBLE, 3e-162, 4e-162, 0, 0), zero, Reduction.SUM)
                        .item())
                .isEqualTo(2.5e-323);
        Tensor mean = Tensor.of(1e30).requiresGrad(true);
        Losses.gaussianNllLoss(mean, Tensor.of(0.0), Tensor.of(1e36)).backward();
        assertThat(Losses.gaussianNllLoss(mean, Tensor.of(0.0), Tensor.of(1e36)).item())
                .isCloseTo(5e23, within(1e18));
        assertThat(mean.grad().item()).isCloseTo(1e-6, within(1e-12));
    }
}
