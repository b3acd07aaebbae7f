package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;
import static org.ndgrad.autograd.kernels.memory.Memory.array;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.elementwise.Fill;
import org.ndgrad.autograd.kernels.spatial.Pool;
import org.ndgrad.autograd.kernels.spatial.PoolWindows;

/**
 * The largest elements of windows that lie at random, so that sizes shrink by any factor. Each image and channel has
 * windows of its own. Source: Graham, Fractional max-pooling, 2014.
 */
public final class FractionalPooling {

    private FractionalPooling() {}

    /** y = the largest of each window; see {@link #fractionalMaxPool2dWithIndices}. */
    public static Tensor fractionalMaxPool2d(Tensor x, FractionalPoolOptions options) {
        return fractionalMaxPool2dWithIndices(x, options).values();
    }

    /**
     * y[i] = the largest of x in a window that begins at ⌊(i + u) α⌋ − ⌊u α⌋ with α = (H − kernel) / (H' − 1), the last
     * one at the end, likewise in each dim; ∂L/∂x = g where the maximum was, summed up. The sample's first number u is
     * that of the width. NaN wins, the first of equals as well.
     *
     * @param x shape (N, C, H, W) or (C, H, W), floating
     * @return shape (N, C, H', W') or (C, H', W'); the indices are positions in the flattened spatial dims
     * @throws IllegalArgumentException if shape and options do not fit
     */
    public static ValuesAndIndices fractionalMaxPool2dWithIndices(Tensor x, FractionalPoolOptions options) {
        return largest("fractionalMaxPool2d", 2, x, options);
    }

    /** y = the largest of each window; see {@link #fractionalMaxPool3dWithIndices}. */
    public static Tensor fractionalMaxPool3d(Tensor x, FractionalPoolOptions options) {
        return fractionalMaxPool3dWithIndices(x, options).values();
    }

    /**
     * y = the largest of windows as in {@link #fractionalMaxPool2dWithIndices}, over three dims; ∂L/∂x = g where the
     * maximum was, summed up. The sample's numbers are those of depth, height and width, in this order.
     *
     * @param x shape (N, C, D, H, W) or (C, D, H, W), floating
     * @return shape (N, C, D', H', W') or (C, D', H', W'); the indices are positions in the flattened spatial dims
     * @throws IllegalArgumentException if shape and options do not fit; as in PyTorch, a dim has to have one element
     *     more than over two dims, output size + kernel
     */
    public static ValuesAndIndices fractionalMaxPool3dWithIndices(Tensor x, FractionalPoolOptions options) {
        return largest("fractionalMaxPool3d", 3, x, options);
    }

    private static ValuesAndIndices largest(String op, int ndim, Tensor x, FractionalPoolOptions options) {
        OpChecks.floating(op, x);
        ConvChecks.image(op, ndim, x);
        long[] kernel = ConvChecks.each(op, "kernel", options.kernel(), ndim);
        long[] sizes = sizes(op, ndim, x, options);
        boolean takesOneMore = ndim == 3; // as PyTorch does over three dims, and not over two
        for (int d = 0; d < ndim; d++) {
            long least = sizes[d] + kernel[d] - (takesOneMore ? 0 : 1);
            checkArgument(
                    least <= x.size(d - ndim),
                    "%s: expected at least output size + kernel%s = %s elements along spatial dim %s; got %s."
                            + " Use a smaller kernel or output.",
                    op,
                    takesOneMore ? "" : " − 1",
                    least,
                    d,
                    x.size(d - ndim));
        }
        int leading = x.ndim() - ndim;
        INDArray found = Arrays.stream(x.shape()).limit(leading).anyMatch(size -> size == 0)
                ? Fill.filled(DataType.INT64, 0, pooled(x, sizes))
                : Pool.argmaxByPlane(array(x), windows(op, x, kernel, sizes, samples(op, ndim, x, options)));
        Tensor indices = Op.pure(op, found).tensor();
        Tensor values =
                Indexing.gather(Shaping.flatten(x, leading, -1), leading, Shaping.flatten(indices, leading, -1));
        return new ValuesAndIndices(values.reshape(indices.shape()), indices);
    }

    private static long[] pooled(Tensor x, long... sizes) {
        long[] shape = x.shape();
        System.arraycopy(sizes, 0, shape, shape.length - sizes.length, sizes.length);
        return shape;
    }

    private static long[] sizes(String op, int ndim, Tensor x, FractionalPoolOptions options) {
        if (options.ratios().isEmpty()) {
            return ConvChecks.each(op, "size", options.sizes(), ndim);
        }
        int given = options.ratios().length();
        checkArgument(
                given == 1 || given == ndim,
                "%s: expected one ratio or %s of them; got %s. Give one number for each spatial dim.",
                op,
                ndim,
                given);
        long[] sizes = new long[ndim];
        Arrays.setAll(sizes, d -> (long) (x.size(d - ndim) * options.ratios().get(given == 1 ? 0 : d)));
        return sizes;
    }

    private static double[] samples(String op, int ndim, Tensor x, FractionalPoolOptions options) {
        long images = x.ndim() == ndim + 2 ? x.size(0) : 1;
        long channels = x.size(-ndim - 1);
        if (options.samples().isEmpty()) {
            return Tensor.of(Fill.uniform(x.dtype(), options.rng(), images, channels, ndim))
                    .toDoubleArray();
        }
        Tensor samples = options.samples().orElseThrow();
        checkArgument(
                samples.ndim() == 3
                        && samples.size(0) >= images
                        && samples.size(1) == channels
                        && samples.size(2) == ndim
                        && samples.dtype() == x.dtype(),
                "%s: expected samples of shape (at least %s, %s, %s) and the input's type %s; got %s, %s. Draw them with"
                        + " Tensor.rand.",
                op,
                images,
                channels,
                ndim,
                DTypes.name(x.dtype()),
                Shapes.format(samples.shape()),
                DTypes.name(samples.dtype()));
        double[] numbers = samples.toDoubleArray();
        for (double number : numbers) {
            checkArgument(
                    number >= 0 && number <= 1,
                    "%s: expected samples from 0 to 1; got %s. Draw them with Tensor.rand.",
                    op,
                    number);
        }
        return numbers;
    }

    private static List<List<PoolWindows>> windows(
            String op, Tensor x, long[] kernel, long[] sizes, double... samples) {
        int ndim = sizes.length;
        List<List<PoolWindows>> planes = new ArrayList<>();
        for (int plane = 0; plane < samples.length; plane += ndim) {
            ImmutableList.Builder<PoolWindows> windows = ImmutableList.builder();
            for (int d = 0; d < ndim; d++) {
                windows.add(PoolWindows.fractional(
                        op,
                        Shapes.toInt(op, x.size(d - ndim)),
                        (int) sizes[d],
                        (int) kernel[d],
                        samples[plane + (ndim == 2 ? 1 - d : d)], // PyTorch's order
                        x.dtype()));
            }
            planes.add(windows.build());
        }
        return planes;
    }
}
