package org.ndgrad.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.ndgrad.nn.Reduction.NONE;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ndgrad.autograd.GradCheck;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.golden.Golden;

/** A row a loss: its values are PyTorch 2.13's, its derivatives of the first and second order those of differences. */
class LossTableTest {

    private static final Tensor X = matrix(0.5, -1.2, 2.0, 1.5, 0.3, -0.7);
    private static final Tensor Y = matrix(0.4, 0.9, -0.6, 1.1, -1.3, 0.2);
    private static final Tensor Z = matrix(-0.9, 0.1, 1.4, 0.8, 1.2, -1.6);
    private static final Tensor PROBABILITIES = matrix(0.2, 0.5, 0.3, 0.7, 0.1, 0.2);
    private static final Tensor POSITIVE = matrix(0.5, 2.0, 1.5, 1.0, 0.8, 0.3);
    private static final Tensor COUNTS = matrix(2, 0, 5, 0.9, 3, 0.5);
    private static final Tensor LABELS = matrix(1, -1, 1, -1, -1, 1);

    @SuppressWarnings("ArrayRecordComponent") // rows are not compared
    private record Row(
            String name, Function<List<Tensor>, Tensor> loss, ImmutableList<Tensor> inputs, double[] expected) {
        @Override
        public String toString() {
            return name;
        }
    }

    private interface Loss {
        Tensor apply(Tensor x, Tensor y);
    }

    static Stream<Row> rows() {
        return Stream.of(likelihoods(), margins(), classes(), vectors()).flatMap(rows -> rows);
    }

    private static Stream<Row> likelihoods() {
        GaussianNllOptions gaussian = GaussianNllOptions.defaults().withReduction(NONE);
        PoissonNllOptions poisson = PoissonNllOptions.defaults().withReduction(NONE);
        BceOptions weighted = BceOptions.defaults().withReduction(NONE).withWeight(COUNTS.select(0, 0));
        double[] divergences = {
            -0.42188758248682,
            0.253426409720027,
            -0.961191841297781,
            -1.299672460757113,
            -0.260258509299405,
            -0.18188758248682
        };
        return Stream.of(
                row("klDiv", (x, t) -> Losses.klDiv(x, t, NONE), X, PROBABILITIES, divergences),
                row(
                        "klDiv of logs",
                        (x, t) -> Losses.klDiv(
                                x,
                                t,
                                KlDivOptions.defaults().withReduction(NONE).withLogTarget(true)),
                        X,
                        PROBABILITIES.log(),
                        divergences),
                row(
                        "klDiv batch mean",
                        (x, t) -> Losses.klDiv(x, t, Reduction.BATCH_MEAN),
                        X,
                        PROBABILITIES,
                        -1.435735783303955),
                new Row(
                        "gaussianNllLoss",
                        x -> Losses.gaussianNllLoss(x.get(0), x.get(1), x.get(2), gaussian),
                        ImmutableList.of(X, Y, POSITIVE),
                        new double[] {
                            -0.336573590279973,
                            1.449073590279973,
                            2.456065887387416,
                            0.08,
                            1.488428224342895,
                            0.748013597837032
                        }),
                row(
                        "gaussianNllLoss full, with one variance a sample, one of them raised",
                        (x, t) -> Losses.gaussianNllLoss(
                                x,
                                t,
                                Tensor.of(DOUBLE, 0.5, 0.01),
                                gaussian.withFull(true).withEpsilon(0.1)),
                        X,
                        Y.select(0, 0),
                        0.5823649429247,
                        4.982364942924701,
                        7.3323649429247,
                        5.817645986707651,
                        1.56764598670765,
                        -0.18235401329235),
                row(
                        "poissonNllLoss",
                        (x, t) -> Losses.poissonNllLoss(x, t, poisson),
                        X,
                        COUNTS,
                        0.648721270700128,
                        0.301194211912202,
                        -2.61094390106935,
                        3.131689070338065,
                        0.449858807576003,
                        0.84658530379141),
                row(
                        "poissonNllLoss of rates, full",
                        (x, t) -> Losses.poissonNllLoss(
                                x, t, poisson.withLogRates(false).withFull(true).withEpsilon(0.01)),
                        POSITIVE,
                        COUNTS,
                        2.498495591132067,
                        2.0,
                        4.210298797458059,
                        0.991044702232149,
                        3.196244637490015,
                        0.885591490751473),
                row(
                        "binaryCrossEntropy with weight",
                        (x, t) -> Losses.binaryCrossEntropy(x, t, weighted),
                        PROBABILITIES,
                        POSITIVE.div(3),
                        0.908385223001716,
                        0.0,
                        3.901619370661671,
                        1.843080368393736,
                        0.0,
                        1.808864937130994),
                row(
                        "binaryCrossEntropyWithLogits with weights",
                        (x, t) -> Losses.binaryCrossEntropyWithLogits(
                                x, t, weighted.withPositiveWeight(POSITIVE.select(0, 1))),
                        X,
                        PROBABILITIES,
                        1.748153968360213,
                        0.0,
                        7.50136564361974,
                        1.302826555965505,
                        0.0,
                        1.943700010207469));
    }

    private static Stream<Row> margins() {
        return Stream.of(
                row(
                        "hingeEmbeddingLoss",
                        (x, unused) -> Losses.hingeEmbeddingLoss(x, LABELS, 1.25, NONE),
                        X,
                        0.5,
                        2.45,
                        2.0,
                        0.0,
                        0.95,
                        -0.7),
                row(
                        "marginRankingLoss",
                        (a, b) -> Losses.marginRankingLoss(a, b, LABELS, 0.5, NONE),
                        X,
                        Y,
                        0.4,
                        0.0,
                        0.0,
                        0.9,
                        2.1,
                        1.4),
                row(
                        "marginRankingLoss of one against many",
                        (a, b) -> Losses.marginRankingLoss(a, b, LABELS.slice(0, 0, 1), 0.5, NONE),
                        X,
                        Y.slice(1, 0, 1),
                        0.4,
                        0.0,
                        0.0,
                        0.1,
                        0.0,
                        2.3),
                row(
                        "softMarginLoss",
                        (x, labels) -> Losses.softMarginLoss(x, labels, NONE),
                        X,
                        LABELS,
                        0.474076984180107,
                        0.263282467338031,
                        0.126928011042972,
                        1.701413277982752,
                        0.854355244468527,
                        1.103186048885458),
                row(
                        "multilabelSoftMarginLoss",
                        (x, t) -> Losses.multilabelSoftMarginLoss(x, t, NONE),
                        X,
                        PROBABILITIES,
                        1.088095820853703,
                        0.672984857112246),
                row(
                        "multilabelSoftMarginLoss with weight",
                        (x, t) -> Losses.multilabelSoftMarginLoss(x, t, POSITIVE.select(0, 0), NONE),
                        X,
                        PROBABILITIES,
                        1.484665147776858,
                        0.929732067085539));
    }

    private static Stream<Row> classes() {
        MultiMarginOptions options = MultiMarginOptions.defaults().withReduction(NONE);
        MultiMarginOptions squared = options.withP(2).withMargin(2.5).withWeight(POSITIVE.select(0, 0));
        return Stream.of(
                row(
                        "multiMarginLoss",
                        (x, unused) -> Losses.multiMarginLoss(x, Tensor.of(2, 0), options.withMargin(1.75)),
                        X,
                        0.083333333333333,
                        0.183333333333333),
                row(
                        "multiMarginLoss squared and weighted",
                        (x, unused) -> Losses.multiMarginLoss(x, Tensor.of(0, 2), squared),
                        X,
                        2.773333333333333,
                        17.17),
                row(
                        "multiMarginLoss of one sample",
                        (x, unused) -> Losses.multiMarginLoss(x, Tensor.of(1L), options),
                        X.select(0, 0),
                        2.3),
                row(
                        "multilabelMarginLoss",
                        (x, unused) -> Losses.multilabelMarginLoss(x, whole(1, 0, -1, 2, -1, 0), NONE),
                        X,
                        2.233333333333333,
                        1.733333333333333),
                row(
                        "multilabelMarginLoss of a repeated class and of none",
                        (x, unused) -> Losses.multilabelMarginLoss(x, whole(1, 1, 1, -1, 1, 2), NONE),
                        X,
                        6.9,
                        0.0));
    }

    private static Stream<Row> vectors() {
        TripletMarginOptions triplet = TripletMarginOptions.defaults().withReduction(NONE);
        return Stream.of(
                row(
                        "cosineEmbeddingLoss",
                        (a, b) -> Losses.cosineEmbeddingLoss(a, b, Tensor.of(1, -1), 0.1, NONE),
                        X,
                        Y,
                        1.756103731320913,
                        0.288285470492898),
                triplet("tripletMarginLoss", triplet, 2.341152089891008, 1.426245621743004),
                triplet(
                        "tripletMarginLoss with p = 1 and swap",
                        triplet.withMargin(0.4).withP(1).withEpsilon(0.01).withSwap(true),
                        1.9,
                        0.8),
                triplet(
                        "tripletMarginLoss with p = 3 and swap",
                        triplet.withMargin(3).withP(3).withSwap(true),
                        4.266298445905836,
                        3.480562022029383));
    }

    private static Row triplet(String name, TripletMarginOptions options, double... expected) {
        return new Row(
                name,
                x -> Losses.tripletMarginLoss(x.get(0), x.get(1), x.get(2), options),
                ImmutableList.of(X, Y, Z),
                expected);
    }

    private static Row row(String name, Loss loss, Tensor x, double... expected) {
        return new Row(name, inputs -> loss.apply(inputs.get(0), inputs.get(0)), ImmutableList.of(x), expected);
    }

    private static Row row(String name, Loss loss, Tensor x, Tensor y, double... expected) {
        return new Row(name, inputs -> loss.apply(inputs.get(0), inputs.get(1)), ImmutableList.of(x, y), expected);
    }

    private static Tensor matrix(double... values) {
        return Tensor.of(DOUBLE, values).reshape(2, 3);
    }

    private static Tensor whole(long... values) {
        return Tensor.of(values).reshape(2, 3);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void equalsPyTorchs(Row row) {
        Golden.assertClose(row.loss.apply(row.inputs).toDoubleArray(), row.expected, 1e-14);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void derivativesMatchFiniteDifferences(Row row) {
        GradCheck.gradcheck(row.loss, row.inputs);
        GradCheck.gradgradcheck(row.loss, row.inputs);
    }

    @Test
    void shortFormsTakeTheMeanWithPyTorchsDefaults() {
        Tensor classes = Tensor.of(1, 2);
        Tensor signs = Tensor.of(1, -1);

        assertMean(Losses.klDiv(X, PROBABILITIES), Losses.klDiv(X, PROBABILITIES, NONE));
        assertMean(
                Losses.gaussianNllLoss(X, Y, POSITIVE),
                Losses.gaussianNllLoss(
                        X, Y, POSITIVE, GaussianNllOptions.defaults().withReduction(NONE)));
        assertMean(
                Losses.poissonNllLoss(X, COUNTS),
                Losses.poissonNllLoss(X, COUNTS, PoissonNllOptions.defaults().withReduction(NONE)));
        assertMean(Losses.hingeEmbeddingLoss(X, LABELS), Losses.hingeEmbeddingLoss(X, LABELS, 1, NONE));
        assertMean(Losses.marginRankingLoss(X, Y, LABELS), Losses.marginRankingLoss(X, Y, LABELS, 0, NONE));
        assertMean(Losses.softMarginLoss(X, LABELS), Losses.softMarginLoss(X, LABELS, NONE));
        assertMean(
                Losses.multiMarginLoss(X, classes),
                Losses.multiMarginLoss(X, classes, MultiMarginOptions.defaults().withReduction(NONE)));
        assertMean(
                Losses.multilabelMarginLoss(X, whole(0, -1, 0, 1, 2, -1)),
                Losses.multilabelMarginLoss(X, whole(0, -1, 0, 1, 2, -1), NONE));
        assertMean(
                Losses.multilabelSoftMarginLoss(X, PROBABILITIES),
                Losses.multilabelSoftMarginLoss(X, PROBABILITIES, NONE));
        assertMean(Losses.cosineEmbeddingLoss(X, Y, signs), Losses.cosineEmbeddingLoss(X, Y, signs, 0, NONE));
        assertMean(
                Losses.tripletMarginLoss(X, Y, Z),
                Losses.tripletMarginLoss(
                        X, Y, Z, TripletMarginOptions.defaults().withReduction(NONE)));
    }

    private static void assertMean(Tensor mean, Tensor losses) {
        assertThat(mean.shape()).isEmpty();
        assertThat(mean.item())
                .isEqualTo(Arrays.stream(losses.toDoubleArray()).average().orElseThrow(), within(1e-15));
    }

    @Test
    void theGradientOfASmallVarianceIsThatOfEpsilon() {
        Tensor small = Tensor.of(DOUBLE, 0).requiresGrad(true);
        Tensor epsilon = Tensor.of(DOUBLE, 0.1).requiresGrad(true);
        GaussianNllOptions options = GaussianNllOptions.defaults().withEpsilon(0.1);

        Losses.gaussianNllLoss(X.select(0, 0).select(0, 0), Tensor.of(DOUBLE, 1), small, options)
                .backward();
        Losses.gaussianNllLoss(X.select(0, 0).select(0, 0), Tensor.of(DOUBLE, 1), epsilon, options)
                .backward();

        assertThat(small.grad().item()).isEqualTo(epsilon.grad().item()).isNotZero();
    }
}
