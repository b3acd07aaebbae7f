package org.ndgrad.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Backward;
import org.ndgrad.autograd.Tensor;

/** Losses where their pieces meet, Huber losses of an infinite width and of whole numbers. */
class LossEdgesTest {

    private static final double INF = Double.POSITIVE_INFINITY;

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"HALF", "BFLOAT16", "FLOAT", "DOUBLE"})
    void smoothL1OfAnInfiniteBetaIsZero(DataType type) {
        double most = type == DataType.FLOAT16 ? 65504 : type == DataType.DOUBLE ? 0x1p1023 : 0x1p127;
        Tensor x = Tensor.of(type, 1, -2, 0, most, -most).requiresGrad(true);
        Tensor t = Tensor.of(type, 0, 0, 0, -most, most);
        for (Reduction reduction : Reduction.values()) {
            x.zeroGrad();
            Tensor loss = Losses.smoothL1Loss(x, t, INF, reduction);
            loss.sum().backward();

            assertThat(loss.toDoubleArray()).containsOnly(0);
            assertThat(x.grad().abs().sum().item()).isZero();
        }
        assertThat(Losses.smoothL1Loss(Tensor.of(type, INF, -INF), Tensor.zeros(type, 2), INF, Reduction.NONE)
                        .toDoubleArray())
                .containsOnly(Double.NaN);
    }

    /** As in PyTorch, it is 0 from where the parabola ends on. */
    @ParameterizedTest
    @CsvSource({"1, 1, 0", "2, 2, 0", "0.5, 0.5, 0", "1, -1, 0", "2, -2, 0", "1, 0.9375, 1", "1, 1.0625, 0", "0.5, 0, 1"
    })
    void secondDerivativesWhereTheHalvesMeet(double width, double d, double second) {
        for (DataType type : List.of(DataType.FLOAT, DataType.DOUBLE)) {
            Tensor zero = Tensor.zeros(type, 1);
            assertThat(second(type, d, x -> Losses.huberLoss(x, zero, width))).isEqualTo(second);
            assertThat(second(type, d, x -> Losses.smoothL1Loss(x, zero, width)))
                    .isEqualTo(second / width);
        }
    }

    /** As in PyTorch, but for its 1e-12 in the denominator: ((p − t)² + t (1 − t)) / (p (1 − p))². */
    @ParameterizedTest
    @CsvSource({
        "0, 0, 0",
        "1, 1, 0",
        "0.5, 0.5, 4",
        "0, 1, 1e24",
        "1, 0, 1e24",
        "0.5, 1, 4",
        "0.25, 0.75, 12.444444444444445",
        "0.9999999403953552, 1, 1",
        "1e-8, 0, 1",
        "1e-14, 0, 1e-4"
    })
    void secondDerivativesOfBinaryCrossEntropy(double p, double t, double second) {
        for (DataType type : List.of(DataType.FLOAT, DataType.DOUBLE)) {
            Tensor target = Tensor.of(type, new double[] {t});
            assertThat(second(type, p, x -> Losses.binaryCrossEntropy(x, target)))
                    .isCloseTo(second, within(1e-6 * second));
        }
    }

    private static double second(DataType type, double at, UnaryOperator<Tensor> loss) {
        Tensor x = Tensor.of(type, new double[] {at}).requiresGrad(true);
        Tensor slope = Autograd.grad(loss.apply(x), x, Backward.CREATE_GRAPH);
        return Autograd.grad(slope, x).item();
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"LONG", "INT"})
    void differencesOfWholeNumbersAreExact(DataType type) {
        Tensor x = Tensor.of(type, 16777217, 16777216, 16777219);
        Tensor t = Tensor.of(type, 16777216, 16777217, 16777216);

        assertThat(Losses.huberLoss(x, t, 1, Reduction.NONE).toDoubleArray()).containsExactly(0.5, 0.5, 2.5);
        assertThat(Losses.smoothL1Loss(x, t, 2, Reduction.NONE).toDoubleArray()).containsExactly(0.25, 0.25, 2);
        assertThat(Losses.huberLoss(Tensor.of(DataType.UINT8, 1), Tensor.of(DataType.UINT8, 3))
                        .item())
                .isEqualTo(1.5);
    }

    /** Single losses of small numbers, beside what is not finite or does not fit on the way. */
    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, INF, 0x1.8p1023, 1})
    void lossesAreAsIfAlone(double neighbor) {
        List<UnaryOperator<Tensor>> losses = List.of(
                x -> Losses.l1Loss(x, x.detach().mul(-1), Reduction.NONE),
                x -> Losses.huberLoss(x, x.detach().mul(-1), 0x1p-1017, Reduction.NONE),
                x -> Losses.smoothL1Loss(x, x.detach().mul(-1), 0x1p-1010, Reduction.NONE),
                x -> MarginLosses.hingeEmbeddingLoss(x, Tensor.onesLike(x), 1, Reduction.NONE),
                x -> MarginLosses.marginRankingLoss(
                        x, x.detach().mul(-1), Tensor.onesLike(x).neg(), 0, Reduction.NONE));
        for (UnaryOperator<Tensor> loss : losses) {
            Tensor pair =
                    Tensor.of(DataType.DOUBLE, neighbor, 0x1.23456789abcdp-1012).requiresGrad(true);
            Tensor alone = Tensor.of(DataType.DOUBLE, new double[] {0x1.23456789abcdp-1012})
                    .requiresGrad(true);
            Tensor expected = loss.apply(alone);
            Tensor y = loss.apply(pair).select(0, 1);
            assertThat(y.item()).isEqualTo(expected.item());
            double slope = Autograd.grad(expected.sum(), alone).item();
            assertThat(Autograd.grad(y, pair).select(0, 1).item()).isCloseTo(slope, within(1e-14));
        }
    }
}
