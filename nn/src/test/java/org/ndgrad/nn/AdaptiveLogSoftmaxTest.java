package org.ndgrad.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.GradCheck;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;

/** The log-softmax of frequent and rare classes; numbers are those of PyTorch's module cases. */
class AdaptiveLogSoftmaxTest {

    private static final AdaptiveLogSoftmaxWithLoss LAYER = new AdaptiveLogSoftmaxWithLoss(
            6,
            7,
            new long[] {2, 4},
            AdaptiveLogSoftmaxOptions.defaults()
                    .withDivisor(2)
                    .withBias(true)
                    .withDtype(DataType.DOUBLE)
                    .withRng(new Rng(3)));

    private static Tensor features(long samples) {
        return Tensor.randn(DataType.DOUBLE, new Rng(5), samples, 6);
    }

    @Test
    void probabilitiesOfAllClassesSumToOneAndAreThoseOfTargets() {
        Tensor x = features(7);
        Tensor targets = Tensor.of(0, 1, 2, 3, 4, 5, 6);

        Tensor all = LAYER.logProb(x);

        assertThat(all.shape()).containsExactly(7, 7);
        assertThat(all.exp().sum(1).sub(1).abs().max().item()).isLessThan(1e-12);
        AdaptiveLogSoftmaxWithLoss.Result result = LAYER.forward(x, targets);
        assertThat(result.output().allclose(all.diagonal())).isTrue();
        assertThat(result.loss().item()).isCloseTo(-all.diagonal().mean().item(), within(1e-12));
        assertThat(LAYER.predict(x).toLongArray()).containsExactly(all.argmax(1).toLongArray());
        assertThat(LAYER.logProb(x.get(2)).toDoubleArray())
                .containsExactly(all.get(2).toDoubleArray(), within(1e-12));
        assertThat(LAYER.predict(x.get(2)).shape()).isEmpty();
    }

    @Test
    void derivativesAreRightToTheSecond() {
        List<Tensor> inputs = new ArrayList<>(List.of(features(3).requiresGrad(true)));
        inputs.addAll(LAYER.parameters().values());
        List<String> names = List.copyOf(LAYER.parameters().keySet());

        assertThat(names)
                .containsExactly(
                        "head.weight",
                        "head.bias",
                        "tail.0.0.weight",
                        "tail.0.1.weight",
                        "tail.1.0.weight",
                        "tail.1.1.weight");
        GradCheck.gradcheck(given -> loss(given, names), inputs);
        GradCheck.gradgradcheck(given -> loss(given, names), inputs);
    }

    private static Tensor loss(List<Tensor> given, List<String> names) {
        Map<String, Tensor> parameters = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            parameters.put(names.get(i), given.get(i + 1));
        }
        AdaptiveLogSoftmaxWithLoss layer = (AdaptiveLogSoftmaxWithLoss) LAYER.with(parameters);
        return layer.forward(given.get(0), Tensor.of(5, 0, 2)).loss();
    }

    @Test
    void aBatchOfNothingHasNoTargets() {
        assertThat(LAYER.forward(features(0), Tensor.zeros(DataType.INT64, 0))
                        .output()
                        .shape())
                .containsExactly(0);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThat(LAYER.toString()).startsWith("AdaptiveLogSoftmaxWithLoss(in=6, classes=7, cutoffs=(2, 4)\n");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AdaptiveLogSoftmaxWithLoss(4, 5, 3, 3))
                .withMessage("AdaptiveLogSoftmaxWithLoss(in=4, classes=5): expected at least one cutoff, in ascending"
                        + " order, from 1 to classes - 1; got (3, 3). Give the numbers of classes after which rarer ones"
                        + " begin.");
        assertThatIllegalArgumentException().isThrownBy(() -> new AdaptiveLogSoftmaxWithLoss(4, 5));
        assertThatIllegalArgumentException().isThrownBy(() -> new AdaptiveLogSoftmaxWithLoss(4, 5, 5));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AdaptiveLogSoftmaxOptions.defaults().withDivisor(0))
                .withMessage(
                        "AdaptiveLogSoftmaxWithLoss: expected a divisor > 0; got 0.0. Use one such as 4: each cluster"
                                + " has so many times fewer features.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LAYER.forward(features(2), Tensor.of(0, 1, 2)))
                .withMessage(
                        "AdaptiveLogSoftmaxWithLoss(in=6, classes=7): expected features of shape (N, 6) with targets"
                                + " of shape (N), or (6) with (); got (2, 6) with (3). Reshape them, or make 'in' the number of"
                                + " features.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LAYER.forward(features(1), Tensor.of(new float[] {1})))
                .withMessage(
                        "AdaptiveLogSoftmaxWithLoss(in=6, classes=7): expected class indices of an integer dtype; got"
                                + " float32. Convert with to(DataType.INT64).");
        assertThatThrownBy(() -> LAYER.forward(features(1), Tensor.of(new long[] {7})))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("AdaptiveLogSoftmaxWithLoss(in=6, classes=7)")
                .hasMessageContaining("7");
        assertThatIllegalArgumentException().isThrownBy(() -> LAYER.logProb(Tensor.ones(DataType.DOUBLE, 2, 5)));
    }
}
