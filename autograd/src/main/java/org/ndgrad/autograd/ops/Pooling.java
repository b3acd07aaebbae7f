package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;
import static org.ndgrad.autograd.kernels.memory.Memory.array;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableLongArray;
import java.util.List;
import java.util.OptionalLong;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.spatial.Pool;
import org.ndgrad.autograd.kernels.spatial.PoolWindows;

/**
 * Windows that slide over one, two or three spatial dims, each reduced to its largest or average element. An input is a
 * batch (N, C, …) or one image (C, …); the output is one likewise.
 */
public final class Pooling {

    private Pooling() {}

    /** y = the largest of each window of a size, side by side; see {@link #maxPool1dWithIndices}. */
    public static Tensor maxPool1d(Tensor x, long kernel) {
        return maxPool1d(x, PoolOptions.of(kernel));
    }

    /** y = the largest of each window of a size, side by side; see {@link #maxPool1dWithIndices}. */
    public static Tensor maxPool1d(Tensor x, PoolOptions options) {
        return maxPool1dWithIndices(x, options).values();
    }

    /**
     * y[i] = maxₖ x[i · stride + k · dilation − padding]; ∂L/∂x = g where the maximum was, summed up. NaN wins, the
     * first of equals as well.
     *
     * @param x shape (N, C, L) or (C, L)
     * @return shape (N, C, L') or (C, L') with L' = ⌊(L + 2 padding − dilation · (kernel − 1) − 1) / stride⌋ + 1, or
     *     ⌈…⌉ in ceil mode; the indices are positions in the last dim
     * @throws IllegalArgumentException if shape and options do not fit, or a window lies in the padding only
     */
    public static ValuesAndIndices maxPool1dWithIndices(Tensor x, PoolOptions options) {
        return maxPool("maxPool1d", 1, x, options);
    }

    /** y = the largest of each window of a size, side by side; see {@link #maxPool2dWithIndices}. */
    public static Tensor maxPool2d(Tensor x, long kernel) {
        return maxPool2d(x, PoolOptions.of(kernel));
    }

    /** y = the largest of each window of a size, side by side; see {@link #maxPool2dWithIndices}. */
    public static Tensor maxPool2d(Tensor x, PoolOptions options) {
        return maxPool2dWithIndices(x, options).values();
    }

    /**
     * y = max over windows as in {@link #maxPool1dWithIndices}, over two dims; ∂L/∂x = g where the maximum was, summed
     * up.
     *
     * @param x shape (N, C, H, W) or (C, H, W)
     * @return shape (N, C, H', W') or (C, H', W'); the indices are positions in the flattened spatial dims
     * @throws IllegalArgumentException if shape and options do not fit, or a window lies in the padding only
     */
    public static ValuesAndIndices maxPool2dWithIndices(Tensor x, PoolOptions options) {
        return maxPool("maxPool2d", 2, x, options);
    }

    /** y = the largest of each window of a size, side by side; see {@link #maxPool3dWithIndices}. */
    public static Tensor maxPool3d(Tensor x, long kernel) {
        return maxPool3d(x, PoolOptions.of(kernel));
    }

    /** y = the largest of each window of a size, side by side; see {@link #maxPool3dWithIndices}. */
    public static Tensor maxPool3d(Tensor x, PoolOptions options) {
        return maxPool3dWithIndices(x, options).values();
    }

    /**
     * y = max over windows as in {@link #maxPool1dWithIndices}, over three dims; ∂L/∂x = g where the maximum was,
     * summed up.
     *
     * @param x shape (N, C, D, H, W) or (C, D, H, W)
     * @return shape (N, C, D', H', W') or (C, D', H', W'); the indices are positions in the flattened spatial dims
     * @throws IllegalArgumentException if shape and options do not fit, or a window lies in the padding only
     */
    public static ValuesAndIndices maxPool3dWithIndices(Tensor x, PoolOptions options) {
        return maxPool("maxPool3d", 3, x, options);
    }

    /** y = the average of each window of a size, side by side; see {@link #avgPool1d(Tensor, PoolOptions)}. */
    public static Tensor avgPool1d(Tensor x, long kernel) {
        return avgPool1d(x, PoolOptions.of(kernel));
    }

    /**
     * y[i] = Σₖ x[i · stride + k − padding] / size; ∂L/∂x = g / size, summed up over the windows. The size is that of
     * the window as {@link PoolOptions#counting} says, or the divisor. Averages of integers are truncated.
     *
     * @param x shape (N, C, L) or (C, L)
     * @return shape (N, C, L') or (C, L'), as with {@link #maxPool1dWithIndices}
     * @throws IllegalArgumentException if shape and options do not fit
     */
    public static Tensor avgPool1d(Tensor x, PoolOptions options) {
        return avgPool("avgPool1d", 1, x, options);
    }

    /** y = the average of each window of a size, side by side; see {@link #avgPool2d(Tensor, PoolOptions)}. */
    public static Tensor avgPool2d(Tensor x, long kernel) {
        return avgPool2d(x, PoolOptions.of(kernel));
    }

    /**
     * y = averages as of {@link #avgPool1d(Tensor, PoolOptions) avgPool1d}, over two dims; ∂L/∂x = g / size, summed up.
     *
     * @param x shape (N, C, H, W) or (C, H, W)
     * @return shape (N, C, H', W') or (C, H', W')
     * @throws IllegalArgumentException if shape and options do not fit
     */
    public static Tensor avgPool2d(Tensor x, PoolOptions options) {
        return avgPool("avgPool2d", 2, x, options);
    }

    /** y = the average of each window of a size, side by side; see {@link #avgPool3d(Tensor, PoolOptions)}. */
    public static Tensor avgPool3d(Tensor x, long kernel) {
        return avgPool3d(x, PoolOptions.of(kernel));
    }

    /**
     * y = averages as of {@link #avgPool1d(Tensor, PoolOptions) avgPool1d}, over three dims; ∂L/∂x = g / size, summed
     * up.
     *
     * @param x shape (N, C, D, H, W) or (C, D, H, W)
     * @return shape (N, C, D', H', W') or (C, D', H', W')
     * @throws IllegalArgumentException if shape and options do not fit
     */
    public static Tensor avgPool3d(Tensor x, PoolOptions options) {
        return avgPool("avgPool3d", 3, x, options);
    }

    /**
     * y[i] = the average of x from ⌊i · L / L'⌋ to before ⌈(i + 1) · L / L'⌉; ∂L/∂x = g / size, summed up.
     *
     * @param x shape (N, C, L) or (C, L), floating
     * @param size the output's spatial size
     * @return shape (N, C, L') or (C, L')
     * @throws IllegalArgumentException if the shape does not fit
     */
    public static Tensor adaptiveAvgPool1d(Tensor x, long size) {
        return adaptiveAvgPool("adaptiveAvgPool1d", 1, x, size);
    }

    /**
     * y[i] = the average of x from ⌊i · L / L'⌋ to before ⌈(i + 1) · L / L'⌉, likewise in each dim; ∂L/∂x = g / size,
     * summed up.
     *
     * @param x shape (N, C, H, W) or (C, H, W), floating
     * @param size the output's spatial sizes, or one number for all
     * @return shape (N, C, H', W') or (C, H', W')
     * @throws IllegalArgumentException if the shape does not fit
     */
    public static Tensor adaptiveAvgPool2d(Tensor x, long... size) {
        return adaptiveAvgPool("adaptiveAvgPool2d", 2, x, size);
    }

    /**
     * y[i] = the average of x from ⌊i · L / L'⌋ to before ⌈(i + 1) · L / L'⌉, likewise in each dim; ∂L/∂x = g / size,
     * summed up.
     *
     * @param x shape (N, C, D, H, W) or (C, D, H, W), floating
     * @param size the output's spatial sizes, or one number for all
     * @return shape (N, C, D', H', W') or (C, D', H', W')
     * @throws IllegalArgumentException if the shape does not fit
     */
    public static Tensor adaptiveAvgPool3d(Tensor x, long... size) {
        return adaptiveAvgPool("adaptiveAvgPool3d", 3, x, size);
    }

    /** y = the largest of each window of a size, side by side; see {@link #adaptiveMaxPool1dWithIndices}. */
    public static Tensor adaptiveMaxPool1d(Tensor x, long size) {
        return adaptiveMaxPool1dWithIndices(x, size).values();
    }

    /**
     * y[i] = the largest of x from ⌊i · L / L'⌋ to before ⌈(i + 1) · L / L'⌉; ∂L/∂x = g where it was, summed up.
     *
     * @param x shape (N, C, L) or (C, L)
     * @param size the output's spatial size
     * @return shape (N, C, L') or (C, L'); the indices are positions in the flattened spatial dims
     * @throws IllegalArgumentException if the shape does not fit
     */
    public static ValuesAndIndices adaptiveMaxPool1dWithIndices(Tensor x, long size) {
        return largest("adaptiveMaxPool1d", x, adaptive("adaptiveMaxPool1d", 1, x, size));
    }

    /** y = the largest of each window of a size, side by side; see {@link #adaptiveMaxPool2dWithIndices}. */
    public static Tensor adaptiveMaxPool2d(Tensor x, long... size) {
        return adaptiveMaxPool2dWithIndices(x, size).values();
    }

    /**
     * y[i] = the largest of x from ⌊i · L / L'⌋ to before ⌈(i + 1) · L / L'⌉, likewise in each dim; ∂L/∂x = g where it
     * was, summed up.
     *
     * @param x shape (N, C, H, W) or (C, H, W)
     * @param size the output's spatial sizes, or one number for all
     * @return shape (N, C, H', W') or (C, H', W'); the indices are positions in the flattened spatial dims
     * @throws IllegalArgumentException if the shape does not fit
     */
    public static ValuesAndIndices adaptiveMaxPool2dWithIndices(Tensor x, long... size) {
        return largest("adaptiveMaxPool2d", x, adaptive("adaptiveMaxPool2d", 2, x, size));
    }

    /** y = the largest of each window of a size, side by side; see {@link #adaptiveMaxPool3dWithIndices}. */
    public static Tensor adaptiveMaxPool3d(Tensor x, long... size) {
        return adaptiveMaxPool3dWithIndices(x, size).values();
    }

    /**
     * y[i] = the largest of x from ⌊i · L / L'⌋ to before ⌈(i + 1) · L / L'⌉, likewise in each dim; ∂L/∂x = g where it
     * was, summed up.
     *
     * @param x shape (N, C, D, H, W) or (C, D, H, W)
     * @param size the output's spatial sizes, or one number for all
     * @return shape (N, C, D', H', W') or (C, D', H', W'); the indices are positions in the flattened spatial dims
     * @throws IllegalArgumentException if the shape does not fit
     */
    public static ValuesAndIndices adaptiveMaxPool3dWithIndices(Tensor x, long... size) {
        return largest("adaptiveMaxPool3d", x, adaptive("adaptiveMaxPool3d", 3, x, size));
    }

    private static ValuesAndIndices maxPool(String op, int ndim, Tensor x, PoolOptions options) {
        checkArgument(
                options.divisor().isEmpty(),
                "%s: expected options without a divisor; got %s. Only averages have it.",
                op,
                options.divisor().orElse(0));
        return largest(op, x, sliding(op, ndim, x, options));
    }

    private static ValuesAndIndices largest(String op, Tensor x, List<PoolWindows> spans) {
        OpChecks.numbers(op, x);
        Tensor indices = Op.pure(op, Pool.argmax(array(x), spans)).tensor();
        int leading = x.ndim() - spans.size();
        Tensor flat = Shaping.flatten(x, leading, -1);
        Tensor values = Indexing.gather(flat, leading, Shaping.flatten(indices, leading, -1));
        return new ValuesAndIndices(values.reshape(indices.shape()), indices);
    }

    private static Tensor avgPool(String op, int ndim, Tensor x, PoolOptions options) {
        checkArgument(
                options.dilation().stream().allMatch(step -> step == 1),
                "%s: expected a dilation of 1; got %s. Only the maximum has others.",
                op,
                Shapes.format(options.dilation().toArray()));
        OpChecks.numbers(op, x);
        return mean(op, x, sliding(op, ndim, x, options), options.divisor());
    }

    private static Tensor adaptiveAvgPool(String op, int ndim, Tensor x, long... size) {
        OpChecks.floating(op, x);
        return mean(op, x, adaptive(op, ndim, x, size), OptionalLong.empty());
    }

    private static Tensor mean(String op, Tensor x, List<PoolWindows> spans, OptionalLong divisor) {
        return Op.pure(op, Pool.mean(array(x), spans, divisor))
                .wrt(x, g -> spread(op, g, spans, divisor))
                .tensor();
    }

    /** Carries g back through the mean of an operation. */
    private static Tensor spread(String op, Tensor g, List<PoolWindows> spans, OptionalLong divisor) {
        return Op.pure(op + "Backward", Pool.spread(array(g), spans, divisor))
                .wrt(g, v -> mean(op, v, spans, divisor))
                .tensor();
    }

    private static List<PoolWindows> adaptive(String op, int ndim, Tensor x, long... size) {
        ConvChecks.image(op, ndim, x);
        long[] sizes = ConvChecks.each(op, "size", ImmutableLongArray.copyOf(size), ndim);
        ImmutableList.Builder<PoolWindows> spans = ImmutableList.builder();
        for (int d = 0; d < ndim; d++) {
            checkArgument(
                    sizes[d] >= 0 && sizes[d] <= Integer.MAX_VALUE,
                    "%s: expected an output size of at least 0; got %s. Use x.size(dim) to keep a dim.",
                    op,
                    Shapes.format(sizes));
            spans.add(PoolWindows.adaptive(op, Shapes.toInt(op, x.size(d - ndim)), (int) sizes[d]));
        }
        return spans.build();
    }

    private static List<PoolWindows> sliding(String op, int ndim, Tensor x, PoolOptions options) {
        ConvChecks.image(op, ndim, x);
        long[] kernel = ConvChecks.each(op, "kernel", options.kernel(), ndim);
        long[] stride = options.stride().isEmpty() ? kernel : ConvChecks.each(op, "stride", options.stride(), ndim);
        long[] padding = ConvChecks.each(op, "padding", options.padding(), ndim);
        long[] dilation = ConvChecks.each(op, "dilation", options.dilation(), ndim);
        boolean countPadding = options.counting() == PoolOptions.Counting.WITH_PADDING;
        ImmutableList.Builder<PoolWindows> spans = ImmutableList.builder();
        for (int d = 0; d < ndim; d++) {
            checkArgument(
                    padding[d] <= kernel[d] / 2,
                    "%s: expected a padding of at most half the kernel; got padding %s with kernel %s. Use a smaller one.",
                    op,
                    padding[d],
                    kernel[d]);
            long size = x.size(d - ndim);
            long span = dilation[d] * (kernel[d] - 1) + 1;
            long rest = size + 2 * padding[d] - span;
            long steps = options.ceilMode() ? -Math.floorDiv(-rest, stride[d]) : Math.floorDiv(rest, stride[d]);
            boolean beyond = options.ceilMode() && steps * stride[d] >= size + padding[d];
            long output = steps + (beyond ? 0 : 1); // the last window begins before the padding behind
            OpChecks.fits(op, output >= 1, span, size + 2 * padding[d], d);
            checkArgument(
                    output <= Integer.MAX_VALUE,
                    "%s: expected fewer than 2^31 windows along a dim; got %s. Use a larger stride.",
                    op,
                    output);
            PoolWindows windows = PoolWindows.sliding(
                    op,
                    Shapes.toInt(op, size),
                    (int) output,
                    (int) kernel[d],
                    (int) stride[d],
                    (int) padding[d],
                    (int) dilation[d],
                    countPadding);
            checkArgument(
                    !windows.misses(),
                    "%s: expected windows with an element of the input each; got one in the padding only, along spatial"
                            + " dim %s. Use a smaller dilation.",
                    op,
                    d);
            spans.add(windows);
        }
        return spans.build();
    }
}
