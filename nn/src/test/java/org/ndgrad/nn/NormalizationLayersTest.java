package org.ndgrad.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;

class NormalizationLayersTest {

    private static BatchNormLayerOptions doubles() {
        return BatchNormLayerOptions.defaults().withDtype(DataType.DOUBLE);
    }

    private static Tensor batch(long seed, long... shape) {
        return Tensor.randn(DataType.DOUBLE, new Rng(seed), shape).mul(3).add(2);
    }

    @Test
    void batchNormsStartAsTheIdentityOfEvaluation() {
        BatchNorm2d layer = new BatchNorm2d(3);

        assertThat(layer.stateDict().keySet())
                .containsExactly("weight", "bias", "running_mean", "running_var", "num_batches_tracked");
        assertThat(layer.weight().toDoubleArray()).containsOnly(1);
        assertThat(layer.bias().toDoubleArray()).containsOnly(0);
        assertThat(layer.runningMean().toDoubleArray()).containsOnly(0);
        assertThat(layer.runningVar().toDoubleArray()).containsOnly(1);
        assertThat(layer.buffers().get("num_batches_tracked").dtype()).isEqualTo(DataType.INT64);
        assertThat(layer.parameters().keySet()).containsExactly("weight", "bias");
    }

    @Test
    void whatALayerWasMadeWithoutIsRefusedWithTheWayOut() {
        BatchNorm2d plain = new BatchNorm2d(
                3, BatchNormLayerOptions.defaults().withAffine(false).withTrackRunningStats(false));
        String text = "BatchNorm2d(channels=3, epsilon=1.0E-5, momentum=0.1, affine=false, trackRunningStats=false)";

        assertThat(plain.hasWeight() || plain.hasBias() || plain.hasRunningStats())
                .isFalse();
        assertThatIllegalStateException()
                .isThrownBy(plain::weight)
                .withMessage(
                        text + ".weight: expected a layer that has it; got one without. Ask hasWeight() first, or make"
                                + " the layer with withAffine(true).");
        assertThatIllegalStateException()
                .isThrownBy(plain::bias)
                .withMessage(text + ".bias: expected a layer that has it; got one without. Ask hasBias() first, or make"
                        + " the layer with withBias(true) where its options know that.");
        assertThatIllegalStateException()
                .isThrownBy(plain::runningMean)
                .withMessage(text + ".runningMean: expected a layer that has it; got one without. Ask hasRunningStats()"
                        + " first, or make the layer with withTrackRunningStats(true).");
        assertThatIllegalStateException()
                .isThrownBy(plain::runningVar)
                .withMessageStartingWith(text + ".runningVar: expected");
        assertThat(new BatchNorm2d(3).hasRunningStats()).isTrue();
        assertThat(new RmsNorm(3).hasWeight()).isTrue();
        assertThat(new RmsNorm(3).hasBias()).isFalse();
    }

    @Test
    void trainingNormalizesAndEvaluationUsesWhatWasSeen() {
        BatchNorm1d layer = new BatchNorm1d(4, doubles());
        Tensor x = batch(0, 50, 4);

        Tensor y = layer.forward(x);

        assertThat(y.mean(0).toDoubleArray()).containsExactly(new double[4], within(1e-12));
        double[] mean = layer.runningMean().toDoubleArray();
        assertThat(mean).containsExactly(x.mean(0).mul(0.1).toDoubleArray(), within(1e-12));
        assertThat(layer.runningVar().toDoubleArray())
                .containsExactly(x.var(0).mul(0.1).add(0.9).toDoubleArray(), within(1e-12));
        assertThat(layer.buffers().get("num_batches_tracked").itemLong()).isEqualTo(1);

        layer.eval();
        Tensor evaluated = layer.forward(x);
        assertThat(layer.runningMean().toDoubleArray()).containsExactly(mean);
        assertThat(evaluated.toDoubleArray()).isNotEqualTo(y.toDoubleArray());
        assertThat(layer.forward(x.slice(0, 0, 1)).toDoubleArray())
                .containsExactly(evaluated.slice(0, 0, 1).toDoubleArray(), within(1e-12));
    }

    @Test
    void withoutMomentumRunningValuesAreMeansOfAllBatches() {
        BatchNorm2d layer = new BatchNorm2d(2, doubles().withCumulativeAverage());
        Tensor first = batch(0, 4, 2, 3, 3);
        Tensor second = batch(1, 4, 2, 3, 3);

        layer.forward(first);
        layer.forward(second);

        int[] dims = {0, 2, 3};
        assertThat(layer.runningMean().toDoubleArray())
                .containsExactly(first.mean(dims).add(second.mean(dims)).div(2).toDoubleArray(), within(1e-12));
    }

    @Test
    void withoutRunningValuesEvaluationIsAsTraining() {
        BatchNorm3d layer =
                new BatchNorm3d(2, doubles().withTrackRunningStats(false).withAffine(false));
        Tensor x = batch(0, 2, 2, 2, 2, 2);

        assertThat(layer.stateDict()).isEmpty();
        double[] trained = layer.forward(x).toDoubleArray();
        layer.eval();
        assertThat(layer.forward(x).toDoubleArray()).containsExactly(trained);
    }

    @Test
    void aCopyHasRunningValuesOfItsOwnAndAConvertedOneKeepsTheCount() {
        BatchNorm1d layer = new BatchNorm1d(2);
        BatchNorm1d copy = (BatchNorm1d) layer.copy();
        copy.to(DataType.DOUBLE);

        copy.forward(batch(0, 5, 2));

        assertThat(layer.runningMean().toDoubleArray()).containsOnly(0);
        assertThat(copy.runningMean().dtype()).isEqualTo(DataType.DOUBLE);
        assertThat(copy.runningMean().toDoubleArray()).doesNotContain(0);
        assertThat(copy.buffers().get("num_batches_tracked").itemLong()).isEqualTo(1);
    }

    @Test
    void instanceNormsLearnAndTrackOnlyIfAsked() {
        Tensor x = batch(0, 2, 3, 5, 4);

        assertThat(new InstanceNorm2d(3).stateDict()).isEmpty();
        InstanceNorm2d layer = new InstanceNorm2d(
                3,
                InstanceNormOptions.defaults()
                        .withDtype(DataType.DOUBLE)
                        .withAffine(true)
                        .withTrackRunningStats(true));
        assertThat(layer.stateDict().keySet())
                .containsExactly("weight", "bias", "running_mean", "running_var", "num_batches_tracked");
        Tensor y = layer.forward(x);
        assertThat(y.mean(new int[] {2, 3}).toDoubleArray()).containsExactly(new double[6], within(1e-12));
        assertThat(new InstanceNorm2d(3).forward(x.select(0, 1)).toDoubleArray())
                .containsExactly(y.select(0, 1).toDoubleArray(), within(1e-12));
        assertThat(layer.buffers().get("num_batches_tracked").itemLong()).isZero();
    }

    @Test
    void normsOverDimsAndGroupsHavePytorchsParameters() {
        assertThat(new LayerNorm(4).stateDict().keySet()).containsExactly("weight", "bias");
        assertThat(new LayerNorm(2, 3).weight().shape()).containsExactly(2, 3);
        assertThat(new LayerNorm(3, NormLayerOptions.defaults().withBias(false))
                        .stateDict()
                        .keySet())
                .containsExactly("weight");
        assertThat(new GroupNorm(2, 4, NormLayerOptions.defaults().withAffine(false)).stateDict())
                .isEmpty();
        assertThat(new RmsNorm(4).stateDict().keySet()).containsExactly("weight");
        assertThat(new RmsNorm(4, RmsNormOptions.defaults().withAffine(false)).stateDict())
                .isEmpty();
        Tensor x = batch(0, 6, 4);
        Tensor y = new RmsNorm(4, RmsNormOptions.defaults().withDtype(DataType.DOUBLE)).forward(x);
        assertThat(y.square().mean(1).toDoubleArray()).containsExactly(new double[] {1, 1, 1, 1, 1, 1}, within(1e-12));
    }

    @Test
    void wrongInputsNameTheLayer() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BatchNorm2d(3).forward(Tensor.zeros(2, 4, 5, 5)))
                .withMessage("BatchNorm2d(channels=3): expected an input of shape (N, 3, H, W); got (2, 4, 5, 5). Make"
                        + " 'channels' the number of channels, or add, drop or permute dims.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BatchNorm1d(3).forward(Tensor.zeros(3)))
                .withMessageContaining("(N, 3) or (N, 3, L); got (3).");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new InstanceNorm1d(3).forward(Tensor.zeros(4, 5)))
                .withMessageContaining("(N, 3, L) or (3, L); got (4, 5).");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BatchNorm1d(3).forward(Tensor.zeros(DataType.DOUBLE, 2, 3)))
                .withMessage("BatchNorm1d(channels=3): expected an input of dtype float32, like the layer; got float64."
                        + " Convert the input with to(DataType.FLOAT).");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LayerNorm(2, 3).forward(Tensor.zeros(4, 3)))
                .withMessage(
                        "LayerNorm(shape=(2, 3)): expected an input of shape (*, 2, 3); got (4, 3). Give the layer the"
                                + " sizes of the last dims, or permute the input.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GroupNorm(2, 4).forward(Tensor.zeros(4, 3)))
                .withMessage(
                        "GroupNorm(channels=4): expected an input of shape (N, 4, *); got (4, 3). Make 'channels' the"
                                + " number of channels, or add or permute dims.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LocalResponseNorm(2).forward(Tensor.zeros(4, 3)))
                .withMessage("LocalResponseNorm(size=2): expected an input of shape (N, C, *) with at least 3 dims; got"
                        + " (4, 3). Add dims with unsqueeze.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RmsNorm(3).forward(Tensor.of(1, 2, 3)))
                .withMessageStartingWith("RmsNorm(shape=(3)): expected an input of a floating-point dtype; got int64.");
    }

    @Test
    void wrongSettingsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new GroupNorm(3, 4))
                .withMessage("GroupNorm: expected groups that divide the channels; got groups=3, channels=4. Choose a"
                        + " divisor.");
        assertThatIllegalArgumentException()
                .isThrownBy(LayerNorm::new)
                .withMessage(
                        "LayerNorm: expected the sizes of at least one dim; got none. Give those of the last dims.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BatchNorm1d(0))
                .withMessage("channels: expected at least 1; got 0. Give the size of dim 1.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LocalResponseNorm(0))
                .withMessage("LocalResponseNorm: expected a size of at least 1; got 0. Count the channel itself.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NormLayerOptions.defaults().withEpsilon(-1))
                .withMessage("epsilon: expected a number of at least 0; got -1.0. Use the default.");
    }

    @Test
    void printTheirSettings() {
        assertThat(new BatchNorm2d(3))
                .hasToString("BatchNorm2d(channels=3, epsilon=1.0E-5, momentum=0.1, affine=true, bias=true,"
                        + " trackRunningStats=true)");
        assertThat(new BatchNorm2d(3, doubles().withCumulativeAverage().withAffine(false)))
                .hasToString("BatchNorm2d(channels=3, epsilon=1.0E-5, momentum=cumulative, affine=false,"
                        + " trackRunningStats=true)");
        assertThat(new LayerNorm(2, 3)).hasToString("LayerNorm(shape=(2, 3), epsilon=1.0E-5, affine=true, bias=true)");
        assertThat(new RmsNorm(2)).hasToString("RmsNorm(shape=(2), epsilon=the dtype's, affine=true)");
        assertThat(new GroupNorm(2, 4))
                .hasToString("GroupNorm(groups=2, channels=4, epsilon=1.0E-5, affine=true, bias=true)");
        assertThat(new LocalResponseNorm(2)).hasToString("LocalResponseNorm(size=2, alpha=1.0E-4, beta=0.75, k=1.0)");
    }
}
