package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;
import static org.ndgrad.autograd.kernels.memory.Memory.array;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.HalfTypes;
import org.ndgrad.autograd.KeepDim;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.reduction.Scan;
import org.ndgrad.autograd.kernels.reduction.Trapezoids;

/** Functions of all elements up to each one along a dim, and of neighbors along it. */
public final class Cumulative {

    private Cumulative() {}

    /** y = x₀ + … + xᵢ along a dim; ∂L/∂x = g summed from the end. Integral and boolean tensors give int64. */
    public static Tensor cumsum(Tensor x, int dim) {
        return cumsum(x, Shapes.dim("cumsum", dim, x.ndim()), false);
    }

    private static Tensor cumsum(Tensor x, int dim, boolean reverse) {
        return Op.pure("cumsum", Scan.sum(array(x), dim, reverse))
                .wrt(x, g -> cumsum(g, dim, !reverse))
                .tensor();
    }

    /**
     * y = x₀ · … · xᵢ along a dim; ∂L/∂xᵢ = y₍ᵢ₋₁₎ · (gᵢ + x₍ᵢ₊₁₎ (g₍ᵢ₊₁₎ + x₍ᵢ₊₂₎ (…))), also where elements are 0.
     *
     * <p>The derivative divides by nothing and takes as many steps as there are elements. Integral and boolean tensors
     * give int64.
     */
    public static Tensor cumprod(Tensor x, int dim) {
        int along = Shapes.dim("cumprod", dim, x.ndim());
        return HalfTypes.wide(x, v -> products(v, along));
    }

    private static Tensor products(Tensor x, int along) {
        return Op.pure("cumprod", Scan.prod(array(x), along))
                .wrt(x, g -> x.ndim() == 0 || x.numel() == 0 ? g : slopes(g, x, along), x)
                .tensor();
    }

    /** z = the gradient of {@link #cumprod}; ∂L/∂g = d, ∂L/∂xᵢ = dᵢ₋₁ · Rᵢ + the gradient for a g of hᵢ₊₁ · Rᵢ₊₁. */
    private static Tensor slopes(Tensor g, Tensor x, int dim) {
        return Op.pure("cumprodBackward", Scan.prodBackward(array(g), array(x), dim))
                .wrt(g, h -> rises(h, x.to(DataType.DOUBLE), dim), x)
                .wrt(
                        x,
                        h -> {
                            Tensor wide = x.to(DataType.DOUBLE);
                            Tensor sums = recurrence(g.to(DataType.DOUBLE), earlier(wide, dim), dim, true);
                            return later(rises(h, wide, dim), dim, 0)
                                    .mul(sums)
                                    .add(slopes(earlier(sums.mul(h), dim), wide, dim));
                        },
                        g,
                        x)
                .tensor();
    }

    /** dᵢ = yᵢ₋₁ · hᵢ + xᵢ · dᵢ₋₁, by which running products rise where x does by h. */
    private static Tensor rises(Tensor h, Tensor x, int dim) {
        return recurrence(later(cumprod(x, dim), dim, 1).mul(h), x, dim, false);
    }

    /**
     * y = ln(e^x₀ + … + e^xᵢ) along a dim, without overflow; ∂L/∂xᵢ = Σⱼ≥ᵢ gⱼ · e^(xᵢ − yⱼ). Floating tensors only.
     *
     * <p>The gradient is 0 where x is −∞; unlike PyTorch, also where all elements so far are.
     */
    public static Tensor logcumsumexp(Tensor x, int dim) {
        OpChecks.floating("logcumsumexp", x);
        int along = Shapes.dim("logcumsumexp", dim, x.ndim());
        return x.ndim() == 0 ? logcumsumexp(x.unsqueeze(0), 0).squeeze(0) : HalfTypes.wide(x, v -> logSums(v, along));
    }

    private static Tensor logSums(Tensor x, int along) {
        return Op.pure("logcumsumexp", Scan.logsumexp(array(x), along))
                .wrt(x, (g, y) -> shares(g, x, y.detach().to(DataType.DOUBLE), along), x)
                .tensor();
    }

    /**
     * Σⱼ≥ᵢ gⱼ · e^(xᵢ − lⱼ) / sⱼ with sⱼ = Σₖ≤ⱼ e^(xₖ − lⱼ), where any levels l are right. Those near the result keep
     * powers and sums near 1, and what rounding took from them, all of the logarithm if they are large, is in s.
     */
    private static Tensor shares(Tensor g, Tensor x, Tensor levels, int dim) {
        Tensor share = limit(x.sub(levels), x.eq(Double.NEGATIVE_INFINITY), Double.NEGATIVE_INFINITY)
                .exp();
        Tensor decay = decay(levels, dim);
        Tensor sums = limit(recurrence(share, later(decay, dim, 0), dim, false), Comparison.isinf(levels), 1);
        return share.mul(recurrence(g.div(sums), decay, dim, true));
    }

    /** Returns e^(yᵢ − yᵢ₊₁), by which sums relative to the next element become relative to this one. */
    private static Tensor decay(Tensor y, int dim) {
        Tensor here = y.slice(dim, 0, -1);
        Tensor next = y.slice(dim, 1, y.size(dim));
        Tensor stays = Comparison.logicalAnd(here.eq(next), Comparison.isinf(here));
        return padded(limit(here.sub(next), stays, 0).exp(), dim, false, 0);
    }

    private static Tensor limit(Tensor x, Tensor where, double value) {
        return Comparison.maskedFill(x, where, value);
    }

    /** y = b + a · (y of the previous element, or of the next one if reverse), where what lies beyond the end is 0. */
    private static Tensor recurrence(Tensor b, Tensor a, int dim, boolean reverse) {
        return Op.pure("recurrence", Scan.recurrence(array(b), array(a), dim, reverse))
                .wrt(b, g -> back(g, a, dim, reverse), a)
                .wrt(a, (g, y) -> back(g, a, dim, reverse).mul(reverse ? earlier(y, dim) : later(y, dim, 0)), a)
                .tensor();
    }

    private static Tensor back(Tensor g, Tensor a, int dim, boolean reverse) {
        return recurrence(g, reverse ? later(a, dim, 0) : earlier(a, dim), dim, !reverse);
    }

    /** Moves each element to the next place; the first place gets the number. */
    private static Tensor later(Tensor x, int dim, double first) {
        return padded(x.slice(dim, 0, -1), dim, true, first);
    }

    /** Moves each element to the previous place; the last place gets 0. */
    private static Tensor earlier(Tensor x, int dim) {
        return padded(x.slice(dim, 1, x.size(dim)), dim, false, 0);
    }

    private static Tensor padded(Tensor x, int dim, boolean before, double value) {
        Tensor edge = Tensor.full(x.dtype(), value, Shapes.with(x.shape(), dim, 1));
        return Joining.cat(before ? ImmutableList.of(edge, x) : ImmutableList.of(x, edge), dim);
    }

    /** Returns the largest elements so far along a dim and the positions of the last of them; NaN wins. */
    public static ValuesAndIndices cummax(Tensor x, int dim) {
        int along = Shapes.dim("cummax", dim, x.ndim());
        return chosen(x, along, Op.pure("cummax", Scan.argmax(array(x), along)).tensor());
    }

    /** Returns the smallest elements so far along a dim and the positions of the last of them; NaN wins. */
    public static ValuesAndIndices cummin(Tensor x, int dim) {
        int along = Shapes.dim("cummin", dim, x.ndim());
        return chosen(x, along, Op.pure("cummin", Scan.argmin(array(x), along)).tensor());
    }

    private static ValuesAndIndices chosen(Tensor x, int dim, Tensor indices) {
        return new ValuesAndIndices(Indexing.gather(x, dim, indices), indices);
    }

    /**
     * y = xᵢ₊₁ − xᵢ along a dim, and again so many times; the dim gets shorter by 1 each time, until it is empty.
     *
     * <p>To begin or end with other elements, put them before or behind with {@link Joining#cat}. Whether boolean
     * neighbors differ is boolean again.
     *
     * @param times 0 for x itself
     */
    public static Tensor diff(Tensor x, @Default("1") int times, @Default("-1") int dim) {
        OpChecks.hasDim("diff", x);
        checkArgument(times >= 0, "diff: expected a number of times of at least 0; got %s. Give 1.", times);
        int along = Shapes.dim("diff", dim, x.ndim());
        DataType type = x.dtype();
        if (times < 2 || !DTypes.isFloating(type)) {
            return HalfTypes.wide(x, v -> differences(v, times, along));
        }
        return Scaled.fitting((in, s) -> differences(in.get(0), times, along), x.to(DataType.DOUBLE))
                .to(type);
    }

    private static Tensor differences(Tensor x, int times, int along) {
        Tensor y = x;
        for (int i = 0; i < times && y.size(along) > 0; i++) {
            Tensor next = y.slice(along, 1, y.size(along));
            Tensor here = y.slice(along, 0, -1);
            y = x.dtype() == DataType.BOOL ? Comparison.logicalXor(next, here) : next.sub(here);
        }
        return y;
    }

    /**
     * Y = Σ (yᵢ + yᵢ₊₁) / 2 · spacing along a dim, the integral by the trapezoidal rule; 0 of fewer than two points.
     */
    public static Tensor trapezoid(Tensor y, @Default("1") double spacing, @Default("-1") int dim) {
        int along = checkPoints("trapezoid", y, dim);
        if (!DTypes.isFloating(y.dtype())) {
            return WholePoints.of(y, along).area(spacing);
        }
        if (y.size(along) < 2) {
            return Reductions.sum(pairs(y, along).mul(spacing), new int[] {along}, KeepDim.NO);
        }
        return HalfTypes.wide(y, v -> Scaled.fitting((in, s) -> area(in.get(0), spacing, along), v));
    }

    private static Tensor area(Tensor y, double spacing, int along) {
        long last = y.size(along) - 1;
        Tensor inner = Reductions.sum(y.slice(along, 1, last), new int[] {along}, KeepDim.NO);
        Tensor ends = y.select(along, 0).add(y.select(along, last));
        return inner.add(ends.mul(0.5)).mul(spacing);
    }

    /**
     * Y = Σ (yᵢ + yᵢ₊₁) / 2 · (xᵢ₊₁ − xᵢ) along a dim, the integral by the trapezoidal rule; 0 of fewer than two
     * points.
     *
     * @param x the places of the points, shape (points), or one that broadcasts to y's and has its size along the dim
     */
    public static Tensor trapezoid(Tensor y, Tensor x, @Default("-1") int dim) {
        int along = checkPoints("trapezoid", y, dim);
        OpChecks.numbers("trapezoid", x);
        if (!DTypes.isFloating(y.dtype()) && !DTypes.isFloating(x.dtype())) {
            return WholePoints.of("trapezoid", y, x, along).area(1);
        }
        return onAxis(y, x, (v, w) -> {
            Tensor areas = pairs(v, along).mul(spacings("trapezoid", v, w, along));
            return Reductions.sum(areas, new int[] {along}, KeepDim.NO).mul(0.5);
        });
    }

    /** Y = the running sums of the {@link #trapezoid(Tensor, double, int)} rule; the dim is shorter by 1 than y's. */
    public static Tensor cumulativeTrapezoid(Tensor y, @Default("1") double spacing, @Default("-1") int dim) {
        int along = checkPoints("cumulativeTrapezoid", y, dim);
        if (!DTypes.isFloating(y.dtype())) {
            return WholePoints.of(y, along).runningAreas(spacing);
        }
        Tensor wide = HalfTypes.widened(y);
        return Scaled.fitting((in, s) -> cumsum(pairs(in.get(0), along).mul(0.5 * spacing), along), wide)
                .to(y.dtype());
    }

    /** Y = the running sums of the {@link #trapezoid(Tensor, Tensor, int)} rule; the dim is shorter by 1 than y's. */
    public static Tensor cumulativeTrapezoid(Tensor y, Tensor x, @Default("-1") int dim) {
        String op = "cumulativeTrapezoid";
        int along = checkPoints(op, y, dim);
        OpChecks.numbers(op, x);
        if (!DTypes.isFloating(y.dtype()) && !DTypes.isFloating(x.dtype())) {
            return WholePoints.of(op, y, x, along).runningAreas(1);
        }
        return onAxis(
                y,
                x,
                (v, w) -> cumsum(pairs(v, along).mul(spacings(op, v, w, along)), along)
                        .mul(0.5));
    }

    /**
     * Points of whole numbers, as {@link Trapezoids} takes them.
     *
     * @param type of areas
     */
    private record WholePoints(
            DataType type,
            INDArray heights,
            int along,
            @Nullable INDArray places) {

        static WholePoints of(Tensor y, int along) {
            return new WholePoints(DTypes.floating(y.dtype()), rowMajor(y, y.shape()), along, null);
        }

        static WholePoints of(String op, Tensor y, Tensor x, int along) {
            checkPlaces(op, y, x, along);
            boolean isShared = x.ndim() == 1;
            long[] shape = isShared ? y.shape() : Shapes.broadcast(op, y.shape(), x.shape());
            return new WholePoints(
                    DTypes.floating(DTypes.promote(array(y), array(x))),
                    rowMajor(y, shape),
                    along,
                    rowMajor(x, isShared ? x.shape() : shape));
        }

        private static INDArray rowMajor(Tensor x, long[] shape) {
            return array(x.to(DataType.INT64).expand(shape).contiguous());
        }

        Tensor area(double spacing) {
            return Op.pure("trapezoid", Trapezoids.areas(type, heights, along, places, spacing))
                    .tensor();
        }

        Tensor runningAreas(double spacing) {
            return Op.pure("cumulativeTrapezoid", Trapezoids.running(type, heights, along, places, spacing))
                    .tensor();
        }
    }

    /** Returns f(y, x), s times as much if y or x is. Differences of whole numbers are exact, and count as float64. */
    private static Tensor onAxis(Tensor y, Tensor x, BinaryOperator<Tensor> f) {
        DataType type = DTypes.floating(DTypes.promote(array(y), array(x)));
        Tensor heights = wide(y);
        Tensor places = DTypes.isFloating(x.dtype()) ? wide(x) : Scaled.wholeNumbers(x);
        Scaled.Homogeneous areas = (in, s) -> {
            if (s == 1) {
                return f.apply(in.get(0), in.get(1));
            }
            boolean far = places.max().item() / 2 - places.min().item() / 2 > Double.MAX_VALUE / 2;
            return far ? f.apply(heights.mul(0.5), in.get(1)).mul(2) : f.apply(in.get(0), places);
        };
        return Scaled.fitting(areas, heights, places).to(type);
    }

    private static Tensor wide(Tensor y) {
        return DTypes.isFloating(y.dtype()) ? HalfTypes.widened(y) : y.to(DataType.DOUBLE);
    }

    private static int checkPoints(String op, Tensor y, int dim) {
        checkArgument(y.ndim() > 0, "%s: expected at least 1 dim; got a scalar. Give several points.", op);
        OpChecks.numbers(op, y);
        return Shapes.dim(op, dim, y.ndim());
    }

    /** Sums of neighbors, twice the heights of the strips between them. */
    private static Tensor pairs(Tensor y, int dim) {
        return y.slice(dim, 0, -1).add(y.slice(dim, 1, y.size(dim)));
    }

    /** Returns along which dim of the places the points lie, counted from the end. */
    private static int checkPlaces(String op, Tensor y, Tensor x, int dim) {
        int fromEnd = x.ndim() == 1 ? -1 : dim - y.ndim();
        checkArgument(
                x.ndim() >= -fromEnd && x.ndim() <= y.ndim() && x.size(fromEnd) == y.size(dim),
                "%s: expected a place for each of the %s points along dim %s of shape %s; got shape %s."
                        + " Give a vector of this size, or a shape that broadcasts.",
                op,
                y.size(dim),
                dim,
                Shapes.format(y.shape()),
                Shapes.format(x.shape()));
        return fromEnd;
    }

    private static Tensor spacings(String op, Tensor y, Tensor x, int dim) {
        int fromEnd = checkPlaces(op, y, x, dim);
        long[] line = new long[y.ndim() - dim];
        Arrays.fill(line, 1);
        line[0] = Math.max(0, y.size(dim) - 1);
        Tensor spacings = wide(diff(x, 1, fromEnd));
        return x.ndim() == 1 ? spacings.reshape(line) : spacings;
    }
}
