package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.ImmutableLongArray;
import com.google.common.primitives.Longs;
import java.util.Arrays;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.Shapes;

/** Maxima put back to where {@link Pooling} found them, with 0 elsewhere. */
public final class MaxUnpooling {

    private MaxUnpooling() {}

    /** y = maxima of windows side by side, put back; see {@link #maxUnpool1d(Tensor, Tensor, PoolOptions, long...)}. */
    public static Tensor maxUnpool1d(Tensor x, Tensor indices, long kernel) {
        return maxUnpool1d(x, indices, PoolOptions.of(kernel));
    }

    /**
     * y[indices[i]] = x[i], 0 elsewhere; ∂L/∂x = g[indices]. Where an index comes twice, the last one counts.
     *
     * @param x shape (N, C, L') or (C, L')
     * @param indices integral, of x's shape: positions in the flattened spatial dims of y
     * @param options those of the pooling that is undone; its ceil mode does not matter
     * @param size the output's spatial size, or its whole shape; by default L = (L' − 1) · stride + kernel − 2 padding,
     *     from which it may differ by less than the stride
     * @return shape (N, C, L) or (C, L)
     * @throws IllegalArgumentException if shapes, sizes and options do not fit
     * @throws IndexOutOfBoundsException if an index lies outside of y
     */
    public static Tensor maxUnpool1d(Tensor x, Tensor indices, PoolOptions options, long... size) {
        return unpool("maxUnpool1d", 1, x, indices, options, size);
    }

    /** y = maxima of windows side by side, put back; see {@link #maxUnpool2d(Tensor, Tensor, PoolOptions, long...)}. */
    public static Tensor maxUnpool2d(Tensor x, Tensor indices, long kernel) {
        return maxUnpool2d(x, indices, PoolOptions.of(kernel));
    }

    /**
     * y[indices[i]] = x[i], 0 elsewhere, over two dims; ∂L/∂x = g[indices].
     *
     * @param x shape (N, C, H', W') or (C, H', W')
     * @param indices integral, of x's shape: positions in the flattened spatial dims of y
     * @param options those of the pooling that is undone; its ceil mode does not matter
     * @param size the output's spatial sizes, or its whole shape; for the rest see
     *     {@link #maxUnpool1d(Tensor, Tensor, PoolOptions, long...) maxUnpool1d}
     * @return shape (N, C, H, W) or (C, H, W)
     * @throws IllegalArgumentException if shapes, sizes and options do not fit
     * @throws IndexOutOfBoundsException if an index lies outside of y
     */
    public static Tensor maxUnpool2d(Tensor x, Tensor indices, PoolOptions options, long... size) {
        return unpool("maxUnpool2d", 2, x, indices, options, size);
    }

    /** y = maxima of windows side by side, put back; see {@link #maxUnpool3d(Tensor, Tensor, PoolOptions, long...)}. */
    public static Tensor maxUnpool3d(Tensor x, Tensor indices, long kernel) {
        return maxUnpool3d(x, indices, PoolOptions.of(kernel));
    }

    /**
     * y[indices[i]] = x[i], 0 elsewhere, over three dims; ∂L/∂x = g[indices].
     *
     * @param x shape (N, C, D', H', W') or (C, D', H', W')
     * @param indices integral, of x's shape: positions in the flattened spatial dims of y
     * @param options those of the pooling that is undone; its ceil mode does not matter
     * @param size the output's spatial sizes, or its whole shape; for the rest see
     *     {@link #maxUnpool1d(Tensor, Tensor, PoolOptions, long...) maxUnpool1d}
     * @return shape (N, C, D, H, W) or (C, D, H, W)
     * @throws IllegalArgumentException if shapes, sizes and options do not fit
     * @throws IndexOutOfBoundsException if an index lies outside of y
     */
    public static Tensor maxUnpool3d(Tensor x, Tensor indices, PoolOptions options, long... size) {
        return unpool("maxUnpool3d", 3, x, indices, options, size);
    }

    private static Tensor unpool(String op, int ndim, Tensor x, Tensor indices, PoolOptions options, long... size) {
        OpChecks.floating(op, x);
        ConvChecks.image(op, ndim, x);
        Positions.checkIntegral(op, "integral indices", indices);
        checkArgument(
                Arrays.equals(indices.shape(), x.shape()),
                "%s: expected indices of the input's shape %s; got %s. Give those that maxPool…WithIndices returns.",
                op,
                Shapes.format(x.shape()),
                Shapes.format(indices.shape()));
        checkArgument(
                options.dilation().stream().allMatch(step -> step == 1)
                        && options.divisor().isEmpty(),
                "%s: expected options without dilation and divisor; got %s. Leave them out.",
                op,
                options);
        int leading = x.ndim() - ndim;
        long[] sizes = sizes(op, ndim, x, options, size);
        long[] lead = Arrays.copyOf(x.shape(), leading);
        Tensor zeros = Tensor.zeros(x.dtype(), Longs.concat(lead, new long[] {Shapes.numel(op, sizes)}));
        Tensor flat = Scattering.scatter(
                zeros, leading, Shaping.flatten(indices, leading, -1), Shaping.flatten(x, leading, -1));
        return flat.reshape(Longs.concat(lead, sizes));
    }

    private static long[] sizes(String op, int ndim, Tensor x, PoolOptions options, long... size) {
        checkArgument(
                size.length == 0 || size.length == ndim || size.length == x.ndim(),
                "%s: expected an output size of %s numbers, or the whole shape; got %s. Give x.shape() of what was pooled.",
                op,
                ndim,
                Shapes.format(size));
        long[] kernel = ConvChecks.each(op, "kernel", options.kernel(), ndim);
        long[] stride = options.stride().isEmpty() ? kernel : ConvChecks.each(op, "stride", options.stride(), ndim);
        long[] padding = ConvChecks.each(op, "padding", options.padding(), ndim);
        ImmutableLongArray wanted = ImmutableLongArray.copyOf(size);
        long[] sizes = new long[ndim];
        for (int d = 0; d < ndim; d++) {
            long usual = (x.size(d - ndim) - 1) * stride[d] + kernel[d] - 2 * padding[d];
            sizes[d] = wanted.isEmpty() ? usual : wanted.get(wanted.length() - ndim + d);
            checkArgument(
                    Math.abs(sizes[d] - usual) < stride[d],
                    "%s: expected an output size between %s and %s, both excluded, along spatial dim %s; got %s."
                            + " Give the size of what was pooled.",
                    op,
                    usual - stride[d],
                    usual + stride[d],
                    d,
                    sizes[d]);
            checkArgument(
                    sizes[d] > 0,
                    "%s: expected an output with elements; got size %s along spatial dim %s. Use a smaller padding.",
                    op,
                    sizes[d],
                    d);
        }
        return sizes;
    }
}
