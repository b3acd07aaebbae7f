package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;
import static org.ndgrad.autograd.kernels.memory.Memory.array;

import java.util.Arrays;
import java.util.Optional;
import org.ndgrad.autograd.KeepDim;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.memory.Memory;
import org.ndgrad.autograd.kernels.spatial.Convolve;
import org.ndgrad.autograd.kernels.spatial.SlidingWindow;

/**
 * Windows that slide over one, two or three spatial dims, multiplied with weights. An input is a batch (N, C, …) or one
 * image (C, …); the output is one likewise. Operands have one type; integers wrap around in 64 bits.
 */
public final class Convolutions {

    private Convolutions() {}

    private static Optional<Tensor> given(String op, Tensor bias) {
        return Optional.of(OpChecks.given(op, "bias", bias));
    }

    /** y = x ⋆ w with the default options; see {@link #conv1d(Tensor, Tensor, Tensor, ConvOptions)}. */
    public static Tensor conv1d(Tensor x, Tensor weight) {
        return conv1d(x, weight, ConvOptions.defaults());
    }

    /** y = x ⋆ w without a bias; see {@link #conv1d(Tensor, Tensor, Tensor, ConvOptions)}. */
    public static Tensor conv1d(Tensor x, Tensor weight, ConvOptions options) {
        return conv("conv1d", 1, x, weight, Optional.empty(), options);
    }

    /**
     * y[o, i] = b[o] + Σ w[o, c, k] · x[c, i · stride + k · dilation − padding]; ∂L/∂x = g spread by the transposed
     * convolution, ∂L/∂w = x ⋆ g, ∂L/∂b = Σ g.
     *
     * @param x shape (N, C, L) or (C, L)
     * @param weight shape (O, C / groups, K)
     * @param bias shape (O)
     * @return shape (N, O, L') or (O, L') with L' = ⌊(L + 2 padding − dilation · (K − 1) − 1) / stride⌋ + 1
     * @throws IllegalArgumentException if shapes, types and options do not fit each other
     */
    public static Tensor conv1d(Tensor x, Tensor weight, Tensor bias, ConvOptions options) {
        return conv("conv1d", 1, x, weight, given("conv1d", bias), options);
    }

    /** As {@link #conv1d(Tensor, Tensor, Tensor, ConvOptions)} with one stride and one padding for all dims. */
    public static Tensor conv1d(Tensor x, Tensor weight, Tensor bias, long stride, @Default("0") long padding) {
        return conv1d(x, weight, bias, strided(stride, padding));
    }

    /** y = x ⋆ w with the default options; see {@link #conv2d(Tensor, Tensor, Tensor, ConvOptions)}. */
    public static Tensor conv2d(Tensor x, Tensor weight) {
        return conv2d(x, weight, ConvOptions.defaults());
    }

    /** y = x ⋆ w without a bias; see {@link #conv2d(Tensor, Tensor, Tensor, ConvOptions)}. */
    public static Tensor conv2d(Tensor x, Tensor weight, ConvOptions options) {
        return conv("conv2d", 2, x, weight, Optional.empty(), options);
    }

    /**
     * y = b + x ⋆ w as in {@link #conv1d(Tensor, Tensor, Tensor, ConvOptions) conv1d}, over two dims; ∂L/∂x = g spread
     * by the transposed convolution, ∂L/∂w = x ⋆ g, ∂L/∂b = Σ g.
     *
     * @param x shape (N, C, H, W) or (C, H, W)
     * @param weight shape (O, C / groups, K, K')
     * @param bias shape (O)
     * @return shape (N, O, H', W') or (O, H', W')
     * @throws IllegalArgumentException if shapes, types and options do not fit each other
     */
    public static Tensor conv2d(Tensor x, Tensor weight, Tensor bias, ConvOptions options) {
        return conv("conv2d", 2, x, weight, given("conv2d", bias), options);
    }

    /** As {@link #conv2d(Tensor, Tensor, Tensor, ConvOptions)} with one stride and one padding for all dims. */
    public static Tensor conv2d(Tensor x, Tensor weight, Tensor bias, long stride, @Default("0") long padding) {
        return conv2d(x, weight, bias, strided(stride, padding));
    }

    /** y = x ⋆ w with the default options; see {@link #conv3d(Tensor, Tensor, Tensor, ConvOptions)}. */
    public static Tensor conv3d(Tensor x, Tensor weight) {
        return conv3d(x, weight, ConvOptions.defaults());
    }

    /** y = x ⋆ w without a bias; see {@link #conv3d(Tensor, Tensor, Tensor, ConvOptions)}. */
    public static Tensor conv3d(Tensor x, Tensor weight, ConvOptions options) {
        return conv("conv3d", 3, x, weight, Optional.empty(), options);
    }

    /**
     * y = b + x ⋆ w as in {@link #conv1d(Tensor, Tensor, Tensor, ConvOptions) conv1d}, over three dims; ∂L/∂x = g
     * spread by the transposed convolution, ∂L/∂w = x ⋆ g, ∂L/∂b = Σ g.
     *
     * @param x shape (N, C, D, H, W) or (C, D, H, W)
     * @param weight shape (O, C / groups, K, K', K'')
     * @param bias shape (O)
     * @return shape (N, O, D', H', W') or (O, D', H', W')
     * @throws IllegalArgumentException if shapes, types and options do not fit each other
     */
    public static Tensor conv3d(Tensor x, Tensor weight, Tensor bias, ConvOptions options) {
        return conv("conv3d", 3, x, weight, given("conv3d", bias), options);
    }

    /** As {@link #conv3d(Tensor, Tensor, Tensor, ConvOptions)} with one stride and one padding for all dims. */
    public static Tensor conv3d(Tensor x, Tensor weight, Tensor bias, long stride, @Default("0") long padding) {
        return conv3d(x, weight, bias, strided(stride, padding));
    }

    /**
     * y = x spread by w with the default options; see {@link #convTranspose1d(Tensor, Tensor, Tensor, ConvOptions)}.
     */
    public static Tensor convTranspose1d(Tensor x, Tensor weight) {
        return convTranspose1d(x, weight, ConvOptions.defaults());
    }

    /** y = x spread by w without a bias; see {@link #convTranspose1d(Tensor, Tensor, Tensor, ConvOptions)}. */
    public static Tensor convTranspose1d(Tensor x, Tensor weight, ConvOptions options) {
        return transposed("convTranspose1d", 1, x, weight, Optional.empty(), options);
    }

    /**
     * y[o, i · stride + k · dilation − padding] = b[o] + Σ w[c, o, k] · x[c, i]; ∂L/∂x = g ⋆ w, ∂L/∂w = g ⋆ x, ∂L/∂b =
     * Σ g. It is the derivative of a convolution of the same weight with respect to its input.
     *
     * @param x shape (N, C, L) or (C, L)
     * @param weight shape (C, O / groups, K)
     * @param bias shape (O)
     * @return shape (N, O, L') or (O, L') with L' = (L − 1) · stride − 2 padding + dilation · (K − 1) + outputPadding +
     *     1
     * @throws IllegalArgumentException if shapes, types and options do not fit each other
     */
    public static Tensor convTranspose1d(Tensor x, Tensor weight, Tensor bias, ConvOptions options) {
        return transposed("convTranspose1d", 1, x, weight, given("convTranspose1d", bias), options);
    }

    /**
     * y = x spread by w with the default options; see {@link #convTranspose2d(Tensor, Tensor, Tensor, ConvOptions)}.
     */
    public static Tensor convTranspose2d(Tensor x, Tensor weight) {
        return convTranspose2d(x, weight, ConvOptions.defaults());
    }

    /** y = x spread by w without a bias; see {@link #convTranspose2d(Tensor, Tensor, Tensor, ConvOptions)}. */
    public static Tensor convTranspose2d(Tensor x, Tensor weight, ConvOptions options) {
        return transposed("convTranspose2d", 2, x, weight, Optional.empty(), options);
    }

    /**
     * y = b + x spread by w as in {@link #convTranspose1d(Tensor, Tensor, Tensor, ConvOptions) convTranspose1d}, over
     * two dims; ∂L/∂x = g ⋆ w, ∂L/∂w = g ⋆ x, ∂L/∂b = Σ g.
     *
     * @param x shape (N, C, H, W) or (C, H, W)
     * @param weight shape (C, O / groups, K, K')
     * @param bias shape (O)
     * @return shape (N, O, H', W') or (O, H', W')
     * @throws IllegalArgumentException if shapes, types and options do not fit each other
     */
    public static Tensor convTranspose2d(Tensor x, Tensor weight, Tensor bias, ConvOptions options) {
        return transposed("convTranspose2d", 2, x, weight, given("convTranspose2d", bias), options);
    }

    /**
     * y = x spread by w with the default options; see {@link #convTranspose3d(Tensor, Tensor, Tensor, ConvOptions)}.
     */
    public static Tensor convTranspose3d(Tensor x, Tensor weight) {
        return convTranspose3d(x, weight, ConvOptions.defaults());
    }

    /** y = x spread by w without a bias; see {@link #convTranspose3d(Tensor, Tensor, Tensor, ConvOptions)}. */
    public static Tensor convTranspose3d(Tensor x, Tensor weight, ConvOptions options) {
        return transposed("convTranspose3d", 3, x, weight, Optional.empty(), options);
    }

    /**
     * y = b + x spread by w as in {@link #convTranspose1d(Tensor, Tensor, Tensor, ConvOptions) convTranspose1d}, over
     * three dims; ∂L/∂x = g ⋆ w, ∂L/∂w = g ⋆ x, ∂L/∂b = Σ g.
     *
     * @param x shape (N, C, D, H, W) or (C, D, H, W)
     * @param weight shape (C, O / groups, K, K', K'')
     * @param bias shape (O)
     * @return shape (N, O, D', H', W') or (O, D', H', W')
     * @throws IllegalArgumentException if shapes, types and options do not fit each other
     */
    public static Tensor convTranspose3d(Tensor x, Tensor weight, Tensor bias, ConvOptions options) {
        return transposed("convTranspose3d", 3, x, weight, given("convTranspose3d", bias), options);
    }

    private static ConvOptions strided(long stride, long padding) {
        return ConvOptions.defaults().withStride(stride).withPadding(padding);
    }

    private static Tensor conv(
            String op, int ndim, Tensor x, Tensor weight, Optional<Tensor> bias, ConvOptions options) {
        ConvChecks.operands(op, ndim, x, weight, options.groups());
        ConvChecks.channels(op, x, ndim, weight.size(1) * options.groups());
        bias.ifPresent(b -> ConvChecks.bias(op, b, weight.size(0), x.dtype()));
        Tensor batch = x.ndim() == ndim + 1 ? x.unsqueeze(0) : x;
        SlidingWindow windows = ConvChecks.windows(op, batch, ConvChecks.spatial(weight), options);
        Tensor y = output(op, batch, weight, bias, windows, options.groups());
        return x.ndim() == ndim + 1 ? y.squeeze(0) : y;
    }

    private static Tensor transposed(
            String op, int ndim, Tensor x, Tensor weight, Optional<Tensor> bias, ConvOptions options) {
        ConvChecks.operands(op, ndim, x, weight, options.groups());
        ConvChecks.channels(op, x, ndim, weight.size(0));
        bias.ifPresent(b -> ConvChecks.bias(op, b, weight.size(1) * options.groups(), x.dtype()));
        Tensor batch = x.ndim() == ndim + 1 ? x.unsqueeze(0) : x;
        SlidingWindow windows = ConvChecks.transposedWindows(op, batch, ConvChecks.spatial(weight), options);
        Tensor y = input(op, batch, weight, bias, windows, options.groups());
        return x.ndim() == ndim + 1 ? y.squeeze(0) : y;
    }

    // The three products below are linear in both operands, and each other's derivatives.

    private static Tensor output(String op, Tensor x, Tensor w, Optional<Tensor> b, SlidingWindow windows, int groups) {
        Op result = Op.pure(op, Convolve.output(array(x), array(w), b.map(Memory::array), windows, groups))
                .wrt(x, g -> input("convInput", g, w, Optional.empty(), windows, groups), w)
                .wrt(w, g -> weight(x, g, windows, groups), x);
        b.ifPresent(bias -> result.wrt(bias, Convolutions::perChannel));
        return result.tensor();
    }

    private static Tensor input(String op, Tensor g, Tensor w, Optional<Tensor> b, SlidingWindow windows, int groups) {
        Op result = Op.pure(op, Convolve.input(array(g), array(w), b.map(Memory::array), windows, groups))
                .wrt(g, v -> output("convOutput", v, w, Optional.empty(), windows, groups), w)
                .wrt(w, v -> weight(v, g, windows, groups), g);
        b.ifPresent(bias -> result.wrt(bias, Convolutions::perChannel));
        return result.tensor();
    }

    private static Tensor weight(Tensor x, Tensor g, SlidingWindow windows, int groups) {
        return Op.pure("convWeight", Convolve.weight(array(x), array(g), windows, groups))
                .wrt(x, v -> input("convInput", g, v, Optional.empty(), windows, groups), g)
                .wrt(g, v -> output("convOutput", x, v, Optional.empty(), windows, groups), x)
                .tensor();
    }

    /** Sums over all dims but that of the channels. */
    private static Tensor perChannel(Tensor g) {
        int[] dims = new int[g.ndim() - 1];
        Arrays.setAll(dims, d -> d == 0 ? 0 : d + 1);
        return Reductions.sum(g, dims, KeepDim.NO);
    }

    /** y = the windows as columns, by the default options; see {@link #unfold(Tensor, long[], ConvOptions)}. */
    public static Tensor unfold(Tensor x, long... kernel) {
        return unfold(x, kernel, ConvOptions.defaults());
    }

    /**
     * y[c · K + k, p] = x[c, element k of window p], where the windows lie in rows; ∂L/∂x = g folded. What lies in the
     * padding is 0.
     *
     * @param x shape (N, C, H, W) or (C, H, W)
     * @param kernel the height and width of a window, or one number for both; K elements in all
     * @param options stride, padding and dilation; no groups
     * @return shape (N, C · K, windows) or (C · K, windows)
     * @throws IllegalArgumentException if shapes and options do not fit each other
     */
    public static Tensor unfold(Tensor x, long[] kernel, ConvOptions options) {
        ConvChecks.image("unfold", 2, x);
        ConvChecks.plain("unfold", options);
        Tensor batch = x.ndim() == 3 ? x.unsqueeze(0) : x;
        long[] size = ConvChecks.kernel("unfold", kernel, 2);
        Tensor y = unfold(batch, ConvChecks.windows("unfold", batch, size, options));
        return x.ndim() == 3 ? y.squeeze(0) : y;
    }

    private static Tensor unfold(Tensor x, SlidingWindow windows) {
        return Op.pure("unfold", Convolve.unfold(array(x), windows))
                .wrt(x, g -> fold(g, windows))
                .tensor();
    }

    /**
     * y[c, i] = Σ x[c · K + k, p] over all windows p whose element k is i; ∂L/∂x = g unfolded. Overlapping windows add
     * up, so that it is not the inverse of unfold but its transpose.
     *
     * @param x shape (N, C · K, windows) or (C · K, windows)
     * @param size the height and width of the result, or one number for both
     * @param kernel the height and width of a window, or one number for both; K elements in all
     * @param options stride, padding and dilation; no groups
     * @return shape (N, C, height, width) or (C, height, width)
     * @throws IllegalArgumentException if shapes and options do not fit each other
     */
    public static Tensor fold(Tensor x, long[] size, long[] kernel, ConvOptions options) {
        ConvChecks.plain("fold", options);
        checkArgument(
                x.ndim() == 2 || x.ndim() == 3,
                "fold: expected columns of shape (N, C · K, windows) or (C · K, windows); got %s. Reshape them.",
                Shapes.format(x.shape()));
        long[] window = ConvChecks.kernel("fold", kernel, 2);
        Tensor batch = x.ndim() == 2 ? x.unsqueeze(0) : x;
        SlidingWindow windows = ConvChecks.foldWindows(batch, ConvChecks.kernel("fold", size, 2), window, options);
        Tensor y = fold(batch, windows);
        return x.ndim() == 2 ? y.squeeze(0) : y;
    }

    private static Tensor fold(Tensor x, SlidingWindow windows) {
        return Op.pure("fold", Convolve.fold(array(x), windows, 2))
                .wrt(x, g -> unfold(g, windows))
                .tensor();
    }
}
