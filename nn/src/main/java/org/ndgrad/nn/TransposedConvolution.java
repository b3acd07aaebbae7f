package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import java.util.List;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Text;
import org.ndgrad.autograd.ops.Padding;

/** What {@link ConvTranspose1d}, {@link ConvTranspose2d} and {@link ConvTranspose3d} have in common. */
public abstract class TransposedConvolution extends Convolution {

    TransposedConvolution(int ndim, long in, long out, long[] kernel, ConvLayerOptions options) {
        super(ndim, out, kernel, options);
        start(in);
    }

    @Override
    final void checkOptions() {
        checkArgument(
                paddingMode() == Padding.Mode.ZEROS,
                "%s: expected the padding mode ZEROS; got %s. Pad the input with Padding.pad.",
                name(this),
                paddingMode());
        checkArgument(
                !windows().same(),
                "%s: expected a padding in numbers; got same padding. Give an output size to forward.",
                name(this));
    }

    @Override
    final long[] weightShape(long in) {
        return withKernel(in, out() / windows().groups());
    }

    @Override
    final long inputs(Tensor weight) {
        return weight.size(0);
    }

    @Override
    final Tensor compute(Tensor x) {
        check(x);
        return convolve(x, windows());
    }

    /**
     * Returns the layer's output of a given size, where a stride leaves several to choose from. The output padding
     * of the options does not count.
     *
     * @param x as for {@link #forward(Tensor)}
     * @param outputSize the spatial sizes, or the whole shape, of the output
     * @throws IllegalArgumentException if the layer cannot make such an output, besides what the other one throws
     */
    public final Tensor forward(Tensor x, long[] outputSize) {
        return hooked(List.of(x), inputs -> computeSized(inputs.get(0), outputSize.clone()));
    }

    private Tensor computeSized(Tensor x, long[] outputSize) {
        check(x);
        int ndim = spatialDims();
        checkArgument(
                outputSize.length == ndim || outputSize.length == x.ndim(),
                "%s: expected an output size of %s or %s numbers; got %s. Give the spatial sizes.",
                who(),
                ndim,
                x.ndim(),
                Text.shape(outputSize));
        long[] wanted = Arrays.copyOfRange(outputSize, outputSize.length - ndim, outputSize.length);
        long[] stride = each("stride", windows().stride());
        long[] padding = each("padding", windows().padding());
        long[] dilation = each("dilation", windows().dilation());
        long[] least = new long[ndim];
        long[] most = new long[ndim];
        long[] more = new long[ndim];
        for (int d = 0; d < ndim; d++) {
            least[d] = (x.size(d - ndim) - 1) * stride[d] - 2 * padding[d] + dilation[d] * (kernel(d) - 1) + 1;
            most[d] = least[d] + stride[d] - 1;
            more[d] = wanted[d] - least[d];
        }
        for (int d = 0; d < ndim; d++) {
            checkArgument(
                    wanted[d] >= least[d] && wanted[d] <= most[d],
                    "%s: expected an output size from %s to %s for an input of shape %s; got %s. Choose one between.",
                    who(),
                    Text.shape(least),
                    Text.shape(most),
                    Text.shape(x),
                    Text.shape(wanted));
        }
        return convolve(x, windows().withOutputPadding(more));
    }
}
