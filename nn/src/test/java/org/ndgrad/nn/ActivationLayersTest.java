package org.ndgrad.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.GradCheck;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;

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
    }

    @Test
    void settingsArePrinted() {
        assertThat(new Relu()).hasToString("Relu()");
        assertThat(new LeakyRelu()).hasToString("LeakyRelu(slope=0.01)");
        assertThat(new Elu()).hasToString("Elu(alpha=1.0)");
        assertThat(new Softmax(1)).hasToString("Softmax(dim=1)");
        assertThat(new LogSoftmax(1)).hasToString("LogSoftmax(dim=1)");
        assertThat(new Flatten()).hasToString("Flatten(startDim=1)");
    }

    @Test
    void settingsMustBeFinite() {
        assertThatThrownBy(() -> new LeakyRelu(Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("LeakyRelu: expected a finite slope; got NaN.");
        assertThatThrownBy(() -> new Elu(Double.POSITIVE_INFINITY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Elu: expected a finite alpha; got Infinity.");
    }
}
