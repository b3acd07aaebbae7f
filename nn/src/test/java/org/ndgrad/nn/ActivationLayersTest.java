package org.ndgrad.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.DoubleStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.GradCheck;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.Activations;

/** Values and derivatives of the element-wise ones are checked by number in {@code golden.SeedExamplesTest}. */
class ActivationLayersTest {

    @Test
    void derivativesMatchFiniteDifferences() {
        for (Layer layer : List.of(
                new Relu(),
                new LeakyRelu(0.2),
                new Elu(1.5),
                new Sigmoid(),
                new Tanh(),
                new Softmax(-1),
                new LogSoftmax(0),
                new Softplus(),
                new Gelu(),
                new Silu(),
                new Identity(),
                new Flatten())) {
            Tensor x = Tensor.randn(DataType.DOUBLE, new Rng(0), 3, 4);
            GradCheck.gradcheck(inputs -> layer.forward(inputs.get(0)), List.of(x));
            GradCheck.gradgradcheck(inputs -> layer.forward(inputs.get(0)), List.of(x));
        }
    }

    @Test
    void softmaxRowsSumToOne() {
        Tensor x = Tensor.randn(DataType.DOUBLE, new Rng(0), 3, 4);

        assertThat(DoubleStream.of(new Softmax(1).forward(x).sum(1).toDoubleArray()))
                .allMatch(sum -> Math.abs(sum - 1) < 1e-12);
        assertThat(DoubleStream.of(new Softmax(0).forward(x).sum(0).toDoubleArray()))
                .allMatch(sum -> Math.abs(sum - 1) < 1e-12);
        assertThat(new LogSoftmax(-1).forward(Tensor.of(1000.0, 0.0)).toDoubleArray()[1])
                .isEqualTo(-1000, within(1e-3));
    }

    @Test
    void flattenKeepsTheBatch() {
        assertThat(new Flatten().forward(Tensor.ones(2, 3, 4)).shape()).containsExactly(2, 12);
        assertThat(new Flatten(0).forward(Tensor.ones(2, 3, 4)).shape()).containsExactly(24);
        assertThat(new Flatten(2).forward(Tensor.ones(2, 3, 4, 5)).shape()).containsExactly(2, 3, 20);
        assertThat(new Flatten(1, 2).forward(Tensor.ones(2, 3, 4, 5)).shape()).containsExactly(2, 12, 5);
        assertThat(new Unflatten(1, 3, -1).forward(Tensor.ones(2, 12)).shape()).containsExactly(2, 3, 4);
    }

    @Test
    void settingsArePrinted() {
        assertThat(new Relu()).hasToString("Relu()");
        assertThat(new LeakyRelu()).hasToString("LeakyRelu(slope=0.01)");
        assertThat(new Elu()).hasToString("Elu(alpha=1.0)");
        assertThat(new Softmax(1)).hasToString("Softmax(dim=1)");
        assertThat(new LogSoftmax(1)).hasToString("LogSoftmax(dim=1)");
        assertThat(new Flatten()).hasToString("Flatten(startDim=1)");
        assertThat(new Flatten(0, 1)).hasToString("Flatten(startDim=0, endDim=1)");
        assertThat(new Unflatten(1, 2, 3)).hasToString("Unflatten(dim=1, sizes=(2, 3))");
        assertThat(new Gelu()).hasToString("Gelu()");
        assertThat(new Gelu(Activations.Gelu.TANH)).hasToString("Gelu(form=TANH)");
        assertThat(new Hardtanh()).hasToString("Hardtanh(low=-1.0, high=1.0)");
        assertThat(new Softplus()).hasToString("Softplus(beta=1.0, threshold=20.0)");
        assertThat(new Threshold(0.1, 20)).hasToString("Threshold(threshold=0.1, value=20)");
        assertThat(new PRelu(3)).hasToString("PRelu(channels=3)");
        assertThat(new RRelu(RReluOptions.defaults().withLower(0).withUpper(0.5)))
                .hasToString("RRelu(lower=0.0, upper=0.5)");
    }

    @Test
    void settingsMustBeFinite() {
        assertThatThrownBy(() -> new LeakyRelu(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("LeakyRelu: expected a finite slope; got NaN. Give a number.");
        assertThatThrownBy(() -> new Elu(Double.POSITIVE_INFINITY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Elu: expected a finite alpha; got Infinity. Give a number.");
        refused(() -> new Celu(Double.NaN), "Celu: expected a finite alpha; got NaN. Choose a number.");
        refused(() -> new Celu(0), "Celu: expected an alpha other than 0; got 0. Use Relu.");
        refused(() -> new Softplus(0, 20), "Softplus: expected a beta other than 0; got 0. Use 1.");
        refused(() -> new Softshrink(-1), "Softshrink: expected a lambda of at least 0; got -1.0. Drop the sign.");
        refused(() -> new Hardtanh(1, -1), "Hardtanh: expected low < high; got low=1.0, high=-1.0. Swap them.");
        refused(
                () -> new RRelu(RReluOptions.defaults().withLower(1)),
                "RRelu: expected lower <= upper; got lower=1.0, upper=" + 1.0 / 3 + ". Swap them.");
        refused(() -> new PRelu(0), "PRelu: expected at least 1 channel; got 0. Use 1 for one slope.");
    }

    @Test
    void inputsThatDoNotFitAreRefused() {
        refused(
                () -> new PRelu(3).forward(Tensor.ones(3, 4)),
                "PRelu(channels=3): expected an input of shape (N, 3, *); got (3, 4). Make 'channels' the number of"
                        + " channels, or 1.");
        refused(
                () -> new PRelu().forward(Tensor.ones(DataType.DOUBLE, 3)),
                "PRelu(channels=1): expected an input of dtype float32, like the weight; got float64. Convert one of"
                        + " them with to(…).");
        refused(
                () -> new Softmax2d().forward(Tensor.ones(3, 4)),
                "Softmax2d(): expected an input of shape (N, C, H, W) or (C, H, W); got (3, 4). Reshape it, or take a"
                        + " layer of other dims.");
    }

    @Test
    void slopesAreLearned() {
        PRelu layer = new PRelu(2);

        layer.forward(Tensor.of(new float[][] {{-2, -3}, {4, -5}})).sum().backward();

        assertThat(layer.weight().grad().toDoubleArray()).containsExactly(-2, -8);
        assertThat(layer.weight().toDoubleArray()).containsExactly(0.25, 0.25);
    }

    @Test
    void randomSlopesAreDrawnInTrainingOnly() {
        Tensor x = Tensor.full(DataType.DOUBLE, -1, 1000);
        RRelu layer = new RRelu(RReluOptions.defaults().withRng(new Rng(0)));

        double[] trained = layer.forward(x).toDoubleArray();

        assertThat(DoubleStream.of(trained)).allMatch(y -> y <= -1.0 / 8 && y >= -1.0 / 3);
        assertThat(DoubleStream.of(trained).distinct().count()).isGreaterThan(900);
        assertThat(layer.eval().forward(x).toDoubleArray()).containsOnly(-(1.0 / 8 + 1.0 / 3) / 2);
    }

    private static void refused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }
}
