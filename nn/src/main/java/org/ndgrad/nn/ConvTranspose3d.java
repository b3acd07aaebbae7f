package org.ndgrad.nn;

import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.ConvOptions;
import org.ndgrad.autograd.ops.Convolutions;

/**
 * A transposed convolution over three spatial dims: the input spread by windows of weights, plus a bias; the derivative
 * of a convolution with respect to its input.
 *
 * <p>Input: (N, in, D, H, W) or (in, D, H, W). Output: (N, out, D', H', W') or (out, D', H', W'); the sizes are those
 * of {@link Convolutions#convTranspose3d(Tensor, Tensor, Tensor, ConvOptions)}. Parameters: {@code weight}
 * (in, out / groups, K, K, K) and {@code bias} (out), both drawn from U(−k, k) with
 * k = 1 / √(out / groups · K³), as PyTorch does.
 *
 * <pre>{@code
 * ConvTranspose3d layer = new ConvTranspose3d(3, 8, 5, ConvLayerOptions.defaults().withStride(2));
 * layer.forward(Tensor.randn(4, 3, 10, 10, 10)).shape(); // 4, 8, 23, 23, 23
 * }</pre>
 */
public sealed class ConvTranspose3d extends TransposedConvolution permits LazyConvTranspose3d {

    /**
     * Creates a transposed convolution of stride 1 without padding, with a bias, of the default type.
     *
     * @param in channels of the input
     * @param out channels of the output, at least 1
     * @param kernel size of the windows in every dim
     * @throws IllegalArgumentException if sizes are too small
     */
    public ConvTranspose3d(long in, long out, long kernel) {
        this(in, out, kernel, ConvLayerOptions.defaults());
    }

    /**
     * Creates a transposed convolution of stride 1 without padding, with a bias, of the default type.
     *
     * @param in channels of the input
     * @param out channels of the output, at least 1
     * @param kernel three sizes of the windows
     * @throws IllegalArgumentException if sizes are too small
     */
    public ConvTranspose3d(long in, long out, long[] kernel) {
        this(in, out, kernel, ConvLayerOptions.defaults());
    }

    /**
     * Creates a transposed convolution, weight drawn first, then bias.
     *
     * @param in channels of the input
     * @param out channels of the output, at least 1
     * @param kernel size of the windows in every dim
     * @throws IllegalArgumentException if sizes and options do not fit each other
     */
    public ConvTranspose3d(long in, long out, long kernel, ConvLayerOptions options) {
        super(3, in, out, new long[] {kernel}, options);
    }

    /**
     * Creates a transposed convolution, weight drawn first, then bias.
     *
     * @param in channels of the input
     * @param out channels of the output, at least 1
     * @param kernel three sizes of the windows
     * @throws IllegalArgumentException if sizes and options do not fit each other
     */
    public ConvTranspose3d(long in, long out, long[] kernel, ConvLayerOptions options) {
        super(3, in, out, kernel, options);
    }

    @Override
    final Tensor convolve(Tensor x, ConvOptions windows) {
        return hasBias()
                ? Functions.convTranspose3d(x, weight(), bias(), windows)
                : Functions.convTranspose3d(x, weight(), windows);
    }
}
