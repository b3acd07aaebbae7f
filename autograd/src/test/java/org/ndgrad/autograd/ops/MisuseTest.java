package org.ndgrad.autograd.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ndgrad.autograd.Misuse.misuse;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Misuse;
import org.ndgrad.autograd.Tensor;

/** Sizes and counts that no memory holds or that overflow are refused, before anything native or absurdly large. */
class MisuseTest {

    private static final Class<? extends Exception> ARGUMENT = IllegalArgumentException.class;
    private static final Class<? extends Exception> STATE = IllegalStateException.class;
    private static final long HUGE = 1L << 40;

    static Stream<Misuse> sizes() {
        Tensor x = Tensor.ones(2, 3);
        return Stream.of(
                misuse(
                        "elements that fit in a long while their bytes do not",
                        STATE,
                        "allocate: expected free memory for an array of shape (2147483650, 2147483650), float32; got none."
                                + " Use a smaller one, or smaller batches.",
                        () -> Diagonals.diagflat(Tensor.ones(2), 1L << 31)),
                misuse(
                        "more bytes than the machine has",
                        STATE,
                        "allocate: expected free memory for an array of shape (1099511627776), float32; got none. Use a"
                                + " smaller one, or smaller batches.",
                        () -> Tensor.ones(1).expand(HUGE).neg()),
                misuse(
                        "a type without arithmetic",
                        ARGUMENT,
                        "allocate: expected an array of a floating, integral or boolean type; got UINT32. Cast it with"
                                + " castTo first.",
                        () -> Tensor.zeros(DataType.UINT32, 2)),
                misuse(
                        "more elements than a Java array holds",
                        ARGUMENT,
                        "toDoubleArray: expected fewer than 2^31 numbers, which a Java array can hold; got 1099511627776."
                                + " Use less.",
                        () -> Tensor.ones(1).expand(HUGE).toDoubleArray()),
                misuse(
                        "a shape whose product is 6 modulo 2^64",
                        ARGUMENT,
                        "reshape: expected fewer than 2^63 elements; got shape (2, 3, 4294967296, 4294967296). Use less.",
                        () -> x.reshape(2, 3, 1L << 32, 1L << 32)),
                misuse(
                        "repetitions whose product overflows",
                        ARGUMENT,
                        "repeat: expected fewer than 2^63 elements; got shape (2199023255552, 3298534883328). Use less.",
                        () -> Repeating.repeat(x, HUGE, HUGE)),
                misuse(
                        "repetitions whose sum overflows",
                        ARGUMENT,
                        "repeatInterleave: expected counts below 2^31; got 9223372036854775807. Clamp them.",
                        () -> Repeating.repeatInterleave(Tensor.of(Long.MAX_VALUE, 1L))),
                misuse(
                        "pads whose sum overflows",
                        ARGUMENT,
                        "pad: expected pads between -2^60 and 2^60; got [9223372036854775807, 1]. Use smaller ones.",
                        () -> Padding.pad(x, new long[] {Long.MAX_VALUE, 1}, 0)),
                misuse(
                        "pads beyond a Java array",
                        ARGUMENT,
                        "pad: expected fewer than 2^31 numbers, which a Java array can hold; got 1099511627779. Use less.",
                        () -> Padding.pad(x, new long[] {0, HUGE}, Padding.Mode.REPLICATE)),
                misuse(
                        "an offset that overflows",
                        ARGUMENT,
                        "diagEmbed: expected an offset between -2^62 and 2^62; got 9223372036854775807. Use a smaller one.",
                        () -> Diagonals.diagEmbed(x, Long.MAX_VALUE, 0, 1)),
                misuse(
                        "a factor whose square overflows",
                        ARGUMENT,
                        "pixelShuffle: expected a factor below 2^31; got 1099511627776. Use a smaller one.",
                        () -> Rearranging.pixelShuffle(Tensor.ones(1, 2, 2), HUGE)),
                misuse(
                        "more dims than there are to permute a scalar",
                        ARGUMENT,
                        "permute: expected each of the 0 dims once; got [0, 1]. Name all of them.",
                        () -> Shaping.permute(Tensor.of(1.0), 0, 1)));
    }

    static Stream<Misuse> windows() {
        Tensor image = Tensor.ones(1, 2, 4, 4);
        Tensor weight = Tensor.ones(2, 2, 3, 3);
        ConvOptions plain = ConvOptions.defaults();
        return Stream.of(
                misuse(
                        "a dilation whose span overflows",
                        ARGUMENT,
                        "ConvOptions: expected a dilation of at least 1 and below 2^31; got (9223372036854775807). Give one"
                                + " number, or one for each spatial dim.",
                        () -> Convolutions.conv2d(image, weight, plain.withDilation(Long.MAX_VALUE))),
                misuse(
                        "a window whose span overflows",
                        ARGUMENT,
                        "unfold: expected a size below 2^31; got (9223372036854775807). Use smaller ones.",
                        () -> Convolutions.unfold(image, Long.MAX_VALUE)),
                misuse(
                        "a padding that makes too many windows",
                        ARGUMENT,
                        "conv2d: expected spatial sizes with a product below 2^31; got (2097154, 2097154). Use smaller ones.",
                        () -> Convolutions.conv2d(image, weight, plain.withPadding(1 << 20))),
                misuse(
                        "a padded size that overflows an int",
                        ARGUMENT,
                        "conv2d: expected a padded size with a product below 2^31; got (2147483652). Use smaller ones.",
                        () -> Convolutions.conv2d(
                                image, weight, plain.withPadding(1L << 30).withStride(1L << 30))),
                misuse(
                        "a stride that makes too large a result",
                        ARGUMENT,
                        "convTranspose2d: expected spatial sizes with a product below 2^31; got (3145731, 3145731). Use"
                                + " smaller ones.",
                        () -> Convolutions.convTranspose2d(image, weight, plain.withStride(1 << 20))),
                misuse(
                        "a kernel that overflows",
                        ARGUMENT,
                        "PoolOptions: expected a kernel of at least 1 and below 2^31; got (9223372036854775807). Give one"
                                + " number, or one for each spatial dim.",
                        () -> Pooling.maxPool2d(image, PoolOptions.of(Long.MAX_VALUE))),
                misuse(
                        "a result of an adaptive pool beyond a Java array",
                        ARGUMENT,
                        "adaptiveAvgPool1d: expected fewer than 2^31 numbers, which a Java array can hold; got 2147483647."
                                + " Use less.",
                        () -> Pooling.adaptiveAvgPool1d(Tensor.ones(1, 2, 4), Integer.MAX_VALUE)),
                misuse(
                        "an image larger than an int",
                        ARGUMENT,
                        "interpolate: expected a size below 2^31 for dim 2; got 4000000000000. Use a smaller one.",
                        () -> Resampling.interpolate(image, InterpolateOptions.ofFactors(1e12))),
                misuse(
                        "more sections than a Java array holds",
                        ARGUMENT,
                        "tensorSplit: expected fewer than 2^31 numbers, which a Java array can hold; got 2147483647. Use"
                                + " less.",
                        () -> Joining.tensorSplit(image, Integer.MAX_VALUE, 0)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"sizes", "windows"})
    void isAnsweredWithAMessage(Misuse misuse) {
        misuse.assertAnswer();
    }

    @Test
    void aJavaArrayThatDoesNotFitIntoTheHeapIsRefused() {
        long most = Runtime.getRuntime().maxMemory() / 4;
        assertThatThrownBy(() -> Tensor.ones(1).expand(Math.min(most, 1L << 30)).toLongArray())
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("toLongArray: expected free memory for a Java array of ")
                .hasMessageEndingWith(" numbers; got none. Use less, or a larger heap.");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void anIndexWithoutElementsTakesNoGradient(int what) {
        Tensor x = Tensor.ones(3, 2).requiresGrad(true);
        Tensor source = Tensor.ones(5, 5).requiresGrad(true);
        Tensor index = Tensor.zeros(DataType.INT64, 0);
        Tensor y = what == 0 ? Scattering.scatter(x, 0, index, source) : Indexing.scatterAdd(x, 0, index, source);
        List<Tensor> gradients = Autograd.grad(y.sum(), List.of(x, source));
        assertThat(gradients.get(0).toDoubleArray()).containsOnly(1);
        assertThat(gradients.get(1).shape()).containsExactly(5, 5);
        assertThat(gradients.get(1).toDoubleArray()).containsOnly(0);
    }

    @Test
    void theAngleOfABooleanHasAGradient() {
        Tensor x = Tensor.of(2.0, 2.0).requiresGrad(true);
        Tensor y = Tensor.of(true, false);
        Elementary.atan2(y, x).sum().backward();
        assertThat(x.grad().toDoubleArray()).containsExactly(-0.2f, -0.0);
    }
}
