package org.ndgrad.nn;

import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Checks;
import org.ndgrad.autograd.ops.ConvOptions;
import org.ndgrad.autograd.ops.Padding;

/**
 * What can be chosen about layers of convolutions, {@link Conv2d}, {@link ConvTranspose2d} and their like. One number
 * counts for all spatial dims.
 *
 * <pre>{@code
 * new Conv2d(3, 16, 3, ConvLayerOptions.defaults().withStride(2).withPadding(1));
 * }</pre>
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param windows stride, padding, dilation, groups and output padding, as the operation has them
 * @param paddingMode what stands in the padding; a transposed convolution takes zeros only
 * @param bias whether to add a bias
 * @param dtype of the parameters, and so of inputs and outputs
 * @param rng what the initial values are drawn from
 */
public record ConvLayerOptions(
        ConvOptions windows, Padding.Mode paddingMode, boolean bias, DataType dtype, RandomGenerator rng) {

    /**
     * Checks the options.
     *
     * @throws NullPointerException if one of them is null
     */
    public ConvLayerOptions {
        Checks.given("ConvLayerOptions", "dtype", dtype);
        Checks.given("ConvLayerOptions", "rng", rng);
        Checks.given("ConvLayerOptions", "windows", windows);
        Checks.given("ConvLayerOptions", "paddingMode", paddingMode);
    }

    /** Returns PyTorch's defaults: stride 1, no padding, dilation 1, one group, a bias, and the default type. */
    public static ConvLayerOptions defaults() {
        return new ConvLayerOptions(
                ConvOptions.defaults(), Padding.Mode.ZEROS, true, Tensor.defaultDtype(), Rng.defaultRng());
    }

    /** Returns these options with those of the operation. */
    public ConvLayerOptions withWindows(ConvOptions windows) {
        return new ConvLayerOptions(windows, paddingMode, bias, dtype, rng);
    }

    /** Returns these options with another stride. */
    public ConvLayerOptions withStride(long... stride) {
        return withWindows(windows.withStride(stride));
    }

    /** Returns these options with padding at both ends; 0 is what PyTorch also calls valid. */
    public ConvLayerOptions withPadding(long... padding) {
        return withWindows(windows.withPadding(padding));
    }

    /** Returns these options with an output as large as the input, which takes a stride of 1. */
    public ConvLayerOptions withSamePadding() {
        return withWindows(windows.withSamePadding());
    }

    /** Returns these options with another dilation. */
    public ConvLayerOptions withDilation(long... dilation) {
        return withWindows(windows.withDilation(dilation));
    }

    /** Returns these options with another number of groups, into which the channels are cut. */
    public ConvLayerOptions withGroups(int groups) {
        return withWindows(windows.withGroups(groups));
    }

    /** Returns these options with a larger output of a transposed convolution. */
    public ConvLayerOptions withOutputPadding(long... outputPadding) {
        return withWindows(windows.withOutputPadding(outputPadding));
    }

    /** Returns these options with something else in the padding. */
    public ConvLayerOptions withPaddingMode(Padding.Mode paddingMode) {
        return new ConvLayerOptions(windows, paddingMode, bias, dtype, rng);
    }

    /** Returns these options with a bias or without. */
    public ConvLayerOptions withBias(boolean bias) {
        return new ConvLayerOptions(windows, paddingMode, bias, dtype, rng);
    }

    /** Returns these options with parameters of another type. */
    public ConvLayerOptions withDtype(DataType dtype) {
        return new ConvLayerOptions(windows, paddingMode, bias, dtype, rng);
    }

    /** Returns these options with another generator. */
    public ConvLayerOptions withRng(RandomGenerator rng) {
        return new ConvLayerOptions(windows, paddingMode, bias, dtype, rng);
    }
}
