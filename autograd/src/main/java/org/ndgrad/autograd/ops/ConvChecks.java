package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableLongArray;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.spatial.SlidingWindow;

/** What must fit for {@link Convolutions}, and the windows that follow. */
final class ConvChecks {

    private static final String[] SIZES = {"L", "H, W", "D, H, W"};

    private ConvChecks() {}

    /** Throws unless the tensor is a batch of images, or one. */
    static void image(String op, int ndim, Tensor x) {
        checkArgument(
                x.ndim() == ndim + 1 || x.ndim() == ndim + 2,
                "%s: expected an input of shape (N, C, %s) or (C, %s); got %s. Add or drop dims.",
                op,
                SIZES[ndim - 1],
                SIZES[ndim - 1],
                Shapes.format(x.shape()));
        for (int d = x.ndim() - ndim; d < x.ndim(); d++) {
            checkArgument(
                    x.size(d) > 0,
                    "%s: expected an input with at least one element along its spatial dims; got shape %s."
                            + " Only the batch may be empty.",
                    op,
                    Shapes.format(x.shape()));
        }
        checkSizes(op, "spatial sizes", Arrays.copyOfRange(x.shape(), x.ndim() - ndim, x.ndim()));
    }

    /** Throws unless products of two of the sizes can be computed with. */
    private static void checkSizes(String op, String what, long... sizes) {
        checkArgument(
                Arrays.stream(sizes).allMatch(size -> size <= Integer.MAX_VALUE),
                "%s: expected %s below 2^31; got %s. Use smaller ones.",
                op,
                what,
                Shapes.format(sizes));
    }

    static void operands(String op, int ndim, Tensor x, Tensor weight, int groups) {
        image(op, ndim, x);
        checkArgument(
                weight.ndim() == ndim + 2,
                "%s: expected a weight of %s dims, channels and window; got shape %s. Reshape it.",
                op,
                ndim + 2,
                Shapes.format(weight.shape()));
        checkArgument(
                x.dtype() == weight.dtype() && x.dtype() != DataType.BOOL,
                "%s: expected an input and a weight of one floating or integral type; got %s and %s."
                        + " Convert one with to(…).",
                op,
                DTypes.name(x.dtype()),
                DTypes.name(weight.dtype()));
        checkArgument(
                weight.size(0) > 0 && weight.size(0) % groups == 0,
                "%s: expected a weight whose first size is a multiple of the groups, %s; got shape %s."
                        + " Change the groups or the weight.",
                op,
                groups,
                Shapes.format(weight.shape()));
    }

    static void channels(String op, Tensor x, int ndim, long channels) {
        checkArgument(
                x.size(-ndim - 1) == channels,
                "%s: expected an input of %s channels, as the weight has them; got %s in shape %s."
                        + " Check the order of the dims and the groups.",
                op,
                channels,
                x.size(-ndim - 1),
                Shapes.format(x.shape()));
    }

    static void bias(String op, Tensor bias, long channels, DataType type) {
        checkArgument(
                bias.ndim() == 1 && bias.size(0) == channels,
                "%s: expected a bias of shape (%s), a number for each output channel; got %s. Reshape it.",
                op,
                channels,
                Shapes.format(bias.shape()));
        checkArgument(
                bias.dtype() == type,
                "%s: expected a bias of the input's type %s; got %s. Convert one with to(…).",
                op,
                DTypes.name(type),
                DTypes.name(bias.dtype()));
    }

    /** Throws if options were chosen that only convolutions have. */
    static void plain(String op, ConvOptions options) {
        checkArgument(
                options.groups() == 1 && options.outputPadding().stream().allMatch(padding -> padding == 0),
                "%s: expected options without groups and output padding; got %s. Leave them out.",
                op,
                options);
    }

    /** Returns the sizes of the window in a weight. */
    static long[] spatial(Tensor weight) {
        return Arrays.copyOfRange(weight.shape(), 2, weight.ndim());
    }

    /** Returns sizes of at least 1, one for each dim. */
    static long[] kernel(String op, long[] sizes, int ndim) {
        return each(op, "size", ImmutableLongArray.copyOf(sizes), ndim);
    }

    /** Returns the values as one for each dim. */
    static long[] each(String op, String what, ImmutableLongArray values, int ndim) {
        checkArgument(
                values.length() == 1 || values.length() == ndim,
                "%s: expected one %s or %s of them; got %s. Give one number for each spatial dim.",
                op,
                what,
                ndim,
                Shapes.format(values.toArray()));
        checkSizes(op, "a " + what, values.toArray());
        long[] result = new long[ndim];
        Arrays.setAll(result, d -> values.get(values.length() == 1 ? 0 : d));
        return result;
    }

    private static void checkKernel(String op, long[] kernel) {
        checkArgument(
                Arrays.stream(kernel).allMatch(k -> k >= 1),
                "%s: expected a window with at least one element; got %s. Use sizes of at least 1.",
                op,
                Shapes.format(kernel));
        checkSizes(op, "a window", kernel);
    }

    /** Returns the windows that slide over a batch. */
    static SlidingWindow windows(String op, Tensor batch, long[] kernel, ConvOptions options) {
        return windows(op, spatial(batch), kernel, options);
    }

    private static SlidingWindow windows(String op, long[] input, long[] kernel, ConvOptions options) {
        int ndim = kernel.length;
        checkKernel(op, kernel);
        checkArgument(
                options.outputPadding().stream().allMatch(padding -> padding == 0),
                "%s: expected no output padding; got %s. Only transposed convolutions have it.",
                op,
                Shapes.format(options.outputPadding().toArray()));
        long[] stride = each(op, "stride", options.stride(), ndim);
        long[] padding = each(op, "padding", options.padding(), ndim);
        long[] dilation = each(op, "dilation", options.dilation(), ndim);
        long[] output = new long[ndim];
        for (int d = 0; d < ndim; d++) {
            long span = dilation[d] * (kernel[d] - 1) + 1;
            if (options.same()) {
                checkArgument(
                        stride[d] == 1,
                        "%s: expected a stride of 1 with same padding; got %s. Give the padding as a number.",
                        op,
                        Shapes.format(stride));
                padding[d] = (span - 1) / 2;
                output[d] = input[d];
            } else {
                long size = input[d] + 2 * padding[d];
                OpChecks.fits(op, span <= size, span, size, d);
                output[d] = (size - span) / stride[d] + 1;
            }
        }
        return SlidingWindow.of(op, input, kernel, output, stride, padding, dilation);
    }

    /** Returns the windows over the result of a transposed convolution of a batch, one for each of its elements. */
    static SlidingWindow transposedWindows(String op, Tensor batch, long[] kernel, ConvOptions options) {
        int ndim = kernel.length;
        checkKernel(op, kernel);
        checkArgument(!options.same(), "%s: expected a padding in numbers; got same padding. Give it as a number.", op);
        long[] stride = each(op, "stride", options.stride(), ndim);
        long[] padding = each(op, "padding", options.padding(), ndim);
        long[] dilation = each(op, "dilation", options.dilation(), ndim);
        long[] more = each(op, "outputPadding", options.outputPadding(), ndim);
        long[] input = spatial(batch);
        long[] output = new long[ndim];
        for (int d = 0; d < ndim; d++) {
            checkArgument(
                    more[d] < Math.max(stride[d], dilation[d]),
                    "%s: expected an output padding less than the stride or the dilation; got %s with stride %s and"
                            + " dilation %s. Use a smaller one.",
                    op,
                    more[d],
                    stride[d],
                    dilation[d]);
            output[d] = (input[d] - 1) * stride[d] - 2 * padding[d] + dilation[d] * (kernel[d] - 1) + more[d] + 1;
            checkArgument(
                    output[d] >= 1,
                    "%s: expected an output with at least one element; got a size of %s along spatial dim %s."
                            + " Use a smaller padding.",
                    op,
                    output[d],
                    d);
        }
        return SlidingWindow.of(op, output, kernel, input, stride, padding, dilation);
    }

    /** Returns the windows over the result of folding. */
    static SlidingWindow foldWindows(Tensor batch, long[] size, long[] kernel, ConvOptions options) {
        checkArgument(
                Arrays.stream(size).allMatch(s -> s >= 1),
                "fold: expected a result with at least one element; got size %s. Use sizes of at least 1.",
                Shapes.format(size));
        SlidingWindow windows = windows("fold", size, kernel, options);
        long elements = kernel[0] * kernel[1];
        checkArgument(
                batch.size(1) % elements == 0 && batch.size(2) == windows.windows(),
                "fold: expected columns of shape (N, C · %s, %s); got %s. Unfold with the same sizes and options.",
                elements,
                windows.windows(),
                Shapes.format(batch.shape()));
        return windows;
    }
}
