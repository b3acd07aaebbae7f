package org.ndgrad.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.common.collect.ImmutableMap;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.Activations;
import org.ndgrad.autograd.ops.Arithmetic;
import org.ndgrad.autograd.ops.Shaping;

/** Losses of half types are those of float32, rounded once; those of float32 fit where their result does. */
class HalfLossesTest {

    private interface Loss {
        /** Returns the loss of scores x and t and numbers p from 0 to 1. */
        Tensor of(Tensor x, Tensor t, Tensor p);
    }

    private static final Map<String, Loss> LOSSES = ImmutableMap.<String, Loss>builder()
            .put("mseLoss", (x, t, p) -> Losses.mseLoss(x, t))
            .put("mseLoss of each", (x, t, p) -> Losses.mseLoss(t, p, Reduction.NONE))
            .put("l1Loss", (x, t, p) -> Losses.l1Loss(x, t))
            .put("huberLoss", (x, t, p) -> Losses.huberLoss(x, t, 200))
            .put("smoothL1Loss", (x, t, p) -> Losses.smoothL1Loss(x, t, 200))
            .put("smoothL1Loss of each", (x, t, p) -> Losses.smoothL1Loss(x, t, 200, Reduction.NONE))
            .put("binaryCrossEntropy", (x, t, p) -> Losses.binaryCrossEntropy(p, flipped(p)))
            .put("binaryCrossEntropyWithLogits", (x, t, p) -> Losses.binaryCrossEntropyWithLogits(x, p.detach()))
            .put(
                    "binaryCrossEntropyWithLogits, weighted",
                    (x, t, p) -> Losses.binaryCrossEntropyWithLogits(x, flipped(p), weighted(p.detach())))
            .put("klDiv", (x, t, p) -> Losses.klDiv(x, p.detach()))
            .put("klDiv, batch mean", (x, t, p) -> Losses.klDiv(t, p.detach(), Reduction.BATCH_MEAN))
            .put("gaussianNllLoss", (x, t, p) -> Losses.gaussianNllLoss(t, p, flipped(p)))
            .put("poissonNllLoss", (x, t, p) -> Losses.poissonNllLoss(p, flipped(p)))
            .put(
                    "poissonNllLoss of rates",
                    (x, t, p) -> Losses.poissonNllLoss(
                            p,
                            t.detach(),
                            PoissonNllOptions.defaults().withLogRates(false).withFull(true)))
            .put("hingeEmbeddingLoss", (x, t, p) -> Losses.hingeEmbeddingLoss(x, sign(t)))
            .put("marginRankingLoss", (x, t, p) -> Losses.marginRankingLoss(x, t, sign(t)))
            .put("softMarginLoss", (x, t, p) -> Losses.softMarginLoss(x, sign(t)))
            .put("multiMarginLoss", (x, t, p) -> Losses.multiMarginLoss(x, Tensor.of(DataType.INT64, 1)))
            .put("multilabelSoftMarginLoss", (x, t, p) -> Losses.multilabelSoftMarginLoss(x, p.detach()))
            .put("cosineEmbeddingLoss", (x, t, p) -> Losses.cosineEmbeddingLoss(x, t, Tensor.of(x.dtype(), 1)))
            .put("tripletMarginLoss", (x, t, p) -> Losses.tripletMarginLoss(x, t, p))
            .put("crossEntropy", (x, t, p) -> Losses.crossEntropy(pairs(x), classes(t)))
            .put(
                    "crossEntropy, smoothed",
                    (x, t, p) -> Losses.crossEntropy(
                            x.unsqueeze(0), Tensor.of(DataType.INT64, new double[] {3}), smoothed()))
            .put("crossEntropy of probabilities", (x, t, p) -> Losses.crossEntropy(x, p.detach()))
            .put(
                    "crossEntropy, weighted",
                    (x, t, p) -> Losses.crossEntropy(
                            pairs(x),
                            classes(t),
                            CrossEntropyOptions.defaults().withWeight(Tensor.of(x.dtype(), 0.25, 0.75))))
            .put("linearCrossEntropy", (x, t, p) -> Losses.linearCrossEntropy(pairs(x), rows(x), classes(t)))
            .put(
                    "linearCrossEntropy with a bias, weighted",
                    (x, t, p) -> Losses.linearCrossEntropy(
                            pairs(x),
                            rows(x),
                            Tensor.of(x.dtype(), 0.25, -0.125),
                            classes(t),
                            CrossEntropyOptions.defaults().withWeight(Tensor.of(x.dtype(), 0.25, 0.75))))
            .put(
                    "linearCrossEntropy of probabilities",
                    (x, t, p) -> Losses.linearCrossEntropy(pairs(t), rows(x), pairs(p.detach())))
            .put("nllLoss", (x, t, p) -> Losses.nllLoss(pairs(x), classes(t)))
            .put("Penalties.l1", (x, t, p) -> Penalties.l1(List.of(p.mul(0.25), p.mul(0.25))))
            .put("Penalties.l2", (x, t, p) -> Penalties.l2(List.of(p.mul(0.25), p.mul(0.25))))
            .buildOrThrow();

    private static Tensor flipped(Tensor p) {
        return Shaping.flip(p.detach(), 0);
    }

    private static Tensor sign(Tensor t) {
        return Arithmetic.sign(t.detach());
    }

    private static Tensor pairs(Tensor x) {
        return x.unsqueeze(1).mul(Tensor.of(x.dtype(), 1, -1));
    }

    /** Returns weights that all types hold; half types round their products with scores, or do not reach to them. */
    private static Tensor rows(Tensor x) {
        return Tensor.of(x.dtype(), 302, 0.75, 298, -0.5).reshape(2, 2);
    }

    private static BceOptions weighted(Tensor p) {
        return BceOptions.defaults().withWeight(p).withPositiveWeight(p);
    }

    private static Tensor classes(Tensor t) {
        return t.gt(0).to(DataType.INT64);
    }

    private static CrossEntropyOptions smoothed() {
        return CrossEntropyOptions.defaults().withLabelSmoothing(0.1);
    }

    static Stream<Arguments> losses() {
        return LOSSES.keySet().stream()
                .flatMap(name -> Stream.of(
                        arguments(name, DataType.BFLOAT16, 3001),
                        arguments(name, DataType.FLOAT16, 7),
                        arguments(name, DataType.FLOAT16, 70_000)));
    }

    @ParameterizedTest(name = "{0} of {2} {1}")
    @MethodSource("losses")
    void areThoseOfFloat32RoundedOnce(String name, DataType type, int count) {
        Random random = new Random(count);
        Tensor x = Tensor.randn(DataType.FLOAT, random, count).mul(300).to(type);
        Tensor t = Tensor.randn(DataType.FLOAT, random, count).mul(4).to(type);
        Tensor p = Tensor.rand(type, random, count);
        List<Tensor> half = leaves(type, x, t, p);
        List<Tensor> wide = leaves(DataType.FLOAT, x, t, p);

        Tensor loss = LOSSES.get(name).of(half.get(0), half.get(1), half.get(2));
        Tensor expected = LOSSES.get(name).of(wide.get(0), wide.get(1), wide.get(2));
        loss.sum().backward();
        expected.sum().backward();

        assertThat(loss.dtype()).isEqualTo(type);
        assertClose(loss, expected, type);
        for (int i = 0; i < half.size(); i++) {
            assertThat(half.get(i).hasGrad()).isEqualTo(wide.get(i).hasGrad());
            if (half.get(i).hasGrad()) {
                assertClose(half.get(i).grad(), wide.get(i).grad(), type);
            }
        }
    }

    private static List<Tensor> leaves(DataType type, Tensor... values) {
        return Arrays.stream(values)
                .map(x -> x.to(type).clone().requiresGrad(true))
                .toList();
    }

    private static void assertClose(Tensor actual, Tensor expected, DataType type) {
        double[] is = actual.toDoubleArray();
        double[] should = expected.to(type).toDoubleArray();
        double unit = type == DataType.FLOAT16 ? 0x1p-10 : 0x1p-7;
        double least = type == DataType.FLOAT16 ? 0x1p-24 : 0;
        double largest = Arrays.stream(should).map(Math::abs).max().orElse(0);
        for (int i = 0; i < is.length; i++) {
            double tolerance = 2 * unit * Math.abs(should[i]) + least + 1e-7 * largest;
            if (is[i] != should[i] && !(Math.abs(is[i] - should[i]) <= tolerance)) {
                fail("element %s: expected %s; got %s", i, should[i], is[i]);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"300, 0, 300, 299, 300", "3.3, 7.7, 5.1, 4.9, 0.65327", "100, 100, 400, -400, 80000"})
    void scoresOfHalfTypesAreNeitherRoundedNorInfinite(double x, double y, double w, double v, double loss) {
        Tensor input = Tensor.of(DataType.FLOAT16, x, y);
        Tensor weight = Tensor.of(DataType.FLOAT16, w, 6.3, v, 6.4).reshape(2, 2);
        double expected = loss > 65504 ? Double.POSITIVE_INFINITY : loss;

        assertThat(Losses.linearCrossEntropy(input, weight, Tensor.of(1).squeeze())
                        .item())
                .isEqualTo(Tensor.of(DataType.FLOAT16, expected).item());
        assertThat(Losses.linearCrossEntropy(
                                input,
                                weight,
                                Tensor.of(1).squeeze(),
                                CrossEntropyOptions.defaults().withWeight(Tensor.of(DataType.FLOAT16, 2, 0.5)))
                        .item())
                .isEqualTo(Tensor.of(DataType.FLOAT16, expected).item());
        assertThatThrownBy(() -> Losses.linearCrossEntropy(
                        input,
                        weight,
                        Tensor.of(1).squeeze(),
                        CrossEntropyOptions.defaults().withWeight(Tensor.of(1.0, 1.0))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("dtype float16");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1e-30, 1e-40, 1e-44, 1e-50, 1e-300})
    void smoothL1OfATinyBetaIsTheAbsoluteError(double beta) {
        for (DataType type : List.of(DataType.FLOAT16, DataType.BFLOAT16, DataType.FLOAT, DataType.DOUBLE)) {
            Tensor x = Tensor.of(type, 1, -2, 0).requiresGrad(true);
            Tensor y = Losses.smoothL1Loss(x, Tensor.zeros(type, 3), beta, Reduction.NONE);
            y.sum().backward();

            assertThat(y.toDoubleArray()).containsExactly(1, 2, 0);
            assertThat(x.grad().toDoubleArray()).containsExactly(1, -1, 0);
        }
    }

    @Test
    void cosineEmbeddingFitsForAllVectors() {
        for (double scale : new double[] {1e-300, 1e-160, 1, 1e160, 1e300}) {
            Tensor x = Tensor.of(DataType.DOUBLE, scale, 2 * scale).reshape(1, 2);
            Tensor label = Tensor.of(DataType.DOUBLE, new double[] {1});
            double loss = Losses.cosineEmbeddingLoss(x, x, label).item();
            assertThat(loss).isCloseTo(scale < 1e-6 ? 1 : 0, within(1e-9));
        }
        Tensor x = Tensor.of(1e30, 2e30).reshape(1, 2);
        assertThat(Losses.cosineEmbeddingLoss(x, x, Tensor.of(new double[] {1})).item())
                .isCloseTo(0, within(1e-6));
    }

    @Test
    void softmaxOfManyStaysWithinItsType() {
        Tensor y = Activations.softmax(Tensor.zeros(DataType.FLOAT16, 70_000), 0);
        assertThat(y.get(0).item()).isCloseTo(1 / 70_000.0, within(6e-8));
    }

    @ParameterizedTest
    @CsvSource({
        "HALF, 1, 2",
        "HALF, -1, 1",
        "BFLOAT16, 1, 2",
        "BFLOAT16, -3, 0",
        "FLOAT, 1000, 1001",
        "FLOAT, 0, 1",
        "HALF, 1000, 1000.1",
        "DOUBLE, 1e15, 1000000000000001",
        "FLOAT, 2, 2"
    })
    void uniformDrawsStayBelowTheirBound(DataType type, double low, double high) {
        double[] drawn = Init.uniform_(Tensor.empty(type, 300_000), new Random(1), low, high)
                .toDoubleArray();

        assertThat(Arrays.stream(drawn)).allMatch(x -> x >= low && (x < high || low == high));
    }
}
