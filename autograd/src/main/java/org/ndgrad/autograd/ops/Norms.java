package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;
import static org.ndgrad.autograd.kernels.memory.Memory.array;

import com.google.common.primitives.Longs;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.linalg.Distances;

/** Vectors of a given length, and distances between vectors. For norms see {@link Reductions#norm}. */
public final class Norms {

    private static final double RENORM_EPS = 1e-7;

    private Norms() {}

    /** y = x / max(‖x‖ₚ, ε), vectors of length 1 along the dims. */
    public static Tensor normalize(Tensor x, double p, int[] dims, double epsilon) {
        return x.div(atLeast(Reductions.norm(x, p, dims, true), epsilon));
    }

    private static Tensor atLeast(Tensor norm, double epsilon) {
        return norm.clamp(epsilon, Double.POSITIVE_INFINITY);
    }

    /**
     * y = x · min(1, length / (‖x‖ₚ + 10⁻⁷)) for each slice x along a dim, so that none is longer than the length.
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
        Tensor norm = Reductions.norm(x, p, others, true);
        Tensor factor = norm.add(RENORM_EPS).rdiv(length);
        return x.mul(Comparison.where(norm.gt(length), factor, Tensor.of(x.dtype(), 1)));
    }

    /**
     * y = Σ a b / (max(‖a‖, ε) · max(‖b‖, ε)) along a dim, the cosine of the angle between vectors.
     *
     * <p>As in PyTorch, the derivative is that of the norms also where ε takes their place.
     *
     * @param b broadcasts with a
     * @param dim of the broadcast shape
     */
    public static Tensor cosineSimilarity(Tensor a, Tensor b, int dim, double epsilon) {
        long[] shape = Shapes.broadcast("cosineSimilarity", a.shape(), b.shape());
        int[] over = {Shapes.dim("cosineSimilarity", dim, shape.length)};
        checkArgument(
                DTypes.isFloating(DTypes.promote(array(a), array(b))),
                "cosineSimilarity: expected a tensor of a floating type; got %s and %s. Convert with to(…).",
                DTypes.name(a.dtype()),
                DTypes.name(b.dtype()));
        Tensor product = direction(floating(a, b).expand(shape), over, epsilon)
                .mul(direction(floating(b, a).expand(shape), over, epsilon));
        return Reductions.sum(product, over, false);
    }

    private static Tensor direction(Tensor x, int[] over, double epsilon) {
        Tensor norm = Reductions.norm(x, 2, over, true);
        Tensor missing = atLeast(norm.detach(), epsilon).sub(norm.detach());
        return x.div(norm.add(missing));
    }

    private static Tensor floating(Tensor x, Tensor other) {
        return x.to(DTypes.promote(array(x), array(other)));
    }

    /** y = ‖a − b‖ₚ of all elements, broadcast together. */
    public static Tensor dist(Tensor a, Tensor b, double p) {
        return Reductions.norm(a.sub(b), p, new int[0], false);
    }

    /** y = ‖a − b + ε‖ₚ along the last dim; ε keeps the derivative finite for p &lt; 1. The usual ε is 10⁻⁶. */
    public static Tensor pairwiseDistance(Tensor a, Tensor b, double p, double epsilon, boolean keepDim) {
        return Reductions.norm(a.sub(b).add(epsilon), p, new int[] {-1}, keepDim);
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
    public static Tensor cdist(Tensor a, Tensor b, double p) {
        OpChecks.floating("cdist", a);
        OpChecks.floating("cdist", b);
        checkArgument(
                a.ndim() >= 2 && b.ndim() >= 2 && a.size(-1) == b.size(-1),
                "cdist: expected rows of one size, shapes (*, rows, size); got %s and %s. Give matrices.",
                Shapes.format(a.shape()),
                Shapes.format(b.shape()));
        checkArgument(p >= 0, "cdist: expected a p of at least 0; got %s. Use 2.", p);
        if (Double.isInfinite(p)) {
            Tensor differences = differences(a, b);
            int[] last = {-1};
            return a.size(-1) == 0
                    ? Reductions.sum(differences, last, false)
                    : Reductions.norm(differences, p, last, false);
        }
        DataType type = DTypes.promote(a.dtype(), b.dtype());
        long[] stacks = Shapes.broadcast("cdist", stacks(a), stacks(b));
        return distances(
                a.to(type).expand(Longs.concat(stacks, new long[] {a.size(-2), a.size(-1)})),
                b.to(type).expand(Longs.concat(stacks, new long[] {b.size(-2), b.size(-1)})),
                p);
    }

    private static long[] stacks(Tensor x) {
        return Arrays.copyOf(x.shape(), x.ndim() - 2);
    }

    private static Tensor distances(Tensor a, Tensor b, double p) {
        return Op.pure("cdist", Distances.norms(array(a), array(b), p))
                .wrt(a, (g, y) -> pull(weights(g, y, p), a, b, p), a, b)
                .wrt(b, (g, y) -> pull(weights(g, y, p).transpose(-1, -2), b, a, p), a, b)
                .tensor();
    }

    /** Returns g / yᵖ⁻¹, 0 where y = 0. */
    private static Tensor weights(Tensor g, Tensor y, double p) {
        if (p == 0) {
            return Tensor.zerosLike(g);
        }
        Tensor zero = y.eq(0);
        return Comparison.maskedFill(g, zero, 0)
                .div(Comparison.maskedFill(y, zero, 1).pow(p - 1));
    }

    /** yᵢ = Σⱼ wᵢⱼ · sign d · |d|ᵖ⁻¹ with d = aᵢ − bⱼ, by which the rows b pull at the rows a. */
    private static Tensor pull(Tensor w, Tensor a, Tensor b, double p) {
        return Op.pure("cdistBackward", Distances.pull(array(w), array(a), array(b), p))
                .wrt(w, g -> slopes(a, b, p, 1).mul(g.unsqueeze(-2)).sum(-1), a, b)
                .wrt(a, g -> weighted(w, a, b, p).sum(-2).mul(g), w, a, b)
                .wrt(b, g -> weighted(w, a, b, p).mul(g.unsqueeze(-2)).sum(-3).neg(), w, a, b)
                .tensor();
    }

    private static Tensor weighted(Tensor w, Tensor a, Tensor b, double p) {
        return slopes(a, b, p, 2).mul(w.unsqueeze(-1));
    }

    /** Returns the first or second derivative of |d|ᵖ / p at all differences, 0 at 0. */
    private static Tensor slopes(Tensor a, Tensor b, double p, int order) {
        Tensor d = differences(a, b);
        Tensor zero = d.eq(0);
        Tensor power = Comparison.maskedFill(d.abs(), zero, 1).pow(p - order);
        Tensor slope = Comparison.maskedFill(power, zero, 0);
        return order == 1 ? slope.mul(Arithmetic.sign(d)) : slope.mul(p - 1);
    }

    private static Tensor differences(Tensor a, Tensor b) {
        return a.unsqueeze(-2).sub(b.unsqueeze(-3));
    }
}
