package org.ndgrad.nn;

import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.ConvOptions;
import org.ndgrad.autograd.ops.Convolutions;

/**
 * A convolution over one spatial dim: windows of the input multiplied with weights, plus a bias.
 *
 * <p>Input: (N, in, L) or (in, L). Output: (N, out, L') or (out, L'); the sizes are those of
 * {@link Convolutions#conv1d(Tensor, Tensor, Tensor, ConvOptions)}. Parameters: {@code weight}
 * (out, in / groups, K) and {@code bias} (out), both drawn from U(−k, k) with
 * k = 1 / √(in / groups · K), as PyTorch does.
 *
 * <pre>{@code
 * Conv1d layer = new Conv1d(3, 8, 5, ConvLayerOptions.defaults().withPadding(2));
 * layer.forward(Tensor.randn(4, 3, 10)).shape(); // 4, 8, 10
 * }</pre>
 */
public sealed class Conv1d extends PlainConvolution permits LazyConv1d {

    /**
     * Creates a convolution of stride 1 without padding, with a bias, of the default type.
     *
     * @param in channels of the input
     * @param out channels of the output, at least 1
     * @param kernel size of the windows
     * @throws IllegalArgumentException if sizes are too small
     */
    public Conv1d(long in, long out, long kernel) {
        this(in, out, kernel, ConvLayerOptions.defaults());
    }

    /**
     * Creates a convolution, weight drawn first, then bias.
     *
     * @param in channels of the input
     * @param out channels of the output, at least 1
     * @param kernel size of the windows
     * @throws IllegalArgumentException if sizes and options do not fit each other
     */
    public Conv1d(long in, long out, long kernel, ConvLayerOptions options) {
        super(1, in, out, new long[] {kernel}, options);
    }

    @Override
    final Tensor convolve(Tensor x, ConvOptions windows) {
        return hasBias() ? Functions.conv1d(x, weight(), bias(), windows) : Functions.conv1d(x, weight(), windows);
    }
}
