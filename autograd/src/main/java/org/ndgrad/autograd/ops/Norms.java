package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.stream.IntStream;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;

/** Vectors of a given length, and distances between vectors. For norms see {@link Reductions#norm}. */
public final class Norms {

    private static final double RENORM_EPS = 1e-7;

    private Norms() {}

    /** y = x / max(‖x‖ₚ, eps), vectors of length 1 along the dims. */
    public static Tensor normalize(Tensor x, double p, int[] dims, double eps) {
        return x.div(atLeast(Reductions.norm(x, p, dims, true), eps));
    }

    private static Tensor atLeast(Tensor norm, double eps) {
        return norm.clamp(eps, Double.POSITIVE_INFINITY);
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
     * y = Σ a b / (max(‖a‖, eps) · max(‖b‖, eps)) along a dim, the cosine of the angle between vectors.
     *
     * <p>Unlike PyTorch, the derivative takes eps into account as well.
     *
     * @param b broadcasts with a
     * @param dim of the broadcast shape
     */
    public static Tensor cosineSimilarity(Tensor a, Tensor b, int dim, double eps) {
        long[] shape = Shapes.broadcast("cosineSimilarity", a.shape(), b.shape());
        int[] over = {Shapes.dim("cosineSimilarity", dim, shape.length)};
        checkArgument(
                DTypes.isFloating(DTypes.promote(a.data(), b.data())),
                "cosineSimilarity: expected a tensor of a floating type; got %s and %s. Convert with to(…).",
                DTypes.name(a.dtype()),
                DTypes.name(b.dtype()));
        Tensor product = normalize(floating(a, b).expand(shape), 2, over, eps)
                .mul(normalize(floating(b, a).expand(shape), 2, over, eps));
        return Reductions.sum(product, over, false);
    }

    private static Tensor floating(Tensor x, Tensor other) {
        return x.to(DTypes.promote(x.data(), other.data()));
    }

    /** y = ‖a − b‖ₚ of all elements, broadcast together. */
    public static Tensor dist(Tensor a, Tensor b, double p) {
        return Reductions.norm(a.sub(b), p, new int[0], false);
    }

    /** y = ‖a − b + eps‖ₚ along the last dim; eps keeps the derivative finite for p &lt; 1. The usual eps is 10⁻⁶. */
    public static Tensor pairwiseDistance(Tensor a, Tensor b, double p, double eps, boolean keepDim) {
        return Reductions.norm(a.sub(b).add(eps), p, new int[] {-1}, keepDim);
    }

    /**
     * yᵢⱼ = ‖aᵢ − bⱼ‖ₚ, the distances between each row of a and each row of b.
     *
     * @param a shape (*, rows, size)
     * @param b shape (*, others, size); the dims in front broadcast
     * @param p at least 0
     * @return shape (*, rows, others)
     */
    public static Tensor cdist(Tensor a, Tensor b, double p) {
        Reductions.checkFloating("cdist", a);
        Reductions.checkFloating("cdist", b);
        checkArgument(
                a.ndim() >= 2 && b.ndim() >= 2 && a.size(-1) == b.size(-1),
                "cdist: expected rows of one size, shapes (*, rows, size); got %s and %s. Give matrices.",
                Shapes.format(a.shape()),
                Shapes.format(b.shape()));
        checkArgument(p >= 0, "cdist: expected a p of at least 0; got %s. Use 2.", p);
        Tensor difference = a.unsqueeze(-2).sub(b.unsqueeze(-3));
        return a.size(-1) == 0
                ? Reductions.sum(difference, new int[] {-1}, false)
                : Reductions.norm(difference, p, new int[] {-1}, false);
    }
}
