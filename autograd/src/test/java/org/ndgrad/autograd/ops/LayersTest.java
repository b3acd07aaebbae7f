package org.ndgrad.autograd.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.ndgrad.autograd.Tensors.assertSame;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.GridSampleOptions.Padding;

/** What the op table and the conformance cases do not show of normalization, resampling and attention. */
class LayersTest {

    @Test
    void batchNormMixesMomentsIntoRunningValuesWithoutRecordingIt() {
        Tensor x = Tensor.of(1.0, 2, 3, 4, 8, 0).reshape(3, 2).requiresGrad(true);
        Tensor mean = Tensor.of(0.5, -1.0);
        Tensor var = Tensor.of(2.0, 3.0);

        Normalization.batchNorm(
                x, BatchNormOptions.defaults().withRunning(mean, var).withMomentum(0.2));

        assertSame(mean, Tensor.of(1.2, -0.4), 1e-6);
        assertSame(var, Tensor.of(4.2, 3.2), 1e-6);
        assertThat(mean.requiresGrad()).isFalse();
    }

    @Test
    void instanceNormMixesTheAverageOfTheSamplesMomentsIntoRunningValues() {
        Tensor x = Tensor.of(1.0, 2, 6, 0, 4, 5, 3, 1, 1, 7, 7, 4).reshape(2, 2, 3);
        Tensor mean = Tensor.of(0.5, -1.0);
        Tensor var = Tensor.of(2.0, 3.0);

        Normalization.instanceNorm(
                x, BatchNormOptions.defaults().withRunning(mean, var).withMomentum(0.2));

        assertSame(mean, Tensor.of(0.8 * 0.5 + 0.2 * 7 / 3, 0.1), 1e-6);
        assertSame(var, Tensor.of(0.8 * 2 + 0.2 * 25 / 6, 3.4), 1e-6);
    }

    @Test
    void evaluationLeavesRunningValuesAlone() {
        Tensor mean = Tensor.of(0.5, -1.0);
        Tensor var = Tensor.of(2.0, 3.0);

        Normalization.batchNorm(
                Tensor.ones(3, 2),
                BatchNormOptions.defaults().withRunning(mean, var).withTraining(false));

        assertSame(mean, Tensor.of(0.5, -1.0), 0);
        assertSame(var, Tensor.of(2.0, 3.0), 0);
    }

    @Test
    void aBatchWithoutSamplesTeachesNothing() {
        Tensor mean = Tensor.of(0.5, -1.0);
        Tensor var = Tensor.of(2.0, 3.0);

        Normalization.batchNorm(Tensor.zeros(0, 2), BatchNormOptions.defaults().withRunning(mean, var));

        assertSame(mean, Tensor.of(0.5, -1.0), 0);
        assertSame(var, Tensor.of(2.0, 3.0), 0);
    }

    @Test
    void aLargeMeanCostsNoDigits() {
        Tensor noise = Tensor.of(-1.0, 0.5, 0.25, -0.75, 1.5, -0.5);
        Tensor shifted = noise.add(8192); // exact in float32
        NormalizationOptions options = NormalizationOptions.defaults().withEpsilon(0);

        assertSame(
                Normalization.layerNorm(shifted, new long[] {6}, options),
                Normalization.layerNorm(noise, new long[] {6}, options),
                1e-6);
    }

    @Test
    void aConstantLayerBecomesZeros() {
        Tensor y = Normalization.layerNorm(Tensor.full(DataType.FLOAT, 0.1, 2, 5), 5);

        assertThat(y.toDoubleArray()).containsOnly(0);
    }

    @Test
    void theIdentityOfPlacesGivesTheImageItself() {
        Tensor x = Tensor.arange(12.0).reshape(1, 1, 3, 4);
        Tensor theta = Tensor.of(1.0, 0, 0, 0, 1, 0).reshape(1, 2, 3);
        for (boolean aligned : new boolean[] {false, true}) {
            GridSampleOptions options =
                    GridSampleOptions.defaults().withAlignCorners(aligned).withPadding(Padding.BORDER);

            Tensor grid = Resampling.affineGrid(theta, options, 1, 1, 3, 4);

            assertSame(Resampling.gridSample(x.to(DataType.FLOAT), grid, options), x.to(DataType.FLOAT), 1e-5);
        }
    }

    @Test
    void affineGridCountsTheLastDimFirst() {
        Tensor theta = Tensor.of(1.0, 0.5, 0, 0, 1, 0.25).reshape(1, 2, 3);

        Tensor grid = Resampling.affineGrid(theta, GridSampleOptions.defaults(), 1, 1, 2, 3);

        double third = 2.0 / 3;
        assertSame(
                grid,
                Tensor.of(
                                -third - 0.25,
                                -0.25,
                                -0.25,
                                -0.25,
                                third - 0.25,
                                -0.25,
                                -third + 0.25,
                                0.75,
                                0.25,
                                0.75,
                                third + 0.25,
                                0.75)
                        .reshape(1, 2, 3, 2),
                1e-6);
    }

    @Test
    void placesThatAreNoNumbersAreAtTheBeginningAndInfiniteOnesAtTheEnds() {
        Tensor x = Tensor.of(0.0, 1, 2, 3).reshape(1, 1, 2, 2);
        Tensor grid = Tensor.of(Double.NaN, 0, Double.POSITIVE_INFINITY, 0, Double.NEGATIVE_INFINITY, 0.3)
                .reshape(1, 1, 3, 2);
        GridSampleOptions options =
                GridSampleOptions.defaults().withPadding(Padding.BORDER).withAlignCorners(true);

        assertSame(
                Resampling.gridSample(x, grid, options), Tensor.of(1.0, 2, 1.3).reshape(1, 1, 1, 3), 1e-6);
    }

    @Test
    void aQueryThatSeesNoKeyGetsZerosAndZeroGradients() {
        Tensor query = Tensor.ones(2, 3).requiresGrad(true);
        Tensor key = Tensor.randn(DataType.FLOAT, new Rng(1), 4, 3);
        Tensor mask = Tensor.of(false, true).reshape(2, 1);

        Tensor y = Attention.scaledDotProductAttention(
                query, key, key, AttentionOptions.defaults().withMask(mask));
        y.sum().backward();

        assertThat(y.select(0, 0).toDoubleArray()).containsOnly(0);
        assertThat(y.select(0, 1).ne(0).any().item()).isEqualTo(1);
        assertThat(query.grad().select(0, 0).toDoubleArray()).containsOnly(0);
    }

    @Test
    void dropoutKeepsTheExpectedWeight() {
        Tensor query = Tensor.zeros(100, 1);
        Tensor key = Tensor.zeros(100, 1);
        AttentionOptions options = AttentionOptions.defaults().withDropout(0.25, new Rng(7));

        double[] y = Attention.scaledDotProductAttention(query, key, Tensor.ones(100, 1), options)
                .toDoubleArray();

        assertThat(Arrays.stream(y).average().orElseThrow()).isCloseTo(1, within(0.02));
        assertThat(Arrays.stream(y).distinct().count()).isGreaterThan(5);
    }

    @Test
    void completeDropoutLeavesNothing() {
        Tensor x = Tensor.ones(2, 2);

        Tensor y = Attention.scaledDotProductAttention(
                x, x, x, AttentionOptions.defaults().withDropout(1, new Rng(7)));

        assertThat(y.toDoubleArray()).containsOnly(0);
    }
}
