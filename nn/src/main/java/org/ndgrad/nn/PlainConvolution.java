package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Text;
import org.ndgrad.autograd.ops.Padding;

/** What {@link Conv1d}, {@link Conv2d} and {@link Conv3d} have in common: kinds of padding, and the weight's shape. */
abstract class PlainConvolution extends Convolution {

    PlainConvolution(int ndim, long in, long out, long[] kernel, ConvLayerOptions options) {
        super(ndim, out, kernel, options);
        start(in);
    }

    @Override
    final void checkOptions() {
        checkArgument(
                windows().outputPadding().stream().allMatch(padding -> padding == 0),
                "%s: expected no output padding; got %s. Only transposed convolutions have it.",
                name(this),
                Text.shape(windows().outputPadding().toArray()));
        checkArgument(
                !windows().same() || windows().stride().stream().allMatch(stride -> stride == 1),
                "%s: expected a stride of 1 with same padding; got %s. Give the padding as a number.",
                name(this),
                Text.shape(windows().stride().toArray()));
    }

    @Override
    final long[] weightShape(long in) {
        return withKernel(out(), in / windows().groups());
    }

    @Override
    final long inputs(Tensor weight) {
        return weight.size(1) * windows().groups();
    }

    @Override
    final Tensor compute(Tensor x) {
        check(x);
        long[] pads = paddingMode() == Padding.Mode.ZEROS ? new long[0] : pads();
        return Arrays.stream(pads).allMatch(pad -> pad == 0)
                ? convolve(x, windows())
                : convolve(Functions.pad(x, pads, paddingMode()), windows().withPadding(0));
    }

    /** Returns the padding in pairs from the last dim on; of an odd one, the end gets more. */
    private long[] pads() {
        int ndim = spatialDims();
        long[] padding = each("padding", windows().padding());
        long[] dilation = each("dilation", windows().dilation());
        long[] pads = new long[2 * ndim];
        for (int d = 0; d < ndim; d++) {
            long both = windows().same() ? dilation[d] * (kernel(d) - 1) : 2 * padding[d];
            int at = 2 * (ndim - 1 - d);
            pads[at] = both / 2;
            pads[at + 1] = both - both / 2;
        }
        return pads;
    }
}
