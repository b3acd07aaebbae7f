package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Exponentials;
import org.ndgrad.autograd.kernels.Layout;
import org.ndgrad.autograd.kernels.Reduce;
import org.ndgrad.autograd.kernels.Shapes;

/**
 * Functions that fold dims away. No dims means all of them; {@code keepDim} leaves them with size 1.
 *
 * <p>Sums of float32 are accumulated in float64 and rounded once.
 */
public final class Reductions {

    private Reductions() {}

    /** y = Σ x, 0 of nothing; ∂L/∂x = g everywhere. Integral and boolean tensors give int64. */
    public static Tensor sum(Tensor x, int[] dims, boolean keepDim) {
        int[] over = Shapes.dims("sum", dims, x.ndim());
        long[] shape = x.shape();
        return Op.of("sum", Reduce.sum(x.data(), over, keepDim))
                .wrt(x, g -> spread(g, over, shape))
                .tensor();
    }

    /** y = Σ x / n, NaN of nothing; ∂L/∂x = g / n. Floating tensors only. */
    public static Tensor mean(Tensor x, int[] dims, boolean keepDim) {
        checkFloating("mean", x);
        return sum(x, dims, keepDim).div(Shapes.count(x.shape(), Shapes.dims("mean", dims, x.ndim())));
    }

    /** y = Π x, 1 of nothing; ∂L/∂xᵢ = g · Πⱼ≠ᵢ xⱼ, also where elements are 0. Integral and boolean tensors give int64. */
    public static Tensor prod(Tensor x, int[] dims, boolean keepDim) {
        int[] over = Shapes.dims("prod", dims, x.ndim());
        long[] shape = x.shape();
        if (!x.requiresGrad() || x.numel() == 0) {
            return Op.of("prod", Reduce.prod(x.data(), over, keepDim))
                    .wrt(x, g -> Tensor.zeros(g.dtype(), shape))
                    .tensor();
        }
        return halves(Shaping.moveToFront(x, over)).reshape(Shapes.reduced(x.shape(), over, keepDim));
    }

    /** Multiplies along dim 0 half by half, so that the derivative is that of mul and divides by nothing. */
    private static Tensor halves(Tensor x) {
        long count = x.size(0);
        if (count == 1) {
            return x.select(0, 0);
        }
        long half = count / 2;
        Tensor product = halves(x.slice(0, 0, half).mul(x.slice(0, half, 2 * half)));
        return count % 2 == 0 ? product : product.mul(x.select(0, count - 1));
    }

    /** y = max x; g is shared evenly among the largest elements. NaN wins. */
    public static Tensor amax(Tensor x, int[] dims, boolean keepDim) {
        int[] over = Shapes.dims("amax", dims, x.ndim());
        return Op.of("amax", Reduce.max("amax", x.data(), over, keepDim))
                .wrt(x, (g, y) -> share(g, y, x, over), x)
                .tensor();
    }

    /** y = min x; g is shared evenly among the smallest elements. NaN wins. */
    public static Tensor amin(Tensor x, int[] dims, boolean keepDim) {
        int[] over = Shapes.dims("amin", dims, x.ndim());
        return Op.of("amin", Reduce.min("amin", x.data(), over, keepDim))
                .wrt(x, (g, y) -> share(g, y, x, over), x)
                .tensor();
    }

    private static Tensor share(Tensor g, Tensor y, Tensor x, int[] dims) {
        Tensor chosen = x.eq(spread(y, dims, x.shape())).to(x.dtype());
        Tensor shares = chosen.div(spread(sum(chosen, dims, true), dims, x.shape()));
        return spread(g, dims, x.shape()).mul(shares);
    }

    /** Returns the largest elements along a dim and the positions of the first of them; NaN wins. */
    public static ValuesAndIndices max(Tensor x, int dim, boolean keepDim) {
        return at(x, dim, keepDim, argMax(x, dim, true));
    }

    /** Returns the smallest elements along a dim and the positions of the first of them; NaN wins. */
    public static ValuesAndIndices min(Tensor x, int dim, boolean keepDim) {
        return at(x, dim, keepDim, argMin(x, dim, true));
    }

    private static ValuesAndIndices at(Tensor x, int dim, boolean keepDim, Tensor indices) {
        Tensor values = Indexing.gather(x, dim, indices);
        boolean keeps = keepDim || x.ndim() == 0;
        return keeps
                ? new ValuesAndIndices(values, indices)
                : new ValuesAndIndices(values.squeeze(dim), indices.squeeze(dim));
    }

    /** y = the position of the first largest element along a dim, int64; NaN wins. */
    public static Tensor argMax(Tensor x, int dim, boolean keepDim) {
        int along = Shapes.dim("argMax", dim, x.ndim());
        return Op.of("argMax", Reduce.argMax("argMax", x.data(), along, keepDim))
                .tensor();
    }

    /** y = the position of the first smallest element along a dim, int64; NaN wins. */
    public static Tensor argMin(Tensor x, int dim, boolean keepDim) {
        int along = Shapes.dim("argMin", dim, x.ndim());
        return Op.of("argMin", Reduce.argMin("argMin", x.data(), along, keepDim))
                .tensor();
    }

    /** y = whether any element is not 0, false of nothing. */
    public static Tensor any(Tensor x, int[] dims, boolean keepDim) {
        return Op.of("any", Reduce.any(x.data(), Shapes.dims("any", dims, x.ndim()), keepDim))
                .tensor();
    }

    /** y = whether no element is 0, true of nothing. */
    public static Tensor all(Tensor x, int[] dims, boolean keepDim) {
        return Op.of("all", Reduce.all(x.data(), Shapes.dims("all", dims, x.ndim()), keepDim))
                .tensor();
    }

    /** y = ln Σ eˣ without overflow, −∞ of nothing; ∂L/∂x = g · e^(x − y). */
    public static Tensor logSumExp(Tensor x, int[] dims, boolean keepDim) {
        int[] over = Shapes.dims("logSumExp", dims, x.ndim());
        Tensor y = x;
        for (int dim : over) {
            y = logSumExp(y, dim);
        }
        return over.length == 0 ? logSumExp(x, 0) : y.reshape(Shapes.reduced(x.shape(), over, keepDim));
    }

    private static Tensor logSumExp(Tensor x, int dim) {
        return Op.of("logSumExp", Exponentials.logSumExp(x.data(), dim, true))
                .wrt(x, (g, y) -> g.mul(x.sub(y).exp()), x)
                .tensor();
    }

    /**
     * y = Σ (x − mean x)² / (n − correction); ∂L/∂x = g · 2 (x − mean x) / (n − correction).
     *
     * @param correction 1 for the unbiased variance of a sample, 0 for that of a population; NaN if it leaves nothing
     */
    public static Tensor var(Tensor x, int[] dims, int correction, boolean keepDim) {
        checkFloating("var", x);
        Tensor squares = x.sub(mean(x, dims, true)).square();
        return sum(squares, dims, keepDim).div(freedom(x, dims, correction));
    }

    /** y = √var x; ∂L/∂x = g · (x − mean x) / ((n − correction) · y), 0 where y = 0. */
    public static Tensor std(Tensor x, int[] dims, int correction, boolean keepDim) {
        checkFloating("std", x);
        int[] over = Shapes.dims("std", dims, x.ndim());
        return Op.of("std", var(x.detach(), dims, correction, keepDim).sqrt().data())
                .wrt(
                        x,
                        (g, y) -> {
                            Tensor slope = Comparison.maskedFill(g.div(y), y.eq(0), 0);
                            Tensor centered = x.sub(mean(x, dims, true));
                            return spread(slope.div(freedom(x, dims, correction)), over, x.shape())
                                    .mul(centered);
                        },
                        x)
                .tensor();
    }

    private static long freedom(Tensor x, int[] dims, int correction) {
        return Math.max(0, Shapes.count(x.shape(), Shapes.dims("var", dims, x.ndim())) - correction);
    }

    /**
     * y = (Σ |x|ᵖ)^(1/p), for p = ∞ the largest and for p = −∞ the smallest |x|, for p = 0 the count of x ≠ 0;
     * ∂L/∂x = g · x · |x|ᵖ⁻² / yᵖ⁻¹, 0 where y = 0.
     */
    public static Tensor norm(Tensor x, double p, int[] dims, boolean keepDim) {
        checkFloating("norm", x);
        long[] shape = x.shape();
        if (p == 0) {
            return Op.of("norm", sum(x.ne(0).to(x.dtype()), dims, keepDim).data())
                    .wrt(x, g -> Tensor.zeros(g.dtype(), shape))
                    .tensor();
        }
        if (p == 1) {
            return sum(x.abs(), dims, keepDim);
        }
        if (Double.isInfinite(p)) {
            return p > 0 ? amax(x.abs(), dims, keepDim) : amin(x.abs(), dims, keepDim);
        }
        int[] over = Shapes.dims("norm", dims, x.ndim());
        return Op.of(
                        "norm",
                        sum(x.detach().abs().pow(p), dims, keepDim).pow(1 / p).data())
                .wrt(
                        x,
                        (g, y) -> {
                            Tensor powers = p == 2
                                    ? x
                                    : x.mul(Comparison.maskedFill(x.abs().pow(p - 2), x.eq(0), 0));
                            Tensor slope = Comparison.maskedFill(g.div(y.pow(p - 1)), y.eq(0), 0);
                            return spread(slope, over, x.shape()).mul(powers);
                        },
                        x)
                .tensor();
    }

    /** y = x summed over the dims in which it is larger than the shape, what undoes a broadcast; ∂L/∂x = g expanded. */
    public static Tensor sumTo(Tensor x, long... shape) {
        checkArgument(
                Shapes.broadcastsTo(shape, x.shape()),
                "sumTo: expected a shape that broadcasts to %s; got %s. Only sizes of 1 can have been expanded.",
                Shapes.format(x.shape()),
                Shapes.format(shape));
        int extra = x.ndim() - shape.length;
        int[] over = new int[x.ndim()];
        int count = 0;
        for (int d = 0; d < x.ndim(); d++) {
            if (d < extra || (shape[d - extra] == 1 && x.size(d) != 1)) {
                over[count++] = d;
            }
        }
        long[] from = x.shape();
        return Op.of("sumTo", Layout.reshape(Reduce.sum(x.data(), Arrays.copyOf(over, count), true), shape))
                .wrt(x, g -> g.expand(from))
                .tensor();
    }

    /** Brings back reduced dims, kept or not, and repeats along them. */
    private static Tensor spread(Tensor g, int[] dims, long[] shape) {
        return g.reshape(Shapes.reduced(shape, dims, true)).expand(shape);
    }

    private static void checkFloating(String op, Tensor x) {
        checkArgument(
                DTypes.isFloating(x.dtype()),
                "%s: expected a tensor of a floating type; got %s. Convert it with to(DataType.FLOAT).",
                op,
                DTypes.name(x.dtype()));
    }
}
