package org.ndgrad.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.ndgrad.autograd.GradCheck;
import org.ndgrad.autograd.Tensor;

/** Losses by PyTorch 2.13. */
class LinearCrossEntropyTest {

    private static final Tensor X =
            Tensor.of(DOUBLE, new double[] {1, -2, 0.5, 0.25}).reshape(2, 2);

    /** Three classes at two places. */
    private static final Tensor WEIGHT = Tensor.of(
                    DOUBLE, new double[] {0.5, -1, 0.25, 1, 0, 1.5, 1, -0.5, 0.75, 0.25, -1, -0.25})
            .reshape(3, 2, 2);

    private static final Tensor BIAS =
            Tensor.of(DOUBLE, new double[] {0.1, 0.2, 0.3, -0.4, -0.5, 0.6}).reshape(3, 2);
    private static final Tensor TARGETS = Tensor.of(0, 2, 1, 1).reshape(2, 2);
    private static final CrossEntropyOptions NONE =
            CrossEntropyOptions.defaults().withReduction(Reduction.NONE);

    @Test
    void equalsPyTorchs() {
        Tensor losses = Losses.linearCrossEntropy(X, WEIGHT, TARGETS, NONE);
        Tensor smoothed = Losses.linearCrossEntropy(
                X, WEIGHT, BIAS, TARGETS, CrossEntropyOptions.defaults().withLabelSmoothing(0.1));

        assertThat(losses.shape()).containsExactly(2, 2);
        assertThat(losses.toDoubleArray())
                .containsExactly(
                        new double[] {0.10389684140939301, 2.6003906563725323, 1.012249333301854, 0.8719649507049018},
                        within(1e-15));
        assertThat(smoothed.item()).isEqualTo(1.0415267067181255, within(1e-15));
        assertThat(Losses.linearCrossEntropy(X, WEIGHT, Tensor.full(DOUBLE, 1.0 / 3, 2, 3, 2))
                        .item())
                .isEqualTo(1.7929587787805035, within(1e-15));
        assertThat(Losses.linearCrossEntropy(
                                X.select(0, 0),
                                WEIGHT.select(1, 0),
                                Tensor.of(1).squeeze())
                        .item())
                .isEqualTo(5.603896841409393, within(1e-15));
    }

    @Test
    void derivativesMatchFiniteDifferences() {
        List<Tensor> inputs = List.of(X, WEIGHT, BIAS);

        GradCheck.gradcheck(in -> Losses.linearCrossEntropy(in.get(0), in.get(1), in.get(2), TARGETS, NONE), inputs);
        GradCheck.gradgradcheck(
                in -> Losses.linearCrossEntropy(in.get(0), in.get(1), in.get(2), TARGETS, NONE), inputs);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> Losses.linearCrossEntropy(X.select(0, 0), WEIGHT, TARGETS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "linearCrossEntropy: expected an input of shape (N, in) and a weight of shape (C, *,"
                                + " in), or an input of shape (in) and a weight of shape (C, in); got (2) and (3, 2, 2).");
        assertThatThrownBy(() -> Losses.linearCrossEntropy(X, WEIGHT, BIAS.t(), TARGETS, NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "linearCrossEntropy: expected a bias of the weight's shape (3, 2, 2) but for its last dim; got (2, 3).");
    }
}
