package org.ndgrad.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.golden.Golden;

class GradientsTest {

    private static Tensor withGradient(double... gradient) {
        Tensor parameter = Tensor.zeros(DOUBLE, gradient.length).requiresGrad(true);
        parameter.grad(Tensor.of(DOUBLE, gradient));
        return parameter;
    }

    @Test
    void clippingByNormEqualsPyTorchs() {
        JsonNode expected = Golden.read("pytorch_parity.json").get("clip_grad_norm max 6.5 of (3,4),(12)");
        Tensor a = withGradient(3, 4);
        Tensor b = withGradient(12);
        Tensor none = Tensor.zeros(DOUBLE, 2).requiresGrad(true);

        double total = Gradients.clipGradNorm(List.of(a, none, b), 6.5);

        Golden.assertClose(total, expected.get("total"), 1e-14);
        Golden.assertClose(a.grad(), expected.at("/grads/0"), 1e-14);
        Golden.assertClose(b.grad(), expected.at("/grads/1"), 1e-14);
        assertThat(none.hasGrad()).isFalse();
    }

    @Test
    void smallGradientsAreLeftAlone() {
        Tensor a = withGradient(3, 4);

        assertThat(Gradients.clipGradNorm(List.of(a), 10)).isEqualTo(5);
        assertThat(a.grad().toDoubleArray()).containsExactly(3, 4);
        assertThat(Gradients.clipGradNorm(List.of(), 10)).isZero();
    }

    @Test
    void nanSpreads() {
        Tensor a = withGradient(3, 4);
        Tensor b = withGradient(Double.NaN);

        assertThat(Gradients.clipGradNorm(List.of(a, b), 1)).isNaN();
        assertThat(a.grad().toDoubleArray()).containsOnly(Double.NaN);
    }

    @Test
    void clippingByValueLimitsEachElement() {
        Tensor a = withGradient(-3, 0.5, 4);

        Gradients.clipGradValue(List.of(a), 1);

        assertThat(a.grad().toDoubleArray()).containsExactly(-1, 0.5, 1);
    }

    @Test
    void negativeLimitsAreRefused() {
        assertThatThrownBy(() -> Gradients.clipGradNorm(List.of(), -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("clipGradNorm: expected maxNorm >= 0; got -1.0.");
        assertThatThrownBy(() -> Gradients.clipGradValue(List.of(), Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("clipGradValue: expected limit >= 0; got NaN.");
    }
}
