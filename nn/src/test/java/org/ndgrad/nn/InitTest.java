package org.ndgrad.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.golden.Golden;

/** Bounds are PyTorch's for fanIn 4 and fanOut 3. Here both are 100 times that. */
class InitTest {

    private static final JsonNode BOUNDS = Golden.read("pytorch_parity.json").get("init_bounds fan_in=4 fan_out=3");

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

    private static Tensor weight() {
        return Tensor.empty(DOUBLE, 300, 400).requiresGrad(true);
    }

    private static KaimingOptions kaiming() {
        return KaimingOptions.defaults().withRng(new Rng(0));
    }

    @Test
    void xavierBoundsEqualPyTorchs() {
        assertUniform(Init.xavierUniform_(weight(), new Rng(0), 1), bound("xavier_uniform_bound"));
        assertUniform(Init.xavierUniform_(weight(), 2), 2 * bound("xavier_uniform_bound"));
        assertNormal(Init.xavierNormal_(weight(), new Rng(0), 1), bound("xavier_normal_std"));
        assertNormal(Init.xavierNormal_(weight()), bound("xavier_normal_std"));
    }

    @Test
    void kaimingBoundsEqualPyTorchs() {
        KaimingOptions relu = kaiming().withNonlinearity(Nonlinearity.RELU);

        assertUniform(Init.kaimingUniform_(weight(), relu), bound("kaiming_uniform_relu_fan_in_bound"));
        assertNormal(Init.kaimingNormal_(weight(), relu), bound("kaiming_normal_relu_fan_in_std"));
        assertNormal(Init.kaimingNormal_(weight(), relu.withFan(Init.Fan.OUT)), Math.sqrt(2.0 / 3));
        assertNormal(Init.kaimingNormal_(weight()), bound("kaiming_normal_relu_fan_in_std"));
        assertUniform(Init.kaimingUniform_(weight(), kaiming().withSlope(1)), Math.sqrt(3.0 / 4));
        assertUniform(Init.kaimingUniform_(weight()), bound("kaiming_uniform_relu_fan_in_bound"));
    }

    @Test
    void lecunDeviationIsOneOverRootFanIn() {
        assertNormal(Init.lecunNormal_(weight(), new Rng(0)), bound("lecun_normal_std"));
        assertUniform(Init.lecunUniform_(weight(), new Rng(0)), Math.sqrt(3) * bound("lecun_normal_std"));
        assertNormal(Init.lecunNormal_(weight()), bound("lecun_normal_std"));
        assertUniform(Init.lecunUniform_(weight()), Math.sqrt(3) * bound("lecun_normal_std"));
    }

    @Test
    void linearLayersStartWithinPyTorchsBound() {
        Linear layer =
                new Linear(400, 300, LinearOptions.defaults().withDtype(DOUBLE).withRng(new Rng(0)));

        assertUniform(layer.weight(), bound("linear_default_weight_uniform_bound"));
        assertThat(layer.bias().abs().max().item()).isLessThanOrEqualTo(bound("linear_default_bias_bound") / 10);
    }

    @Test
    void kernelsCountAsConnections() {
        assertNormal(Init.lecunNormal_(Tensor.empty(DOUBLE, 300, 100, 2, 2), new Rng(0)), bound("lecun_normal_std"));
    }

    @Test
    void gainsEqualPyTorchs() {
        for (Nonlinearity nonlinearity : Nonlinearity.values()) {
            String name = nonlinearity.name().toLowerCase(Locale.ROOT);
            double expected = nonlinearity == Nonlinearity.LEAKY_RELU
                    ? bound("gain leaky .01")
                    : BOUNDS.get("gain").get(name).doubleValue();
            assertThat(nonlinearity.gain()).isEqualTo(expected, within(1e-15));
            assertThat(Init.calculateGain(nonlinearity)).isEqualTo(expected, within(1e-15));
        }
        assertThat(Init.calculateGain(Nonlinearity.LEAKY_RELU, 1)).isEqualTo(1);
        assertThat(Init.calculateGain(Nonlinearity.RELU, 1)).isEqualTo(Nonlinearity.RELU.gain());
    }

    @Test
    void plainDistributionsHaveTheirParameters() {
        Tensor many = Tensor.empty(DOUBLE, 10_000).requiresGrad(true);

        assertThat(Init.constant_(Tensor.empty(DOUBLE, 2, 3), 2.5).toDoubleArray())
                .containsOnly(2.5);
        assertThat(Init.ones_(Tensor.empty(2, 3)).toDoubleArray()).containsOnly(1);
        assertThat(Init.zeros_(Tensor.ones(2, 3)).toDoubleArray()).containsOnly(0);
        assertThat(DoubleStream.of(Init.uniform_(many, new Rng(0), 2, 5).toDoubleArray()))
                .allMatch(value -> value >= 2 && value < 5);
        assertThat(Init.uniform_(many).mean().item()).isEqualTo(0.5, within(0.02));
        assertThat(Init.normal_(many, new Rng(0), 3, 2).mean().item()).isEqualTo(3, within(0.1));
        assertThat(many.std().item()).isEqualTo(2, within(0.1));
        assertThat(Init.normal_(many).std().item()).isEqualTo(1, within(0.05));
        assertThat(many.requiresGrad() && many.isLeaf()).isTrue();
        assertThat(Init.uniform_(Tensor.empty(DOUBLE, 0, 3), new Rng(0), 0, 0).shape())
                .containsExactly(0, 3);
    }

    /** Means and deviations by numerical integration. */
    @ParameterizedTest
    @CsvSource({
        "0, 1, -2, 2, 0, 0.8796258684999737",
        "1, 2, 0, 1.5, 0.7614988933523994, 0.42887091778196595",
        "0, 1, 3, 9, 3.2830972607715285, 0.26562988158443945",
        "0, 1, -9, 9, 0, 1"
    })
    void truncatedNormalDistributionsKeepTheirBounds(
            double mean, double std, double low, double high, double expectedMean, double expectedStd) {
        Tensor drawn = Init.truncNormal_(
                weight(),
                TruncNormalOptions.defaults()
                        .withMean(mean)
                        .withStd(std)
                        .withBounds(low, high)
                        .withRng(new Rng(0)));

        assertThat(drawn.min().item()).isBetween(low, high);
        assertThat(drawn.max().item()).isBetween(low, high);
        assertThat(drawn.mean().item()).isEqualTo(expectedMean, within(0.01));
        assertThat(drawn.std().item()).isEqualTo(expectedStd, within(0.01));
    }

    /** Distances from the near bound in units of std: means and deviations by numerical integration in 60 digits. */
    @ParameterizedTest
    @CsvSource({
        "1, 1.5, 0.22433873765777871, 0.14236899650165005",
        "1, 3, 0.51004951324398387, 0.41647677597210874",
        "5, 1e6, 0.18650396712584212, 0.18082155462530518",
        "10, 10.05, 0.022920324140692813, 0.014343125498837324",
        "10, 1e9, 0.098093233962511963, 0.097187333668828785",
        "40, 41, 0.024968847207263721, 0.024953323998846051",
        "300, 300.01, 0.0028093540671200862, 0.0023657850343447491"
    })
    void tailsOfTruncatedNormalDistributionsAreDrawnAtOnce(double near, double far, double mean, double std) {
        for (double sign : new double[] {1, -1}) {
            double[] bounds = {Math.min(sign * near, sign * far), Math.max(sign * near, sign * far)};
            Tensor drawn = assertTimeoutPreemptively(
                    Duration.ofSeconds(20), () -> Init.truncNormal_(weight(), truncated(0, 1, bounds[0], bounds[1])));

            Tensor distances = drawn.detach().mul(sign).sub(near);
            assertThat(distances.min().item()).isGreaterThanOrEqualTo(0);
            assertThat(drawn.abs().max().item()).isLessThanOrEqualTo(far);
            assertThat(distances.mean().item()).isEqualTo(mean, within(0.012 * std));
            assertThat(distances.std().item()).isEqualTo(std, within(0.012 * std));
        }
    }

    /** The last two are even between their bounds, and a cut at 2 in units of std whose sums overflow. */
    @ParameterizedTest
    @CsvSource({
        "-1, 1e-300, 0, 1, 0",
        "-1, 4.9e-324, 0, 1, 0",
        "1e300, 1e-300, 0, 1, 1",
        "1e308, 1, -5, 5, 5",
        "-1.7e308, 1e-3, 1.7e308, 1.75e308, 1.7e308",
        "0, 1e-300, 1e-155, 1e10, 1e-155",
        "-1e300, 1e300, 0, 1e-300, 5e-301",
        "-1.2e308, 1e308, 0.8e308, 1.6e308, 1.0815306382401e308"
    })
    void truncatedNormalDistributionsOfAnySizeAreDrawn(
            double mean, double std, double low, double high, double expectedMean) {
        Tensor drawn = assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> Init.truncNormal_(Tensor.empty(DOUBLE, 1000), truncated(mean, std, low, high)));

        assertThat(DoubleStream.of(drawn.toDoubleArray())).allMatch(value -> value >= low && value <= high);
        double average = DoubleStream.of(drawn.toDoubleArray())
                .map(value -> value / 1000)
                .sum();
        assertThat(average).isEqualTo(expectedMean, within(0.04 * Math.abs(expectedMean)));
    }

    private static TruncNormalOptions truncated(double mean, double std, double low, double high) {
        return TruncNormalOptions.defaults()
                .withMean(mean)
                .withBounds(low, high)
                .withStd(std)
                .withRng(new Rng(0));
    }

    @Test
    void orthogonalMatricesHaveOrthonormalRowsOrColumns() {
        Tensor wide =
                Init.orthogonal_(Tensor.empty(DOUBLE, 5, 3, 4), new Rng(0), 2).reshape(5, 12);
        Tensor high = Init.orthogonal_(Tensor.empty(DOUBLE, 12, 5).requiresGrad(true));

        assertThat(wide.matmul(wide.t()).sub(Tensor.eye(5).mul(4)).abs().max().item())
                .isLessThan(1e-14);
        assertThat(high.t().matmul(high).sub(Tensor.eye(5)).abs().max().item()).isLessThan(1e-14);
        assertThat(Init.orthogonal_(Tensor.empty(DOUBLE, 0, 5), 1).shape()).containsExactly(0, 5);
    }

    /** Without the signs, the diagonal of Q would be negative in most draws. */
    @Test
    void orthogonalMatricesAreDrawnEvenly() {
        Rng rng = new Rng(0);
        double sum = 0;
        for (int i = 0; i < 400; i++) {
            sum += Init.orthogonal_(Tensor.empty(DOUBLE, 2, 2), rng, 1)
                    .get(0, 0)
                    .item();
        }
        assertThat(sum / 400).isEqualTo(0, within(0.15));
    }

    @Test
    void sparseColumnsHaveTheirNumberOfZeros() {
        Tensor w = Init.sparse_(weight(), new Rng(0), 0.334, 0.5);

        Tensor zeros = w.eq(0).to(DOUBLE);
        assertThat(zeros.sum(0).toDoubleArray()).containsOnly(101); // ⌈0.334 · 300⌉
        assertThat(zeros.mean(1).std().item()).isGreaterThan(0.01).isLessThan(0.05);
        assertThat(w.square().sum().div(199 * 400).sqrt().item()).isEqualTo(0.5, within(0.01));
        assertThat(Init.sparse_(Tensor.ones(3, 2), 1).toDoubleArray()).containsOnly(0);
        assertThat(Init.sparse_(Tensor.ones(3, 2), 0).eq(0).any().itemBoolean()).isFalse();
    }

    @Test
    void identitiesPassOnWhatTheyCan() {
        assertThat(Init.eye_(Tensor.ones(2, 3)).toDoubleArray()).containsExactly(1, 0, 0, 0, 1, 0);
        assertThat(Init.dirac_(Tensor.ones(2, 1, 3)).toDoubleArray()).containsExactly(0, 1, 0, 0, 0, 0);
        assertThat(Init.dirac_(Tensor.ones(2, 1, 3), 2).toDoubleArray()).containsExactly(0, 1, 0, 0, 1, 0);

        Tensor square = Init.dirac_(Tensor.empty(DOUBLE, 4, 2, 3, 4).requiresGrad(true), 2);
        assertThat(square.sum().item()).isEqualTo(4);
        for (int out = 0; out < 4; out++) {
            assertThat(square.get(out, out % 2, 1, 2).item()).isEqualTo(1);
        }
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
        assertThatThrownBy(() -> Init.xavierUniform_(Tensor.empty(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("xavierUniform_: expected a weight of shape (out, in, *), at least 2-d; got (3). "
                        + "Use uniform_ or normal_ for a bias.");
        assertThatThrownBy(() -> Init.uniform_(Tensor.empty(3), new Rng(0), 1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("uniform_: expected low <= high; got low=1.0, high=0.0.");
        assertThatThrownBy(() -> Init.normal_(Tensor.empty(3), new Rng(0), 0, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "normal_: expected a finite mean and a finite standard deviation of at least 0; got mean=0.0,"
                                + " std=-1.0.");
        assertRefused(() -> Init.eye_(Tensor.empty(3)), "eye_: expected a matrix; got (3).");
        assertRefused(
                () -> Init.dirac_(Tensor.empty(3, 3)), "dirac_: expected the weight of a convolution, of 3 to 5 dims");
        assertRefused(
                () -> Init.dirac_(Tensor.empty(3, 3, 3), 2), "dirac_: expected at least 1 group, and output channels");
        assertRefused(() -> Init.sparse_(Tensor.empty(3, 3), 20), "sparse_: expected a sparsity in [0, 1]; got 20.0.");
        assertRefused(
                () -> Init.orthogonal_(Tensor.empty(3)),
                "orthogonal_: expected a weight of shape (out, in, *), at least 2-d");
        assertRefused(
                () -> TruncNormalOptions.defaults().withBounds(2, -2),
                "truncNormal_: expected finite numbers with std > 0 and low < high; got mean=0.0, std=1.0, low=2.0,"
                        + " high=-2.0.");
    }

    private static void assertRefused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith(message);
    }
}
