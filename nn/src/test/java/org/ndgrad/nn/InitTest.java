package org.ndgrad.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.golden.Golden;

/** Bounds are PyTorch's for fanIn 4 and fanOut 3. Here both are 100 times that. */
class InitTest {

    private static final JsonNode BOUNDS = Golden.read("pytorch_parity.json").get("init_bounds fan_in=4 fan_out=3");
    private static final double RELU = Nonlinearity.RELU.gain();

    private static double bound(String name) {
        return BOUNDS.get(name).doubleValue();
    }

    /** Asserts U(−bound, bound) for weights of 100 times the fans, whose bound is a tenth. */
    private static void assertUniform(Tensor weight, double bound) {
        assertThat(weight.abs().max().item()).isLessThanOrEqualTo(bound / 10).isGreaterThan(bound / 10 * 0.999);
        assertThat(weight.std().item()).isEqualTo(bound / 10 / Math.sqrt(3), within(bound / 1000));
        assertThat(weight.mean().item()).isEqualTo(0, within(bound / 1000));
    }

    private static void assertNormal(Tensor weight, double std) {
        assertThat(weight.std().item()).isEqualTo(std / 10, within(std / 1000));
        assertThat(weight.mean().item()).isEqualTo(0, within(std / 1000));
        assertThat(weight.abs().max().item()).isGreaterThan(std / 10 * 3);
    }

    @Test
    void xavierBoundsEqualPyTorchs() {
        assertUniform(Init.xavierUniform(DOUBLE, new Rng(0), 1, 300, 400), bound("xavier_uniform_bound"));
        assertNormal(Init.xavierNormal(DOUBLE, new Rng(0), 1, 300, 400), bound("xavier_normal_std"));
    }

    @Test
    void kaimingBoundsEqualPyTorchs() {
        assertUniform(
                Init.kaimingUniform(DOUBLE, new Rng(0), Init.Fan.IN, RELU, 300, 400),
                bound("kaiming_uniform_relu_fan_in_bound"));
        assertNormal(
                Init.kaimingNormal(DOUBLE, new Rng(0), Init.Fan.IN, RELU, 300, 400),
                bound("kaiming_normal_relu_fan_in_std"));
        assertNormal(Init.kaimingNormal(DOUBLE, new Rng(0), Init.Fan.OUT, RELU, 300, 400), Math.sqrt(2.0 / 3));
    }

    @Test
    void lecunDeviationIsOneOverRootFanIn() {
        assertNormal(Init.lecunNormal(DOUBLE, new Rng(0), 300, 400), bound("lecun_normal_std"));
    }

    @Test
    void linearLayersStartWithinPyTorchsBound() {
        Linear layer =
                new Linear(400, 300, LinearOptions.defaults().withDtype(DOUBLE).withRng(new Rng(0)));

        assertUniform(layer.weight(), bound("linear_default_weight_uniform_bound"));
        assertThat(layer.bias().orElseThrow().abs().max().item())
                .isLessThanOrEqualTo(bound("linear_default_bias_bound") / 10);
    }

    @Test
    void kernelsCountAsConnections() {
        assertNormal(Init.lecunNormal(DOUBLE, new Rng(0), 300, 100, 2, 2), bound("lecun_normal_std"));
    }

    @Test
    void gainsEqualPyTorchs() {
        for (Nonlinearity nonlinearity : Nonlinearity.values()) {
            String name = nonlinearity.name().toLowerCase(Locale.ROOT);
            assertThat(nonlinearity.gain())
                    .isEqualTo(BOUNDS.get("gain").get(name).doubleValue(), within(1e-15));
        }
        assertThat(Nonlinearity.leakyReluGain(0.01)).isEqualTo(bound("gain leaky .01"), within(1e-15));
    }

    @Test
    void plainDistributionsHaveTheirParameters() {
        assertThat(Init.constant(DOUBLE, 2.5, 2, 3).toDoubleArray()).hasSize(6).containsOnly(2.5);
        double[] uniform = Init.uniform(DOUBLE, new Rng(0), 2, 5, 1000).toDoubleArray();
        assertThat(DoubleStream.of(uniform)).allMatch(value -> value >= 2 && value < 5);
        Tensor normal = Init.normal(DOUBLE, new Rng(0), 3, 2, 10_000);
        assertThat(normal.mean().item()).isEqualTo(3, within(0.1));
        assertThat(normal.std().item()).isEqualTo(2, within(0.1));
        assertThat(Init.uniform(DOUBLE, new Rng(0), 0, 0, 0, 3).shape()).containsExactly(0, 3);
    }

    @Test
    void replaceKeepsTheParameterATrainableLeaf() {
        Linear layer = new Linear(2, 2);

        Init.replace(layer.weight(), Tensor.of(new double[][] {{1, 2}, {3, 4}}));

        assertThat(layer.weight().toDoubleArray()).containsExactly(1, 2, 3, 4);
        assertThat(layer.weight().requiresGrad() && layer.weight().isLeaf()).isTrue();
        assertThatThrownBy(() -> Init.replace(layer.weight(), Tensor.ones(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("replace: expected values of the same shape as parameter, (2, 2); got (2).");
    }

    @Test
    void wrongSettingsAreRefused() {
        assertThatThrownBy(() -> Init.xavierUniform(DOUBLE, new Rng(0), 1, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Init: expected a weight of shape (out, in, *), at least 2-d; got (3). "
                        + "Use uniform or normal for a bias.");
        assertThatThrownBy(() -> Init.uniform(DOUBLE, new Rng(0), 1, 0, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("uniform: expected low <= high; got low=1.0, high=0.0.");
        assertThatThrownBy(() -> Init.normal(DOUBLE, new Rng(0), 0, -1, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "normal: expected a finite mean and a finite standard deviation of at least 0; got mean=0.0, std=-1.0.");
    }
}
