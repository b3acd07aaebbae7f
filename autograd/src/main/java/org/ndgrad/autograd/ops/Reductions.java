package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;
import static org.ndgrad.autograd.kernels.memory.Memory.array;

import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.HalfTypes;
import org.ndgrad.autograd.KeepDim;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.elementwise.Copy;
import org.ndgrad.autograd.kernels.elementwise.Pointwise;
import org.ndgrad.autograd.kernels.indexing.Views;
import org.ndgrad.autograd.kernels.math.Relation;
import org.ndgrad.autograd.kernels.reduction.Moments;
import org.ndgrad.autograd.kernels.reduction.Reduce;
import org.ndgrad.autograd.kernels.reduction.Softmax;

/**
 * Functions that fold dims away. No dims means all of them; {@code keepDim} leaves them with size 1.
 *
 * <p>Sums of float32 are accumulated in float64 and rounded once.
 */
public final class Reductions {

    private Reductions() {}

    /** y = Σ x, 0 of nothing; ∂L/∂x = g everywhere. Integral and boolean tensors give int64. */
    public static Tensor sum(Tensor x, @Default("new int[0]") int[] dims, KeepDim keepDim) {
        int[] over = Shapes.dims("sum", dims, x.ndim());
        long[] shape = x.shape();
        return Op.pure("sum", Reduce.sum(array(x), over, keepDim.keeps()))
                .wrt(x, g -> spread(g, over, shape))
                .tensor();
    }

    /** y = Σ x over all x but NaN; ∂L/∂x = g, 0 where x is NaN. */
    public static Tensor nansum(Tensor x, @Default("new int[0]") int[] dims, KeepDim keepDim) {
        if (!DTypes.isFloating(x.dtype())) {
            return sum(x, dims, keepDim);
        }
        int[] over = Shapes.dims("nansum", dims, x.ndim());
        return Op.pure("nansum", Reduce.nansum(array(x), over, keepDim.keeps()))
                .wrt(x, g -> Comparison.maskedFill(spread(g, over, x.shape()), Comparison.isnan(x), 0), x)
                .tensor();
    }

    /** y = the number of x ≠ 0, NaN among them, as int64. */
    public static Tensor countNonzero(Tensor x, @Default("new int[0]") int[] dims, KeepDim keepDim) {
        return sum(x.ne(0), dims, keepDim);
    }

    /** y = Σ x / n, NaN of nothing; ∂L/∂x = g / n. Floating tensors only. */
    public static Tensor mean(Tensor x, @Default("new int[0]") int[] dims, KeepDim keepDim) {
        OpChecks.floating("mean", x);
        int[] over = Shapes.dims("mean", dims, x.ndim());
        long[] shape = x.shape();
        return Op.pure("mean", Reduce.mean(array(x), over, keepDim.keeps()))
                .wrt(x, g -> spread(g.div(Shapes.count(shape, over)), over, shape))
                .tensor();
    }

    /**
     * y = the mean of all x but NaN, NaN if there is no other; ∂L/∂x = g / n, 0 where x is NaN. Floating tensors only.
     */
    public static Tensor nanmean(Tensor x, @Default("new int[0]") int[] dims, KeepDim keepDim) {
        OpChecks.floating("nanmean", x);
        return HalfTypes.wide(x, v -> meanOfNumbers(v, dims, keepDim));
    }

    private static Tensor meanOfNumbers(Tensor x, int[] dims, KeepDim keepDim) {
        Tensor missing = Comparison.isnan(x);
        Tensor numbers = sum(Comparison.logicalNot(missing), dims, keepDim);
        double count = Shapes.count(x.shape(), Shapes.dims("nanmean", dims, x.ndim()));
        return mean(Comparison.maskedFill(x, missing, 0), dims, keepDim).mul(numbers.rdiv(count));
    }

    /**
     * y = Π x, 1 of nothing; ∂L/∂xᵢ = g · Πⱼ≠ᵢ xⱼ, also where elements are 0. Integral and boolean tensors give int64.
     */
    public static Tensor prod(Tensor x, @Default("new int[0]") int[] dims, KeepDim keepDim) {
        int[] over = Shapes.dims("prod", dims, x.ndim());
        long[] shape = x.shape();
        if (!x.requiresGrad() || x.numel() == 0) {
            return Op.pure("prod", Reduce.prod(array(x), over, keepDim.keeps()))
                    .wrt(x, g -> Tensor.zeros(g.dtype(), shape))
                    .tensor();
        }
        Tensor product = halves(Shaping.moveToFront(x.to(DataType.DOUBLE), over)); // float32 would be left on the way
        return product.to(x.dtype()).reshape(Shapes.reduced(shape, over, keepDim.keeps()));
    }

    /** Multiplies along dim 0 half by half, so that the derivative is that of mul and divides by nothing. */
    private static Tensor halves(Tensor x) {
        long count = x.size(0);
        if (count == 1) {
            return x.select(0, 0);
        }
        long half = count / 2;
        Tensor pairs = Scaled.productsFit(x) ? x : Scaled.largeBesideSmall(x);
        Tensor product = halves(pairs.slice(0, 0, half).mul(pairs.slice(0, half, 2 * half)));
        return count % 2 == 0 ? product : product.mul(pairs.select(0, count - 1));
    }

    /** y = max x; g is shared evenly among the largest elements. NaN wins. */
    public static Tensor amax(Tensor x, @Default("new int[0]") int[] dims, KeepDim keepDim) {
        int[] over = Shapes.dims("amax", dims, x.ndim());
        return Op.pure("amax", Reduce.max("amax", array(x), over, keepDim.keeps()))
                .wrt(x, (g, y) -> share(g, y, x, over), x)
                .tensor();
    }

    /** y = min x; g is shared evenly among the smallest elements. NaN wins. */
    public static Tensor amin(Tensor x, @Default("new int[0]") int[] dims, KeepDim keepDim) {
        int[] over = Shapes.dims("amin", dims, x.ndim());
        return Op.pure("amin", Reduce.min("amin", array(x), over, keepDim.keeps()))
                .wrt(x, (g, y) -> share(g, y, x, over), x)
                .tensor();
    }

    private static Tensor share(Tensor g, Tensor y, Tensor x, int[] dims) {
        Tensor chosen = mask(x, spread(y, dims, x.shape()), Relation.EQUAL);
        Tensor count = sum(chosen, dims, KeepDim.YES);
        return chosen.mul(g.reshape(count.shape()).div(count));
    }

    /**
     * y = the largest element; g is shared evenly among those that equal it. NaN wins, and its g is shared likewise.
     */
    public static Tensor max(Tensor x) {
        return Op.pure("max", Reduce.max("max", array(x), all(x), false))
                .wrt(x, (g, y) -> shared(g, y, x), x)
                .tensor();
    }

    /**
     * y = the smallest element; g is shared evenly among those that equal it. NaN wins, and its g is shared likewise.
     */
    public static Tensor min(Tensor x) {
        return Op.pure("min", Reduce.min("min", array(x), all(x), false))
                .wrt(x, (g, y) -> shared(g, y, x), x)
                .tensor();
    }

    private static int[] all(Tensor x) {
        return Shapes.dims("all", new int[0], x.ndim());
    }

    /** Returns a scalar g, shared evenly among the elements that equal a scalar y, NaN being equal to NaN. */
    static Tensor shared(Tensor g, Tensor y, Tensor x) {
        Tensor chosen = mask(x, y, Relation.SAME);
        return chosen.mul(g.div(chosen.sum()));
    }

    /** Returns 1 where the relation holds; not in a half type, in which many ones could not be counted. */
    private static Tensor mask(Tensor x, Tensor y, Relation relation) {
        INDArray wide = array(HalfTypes.widened(x));
        INDArray holds = Pointwise.compare("mask", wide, array(HalfTypes.widened(y)), relation);
        return Op.pure("mask", Copy.cast(holds, DTypes.floating(wide.dataType())))
                .tensor();
    }

    /** Returns the smallest and the largest elements; the gradient of each is shared evenly among those. NaN wins. */
    public static MinAndMax aminmax(Tensor x, @Default("new int[0]") int[] dims, KeepDim keepDim) {
        return new MinAndMax(amin(x, dims, keepDim), amax(x, dims, keepDim));
    }

    /** Returns the largest elements along a dim and the positions of the first of them; NaN wins. */
    public static ValuesAndIndices max(Tensor x, int dim, KeepDim keepDim) {
        return at(x, dim, keepDim, argmax(x, dim, KeepDim.YES));
    }

    /** Returns the smallest elements along a dim and the positions of the first of them; NaN wins. */
    public static ValuesAndIndices min(Tensor x, int dim, KeepDim keepDim) {
        return at(x, dim, keepDim, argmin(x, dim, KeepDim.YES));
    }

    private static ValuesAndIndices at(Tensor x, int dim, KeepDim keepDim, Tensor indices) {
        Tensor values = Indexing.gather(x, dim, indices);
        boolean keeps = keepDim.keeps() || x.ndim() == 0;
        return keeps
                ? new ValuesAndIndices(values, indices)
                : new ValuesAndIndices(values.squeeze(dim), indices.squeeze(dim));
    }

    /** y = the position of the first largest element along a dim, int64; NaN wins. */
    public static Tensor argmax(Tensor x, int dim, KeepDim keepDim) {
        int along = Shapes.dim("argmax", dim, x.ndim());
        return Op.pure("argmax", Reduce.argmax("argmax", array(x), along, keepDim.keeps()))
                .tensor();
    }

    /** y = the position of the first largest of all elements in row-major order, int64, shape (); NaN wins. */
    public static Tensor argmax(Tensor x) {
        return argmax(x.flatten(), 0, KeepDim.NO);
    }

    /** y = the position of the first smallest element along a dim, int64; NaN wins. */
    public static Tensor argmin(Tensor x, int dim, KeepDim keepDim) {
        int along = Shapes.dim("argmin", dim, x.ndim());
        return Op.pure("argmin", Reduce.argmin("argmin", array(x), along, keepDim.keeps()))
                .tensor();
    }

    /** y = the position of the first smallest of all elements in row-major order, int64, shape (); NaN wins. */
    public static Tensor argmin(Tensor x) {
        return argmin(x.flatten(), 0, KeepDim.NO);
    }

    /** y = whether any element is not 0, false of nothing; boolean, but uint8 for uint8. */
    public static Tensor any(Tensor x, @Default("new int[0]") int[] dims, KeepDim keepDim) {
        return Op.pure("any", Reduce.any(array(x), Shapes.dims("any", dims, x.ndim()), keepDim.keeps()))
                .tensor();
    }

    /** y = whether no element is 0, true of nothing; boolean, but uint8 for uint8. */
    public static Tensor all(Tensor x, @Default("new int[0]") int[] dims, KeepDim keepDim) {
        return Op.pure("all", Reduce.all(array(x), Shapes.dims("all", dims, x.ndim()), keepDim.keeps()))
                .tensor();
    }

    /** y = ln Σ eˣ without overflow, −∞ of nothing; ∂L/∂x = g · e^(x − y). */
    public static Tensor logsumexp(Tensor x, @Default("new int[0]") int[] dims, KeepDim keepDim) {
        int[] over = Shapes.dims("logsumexp", dims, x.ndim());
        Tensor front = over.length <= 1 ? x : Shaping.moveToFront(x, over);
        int dim = over.length == 1 ? over[0] : 0;
        return HalfTypes.wide(front, v -> logsumexp(v, dim)).reshape(Shapes.reduced(x.shape(), over, keepDim.keeps()));
    }

    private static Tensor logsumexp(Tensor x, int dim) {
        return Op.pure("logsumexp", Softmax.logsumexp(array(x), dim, true))
                .wrt(x, (g, y) -> g.mul(shares(x, y, dim)), x)
                .tensor();
    }

    /** Returns e^(x − y), which softmax has with all digits: y, if it is large, lost those of the logarithm. */
    private static Tensor shares(Tensor x, Tensor y, int dim) {
        Tensor finite = Comparison.isfinite(y);
        return all(finite, new int[0], KeepDim.NO).item() != 0
                ? x.softmax(dim)
                : Comparison.where(finite, x.softmax(dim), x.sub(y).exp());
    }

    /**
     * y = Σ (x − mean x)² / (n − correction); ∂L/∂x = g · 2 (x − mean x) / (n − correction).
     *
     * @param correction 1 for the unbiased variance of a sample, 0 for that of a population; if it leaves nothing of n,
     *     the result is infinite or, where all elements are equal, NaN
     */
    public static Tensor var(
            Tensor x, @Default("new int[0]") int[] dims, @Default("1") double correction, KeepDim keepDim) {
        OpChecks.floating("var", x);
        int[] over = Shapes.dims("var", dims, x.ndim());
        double freedom = Shapes.count(x.shape(), over) - correction;
        return HalfTypes.wide(
                x,
                v -> Op.pure("var", Reduce.variance(array(v), Math.max(0, freedom), over, keepDim.keeps()))
                        .wrt(v, (g, y) -> Deviations.varBackward(spread(g, over, v.shape()), y, v, dims, freedom), v)
                        .tensor());
    }

    /** y = √var x; ∂L/∂x = g · (x − mean x) / ((n − correction) · y), 0 where y = 0. */
    public static Tensor std(
            Tensor x, @Default("new int[0]") int[] dims, @Default("1") double correction, KeepDim keepDim) {
        OpChecks.floating("std", x);
        int[] over = Shapes.dims("std", dims, x.ndim());
        double freedom = Shapes.count(x.shape(), over) - correction;
        return HalfTypes.wide(
                x,
                v -> Op.pure("std", Moments.deviation(array(v), Math.max(0, freedom), over, keepDim.keeps()))
                        .wrt(v, (g, y) -> Deviations.stdBackward(g, y, v, dims, freedom), v)
                        .tensor());
    }

    /** Returns {@link #var} and {@link #mean}. */
    public static VarAndMean varMean(
            Tensor x, @Default("new int[0]") int[] dims, @Default("1") double correction, KeepDim keepDim) {
        return new VarAndMean(var(x, dims, correction, keepDim), mean(x, dims, keepDim));
    }

    /** Returns {@link #std} and {@link #mean}. */
    public static StdAndMean stdMean(
            Tensor x, @Default("new int[0]") int[] dims, @Default("1") double correction, KeepDim keepDim) {
        return new StdAndMean(std(x, dims, correction, keepDim), mean(x, dims, keepDim));
    }

    /**
     * y = (Σ |x|ᵖ)^(1/p), for p = ∞ the largest and for p = −∞ the smallest |x|, for p = 0 the count of x ≠ 0;
     * ∂L/∂x = g · sign x · (|x| / y)ᵖ⁻¹, 0 where x = 0 or y = 0.
     *
     * @throws IllegalArgumentException if x is not floating, or has no elements along the dims though p &lt; 0 or p = ∞
     */
    public static Tensor norm(Tensor x, @Default("2") double p, @Default("new int[0]") int[] dims, KeepDim keepDim) {
        OpChecks.floating("norm", x);
        int[] over = Shapes.dims("norm", dims, x.ndim());
        long[] shape = x.shape();
        checkArgument(
                (p >= 0 && p < Double.POSITIVE_INFINITY) || Shapes.count(shape, over) > 0,
                "norm: expected at least one element along the dims for p = %s; got shape %s. Choose a finite p > 0.",
                p,
                Shapes.format(shape));
        if (p == 0) {
            return Op.pure("norm", array(sum(x.ne(0).to(x.dtype()), dims, keepDim)))
                    .wrt(x, g -> Tensor.zeros(g.dtype(), shape))
                    .tensor();
        }
        if (Double.isInfinite(p)) {
            return p > 0 ? amax(x.abs(), dims, keepDim) : amin(x.abs(), dims, keepDim);
        }
        if (p == 1) {
            return HalfTypes.wide(x, v -> sum(v.abs(), dims, keepDim));
        }
        if (p == 2) {
            return HalfTypes.wide(x, v -> euclidean(v, over, keepDim));
        }
        return power(x.to(DataType.DOUBLE), p, over, keepDim).to(x.dtype()); // powers cost digits
    }

    private static Tensor euclidean(Tensor x, int[] dims, KeepDim keepDim) {
        return Op.pure("norm", Moments.norm(array(x), 2, dims, keepDim.keeps()))
                .wrt(
                        x,
                        (g, y) -> { // at 0, the gradient is 0 and has no derivative, which becomes NaN
                            Tensor kept = y.reshape(Shapes.reduced(x.shape(), dims, true));
                            Tensor factors = Scaled.factors(kept);
                            Tensor direction = Scaled.isOne(factors)
                                    ? x.div(kept)
                                    : x.mul(factors).div(norm(x.mul(factors), 2, dims, KeepDim.YES));
                            return spread(g, dims, x.shape()).mul(Comparison.maskedFill(direction, kept.eq(0), 0));
                        },
                        x)
                .tensor();
    }

    private static Tensor power(Tensor x, double p, int[] dims, KeepDim keepDim) {
        return Op.pure("norm", Moments.norm(array(x), p, dims, keepDim.keeps()))
                .wrt(
                        x,
                        (g, y) -> {
                            Tensor kept = y.reshape(Shapes.reduced(x.shape(), dims, true));
                            Tensor factors = Scaled.factors(kept);
                            boolean plain = Scaled.isOne(factors);
                            Tensor base = plain ? x : x.mul(factors);
                            Tensor length = plain ? kept : norm(base, p, dims, KeepDim.YES);
                            Tensor slope = spread(Comparison.maskedFill(g, y.eq(0), 0), dims, x.shape());
                            return slope.mul(signedPower(base, Deviations.safe(length), p - 1));
                        },
                        x)
                .tensor();
    }

    /**
     * Returns sign x · (|x| / scale)ᵖ, with 0 at 0, and at ∞ if p is below −1; the derivative there is 0, but NaN at 0
     * if p is below 1. That of the scale knows nothing of these elements.
     */
    private static Tensor signedPower(Tensor x, Tensor scale, double p) {
        Tensor zero = x.eq(0);
        Tensor gone = p < -1 ? Comparison.logicalOr(zero, Comparison.isinf(x)) : zero;
        if (gone.any().item() == 0) {
            return x.abs().div(scale).pow(p).mul(Arithmetic.sign(x));
        }
        Tensor size = p < 1 ? x.abs().mul(Comparison.maskedFill(Tensor.onesLike(x), zero, Double.NaN)) : x.abs();
        Tensor base = Comparison.maskedFill(size, gone, 1);
        return Comparison.maskedFill(base.div(scale).pow(p), gone, 0).mul(Arithmetic.sign(x));
    }

    /** y = x summed over the dims in which it is larger than the shape, what undoes a broadcast; ∂L/∂x = g expanded. */
    public static Tensor sumToSize(Tensor x, long... shape) {
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
        return Op.pure("sumToSize", Views.reshape(Reduce.sum(array(x), Arrays.copyOf(over, count), true), shape))
                .wrt(x, g -> g.expand(from))
                .tensor();
    }

    /** Brings back reduced dims, kept or not, and repeats along them. */
    static Tensor spread(Tensor g, int[] dims, long[] shape) {
        return g.reshape(Shapes.reduced(shape, dims, true)).expand(shape);
    }
}
