package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableLongArray;

/**
 * What can be chosen about {@link Convolutions}. One number counts for all spatial dims.
 *
 * <pre>{@code
 * Convolutions.conv2d(x, weight, ConvOptions.defaults().withStride(2).withPadding(1));
 * }</pre>
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param stride the step from window to window, at least 1
 * @param padding how many zeros to think of at both ends of a dim, at least 0; for a transposed convolution, how much
 *     to cut off there
 * @param same whether to pad so that the output is as large as the input, instead of by a number; where that is odd,
 *     the end gets one more
 * @param dilation the step from element to element of a window, at least 1
 * @param groups into how many parts to cut the channels, each convolved by itself
 * @param outputPadding how much larger at its end to make the output of a transposed convolution, less than the stride
 *     or the dilation
 */
public record ConvOptions(
        ImmutableLongArray stride,
        ImmutableLongArray padding,
        boolean same,
        ImmutableLongArray dilation,
        int groups,
        ImmutableLongArray outputPadding) {

    private static final ImmutableLongArray ZERO = ImmutableLongArray.of(0);
    private static final ImmutableLongArray ONE = ImmutableLongArray.of(1);
    private static final ConvOptions DEFAULTS = new ConvOptions(ONE, ZERO, false, ONE, 1, ZERO);

    /**
     * Checks the options.
     *
     * @throws IllegalArgumentException if a number is too small or too large
     */
    public ConvOptions {
        OpChecks.perDim("ConvOptions", "stride", stride, 1);
        OpChecks.perDim("ConvOptions", "padding", padding, 0);
        OpChecks.perDim("ConvOptions", "dilation", dilation, 1);
        checkArgument(groups >= 1, "ConvOptions: expected at least 1 group; got %s. Use 1 for a plain one.", groups);
        OpChecks.perDim("ConvOptions", "outputPadding", outputPadding, 0);
    }

    /** Returns PyTorch's defaults: stride 1, no padding, dilation 1, one group. */
    public static ConvOptions defaults() {
        return DEFAULTS;
    }

    /** Returns these options with another stride. */
    public ConvOptions withStride(long... stride) {
        return new ConvOptions(copy(stride), padding, same, dilation, groups, outputPadding);
    }

    /** Returns these options with zeros at both ends; 0 is what PyTorch also calls valid. */
    public ConvOptions withPadding(long... padding) {
        return new ConvOptions(stride, copy(padding), false, dilation, groups, outputPadding);
    }

    /** Returns these options with an output as large as the input, which takes a stride of 1. */
    public ConvOptions withSamePadding() {
        return new ConvOptions(stride, ZERO, true, dilation, groups, outputPadding);
    }

    /** Returns these options with another dilation. */
    public ConvOptions withDilation(long... dilation) {
        return new ConvOptions(stride, padding, same, copy(dilation), groups, outputPadding);
    }

    /** Returns these options with another number of groups. */
    public ConvOptions withGroups(int groups) {
        return new ConvOptions(stride, padding, same, dilation, groups, outputPadding);
    }

    /** Returns these options with a larger output of a transposed convolution. */
    public ConvOptions withOutputPadding(long... outputPadding) {
        return new ConvOptions(stride, padding, same, dilation, groups, copy(outputPadding));
    }

    private static ImmutableLongArray copy(long[] values) {
        return ImmutableLongArray.copyOf(values);
    }
}
