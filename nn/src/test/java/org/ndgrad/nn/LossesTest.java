package org.ndgrad.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;

import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.GradCheck;
import org.ndgrad.autograd.MemoryReport;
import org.ndgrad.autograd.MemoryScope;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.golden.Golden;

/** Values on one batch are checked against PyTorch's in {@code golden.SeedExamplesTest}. */
class LossesTest {

    private static Tensor leaf(double... values) {
        return Tensor.of(DOUBLE, values).requiresGrad(true);
    }

    @Test
    void reductionsAgree() {
        Tensor x = Tensor.of(DOUBLE, 1, 2, 4);
        Tensor t = Tensor.of(DOUBLE, 0, 4, 3);

        assertThat(Losses.mseLoss(x, t, Reduction.NONE).toDoubleArray()).containsExactly(1, 4, 1);
        assertThat(Losses.mseLoss(x, t, Reduction.SUM).item()).isEqualTo(6);
        assertThat(Losses.mseLoss(x, t).item()).isEqualTo(2);
        assertThat(Losses.mseLoss(x, t).shape()).isEmpty();
        assertThat(Losses.l1Loss(x, t, Reduction.NONE).toDoubleArray()).containsExactly(1, 2, 1);
    }

    @Test
    void meanOfNothingIsNaNAndSumIsZero() {
        Tensor empty = Tensor.zeros(0);

        assertThat(Losses.mseLoss(empty, empty).item()).isNaN();
        assertThat(Losses.mseLoss(empty, empty, Reduction.SUM).item()).isZero();
    }

    @Test
    void derivativesMatchFiniteDifferences() {
        Tensor x = Tensor.randn(DOUBLE, new Rng(0), 5, 3);
        Tensor p = Tensor.rand(DOUBLE, new Rng(1), 5, 3).mul(0.8).add(0.1);
        Tensor t = Tensor.rand(DOUBLE, new Rng(2), 5, 3).mul(0.8).add(0.1);
        Tensor positiveWeight = Tensor.of(DOUBLE, 0.5, 2, 3);

        check(Losses::mseLoss, x, t);
        check(Losses::l1Loss, x, t);
        check((input, target) -> Losses.huberLoss(input, target, 0.7), x, t);
        check((input, target) -> Losses.smoothL1Loss(input, target, 0.7), x, t);
        check(Losses::binaryCrossEntropy, p, t);
        check(Losses::binaryCrossEntropyWithLogits, x, t);
        check(
                (input, target) -> Losses.binaryCrossEntropyWithLogits(input, target, positiveWeight, Reduction.MEAN),
                x,
                t);
    }

    private static void check(BinaryOperator<Tensor> loss, Tensor input, Tensor target) {
        GradCheck.gradcheck(tensors -> loss.apply(tensors.get(0), tensors.get(1)), List.of(input, target));
        GradCheck.gradgradcheck(tensors -> loss.apply(tensors.get(0), tensors.get(1)), List.of(input, target));
    }

    @Test
    void theMemoryOfALikelihoodComesBack() {
        Tensor means = Tensor.rand(1 << 16).requiresGrad(true);
        Tensor variances = Tensor.rand(1 << 16).requiresGrad(true);
        Tensor targets = Tensor.zeros(1 << 16);
        inScope(() -> IntStream.range(0, 50).forEach(i -> means.add(i))); // more than the loss needs
        long before = MemoryReport.now().idle();

        inScope(() -> Losses.gaussianNllLoss(means, targets, variances));

        assertThat(MemoryReport.now().idle()).isGreaterThanOrEqualTo(before); // what escaped would be missing
    }

    private static void inScope(Runnable action) {
        try (MemoryScope scope = MemoryScope.open()) {
            action.run();
        }
    }

    @Test
    void huberIsQuadraticInsideAndLinearOutside() {
        Tensor zero = Tensor.zeros(DOUBLE, 4);

        assertThat(Losses.huberLoss(Tensor.of(DOUBLE, 0, 1, -2, 3), zero, 2, Reduction.NONE)
                        .toDoubleArray())
                .containsExactly(0, 0.5, 2, 4);
        assertThat(Losses.smoothL1Loss(Tensor.of(DOUBLE, 0, 1, -2, 3), zero, 2, Reduction.NONE)
                        .toDoubleArray())
                .containsExactly(0, 0.25, 1, 2);
        assertThat(Losses.smoothL1Loss(Tensor.of(DOUBLE, 0, 1, -2, 3), zero, 0).item())
                .isEqualTo(1.5);
    }

    @Test
    void bceIsFiniteAtTheEnds() {
        Tensor p = leaf(0, 1, 0, 1);

        Tensor loss = Losses.binaryCrossEntropy(p, Tensor.of(DOUBLE, 1, 0, 0, 1), Reduction.NONE);
        loss.sum().backward();

        Golden.assertClose(loss.toDoubleArray(), new double[] {100, 100, 0, 0}, 0);
        Golden.assertClose(p.grad().toDoubleArray(), new double[] {-1e12, 1e12, 0, 0}, 0);
    }

    @Test
    void binaryCrossEntropyWithLogitsIsExactForLargeLogits() {
        Tensor x = leaf(1000, -1000, 1000, -1000, 0);

        Tensor loss = Losses.binaryCrossEntropyWithLogits(x, Tensor.of(DOUBLE, 0, 1, 1, 0, 1), Reduction.NONE);
        loss.sum().backward();

        assertThat(loss.toDoubleArray()).containsExactly(1000, 1000, 0, 0, Math.log(2));
        assertThat(x.grad().toDoubleArray()).containsExactly(1, -1, 0, 0, -0.5);
    }

    @Test
    void binaryCrossEntropyWithLogitsEqualsThatOfTheSigmoid() {
        Tensor x = Tensor.randn(DOUBLE, new Rng(0), 6);
        Tensor t = Tensor.of(DOUBLE, 0, 1, 0, 1, 0.3, 0.7);
        Tensor ones = Tensor.ones(DOUBLE, 1);

        double expected = Losses.binaryCrossEntropy(x.sigmoid(), t).item();

        assertThat(Losses.binaryCrossEntropyWithLogits(x, t).item()).isEqualTo(expected, within(1e-14));
        assertThat(Losses.binaryCrossEntropyWithLogits(x, t, ones, Reduction.MEAN)
                        .item())
                .isEqualTo(expected, within(1e-14));
    }

    /** What the slopes tend to; that of the target is PyTorch's, which has none of the weight. */
    @ParameterizedTest
    @CsvSource({
        "Infinity, 0, 2, -Infinity, 0", "Infinity, 0.5, 2, -Infinity, 0", "Infinity, 1, 2, -Infinity, 0",
        "Infinity, 1, 0, -Infinity, 0", "-Infinity, 0, 2, Infinity, 0", "-Infinity, 0.5, 2, Infinity, Infinity",
        "-Infinity, 1, 2, Infinity, Infinity", "-Infinity, 0.5, 0, 0, Infinity", "-Infinity, 0, 0, 0, 0",
        "-800, 0.5, 0, 0, 400", "800, 1, 2, -800, 0"
    })
    void slopesOfWeightedTargetsAtInfiniteLogits(double logit, double target, double weight, double t, double w) {
        Tensor x = Tensor.full(DOUBLE, logit, 2, 3).requiresGrad(true);
        Tensor targets = Tensor.full(DOUBLE, target, 2, 3).requiresGrad(true);
        Tensor weights = Tensor.full(DOUBLE, weight, 3).requiresGrad(true);
        Tensor loss = Losses.binaryCrossEntropyWithLogits(x, targets, weights, Reduction.SUM);
        List<Tensor> slopes = Autograd.grad(loss, List.of(x, targets, weights));

        double p = logit > 0 ? 1 : 0;
        assertThat(slopes.get(0).add(0).toDoubleArray())
                .containsOnly((1 - target) * p - weight * target * (1 - p) + 0.0);
        assertThat(slopes.get(1).add(0).toDoubleArray()).containsOnly(t);
        assertThat(slopes.get(2).add(0).toDoubleArray()).containsOnly(2 * w);
    }

    @Test
    void positiveWeightCountsPositivesOnly() {
        Tensor x = Tensor.of(DOUBLE, 0.5, 0.5);

        double[] losses = Losses.binaryCrossEntropyWithLogits(
                        x, Tensor.of(DOUBLE, 1, 0), Tensor.of(DOUBLE, 3), Reduction.NONE)
                .toDoubleArray();

        assertThat(losses[0]).isEqualTo(3 * Math.log1p(Math.exp(-0.5)), within(1e-15));
        assertThat(losses[1]).isEqualTo(Math.log1p(Math.exp(0.5)), within(1e-15));
    }

    @Test
    void shapesAreNotBroadcast() {
        Tensor x = Tensor.zeros(3);
        Tensor t = Tensor.zeros(3, 1);

        List<BinaryOperator<Tensor>> losses = List.of(
                Losses::mseLoss,
                Losses::l1Loss,
                (input, target) -> Losses.huberLoss(input, target, 1),
                (input, target) -> Losses.smoothL1Loss(input, target, 1));
        List<String> names = List.of("mseLoss", "l1Loss", "huberLoss", "smoothL1Loss");
        for (int i = 0; i < losses.size(); i++) {
            BinaryOperator<Tensor> loss = losses.get(i);
            assertThatThrownBy(() -> loss.apply(x, t))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(names.get(i) + ": expected targets of the same shape as predictions, (3); got (3, 1). "
                            + "Reshape one of them: they are not broadcast.");
        }
        assertThatThrownBy(() -> Losses.binaryCrossEntropy(x, t))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "binaryCrossEntropy: expected targets of the same shape as probabilities, (3); got (3, 1).");
        assertThatThrownBy(() -> Losses.binaryCrossEntropyWithLogits(x, t))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "binaryCrossEntropyWithLogits: expected targets of the same shape as logits, (3); got (3, 1).");
    }

    @Test
    void bceRefusesWhatIsNoProbability() {
        for (double bad : new double[] {-0.5, 1.5, Double.NaN}) {
            assertThatThrownBy(() -> Losses.binaryCrossEntropy(Tensor.of(DOUBLE, 0.5, bad), Tensor.of(DOUBLE, 0, 1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("binaryCrossEntropy: expected probabilities in [0, 1]; got " + bad + " at position 1. "
                            + "Apply sigmoid first, or use binaryCrossEntropyWithLogits.");
        }
    }

    @Test
    void wrongSettingsAreRefused() {
        Tensor x = Tensor.zeros(3);

        assertThatThrownBy(() -> Losses.huberLoss(x, x, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("huberLoss: expected delta > 0; got 0.0. Use l1Loss for the limit.");
        assertThatThrownBy(() -> Losses.smoothL1Loss(x, x, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("smoothL1Loss: expected beta >= 0; got -1.0. Use 1.");
    }
}
