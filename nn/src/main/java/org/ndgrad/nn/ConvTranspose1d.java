package org.ndgrad.nn;

import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.ConvOptions;
import org.ndgrad.autograd.ops.Convolutions;

/**
 * A transposed convolution over one spatial dim: the input spread by windows of weights, plus a bias; the derivative of
 * a convolution with respect to its input.
 *
 * <p>Input: (N, in, L) or (in, L). Output: (N, out, L') or (out, L'); the sizes are those of
 * {@link Convolutions#convTranspose1d(Tensor, Tensor, Tensor, ConvOptions)}. Parameters: {@code weight}
 * (in, out / groups, K) and {@code bias} (out), both drawn from U(−k, k) with
 * k = 1 / √(out / groups · K), as PyTorch does.
 *
 * <pre>{@code
 * ConvTranspose1d layer = new ConvTranspose1d(3, 8, 5, ConvLayerOptions.defaults().withStride(2));
 * layer.forward(Tensor.randn(4, 3, 10)).shape(); // 4, 8, 23
 * }</pre>
 */
public sealed class ConvTranspose1d extends TransposedConvolution permits LazyConvTranspose1d {

    /**
     * Creates a transposed convolution of stride 1 without padding, with a bias, of the default type.
     *
     * @param in channels of the input
     * @param out channels of the output, at least 1
     * @param kernel size of the windows
     * @throws IllegalArgumentException if sizes are too small
     */
    public ConvTranspose1d(long in, long out, long kernel) {
        this(in, out, kernel, ConvLayerOptions.defaults());
    }

    /**
     * Creates a transposed convolution, weight drawn first, then bias.
     *
     * @param in channels of the input
     * @param out channels of the output, at least 1
     * @param kernel size of the windows
     * @throws IllegalArgumentException if sizes and options do not fit each other
     */
    public ConvTranspose1d(long in, long out, long kernel, ConvLayerOptions options) {
        super(1, in, out, new long[] {kernel}, options);
    }

    @Override
    final Tensor convolve(Tensor x, ConvOptions windows) {
        return hasBias()
                ? Functions.convTranspose1d(x, weight(), bias(), windows)
                : Functions.convTranspose1d(x, weight(), windows);
    }
}
