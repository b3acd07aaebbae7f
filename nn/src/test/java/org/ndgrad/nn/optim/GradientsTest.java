package org.ndgrad.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
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
                .hasMessage("clipGradNorm: expected maxNorm >= 0; got -1.0. Use 1.");
        assertThatThrownBy(() -> Gradients.clipGradValue(List.of(), Double.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("clipGradValue: expected limit >= 0; got NaN. Use 0.5, or so: elements are clipped to"
                        + " [-limit, limit].");
    }

    @ParameterizedTest
    @CsvSource({"HALF, 40000", "BFLOAT16, 3e38", "FLOAT, 3e38", "FLOAT, 1e30", "DOUBLE, 1e200", "DOUBLE, 1e307"})
    void largeGradientsAreClippedToTheNormThatTheyShallHave(DataType type, double size) {
        Tensor a = Tensor.zeros(type, 3).requiresGrad(true);
        Tensor b = Tensor.zeros(type, 1).requiresGrad(true);
        a.mul(Tensor.full(type, size, 3)).sum().backward();
        b.mul(Tensor.full(type, size, 1)).sum().backward();
        double held = b.grad().get(0).item();

        double norm = Gradients.clipGradNorm(List.of(a, b), 1);

        assertThat(norm / 2).isCloseTo(held, withinPercentage(1e-12));
        assertThat(Arrays.stream(a.grad().toDoubleArray()))
                .allMatch(g -> Math.abs(g - 0.5) < (type == DataType.BFLOAT16 ? 2e-3 : 5e-4));
        assertThat(b.grad().get(0).item()).isEqualTo(a.grad().get(0).item());
    }

    @Test
    void tinyGradientsAreLeftAlone() {
        Tensor a = Tensor.zeros(DataType.DOUBLE, 2).requiresGrad(true);
        a.mul(Tensor.of(DataType.DOUBLE, 3e-200, 4e-200)).sum().backward();

        assertThat(Gradients.clipGradNorm(List.of(a), 1)).isCloseTo(5e-200, within(1e-214));
        assertThat(a.grad().toDoubleArray()).containsExactly(3e-200, 4e-200);
    }

    @Test
    void gradientsWhoseNormDoubleLacksAreClippedAllTheSame() {
        Tensor a = withGradient(1.7e308, 1.7e308, 1.7e308, 1.7e308);

        assertThat(Gradients.clipGradNorm(List.of(a), 1)).isInfinite();
        assertThat(Arrays.stream(a.grad().toDoubleArray())).allMatch(g -> Math.abs(g - 0.5) < 1e-15);
    }

    @ParameterizedTest
    @CsvSource({"2, 1e308", "2, 1.7e308", "1, 1e308", "3, -1.7e308", "Infinity, 1e308", "2, 3"})
    void anInfiniteLimitOnlyMeasures(double p, double size) {
        Tensor a = withGradient(size, size, size, size);
        Tensor b = withGradient(Double.MIN_VALUE);

        double norm = Gradients.clipGradNorm(
                List.of(a, b), Double.POSITIVE_INFINITY, ClipOptions.defaults().withP(p));

        double expected = Math.abs(size) * Math.pow(4, 1 / p);
        assertThat(norm).matches(n -> n == expected || Math.abs(n / expected - 1) < 1e-14);
        assertThat(a.grad().toDoubleArray()).containsExactly(size, size, size, size);
        assertThat(b.grad().toDoubleArray()).containsExactly(Double.MIN_VALUE);
    }

    /** As in PyTorch, where the factor is ∞ / ∞. */
    @ParameterizedTest
    @CsvSource({"Infinity", "-Infinity", "NaN"})
    void anInfiniteLimitDoesNotHideInfiniteGradients(double bad) {
        Tensor a = withGradient(1, bad);

        Gradients.clipGradNorm(List.of(a), Double.POSITIVE_INFINITY);

        assertThat(a.grad().toDoubleArray()).containsOnly(Double.NaN);
    }
}
