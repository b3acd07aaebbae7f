package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.Misuse.misuse;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Misuse;
import org.ndgrad.autograd.Tensor;

/** What a misuse of convolutions and pooling is answered with, word by word. */
class ConvolutionErrorsTest {

    private static final Class<? extends Exception> ARGUMENT = IllegalArgumentException.class;
    private static final ConvOptions PLAIN = ConvOptions.defaults();

    static Stream<Misuse> convolutions() {
        Tensor x = Tensor.ones(1, 2, 5, 5);
        Tensor w = Tensor.ones(4, 2, 3, 3);
        return Stream.of(
                misuse(
                        "an image without channels",
                        ARGUMENT,
                        "conv2d: expected an input of shape (N, C, H, W) or (C, H, W); got (5, 5). Add or drop dims.",
                        () -> Convolutions.conv2d(Tensor.ones(5, 5), w)),
                misuse(
                        "a weight of another dimension",
                        ARGUMENT,
                        "conv2d: expected a weight of 4 dims, channels and window; got shape (4, 2, 3). Reshape it.",
                        () -> Convolutions.conv2d(x, Tensor.ones(4, 2, 3))),
                misuse(
                        "other channels",
                        ARGUMENT,
                        "conv2d: expected an input of 3 channels, as the weight has them; got 2 in shape (1, 2, 5, 5)."
                                + " Check the order of the dims and the groups.",
                        () -> Convolutions.conv2d(x, Tensor.ones(4, 3, 3, 3))),
                misuse(
                        "groups that do not divide",
                        ARGUMENT,
                        "conv2d: expected a weight whose first size is a multiple of the groups, 3; got shape"
                                + " (4, 2, 3, 3). Change the groups or the weight.",
                        () -> Convolutions.conv2d(x, w, PLAIN.withGroups(3))),
                misuse(
                        "a large window",
                        ARGUMENT,
                        "conv2d: expected a window no larger than the padded input; got a span of 9 in 7 along spatial"
                                + " dim 1. Pad more, or use a smaller window or dilation.",
                        () -> Convolutions.conv2d(x, w, PLAIN.withPadding(1).withDilation(1, 4))),
                misuse(
                        "a window without elements",
                        ARGUMENT,
                        "conv2d: expected a window with at least one element; got (0, 3). Use sizes of at least 1.",
                        () -> Convolutions.conv2d(x, Tensor.zeros(4, 2, 0, 3))),
                misuse(
                        "two types",
                        ARGUMENT,
                        "conv2d: expected an input and a weight of one floating or integral type; got float32 and"
                                + " float64. Convert one with to(…).",
                        () -> Convolutions.conv2d(x, w.to(DataType.DOUBLE))),
                misuse(
                        "a bias of another size",
                        ARGUMENT,
                        "conv2d: expected a bias of shape (4), a number for each output channel; got (2). Reshape it.",
                        () -> Convolutions.conv2d(x, w, Tensor.ones(2), PLAIN)),
                misuse(
                        "an empty image",
                        ARGUMENT,
                        "conv2d: expected an input with at least one element along its spatial dims; got shape"
                                + " (1, 2, 0, 5). Only the batch may be empty.",
                        () -> Convolutions.conv2d(Tensor.zeros(1, 2, 0, 5), w, PLAIN.withPadding(2))),
                misuse(
                        "same padding with a stride",
                        ARGUMENT,
                        "conv2d: expected a stride of 1 with same padding; got (2, 2). Give the padding as a number.",
                        () -> Convolutions.conv2d(x, w, PLAIN.withSamePadding().withStride(2))),
                misuse(
                        "a stride for another number of dims",
                        ARGUMENT,
                        "conv2d: expected one stride or 2 of them; got (1, 1, 1). Give one number for each spatial dim.",
                        () -> Convolutions.conv2d(x, w, PLAIN.withStride(1, 1, 1))),
                misuse(
                        "a stride of 0",
                        ARGUMENT,
                        "ConvOptions: expected a stride of at least 1 and below 2^31; got (0). Give one number, or one for each"
                                + " spatial dim.",
                        () -> PLAIN.withStride(0)),
                misuse(
                        "output padding of a plain convolution",
                        ARGUMENT,
                        "conv2d: expected no output padding; got (1). Only transposed convolutions have it.",
                        () -> Convolutions.conv2d(x, w, PLAIN.withOutputPadding(1))),
                misuse(
                        "too much output padding",
                        ARGUMENT,
                        "convTranspose1d: expected an output padding less than the stride or the dilation; got 2 with"
                                + " stride 2 and dilation 1. Use a smaller one.",
                        () -> Convolutions.convTranspose1d(
                                Tensor.ones(1, 4),
                                Tensor.ones(1, 1, 2),
                                PLAIN.withStride(2).withOutputPadding(2))),
                misuse(
                        "more padding than output",
                        ARGUMENT,
                        "convTranspose1d: expected an output with at least one element; got a size of -1 along spatial"
                                + " dim 0. Use a smaller padding.",
                        () -> Convolutions.convTranspose1d(
                                Tensor.ones(1, 4), Tensor.ones(1, 1, 2), PLAIN.withPadding(3))),
                misuse(
                        "columns of other windows",
                        ARGUMENT,
                        "fold: expected columns of shape (N, C · 4, 16); got (1, 8, 15). Unfold with the same sizes and"
                                + " options.",
                        () -> Convolutions.fold(Tensor.ones(1, 8, 15), new long[] {5, 5}, new long[] {2, 2}, PLAIN)));
    }

    static Stream<Misuse> pooling() {
        Tensor x = Tensor.ones(1, 2, 5, 5);
        return Stream.of(
                misuse(
                        "more padding than half the kernel",
                        ARGUMENT,
                        "maxPool2d: expected a padding of at most half the kernel; got padding 2 with kernel 3. Use a"
                                + " smaller one.",
                        () -> Pooling.maxPool2d(x, PoolOptions.of(3).withPadding(2))),
                misuse(
                        "a large kernel",
                        ARGUMENT,
                        "avgPool2d: expected a window no larger than the padded input; got a span of 7 in 5 along"
                                + " spatial dim 0. Pad more, or use a smaller window or dilation.",
                        () -> Pooling.avgPool2d(x, 7)),
                misuse(
                        "a window beside the input",
                        ARGUMENT,
                        "maxPool1d: expected windows with an element of the input each; got one in the padding only,"
                                + " along spatial dim 0. Use a smaller dilation.",
                        () -> Pooling.maxPool1d(
                                Tensor.ones(1, 4),
                                PoolOptions.of(2).withPadding(1).withDilation(5))),
                misuse(
                        "a divisor of 0",
                        ARGUMENT,
                        "PoolOptions: expected a divisor other than 0; got 0. Leave it out to divide by the window's"
                                + " size.",
                        () -> PoolOptions.of(2).withDivisor(0)),
                misuse(
                        "a divisor of a maximum",
                        ARGUMENT,
                        "maxPool2d: expected options without a divisor; got 3. Only averages have it.",
                        () -> Pooling.maxPool2d(x, PoolOptions.of(2).withDivisor(3))),
                misuse(
                        "a dilated average",
                        ARGUMENT,
                        "avgPool2d: expected a dilation of 1; got (2). Only the maximum has others.",
                        () -> Pooling.avgPool2d(x, PoolOptions.of(2).withDilation(2))),
                misuse(
                        "a negative size",
                        ARGUMENT,
                        "adaptiveAvgPool2d: expected an output size of at least 0; got (2, -1). Use x.size(dim) to keep"
                                + " a dim.",
                        () -> Pooling.adaptiveAvgPool2d(x, 2, -1)),
                misuse(
                        "booleans",
                        ARGUMENT,
                        "maxPool2d: expected a tensor of numbers; got bool. Convert it with to(…).",
                        () -> Pooling.maxPool2d(x.gt(0), 2)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"convolutions", "pooling"})
    void aMisuseIsAnsweredWithAMessageThatHelps(Misuse misuse) {
        misuse.assertAnswer();
    }
}
