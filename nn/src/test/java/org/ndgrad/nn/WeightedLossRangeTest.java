package org.ndgrad.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;

/** Losses with factors fit where they can be represented, however large or small the factors are. */
class WeightedLossRangeTest {

    private static final double LN2 = Math.log(2);

    /** A type, a size that factors about 1 take to the end of its range, and units of what is lost there. */
    record Size(DataType type, double factor, double tolerance) {}

    static Stream<Size> sizes() {
        return Stream.of(
                new Size(DataType.FLOAT, 0x1.8p127, 1e-6),
                new Size(DataType.FLOAT, 0x1p100, 1e-6),
                new Size(DataType.FLOAT, 0x1p-90, 1e-6),
                new Size(DataType.FLOAT, 0x1p-147, 1e-6),
                new Size(DataType.BFLOAT16, 0x1.8p127, 1e-2),
                new Size(DataType.DOUBLE, 0x1.8p1023, 1e-14),
                new Size(DataType.DOUBLE, 0x1p-600, 1e-14),
                new Size(DataType.DOUBLE, 0x1p-1072, 1e-14));
    }

    private static CrossEntropyOptions weights(DataType type, double... factors) {
        return CrossEntropyOptions.defaults().withWeight(Tensor.of(type, factors));
    }

    /** A mean is divided by the factors, so that it is the same for a thousandth or a thousand times them. */
    @ParameterizedTest
    @MethodSource("sizes")
    void theMeanIsThatOfFactorsAboutOne(Size size) {
        for (double smoothing : new double[] {0, 0.25}) {
            for (long ignored : new long[] {-100, 2}) {
                double[] factors = {1, 0.25, 0.5};
                double[] scaled = {size.factor, 0.25 * size.factor, 0.5 * size.factor};
                assertSameMeans(
                        weights(DataType.DOUBLE, factors)
                                .withLabelSmoothing(smoothing)
                                .withIgnoreIndex(ignored),
                        weights(size.type, scaled).withLabelSmoothing(smoothing).withIgnoreIndex(ignored),
                        size);
            }
        }
    }

    private static void assertSameMeans(CrossEntropyOptions expected, CrossEntropyOptions actual, Size size) {
        Tensor labels = Tensor.of(0, 1, 2, 1);
        double[] x = {1, -0.5, 0.25, 0, 2, -1, 0.5, 0.5, 1, 0, 0, -3};
        Tensor ones = Tensor.of(DataType.DOUBLE, x).reshape(4, 3).requiresGrad(true);
        Tensor leaf = Tensor.of(size.type, x).reshape(4, 3).requiresGrad(true);
        Tensor mean = Losses.crossEntropy(ones, labels, expected);
        Tensor loss = Losses.crossEntropy(leaf, labels, actual);
        mean.backward();
        loss.backward();

        assertThat(loss.item()).isCloseTo(mean.item(), within(size.tolerance));
        assertThat(leaf.grad().toDoubleArray()).containsExactly(ones.grad().toDoubleArray(), within(size.tolerance));
        if (expected.labelSmoothing() == 0) {
            Tensor likely = Tensor.of(size.type, x).reshape(4, 3);
            assertThat(Losses.nllLoss(likely, labels, actual).item())
                    .isCloseTo(Losses.nllLoss(ones.detach(), labels, expected).item(), within(size.tolerance));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"FLOAT", "DOUBLE"})
    void factorsThatNobodyHasDoNotCount(DataType type) {
        double most = type == DataType.FLOAT ? 3e38 : 1.7e308;
        double least = type == DataType.FLOAT ? 0x1p-149 : Double.MIN_VALUE;
        Tensor x = Tensor.zeros(type, 2, 2).requiresGrad(true);
        Tensor loss = Losses.crossEntropy(x, Tensor.of(1, 1), weights(type, most, least));
        loss.backward();

        assertThat(loss.item()).isCloseTo(LN2, within(1e-7));
        assertThat(x.grad().toDoubleArray()).containsExactly(new double[] {0.25, -0.25, 0.25, -0.25}, within(1e-7));
        assertThat(Losses.crossEntropy(x, Tensor.of(1, 1), weights(type, 1, 0)).item())
                .isNaN();
    }

    /** Numbers in units of the largest float64, of which sums and products on the way do not fit. */
    @Test
    void sumsOfFloat64FitWhereTheirMeanDoes() {
        assertLoss(
                crossEntropy(weights(DataType.DOUBLE, 0.5, 2), -1.53, 0.17, 0.17, -0.68), 1.02, -0.2, 0.2, 0.8, -0.8);
        assertLoss(
                crossEntropy(CrossEntropyOptions.defaults().withLabelSmoothing(0.5), 1, -1, -0.5, 0.5),
                0.375,
                0.125,
                -0.125,
                -0.125,
                0.125);
        assertLoss(crossEntropy(CrossEntropyOptions.defaults(), -0.75, 0.75, 0, 0), 0.75, -0.5, 0.5, 0.25, -0.25);
    }

    /** Returns the loss of two samples of classes 0 and 1, in units of 1e308, and its slopes. */
    private static double[] crossEntropy(CrossEntropyOptions options, double... x) {
        Tensor leaf = Tensor.of(DataType.DOUBLE, x).mul(1e308).reshape(2, 2).requiresGrad(true);
        return lossAndSlopes(leaf, Losses.crossEntropy(leaf, Tensor.of(0, 1), options));
    }

    private static double[] lossAndSlopes(Tensor leaf, Tensor loss) {
        loss.backward();
        double[] slopes = leaf.grad().toDoubleArray();
        double[] all = new double[slopes.length + 1];
        all[0] = loss.item() / 1e308;
        System.arraycopy(slopes, 0, all, 1, slopes.length);
        return all;
    }

    /** A binary loss of numbers x in units of the largest, and of targets, whose weighted terms do not fit. */
    interface Binary {
        Tensor of(Tensor x, Tensor t);
    }

    static Stream<Arguments> binaries() {
        return Stream.of(DataType.FLOAT, DataType.DOUBLE).flatMap(type -> {
            Tensor weight = Tensor.of(type, 2, 0, 0.5, 1);
            Tensor positive = Tensor.of(type, 3, 0.25, 0.5, 1);
            Binary weighted = (x, t) -> Losses.binaryCrossEntropyWithLogits(
                    x, t, BceOptions.defaults().withWeight(weight));
            Binary positives = (x, t) -> Losses.binaryCrossEntropyWithLogits(
                    x, t, BceOptions.defaults().withPositiveWeight(positive));
            Binary several = (x, t) -> Losses.multilabelSoftMarginLoss(x, t, weight, Reduction.MEAN);
            return Stream.of(
                    arguments("weighted", type, weighted, (2 * 1.5 + 0.5 * 1.25) / 4, 2 / 4.0),
                    arguments("of positives", type, positives, (1.5 + 0.5 * 1.25 + 0.25 * 0.5) / 4, 1 / 4.0),
                    arguments("several", type, several, (2 * 1.5 + 0.5 * 1.25) / 4, 2 / 4.0));
        });
    }

    @ParameterizedTest
    @MethodSource("binaries")
    void meansOfWeightedBinaryLossesFit(String name, DataType type, Binary loss, double expected, double slope) {
        double most = type == DataType.FLOAT ? 0x1p127 : 0x1p1023;
        Tensor x = Tensor.of(type, 1.5, -0.5, -1.25, -0.25).mul(most).requiresGrad(true);
        Tensor actual = loss.of(x, Tensor.of(type, 0, 1, 1, 0));
        actual.backward();

        assertThat(actual.item() / most).isCloseTo(expected, within(1e-7));
        assertThat(x.grad().get(0).item()).isEqualTo(slope);
    }

    private static void assertLoss(double[] actual, double... expected) {
        assertThat(actual).containsExactly(expected, within(1e-14));
    }
}
