package org.ndgrad.autograd.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;

import java.util.Arrays;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;

/** Norms, unpooling and fractional pooling at the edges, as PyTorch 2.13 gives them. */
class PoolingRelativesTest {

    private static final double NAN = Double.NaN;

    @ParameterizedTest
    @CsvSource({
        "2, 0 3.1622776601683795 7.0710678118654755, 0 0 0.31622776601683794 -0.9486832980505138 1.414213562373095",
        "3, 0 NaN 6.299605249474365, 0 0 NaN NaN 1.2599210498948725",
        "1.5, 0 NaN 7.937005259840997, 0 0 NaN NaN 1.5874010519681994",
        "-1, 0 1.4999999999999998 2.5, NaN NaN 2.2499999999999996 0.24999999999999994 0.49999999999999994",
        "0.5, 0 NaN 20.000000000000004, NaN NaN NaN NaN 4",
        "Infinity, 0 3 5, 0 0 0 -1 1",
        "-Infinity, 0 1 5, 0 0 1 0 1",
        "1, 0 -2 10, 0 0 1 1 2"
    })
    void normsAndTheirGradientsAtZeroAndBelow(double p, String values, String gradient) {
        Tensor x = Tensor.of(DOUBLE, new double[] {0, 0, 1, -3, 5})
                .reshape(1, 1, 5)
                .requiresGrad(true);

        Tensor y = LpPooling.lpPool1d(x, p, PoolOptions.of(2).withCeilMode(true));
        y.sum().backward();

        assertThat(y.toDoubleArray()).containsExactly(numbers(values), within(1e-15 * 20));
        assertThat(x.grad().toDoubleArray()).containsExactly(numbers(gradient), within(1e-15 * 20));
    }

    @Test
    void theLastOfEqualIndicesCountsAndEachGetsTheGradient() {
        Tensor x = Tensor.of(DOUBLE, new double[] {1, 2, 3}).reshape(1, 1, 3).requiresGrad(true);

        Tensor y = MaxUnpooling.maxUnpool1d(x, Tensor.of(0, 0, 4).reshape(1, 1, 3), 2);
        y.sum().backward();

        assertThat(y.toDoubleArray()).containsExactly(2, 0, 0, 0, 3, 0);
        assertThat(x.grad().toDoubleArray()).containsExactly(1, 1, 1);
    }

    @Test
    void unpoolingUndoesPoolingBackToItsShape() {
        Tensor x = OpCase.sample(OpCase.ANY, 2, 3, 5, 7);
        PoolOptions options = PoolOptions.of(2);
        ValuesAndIndices largest = Pooling.maxPool2dWithIndices(x, options);

        Tensor y = MaxUnpooling.maxUnpool2d(largest.values(), largest.indices(), options, x.shape());

        assertThat(y.shape()).containsExactly(2, 3, 5, 7);
        assertThat(Pooling.maxPool2dWithIndices(y.where(y.ne(0), -9), options)
                        .indices()
                        .toLongArray())
                .containsExactly(largest.indices().toLongArray());
    }

    @Test
    void fractionalWindowsBeginWherePyTorchsDo() {
        Tensor x = Tensor.arange(49).to(DOUBLE).reshape(1, 1, 7, 7);
        FractionalPoolOptions options = FractionalPoolOptions.ofSizes(1, 4, 5)
                .withKernel(2, 1)
                .withSamples(Tensor.of(DOUBLE, new double[] {0.3, 0.85}).reshape(1, 1, 2));

        assertThat(FractionalPooling.fractionalMaxPool2dWithIndices(x, options)
                        .indices()
                        .toLongArray())
                .containsExactly(7, 8, 10, 11, 13, 21, 22, 24, 25, 27, 28, 29, 31, 32, 34, 42, 43, 45, 46, 48);
    }

    @Test
    void fractionalWindowsOverThreeDimsBeginWherePyTorchsDo() {
        Tensor x = Tensor.arange(150).to(DOUBLE).reshape(1, 1, 5, 6, 5);
        FractionalPoolOptions options = FractionalPoolOptions.ofSizes(1, 3, 4, 2)
                .withKernel(2, 1, 2)
                .withSamples(Tensor.of(DOUBLE, new double[] {0.3, 0.85, 0.6}).reshape(1, 1, 3));

        assertThat(FractionalPooling.fractionalMaxPool3dWithIndices(x, options)
                        .indices()
                        .toLongArray())
                .containsExactly(
                        31, 34, 41, 44, 46, 49, 56, 59, 61, 64, 71, 74, 76, 79, 86, 89, 121, 124, 131, 134, 136, 139,
                        146, 149);
    }

    @ParameterizedTest
    @CsvSource({
        "HALF, 0 2 3 5 7 9 10 12 14 16 17 19 21 23 25 26 28 30 32 33 35 37 39",
        "BFLOAT16, 0 2 3 5 7 9 10 12 14 16 18 19 21 23 25 26 28 30 32 34 35 37 39"
    })
    void fractionalWindowsOfHalfTypesAreFoundInTheirArithmetic(DataType type, String begins) {
        Tensor x = Tensor.arange(40).to(type).expand(1, 1, 2, 40).clone();
        FractionalPoolOptions options = FractionalPoolOptions.ofSizes(1, 1, 23)
                .withSamples(Tensor.of(DOUBLE, new double[] {0.7, 0.3})
                        .reshape(1, 1, 2)
                        .to(type));

        Tensor found = FractionalPooling.fractionalMaxPool2dWithIndices(x, options)
                .indices()
                .remainder(40);

        assertThat(found.to(DOUBLE).toDoubleArray()).containsExactly(numbers(begins));
    }

    @Test
    void nanWinsAndWindowsOfEachChannelAreItsOwn() {
        Tensor nan = Tensor.of(DOUBLE, new double[] {1, NAN, NAN, 3}).reshape(1, 2, 2);
        FractionalPoolOptions one = FractionalPoolOptions.ofSizes(2, 1);

        assertThat(FractionalPooling.fractionalMaxPool2dWithIndices(nan, one)
                        .indices()
                        .toLongArray())
                .containsExactly(2);
        Tensor same = Tensor.arange(100).to(DOUBLE).expand(50, 1, 100).reshape(50, 10, 10);
        Tensor y = FractionalPooling.fractionalMaxPool2d(
                same, FractionalPoolOptions.ofRatios(2, 0.6).withRng(new Rng(1)));
        assertThat(y.shape()).containsExactly(50, 6, 6);
        assertThat(y.sum(0).div(50).eq(y.select(0, 0)).all().itemBoolean()).isFalse();
        assertThat(FractionalPooling.fractionalMaxPool2d(same, FractionalPoolOptions.ofSizes(2, 0, 3))
                        .shape())
                .containsExactly(50, 0, 3);
    }

    @Test
    void whatDoesNotFitIsRefused() {
        Tensor x = Tensor.zeros(1, 1, 4, 4);
        Tensor indices = Tensor.zeros(DataType.INT64, 1, 1, 2, 2);
        Tensor half = Tensor.zeros(1, 1, 2, 2);

        assertRefused(
                () -> LpPooling.lpPool2d(x, 0, 2),
                "lpPool2d: expected a p other than 0; got 0.0. Use 2, or 1 for sums.");
        assertRefused(
                () -> LpPooling.lpPool2d(x, 2, PoolOptions.of(2).withPadding(1)),
                "lpPool2d: expected options of kernel, stride and ceilMode only; got PoolOptions[");
        assertRefused(
                () -> MaxUnpooling.maxUnpool2d(half, indices.select(0, 0), 2),
                "maxUnpool2d: expected indices of the input's shape (1, 1, 2, 2); got (1, 2, 2).");
        assertRefused(
                () -> MaxUnpooling.maxUnpool2d(half, half, 2), "maxUnpool2d: expected integral indices; got float32.");
        assertRefused(
                () -> MaxUnpooling.maxUnpool2d(half, indices, PoolOptions.of(2), 6, 5),
                "maxUnpool2d: expected an output size between 2 and 6, both excluded, along spatial dim 0; got 6.");
        assertRefused(
                () -> MaxUnpooling.maxUnpool2d(half, indices, PoolOptions.of(2), 4),
                "maxUnpool2d: expected an output size of 2 numbers, or the whole shape; got (4).");
        assertRefused(
                () -> MaxUnpooling.maxUnpool2d(half, indices, PoolOptions.of(2).withDilation(2)),
                "maxUnpool2d: expected options without dilation and divisor; got PoolOptions[");
        assertThatThrownBy(() -> MaxUnpooling.maxUnpool2d(half, indices.add(16), 2))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertRefused(
                () -> FractionalPooling.fractionalMaxPool2d(x, FractionalPoolOptions.ofSizes(2, 4)),
                "fractionalMaxPool2d: expected at least output size + kernel − 1 = 5 elements along spatial dim 0; got 4.");
        assertThat(FractionalPooling.fractionalMaxPool2d(x, FractionalPoolOptions.ofSizes(2, 3))
                        .shape())
                .containsExactly(1, 1, 3, 3);
        assertRefused(
                () -> FractionalPooling.fractionalMaxPool3d(x, FractionalPoolOptions.ofSizes(2, 1, 2, 3)),
                "fractionalMaxPool3d: expected at least output size + kernel = 3 elements along spatial dim 0; got 1.");
        Tensor volume = Tensor.zeros(1, 4, 4, 4);
        assertThat(FractionalPooling.fractionalMaxPool3d(volume, FractionalPoolOptions.ofSizes(2, 2))
                        .shape())
                .containsExactly(1, 2, 2, 2);
        assertRefused(
                () -> FractionalPooling.fractionalMaxPool3d(volume, FractionalPoolOptions.ofSizes(2, 2, 2, 3)),
                "fractionalMaxPool3d: expected at least output size + kernel = 5 elements along spatial dim 2; got 4.");
        assertRefused(
                () -> FractionalPooling.fractionalMaxPool2d(x, FractionalPoolOptions.ofRatios(2, 0.5, 0.5, 0.5)),
                "fractionalMaxPool2d: expected one ratio or 2 of them; got 3.");
        assertRefused(
                () -> FractionalPooling.fractionalMaxPool2d(
                        x, FractionalPoolOptions.ofSizes(2, 2).withSamples(Tensor.zeros(1, 1, 3))),
                "fractionalMaxPool2d: expected samples of shape (at least 1, 1, 2) and the input's type float32; got (1, 1, 3), float32.");
        assertRefused(
                () -> FractionalPooling.fractionalMaxPool2d(
                        x,
                        FractionalPoolOptions.ofSizes(2, 2)
                                .withSamples(Tensor.full(2, 1, 1, 2).to(DataType.FLOAT))),
                "fractionalMaxPool2d: expected samples from 0 to 1; got 2.0.");
        assertRefused(
                () -> FractionalPoolOptions.ofRatios(2, 1.5),
                "FractionalPoolOptions: expected ratios between 0 and 1; got 1.5.");
        assertRefused(() -> FractionalPoolOptions.ofRatios(2), "FractionalPoolOptions: expected a ratio; got none.");
        assertRefused(
                () -> Rearranging.channelShuffle(Tensor.zeros(4, 2), 2),
                "channelShuffle: expected an input of shape (N, C, *), of at least 3 dims; got shape (4, 2).");
        assertRefused(
                () -> Rearranging.channelShuffle(x, 2),
                "channelShuffle: expected at least 1 group, and channels in multiples of the groups; got 2 groups and shape"
                        + " (1, 1, 4, 4).");
    }

    private static void assertRefused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith(message);
    }

    private static double[] numbers(String text) {
        return Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
    }
}
