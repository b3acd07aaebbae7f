package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;
import static org.ndgrad.autograd.kernels.memory.Memory.array;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.HalfTypes;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.spatial.GridNeighbors;
import org.ndgrad.autograd.kernels.spatial.Resample;
import org.ndgrad.autograd.kernels.spatial.ResamplingMatrix;

/** Signals, images and volumes at other places: their values between the elements. */
public final class Resampling {

    private Resampling() {}

    /** As {@link #interpolate(Tensor, InterpolateOptions)}: y = x in the sizes given. */
    public static Tensor interpolate(
            Tensor x, long[] sizes, @Default("InterpolateOptions.Mode.NEAREST") InterpolateOptions.Mode mode) {
        return interpolate(x, InterpolateOptions.ofSizes(sizes).withMode(mode));
    }

    /**
     * y = x in another size, each result a weighted sum of the elements around its position; ∂L/∂x = g distributed with
     * the same weights.
     *
     * @param x floating, shape (N, C, L), (N, C, H, W) or (N, C, D, H, W)
     * @return the same dims with other spatial sizes
     * @throws IllegalArgumentException if x has other dims, no channels or spatial sizes of 0, or the options do not
     *     fit
     */
    public static Tensor interpolate(Tensor x, InterpolateOptions options) {
        if (DTypes.isHalf(x.dtype())) {
            return HalfTypes.wide(x, v -> interpolate(v, options));
        }
        checkInterpolated(x, options);
        List<ResamplingMatrix> taps = IntStream.range(0, x.ndim() - 2)
                .mapToObj(i -> taps(x.size(i + 2), i, options))
                .toList();
        boolean overshoots =
                options.mode().needsImage() && options.mode() != InterpolateOptions.Mode.ANTIALIASED_LINEAR;
        return overshoots
                ? Scaled.fitting((in, s) -> resample("interpolate", in.get(0), taps), x)
                : resample("interpolate", x, taps);
    }

    private static Tensor resample(String op, Tensor x, List<ResamplingMatrix> taps) {
        Tensor y = x;
        for (int i = 0; i < taps.size(); i++) {
            y = resample(op, y, i + 2, taps.get(i));
        }
        return y;
    }

    private static ResamplingMatrix taps(long elements, int i, InterpolateOptions options) {
        boolean sized = options.factors().isEmpty();
        double factor =
                sized ? 0 : options.factors().get(Math.min(i, options.factors().length() - 1));
        long results =
                sized ? options.sizes().get(Math.min(i, options.sizes().length() - 1)) : (long) (elements * factor);
        checkArgument(
                results > 0,
                "interpolate: expected a size of at least 1 for dim %s; got %s times %s. Use a larger factor.",
                i + 2,
                elements,
                factor);
        checkArgument(
                results <= Integer.MAX_VALUE,
                "interpolate: expected a size below 2^31 for dim %s; got %s. Use a smaller one.",
                i + 2,
                results);
        boolean given = !sized && options.scale() == InterpolateOptions.Scale.GIVEN;
        Resample.Positions positions = new Resample.Positions(
                elements, results, given ? OptionalDouble.of(factor) : OptionalDouble.empty(), options.alignCorners());
        return switch (options.mode()) {
            case NEAREST -> Resample.below(positions);
            case NEAREST_EXACT -> Resample.nearest(positions);
            case LINEAR -> Resample.linear(positions);
            case BICUBIC -> Resample.cubic(positions);
            case AREA -> Resample.area(elements, results);
            case ANTIALIASED_LINEAR -> Resample.filtered(positions, Resample.Filter.TRIANGLE);
            case ANTIALIASED_BICUBIC -> Resample.filtered(positions, Resample.Filter.CUBIC);
            case LANCZOS -> Resample.filtered(positions, Resample.Filter.LANCZOS);
        };
    }

    private static void checkInterpolated(Tensor x, InterpolateOptions options) {
        OpChecks.floating("interpolate", x);
        checkArgument(
                x.ndim() >= 3 && x.ndim() <= 5,
                "interpolate: expected an input of shape (N, C, L), (N, C, H, W) or (N, C, D, H, W); got %s."
                        + " Add the dims that are missing with unsqueeze(0).",
                Shapes.format(x.shape()));
        int given = Math.max(options.sizes().length(), options.factors().length());
        checkArgument(
                given == 1 || given == x.ndim() - 2,
                "interpolate: expected one size or factor, or one for each of the %s spatial dims of %s; got %s."
                        + " Leave out those of N and C.",
                x.ndim() - 2,
                Shapes.format(x.shape()),
                given);
        checkArgument(
                x.ndim() == 4 || !options.mode().needsImage(),
                "interpolate: expected an input of shape (N, C, H, W) for mode %s; got %s. Use mode LINEAR.",
                options.mode(),
                Shapes.format(x.shape()));
        for (int d = 1; d < x.ndim(); d++) {
            checkArgument(
                    x.size(d) > 0,
                    "interpolate: expected at least one element in each dim but the first; got %s. Drop empty inputs.",
                    Shapes.format(x.shape()));
        }
    }

    /** y = x multiplied along a dim by a constant matrix; ∂L/∂x = g multiplied by its transpose. */
    static Tensor resample(String op, Tensor x, int dim, ResamplingMatrix taps) {
        return Op.pure(op, Resample.apply(array(x), dim, taps))
                .wrt(x, g -> resample(op, g, dim, taps.transposed()))
                .tensor();
    }

    /** As {@link #gridSample(Tensor, Tensor, GridSampleOptions)} with PyTorch's defaults. */
    public static Tensor gridSample(Tensor x, Tensor grid) {
        return gridSample(x, grid, GridSampleOptions.defaults());
    }

    /**
     * y = x at the positions of the grid, interpolated; ∂L/∂x = g distributed with the weights, ∂L/∂grid = g times the
     * slope of the interpolation, 0 where padding makes it constant.
     *
     * @param x floating, shape (N, C, H, W) or (N, C, D, H, W)
     * @param grid of x's type, shape (N, H', W', 2) or (N, D', H', W', 3): positions from −1 to 1, the coordinate along
     *     W first; NaN counts as −1
     * @return shape (N, C, H', W') or (N, C, D', H', W')
     * @throws IllegalArgumentException if shapes or types do not fit, or a spatial size of x is 0
     */
    public static Tensor gridSample(Tensor x, Tensor grid, GridSampleOptions options) {
        if (DTypes.isHalf(x.dtype()) && x.dtype() == grid.dtype()) {
            return HalfTypes.wide(x, grid, (v, w) -> gridSample(v, w, options));
        }
        checkSampled(x, grid, options);
        int spatial = x.ndim() - 2;
        long[] sizes = new long[spatial];
        for (int d = 0; d < spatial; d++) {
            sizes[d] = x.size(x.ndim() - 1 - d);
        }
        long[] shape = grid.shape();
        shape[0] = 1;
        long positions = Shapes.numel("gridSample", Arrays.copyOf(shape, spatial + 1));
        Tensor y = sample(
                x.reshape(x.size(0), x.size(1), Shapes.numel("gridSample", sizes)),
                grid.reshape(grid.size(0), positions, spatial),
                sizes,
                options);
        long[] result = x.shape();
        System.arraycopy(shape, 1, result, 2, spatial);
        return y.reshape(result);
    }

    private static Tensor sample(Tensor x, Tensor grid, long[] sizes, GridSampleOptions options) {
        int taps = switch (options.mode()) {
            case NEAREST -> 1;
            case LINEAR -> 2;
            case BICUBIC -> 4;
        };
        GridNeighbors.Outside outside = switch (options.padding()) {
            case ZEROS -> GridNeighbors.Outside.ZEROS;
            case BORDER -> GridNeighbors.Outside.BORDER;
            case REFLECTION -> GridNeighbors.Outside.REFLECTION;
        };
        GridNeighbors.Neighbors neighbors =
                new GridNeighbors(sizes, taps, outside, options.alignCorners()).of(array(grid));
        Tensor slopes = Tensor.of(neighbors.slopes());
        Tensor fractions = Op.pure("fraction", neighbors.fractions())
                .wrt(grid, g -> g.mul(slopes), slopes)
                .tensor();
        return new GridBlend(neighbors.indices(), taps).values(x, fractions);
    }

    private static void checkSampled(Tensor x, Tensor grid, GridSampleOptions options) {
        OpChecks.floating("gridSample", x);
        boolean cubic = options.mode() == GridSampleOptions.Mode.BICUBIC;
        checkArgument(
                x.ndim() == 4 || (x.ndim() == 5 && !cubic),
                "gridSample: expected an input of shape (N, C, H, W)%s for mode %s; got %s. Add the dims that are missing"
                        + " with unsqueeze(0).",
                cubic ? "" : " or (N, C, D, H, W)",
                options.mode(),
                Shapes.format(x.shape()));
        checkArgument(
                grid.ndim() == x.ndim() && grid.size(-1) == x.ndim() - 2 && grid.size(0) == x.size(0),
                "gridSample: expected a grid of shape (%s, …, %s), of as many dims as the input %s; got %s."
                        + " Give one position with as many coordinates as there are spatial dims for each result.",
                x.size(0),
                x.ndim() - 2,
                Shapes.format(x.shape()),
                Shapes.format(grid.shape()));
        checkArgument(
                grid.dtype() == x.dtype(),
                "gridSample: expected a grid of the input's type %s; got %s. Convert it with to(…).",
                DTypes.name(x.dtype()),
                DTypes.name(grid.dtype()));
        for (int d = 2; d < x.ndim(); d++) {
            checkArgument(
                    x.size(d) > 0,
                    "gridSample: expected an input with elements in each spatial dim; got %s. Drop empty inputs.",
                    Shapes.format(x.shape()));
        }
    }

    /**
     * y = the grid for {@link #gridSample} that maps each place (x, y[, z]) of the result to θ · (x, y[, z], 1);
     * ∂L/∂θ = Σ g · (x, y[, z], 1).
     *
     * @param theta floating, shape (N, 2, 3) or (N, 3, 4)
     * @param options only whether corners are aligned counts
     * @param size of the result, (N, C, H, W) or (N, C, D, H, W)
     * @return shape (N, H, W, 2) or (N, D, H, W, 3)
     * @throws IllegalArgumentException if theta and size do not fit
     */
    public static Tensor affineGrid(Tensor theta, GridSampleOptions options, long... size) {
        if (DTypes.isHalf(theta.dtype())) {
            return HalfTypes.wide(theta, v -> affineGrid(v, options, size));
        }
        OpChecks.floating("affineGrid", theta);
        int spatial = size.length - 2;
        checkArgument(
                (spatial == 2 || spatial == 3)
                        && Arrays.equals(theta.shape(), new long[] {size[0], spatial, spatial + 1}),
                "affineGrid: expected theta of shape (N, 2, 3) and a size (N, C, H, W), or (N, 3, 4) and (N, C, D, H, W);"
                        + " got %s and %s. Use the same N.",
                Shapes.format(theta.shape()),
                Shapes.format(size));
        Shapes.numel("affineGrid", size);
        long[] places = Arrays.copyOfRange(size, 2, size.length);
        List<Tensor> coordinates = new ArrayList<>();
        for (int d = spatial - 1; d >= 0; d--) {
            long[] line = new long[spatial];
            Arrays.fill(line, 1);
            line[d] = places[d];
            coordinates.add(line(theta.dtype(), places[d], options.alignCorners())
                    .reshape(line)
                    .expand(places));
        }
        coordinates.add(Tensor.ones(theta.dtype(), places));
        Tensor homogeneous = Joining.stack(coordinates, -1).reshape(Shapes.numel("affineGrid", places), spatial + 1);
        long[] result = new long[spatial + 2];
        result[0] = size[0];
        System.arraycopy(places, 0, result, 1, spatial);
        result[spatial + 1] = spatial;
        return homogeneous.matmul(theta.transpose(1, 2)).reshape(result);
    }

    private static Tensor line(DataType type, long steps, boolean aligned) {
        if (steps <= 1) {
            return Tensor.zeros(type, steps);
        }
        double end = aligned ? 1 : (steps - 1.0) / steps;
        return Tensor.linspace(type, -end, end, steps);
    }
}
