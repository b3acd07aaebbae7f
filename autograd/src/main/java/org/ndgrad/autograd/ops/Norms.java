package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;
import static org.ndgrad.autograd.kernels.memory.Memory.array;

import com.google.common.primitives.Longs;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.HalfTypes;
import org.ndgrad.autograd.KeepDim;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.linalg.Distances;

/** Vectors of a given length, and distances between vectors. For norms see {@link Reductions#norm}. */
public final class Norms {

    private static final double RENORM_EPS = 1e-7;

    private static final double LARGE = 0x1p64;

    private Norms() {}

    /** y = ‖x‖ₚ over the dims, as {@link Reductions#norm}. */
    public static Tensor vectorNorm(
            Tensor x, @Default("2") double p, @Default("new int[0]") int[] dims, KeepDim keepDim) {
        return Reductions.norm(x, p, dims, keepDim);
    }

    /** y = x / max(‖x‖ₚ, ε), vectors of length 1 along the dims. */
    public static Tensor normalize(
            Tensor x, @Default("2") double p, @Default("new int[] {1}") int[] dims, @Default("1e-12") double epsilon) {
        return HalfTypes.wide(x, v -> {
            Sized sized = Sized.of(v, Reductions.norm(v, p, dims, KeepDim.YES), epsilon, p, dims);
            return sized.x.div(sized.atLeast(epsilon));
        });
    }

    /** A tensor times factors under which its norm fits and has all digits; its norm then; the factors. */
    private record Sized(Tensor x, Tensor norm, Tensor factors) {
        /** Leaves those as they are that are no longer than some length, which is used in place of the norm. */
        static Sized of(Tensor x, Tensor norm, double length, double p, int[] dims) {
            Tensor factors = Scaled.factors(Comparison.maskedFill(norm, norm.le(length), 1));
            if (p == 0 || Scaled.isOne(factors)) {
                return new Sized(x, norm, Tensor.of(x.dtype(), 1));
            }
            Tensor other = x.mul(factors);
            return new Sized(other, Reductions.norm(other, p, dims, KeepDim.YES), factors);
        }

        Tensor atLeast(double length) {
            return Scaled.isOne(factors)
                    ? norm.clamp(length, Double.POSITIVE_INFINITY)
                    : norm.maximum(factors.mul(length));
        }
    }

    /**
     * y = x · min(1, length / (‖x‖ₚ + 10⁻⁷)) for each slice x along a dim, so that none is longer than the length.
     * Slices with NaN stay as they are.
     *
     * @param x at least 2-d
     * @param p more than 0
     * @param dim which counts the slices
     * @param length at least 0
     */
    public static Tensor renorm(Tensor x, double p, int dim, double length) {
        checkArgument(
                x.ndim() >= 2,
                "renorm: expected at least 2 dims; got shape %s. Use normalize for a vector.",
                Shapes.format(x.shape()));
        checkArgument(p > 0, "renorm: expected a p of more than 0; got %s. Use 2.", p);
        checkArgument(length >= 0, "renorm: expected a length of at least 0; got %s. Give a positive one.", length);
        int along = Shapes.dim("renorm", dim, x.ndim());
        int[] others = IntStream.range(0, x.ndim()).filter(d -> d != along).toArray();
        return HalfTypes.wide(x, v -> {
            Tensor norm = Reductions.norm(v, p, others, KeepDim.YES);
            Tensor undefined = Comparison.isnan(norm);
            if (undefined.any().item() == 0) {
                return renormed(v, norm, p, others, length);
            }
            Tensor other = Comparison.maskedFill(v, undefined, 0);
            Tensor defined = Reductions.norm(other, p, others, KeepDim.YES);
            return Comparison.where(undefined, v, renormed(other, defined, p, others, length));
        });
    }

    private static Tensor renormed(Tensor x, Tensor norm, double p, int[] dims, double length) {
        Sized sized = Sized.of(x, norm, RENORM_EPS, p, dims);
        Tensor divisor = sized.norm.add(sized.factors.mul(RENORM_EPS));
        return Comparison.where(norm.gt(length), Scaled.ratio(sized.x, Tensor.of(x.dtype(), length), divisor), x);
    }

    /**
     * y = Σ a b / (max(‖a‖, ε) · max(‖b‖, ε)) along a dim, the cosine of the angle between vectors.
     *
     * <p>As in PyTorch, the derivative is that of the norms also where ε takes their place. Unlike PyTorch's, it is
     * never beyond ±1: float32 is computed in float64, where its norms fit, and rounded once.
     *
     * @param b broadcasts with a
     * @param dim of the broadcast shape
     */
    public static Tensor cosineSimilarity(Tensor a, Tensor b, @Default("1") int dim, @Default("1e-8") double epsilon) {
        OpChecks.epsilon("cosineSimilarity", epsilon);
        long[] shape = Shapes.broadcast("cosineSimilarity", a.shape(), b.shape());
        int[] over = {Shapes.dim("cosineSimilarity", dim, shape.length)};
        DataType type = DTypes.promote(array(a), array(b));
        checkArgument(
                DTypes.isFloating(type),
                "cosineSimilarity: expected a tensor of a floating type; got %s and %s. Convert with to(…).",
                DTypes.name(a.dtype()),
                DTypes.name(b.dtype()));
        Tensor product = direction(a.to(DataType.DOUBLE).expand(shape), over, epsilon)
                .mul(direction(b.to(DataType.DOUBLE).expand(shape), over, epsilon));
        Tensor cosine = Reductions.sum(product, over, KeepDim.NO);
        Tensor known = cosine.detach();
        return cosine.add(known.clamp(-1, 1).sub(known)).to(type); // no clamp of its own, which stops gradients
    }

    private static Tensor direction(Tensor x, int[] over, double epsilon) {
        Sized sized = Sized.of(x, Reductions.norm(x, 2, over, KeepDim.YES), epsilon, 2, over);
        Tensor norm = sized.norm.detach();
        Tensor missing = sized.atLeast(epsilon).detach().sub(norm);
        return sized.x.div(sized.norm.add(missing));
    }

    /** y = ‖a − b‖ₚ of all elements, broadcast together. */
    public static Tensor dist(Tensor a, Tensor b, @Default("2") double p) {
        return HalfTypes.wide(a, b, (v, w) -> distance(v, w, p, 0, new int[0], KeepDim.NO));
    }

    /** y = ‖a − b + ε‖ₚ along the last dim; ε keeps the derivative finite for p &lt; 1. The usual ε is 10⁻⁶. */
    public static Tensor pairwiseDistance(
            Tensor a, Tensor b, @Default("2") double p, @Default("1e-6") double epsilon, KeepDim keepDim) {
        int[] last = {-1};
        return HalfTypes.wide(a, b, (v, w) -> distance(v, w, p, epsilon, last, keepDim));
    }

    private static Tensor distance(Tensor a, Tensor b, double p, double epsilon, int[] dims, KeepDim keepDim) {
        return Scaled.fittingInHalves(
                (pair, s) -> {
                    Tensor difference = pair.get(0).sub(pair.get(1));
                    return Reductions.norm(epsilon == 0 ? difference : difference.add(epsilon * s), p, dims, keepDim);
                },
                a,
                b);
    }

    /**
     * yᵢⱼ = ‖aᵢ − bⱼ‖ₚ, the distances between each row of a and each row of b; ∂L/∂aᵢ = Σⱼ gᵢⱼ · sign
     * d · (|d| / yᵢⱼ)ᵖ⁻¹ with d = aᵢ − bⱼ, 0 where y = 0.
     *
     * <p>Only second derivatives, and p = ∞, take memory for all differences.
     *
     * @param a shape (*, rows, size)
     * @param b shape (*, others, size); the dims in front broadcast
     * @param p at least 0
     * @return shape (*, rows, others)
     */
    public static Tensor cdist(Tensor a, Tensor b, @Default("2") double p) {
        OpChecks.floating("cdist", a);
        OpChecks.floating("cdist", b);
        checkArgument(
                a.ndim() >= 2 && b.ndim() >= 2 && a.size(-1) == b.size(-1),
                "cdist: expected rows of one size, shapes (*, rows, size); got %s and %s. Give matrices.",
                Shapes.format(a.shape()),
                Shapes.format(b.shape()));
        checkArgument(p >= 0, "cdist: expected a p of at least 0; got %s. Use 2.", p);
        DataType type = DTypes.promote(a.dtype(), b.dtype());
        DataType computed = p == 1 || p == 2 || Double.isInfinite(p) ? DTypes.wide(type) : DataType.DOUBLE;
        long[] stacks = Shapes.broadcast("cdist", stacks(a), stacks(b));
        Scaled.Homogeneous distances = (pair, s) -> cdist(pair.get(0), pair.get(1), p, stacks);
        Tensor y = Scaled.fittingInHalves(distances, a.to(computed), b.to(computed));
        return (p != 0 && haveLargerSlopes(y)
                        ? Scaled.keepFinite(
                                y, Scaled.rescaled(distances, computed, LARGE, a.to(computed), b.to(computed)))
                        : y)
                .to(type);
    }

    /** Whether some lengths have too few digits for slopes, which divide by them, and all may be scaled up. */
    private static boolean haveLargerSlopes(Tensor lengths) {
        if (lengths.numel() == 0 || Scaled.factors(lengths).max().item() <= 1) {
            return false;
        }
        return lengths.dtype() != DataType.DOUBLE
                || Bounds.nanToNum(lengths.detach(), 0, 0, 0).max().item() < Double.MAX_VALUE / LARGE;
    }

    private static Tensor cdist(Tensor a, Tensor b, double p, long[] stacks) {
        if (Double.isInfinite(p)) {
            Tensor differences = differences(a, b);
            return a.size(-1) == 0 ? Reductions.sum(differences, new int[] {-1}, KeepDim.NO) : largest(differences);
        }
        return distances(
                a.expand(Longs.concat(stacks, new long[] {a.size(-2), a.size(-1)})),
                b.expand(Longs.concat(stacks, new long[] {b.size(-2), b.size(-1)})),
                p);
    }

    /** y = max |dₖ| along the last dim; g goes to each of the largest ones, undivided as in PyTorch. */
    private static Tensor largest(Tensor differences) {
        Tensor value = Reductions.amax(differences.detach().abs(), new int[] {-1}, KeepDim.NO);
        return Op.pure("cdist", array(value))
                .wrt(
                        differences,
                        (g, y) -> {
                            Tensor isLargest = differences.abs().eq(y.unsqueeze(-1));
                            return Masks.keep(g.unsqueeze(-1).mul(Arithmetic.sign(differences)), isLargest);
                        },
                        differences)
                .tensor();
    }

    private static long[] stacks(Tensor x) {
        return Arrays.copyOf(x.shape(), x.ndim() - 2);
    }

    private static Tensor distances(Tensor a, Tensor b, double p) {
        return Op.pure("cdist", Distances.norms(array(a), array(b), p))
                .wrt(a, (g, y) -> pull(g, y, a, b, p), a, b)
                .wrt(b, (g, y) -> pull(g.transpose(-1, -2), y.transpose(-1, -2), b, a, p), a, b)
                .tensor();
    }

    /** zᵢ = Σⱼ gᵢⱼ · sign d · (|d| / yᵢⱼ)ᵖ⁻¹ with d = aᵢ − bⱼ, by which the rows b pull at the rows a. */
    private static Tensor pull(Tensor g, Tensor y, Tensor a, Tensor b, double p) {
        if (p == 0) {
            return Tensor.zerosLike(a);
        }
        return Op.pure("cdistBackward", Distances.pull(array(g), array(y), array(a), array(b), p))
                .wrt(g, h -> slopes(y, a, b, p).mul(h.unsqueeze(-2)).sum(-1), y, a, b)
                .wrt(
                        y,
                        h -> slopes(y, a, b, p)
                                .mul(h.unsqueeze(-2))
                                .sum(-1)
                                .mul(g)
                                .mul(1 - p)
                                .div(safe(y)),
                        g,
                        y,
                        a,
                        b)
                .wrt(a, h -> bends(g, y, a, b, p).sum(-2).mul(h), g, y, a, b)
                .wrt(b, h -> bends(g, y, a, b, p).mul(h.unsqueeze(-2)).sum(-3).neg(), g, y, a, b)
                .tensor();
    }

    /** Returns sign d · (|d| / y)ᵖ⁻¹ at all differences, 0 at 0. */
    private static Tensor slopes(Tensor y, Tensor a, Tensor b, double p) {
        return shares(y, a, b, p - 1).mul(Arithmetic.sign(differences(a, b)));
    }

    /** Returns g (p − 1) (|d| / y)ᵖ⁻² / y at all differences, 0 at 0. */
    private static Tensor bends(Tensor g, Tensor y, Tensor a, Tensor b, double p) {
        return shares(y, a, b, p - 2).mul(p - 1).mul(g.div(safe(y)).unsqueeze(-1));
    }

    private static Tensor shares(Tensor y, Tensor a, Tensor b, double power) {
        Tensor d = differences(a, b).abs();
        Tensor zero = d.eq(0);
        Tensor share = Comparison.maskedFill(d, zero, 1).div(safe(y).unsqueeze(-1));
        return Comparison.maskedFill(share.pow(power), zero, 0);
    }

    private static Tensor safe(Tensor y) {
        return Comparison.maskedFill(y, y.eq(0), 1);
    }

    private static Tensor differences(Tensor a, Tensor b) {
        return a.unsqueeze(-2).sub(b.unsqueeze(-3));
    }
}
