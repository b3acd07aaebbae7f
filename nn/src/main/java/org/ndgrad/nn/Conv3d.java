package org.ndgrad.nn;

import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.ConvOptions;
import org.ndgrad.autograd.ops.Convolutions;

/**
 * A convolution over three spatial dims: windows of the input multiplied with weights, plus a bias.
 *
 * <p>Input: (N, in, D, H, W) or (in, D, H, W). Output: (N, out, D', H', W') or (out, D', H', W'); the sizes are those
 * of {@link Convolutions#conv3d(Tensor, Tensor, Tensor, ConvOptions)}. Parameters: {@code weight}
 * (out, in / groups, K, K, K) and {@code bias} (out), both drawn from U(−k, k) with
 * k = 1 / √(in / groups · K³), as PyTorch does.
 *
 * <pre>{@code
 * Conv3d layer = new Conv3d(3, 8, 5, ConvLayerOptions.defaults().withPadding(2));
 * layer.forward(Tensor.randn(4, 3, 10, 10, 10)).shape(); // 4, 8, 10, 10, 10
 * }</pre>
 */
public sealed class Conv3d extends PlainConvolution permits LazyConv3d {

    /**
     * Creates a convolution of stride 1 without padding, with a bias, of the default type.
     *
     * @param in channels of the input
     * @param out channels of the output, at least 1
     * @param kernel size of the windows in every dim
     * @throws IllegalArgumentException if sizes are too small
     */
    public Conv3d(long in, long out, long kernel) {
        this(in, out, kernel, ConvLayerOptions.defaults());
    }

    /**
     * Creates a convolution of stride 1 without padding, with a bias, of the default type.
     *
     * @param in channels of the input
     * @param out channels of the output, at least 1
     * @param kernel three sizes of the windows
     * @throws IllegalArgumentException if sizes are too small
     */
    public Conv3d(long in, long out, long[] kernel) {
        this(in, out, kernel, ConvLayerOptions.defaults());
    }

    /**
     * Creates a convolution, weight drawn first, then bias.
     *
     * @param in channels of the input
     * @param out channels of the output, at least 1
     * @param kernel size of the windows in every dim
     * @throws IllegalArgumentException if sizes and options do not fit each other
     */
    public Conv3d(long in, long out, long kernel, ConvLayerOptions options) {
        super(3, in, out, new long[] {kernel}, options);
    }

    /**
     * Creates a convolution, weight drawn first, then bias.
     *
     * @param in channels of the input
     * @param out channels of the output, at least 1
     * @param kernel three sizes of the windows
     * @throws IllegalArgumentException if sizes and options do not fit each other
     */
    public Conv3d(long in, long out, long[] kernel, ConvLayerOptions options) {
        super(3, in, out, kernel, options);
    }

    @Override
    final Tensor convolve(Tensor x, ConvOptions windows) {
        return hasBias() ? Functions.conv3d(x, weight(), bias(), windows) : Functions.conv3d(x, weight(), windows);
    }
}
