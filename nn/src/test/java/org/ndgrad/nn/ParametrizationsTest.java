package org.ndgrad.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;

/** Numbers from PyTorch 2.13. */
class ParametrizationsTest {

    private static final Tensor X = Tensor.of(new double[][] {{1, -1, 2}}).to(DataType.DOUBLE);

    private static Linear linear() {
        return Linear.of(
                Tensor.of(new double[][] {{1, 2, 2}, {0, 3, 4}}).to(DataType.DOUBLE),
                Tensor.of(0.5, -0.5).to(DataType.DOUBLE));
    }

    private static void check(Tensor actual, double... expected) {
        assertThat(actual.toDoubleArray()).containsExactly(expected, within(1e-12));
    }

    @Test
    void weightNormGivesPytorchsNumbers() {
        Layer layer = Parametrizations.weightNorm(linear(), "weight");
        assertThat(layer.stateDict().keySet())
                .containsExactly("bias", "parametrizations.weight.original0", "parametrizations.weight.original1");
        check(layer.forward(X), linear().forward(X).toDoubleArray());
        Parameters parameters = layer.parameters();
        Init.replace(
                parameters.get("parametrizations.weight.original0"),
                Tensor.of(new double[][] {{2}, {10}}).to(DataType.DOUBLE));

        Tensor y = layer.forward(X);
        y.square().sum().backward();

        check(y, 2.5, 9.5);
        check(parameters.get("bias").grad(), 5, 19);
        check(parameters.get("parametrizations.weight.original0").grad(), 5, 19);
        check(
                parameters.get("parametrizations.weight.original1").grad(),
                2.2222222222222223,
                -5.555555555555555,
                4.444444444444445,
                38.0,
                -60.8,
                45.6);
    }

    /** Weights are those of a direction and lengths about 1, whatever their sizes, as long as they fit. */
    @ParameterizedTest
    @CsvSource({
        "FLOAT, 1e-38, 10",
        "FLOAT, 1e-30, 1e10",
        "FLOAT, 1e30, 1e-30",
        "FLOAT, 1e38, 1e-6",
        "FLOAT, 1, 1",
        "DOUBLE, 1e-300, 1e10",
        "DOUBLE, 1e300, 1e-20"
    })
    void weightNormFitsForDirectionsOfAnySize(DataType type, double size, double length) {
        Linear plain = Linear.of(Tensor.ones(type, 2, 2), Tensor.zeros(type, 2));
        Layer layer = Parametrizations.weightNorm(plain, "weight");
        Parameters parameters = layer.parameters();
        Init.replace(
                parameters.get("parametrizations.weight.original1"),
                Tensor.of(type, 3, 4, 1, 0).mul(size / 4).reshape(2, 2));
        Init.replace(
                parameters.get("parametrizations.weight.original0"),
                Tensor.of(type, length, 0).reshape(2, 1));
        Tensor weight = layer.forward(Tensor.eye(type, 2)).t();

        double[] shares = weight.div(length).toDoubleArray();
        assertThat(shares).containsExactly(new double[] {0.6, 0.8, 0, 0}, within(1e-5));
    }

    @Test
    void theWeightIsParametrizedIfNoNameIsGiven() {
        assertThat(Parametrizations.weightNorm(linear()).stateDict().keySet())
                .containsExactlyElementsOf(Parametrizations.weightNorm(linear(), "weight")
                        .stateDict()
                        .keySet());
        assertThat(Parametrizations.spectralNorm(linear()).stateDict().keySet())
                .containsExactlyElementsOf(Parametrizations.spectralNorm(linear(), "weight")
                        .stateDict()
                        .keySet());
        assertThatThrownBy(() -> Parametrizations.weightNorm(new Relu()))
                .hasMessage(
                        "weightNorm: expected one of the parameters [] of the Relu itself; got 'weight'. Parametrize"
                                + " the layer that has it.");
    }

    @Test
    void weightNormOfARecurrentLayerGivesPytorchsNumbers() {
        Lstm plain = new Lstm(2, 2, RnnOptions.defaults().withDtype(DataType.DOUBLE));
        int k = 0;
        for (Tensor parameter : plain.parameters()) {
            Tensor numbers = Tensor.arange(parameter.numel()).to(DataType.DOUBLE);
            Init.replace(parameter, numbers.mul(k + 1).add(k).cos().reshape(parameter.shape()));
            k++;
        }
        ParametrizedBlock<Lstm> lstm = Parametrizations.weightNorm(plain, "weight_hh_l0");
        String path = "parametrizations.weight_hh_l0.original";
        assertThat(lstm.stateDict().keySet())
                .containsExactly("weight_ih_l0", "bias_ih_l0", "bias_hh_l0", path + 0, path + 1);
        Tensor length = lstm.parameters().get(path + 0);
        Init.replace(length, length.detach().mul(2));
        Tensor x = Tensor.of(DataType.DOUBLE, new double[][] {{1, -1}, {0.5, 2}, {-1, 0}});

        Tensor y = lstm.block().forward(x).output();
        y.square().sum().backward();

        check(
                y,
                0.13389988231592748,
                -0.508034765778156,
                -0.5281195532024889,
                -0.06592600385179445,
                -0.06468046256357507,
                0.2604764233436894);
        check(
                length.grad(),
                0.06883485555241564,
                -0.008553660589493011,
                0.008519075371350642,
                0.00569046053853314,
                0.03346974921041611,
                0.06628579978779424,
                0.006012777502790615,
                0.0067712212597614615);
        assertThat(lstm.parameters().get(path + 1).grad().select(0, 0).toDoubleArray())
                .containsExactly(new double[] {-0.029118181173434798, -0.01589165623448426}, within(1e-12));
        assertThat(((ParametrizedBlock<?>) lstm.eval()).block().isTraining()).isFalse();
        assertThat(lstm).hasToString("""
                ParametrizedBlock(Lstm(in=2, hidden=2)
                  (parametrizations): LayerDict(
                    (weight_hh_l0): WeightNorm()
                  )
                )""");
    }

    @Test
    void spectralNormGivesPytorchsNumbers() {
        Layer layer = Parametrizations.spectralNorm(linear(), "weight");
        assertThat(layer.stateDict().keySet())
                .containsExactly(
                        "bias",
                        "parametrizations.weight.original",
                        "parametrizations.weight.0._u",
                        "parametrizations.weight.0._v");
        layer.buffers().get("parametrizations.weight.0._u").copy_(Tensor.of(DataType.DOUBLE, 0.6, 0.8));
        layer.buffers().get("parametrizations.weight.0._v").copy_(Tensor.of(DataType.DOUBLE, 0.0, 0.6, 0.8));

        Tensor y = layer.forward(X);
        y.square().sum().backward();

        check(y, 1.0213101921615442, 0.3688503202692405);
        check(layer.parameters().get("bias").grad(), 2.0426203843230883, 0.737700640538481);
        check(
                layer.parameters().get("parametrizations.weight.original").grad(),
                0.3426495781396765,
                -0.44541483065221593,
                0.5974656071233364,
                0.10623190026993246,
                -0.28974127975661,
                0.05561817704697808);
    }

    @ParameterizedTest
    @CsvSource({
        "FLOAT, 1e-10",
        "FLOAT, 1e-15",
        "FLOAT, 1e-30",
        "FLOAT, 1e-36",
        "FLOAT, 1e30",
        "DOUBLE, 1e-14",
        "DOUBLE, 1e-200",
        "DOUBLE, 1e-300",
        "DOUBLE, 1e200"
    })
    void spectralNormIsOneForWeightsOfAnySize(DataType type, double size) {
        Tensor weight = Tensor.of(type, 1, 2, 2, 0, 3, 4).reshape(2, 3);
        SpectralNormOptions options = SpectralNormOptions.defaults().withRng(new Rng(0));
        Tensor expected = spectral(weight, options);
        Tensor actual =
                spectral(weight.mul(size), SpectralNormOptions.defaults().withRng(new Rng(0)));

        assertThat(actual.toDoubleArray()).containsExactly(expected.toDoubleArray(), within(1e-5));
        assertThat(spectral(weight.mul(0), SpectralNormOptions.defaults().withRng(new Rng(0)))
                        .toDoubleArray())
                .containsOnly(Double.NaN);
    }

    private static Tensor spectral(Tensor weight, SpectralNormOptions options) {
        Layer layer = Parametrizations.spectralNorm(
                Linear.of(weight.detach().clone(), Tensor.zeros(weight.dtype(), 2)), "weight", options);
        return layer.forward(Tensor.eye(weight.dtype(), 3)).detach();
    }

    @Test
    void spectralNormIsOneAndRestsInEvaluation() {
        Layer layer = Parametrizations.spectralNorm(
                new Linear(4, 5, LinearOptions.defaults().withBias(false)),
                "weight",
                SpectralNormOptions.defaults().withRng(new Rng(0)).withPowerIterations(50));
        layer.forward(Tensor.ones(1, 4));
        layer.eval();
        double[] before = layer.buffers().get("parametrizations.weight.0._u").toDoubleArray();

        Tensor weight = layer.forward(Tensor.eye(4)).t();

        assertThat(weight.detach().svd().s().get(0).item()).isCloseTo(1, within(1e-5));
        assertThat(layer.buffers().get("parametrizations.weight.0._u").toDoubleArray())
                .containsExactly(before);
    }

    @Test
    void copiesLoadsAndFunctionalCallsWork() {
        Layer layer = Parametrizations.weightNorm(linear(), "weight");
        Layer copy = layer.copy();
        layer.load(Maps.transformValues(layer.stateDict(), Tensor::zerosLike));
        Init.ones_(layer.parameters().get("parametrizations.weight.original1"));

        check(layer.forward(X), 0, 0);
        check(copy.forward(X), linear().forward(X).toDoubleArray());
        check(
                copy.with(ImmutableMap.of("bias", Tensor.zeros(DataType.DOUBLE, 2)))
                        .forward(X),
                3,
                5);
        assertThat(layer).hasToString("""
                Parametrized(Linear(in=3, out=2, bias=true)
                  (parametrizations): LayerDict(
                    (weight): WeightNorm()
                  )
                )""");
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> Parametrizations.weightNorm(linear(), "weights"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "weightNorm: expected one of the parameters [weight, bias] of the Linear itself; got 'weights'."
                                + " Parametrize the layer that has it.");
        assertThatThrownBy(() -> Parametrizations.weightNorm(linear(), "weight", 2))
                .hasMessage("weightNorm: expected a dim of a parameter with 2; got 2. Choose one of them.");
        assertThatThrownBy(() -> Parametrizations.spectralNorm(Parametrizations.weightNorm(linear(), "weight"), "bias"))
                .hasMessageStartingWith("spectralNorm: expected a layer without parametrizations;");
        assertThatThrownBy(() -> SpectralNormOptions.defaults().withPowerIterations(0))
                .hasMessageStartingWith("SpectralNormOptions: expected at least 1 step");
    }
}
