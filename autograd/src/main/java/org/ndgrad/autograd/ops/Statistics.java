package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.HalfTypes;
import org.ndgrad.autograd.KeepDim;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;

/** How variables vary together, and where their values lie. For variances see {@link Reductions}. */
public final class Statistics {

    /** What to return for a quantile between two elements. */
    public enum Interpolation {
        /** The point between them that corresponds to it. */
        LINEAR,
        /** The smaller one. */
        LOWER,
        /** The larger one. */
        HIGHER,
        /** The middle between them. */
        MIDPOINT,
        /** The nearer one; of two as near, that of even rank. */
        NEAREST
    }

    private Statistics() {}

    /** C = Σ (xᵢ − mean xᵢ) (xⱼ − mean xⱼ) / (n − 1), the covariances of variables. */
    public static Tensor cov(Tensor x) {
        return cov(x, CovarianceOptions.defaults());
    }

    /**
     * C = Σ w (xᵢ − mean xᵢ) (xⱼ − mean xⱼ) / (Σ w − correction), the covariances of variables.
     *
     * <p>With weights a, w = frequency · a and the correction is multiplied by Σ w a / Σ w. If it leaves nothing, the
     * result is infinite or NaN.
     *
     * @param x shape (variables, observations), or (observations) of one variable, or ()
     * @return shape (variables, variables), () for one variable
     * @throws IllegalArgumentException if x has more than 2 dims, or a weight or frequency not one number an
     *     observation
     */
    public static Tensor cov(Tensor x, CovarianceOptions options) {
        checkArgument(
                x.ndim() <= 2,
                "cov: expected a tensor of shape (variables, observations); got %s. Give a matrix.",
                Shapes.format(x.shape()));
        OpChecks.numbers("cov", x);
        return HalfTypes.wide(x, v -> covariances(v, options));
    }

    private static Tensor covariances(Tensor x, CovarianceOptions options) {
        Tensor data = x.ndim() == 2 ? x : x.reshape(1, -1);
        options.frequencies().ifPresent(f -> checkCount(f, data));
        options.weights().ifPresent(a -> checkCount(a, data));
        Optional<Tensor> weights = options.frequencies()
                .map(f -> options.weights().map(f::mul).orElse(f))
                .or(options::weights);
        Tensor total = weights.map(w -> w.sum()).orElseGet(() -> Tensor.of(data.size(1)));
        Tensor freedom = options.weights().isPresent() && options.correction() != 0
                ? total.sub(weights.orElseThrow()
                        .mul(options.weights().orElseThrow())
                        .sum()
                        .mul(options.correction())
                        .div(total))
                : total.sub(options.correction());
        Tensor near =
                data.sub(mean(data, weights, total).detach()); // first, as beside a large mean its digits are lost
        Tensor centered = near.sub(mean(near, weights, total));
        Tensor products =
                LinearAlgebra.matmul(centered, weighted(centered, weights).t().to(centered.dtype()));
        return products.div(freedom.clamp(0, Double.POSITIVE_INFINITY)).squeeze();
    }

    private static Tensor mean(Tensor x, Optional<Tensor> weights, Tensor total) {
        return weighted(x, weights).sum(1).div(total).unsqueeze(1);
    }

    private static Tensor weighted(Tensor x, Optional<Tensor> weights) {
        return weights.map(x::mul).orElse(x);
    }

    private static void checkCount(Tensor weights, Tensor data) {
        checkArgument(
                weights.numel() == data.size(1),
                "cov: expected weights for the %s observations; got %s. Give one number for each column.",
                data.size(1),
                weights.numel());
    }

    /**
     * R = Cᵢⱼ / √(Cᵢᵢ Cⱼⱼ), the correlation coefficients of variables, from −1 to 1, C being their
     * {@link #cov(Tensor)}.
     *
     * @param x shape (variables, observations), or (observations) of one variable, or ()
     * @return shape (variables, variables), () for one variable
     */
    public static Tensor corrcoef(Tensor x) {
        return HalfTypes.wide(x, Statistics::correlations);
    }

    private static Tensor correlations(Tensor x) {
        Tensor c = cov(DTypes.isFloating(x.dtype()) && x.numel() > 0 && x.ndim() > 0 ? likeOne(x) : x);
        if (c.ndim() == 0) {
            return c.div(c);
        }
        long n = c.size(0);
        Tensor diagonal = Tensor.of(LongStream.range(0, n).toArray()).reshape(n, 1);
        Tensor deviations = c.gather(1, diagonal).sqrt();
        return c.div(deviations).div(deviations.t()).clamp(-1, 1);
    }

    /** Returns rows times powers of two, by which the largest elements are like 1 and squares fit. */
    private static Tensor likeOne(Tensor x) {
        Tensor largest = Reductions.amax(x.detach().abs(), new int[] {-1}, true);
        double most = x.dtype() == DataType.DOUBLE ? 1000 : 120;
        Tensor exponents = Rounding.floor(Elementary.log2(largest)).clamp(-most, most);
        return x.mul(Elementary.exp2(exponents.neg()));
    }

    /** y = the element at the share q of the elements in order, interpolated linearly. */
    public static Tensor quantile(Tensor x, double q, @Default("new int[0]") int[] dims, boolean keepDim) {
        return HalfTypes.wide(x, v -> quantile(v, Tensor.of(v.dtype(), q), dims, keepDim, Interpolation.LINEAR));
    }

    /**
     * y = the element at rank q · (n − 1) of the n elements in order, interpolated where that is between two of them.
     *
     * <p>Gradients flow to the elements, and to q where the interpolation is linear. NaN if there is one.
     *
     * @param q shares from 0 to 1 of x's type, shape () or (shares)
     * @param dims to fold; none for all
     * @return for a vector of shares, these are a new first dim
     * @throws IllegalArgumentException if x is not floating, has no elements along the dims, or q is not as above
     */
    public static Tensor quantile(
            Tensor x,
            Tensor q,
            @Default("new int[0]") int[] dims,
            boolean keepDim,
            @Default("Statistics.Interpolation.LINEAR") Interpolation interpolation) {
        return quantile("quantile", x, q, dims, keepDim, interpolation);
    }

    /** y = the {@link #quantile(Tensor, double, int[], boolean)} of all elements but NaN, NaN if there is no other. */
    public static Tensor nanquantile(Tensor x, double q, @Default("new int[0]") int[] dims, boolean keepDim) {
        return HalfTypes.wide(x, v -> nanquantile(v, Tensor.of(v.dtype(), q), dims, keepDim, Interpolation.LINEAR));
    }

    /**
     * y = the {@link #quantile(Tensor, Tensor, int[], boolean, Interpolation)} of all elements but NaN, NaN if there is
     * no other.
     */
    public static Tensor nanquantile(
            Tensor x,
            Tensor q,
            @Default("new int[0]") int[] dims,
            boolean keepDim,
            @Default("Statistics.Interpolation.LINEAR") Interpolation interpolation) {
        return quantile("nanquantile", x, q, dims, keepDim, interpolation);
    }

    private static Tensor quantile(String op, Tensor x, Tensor q, int[] dims, boolean keepDim, Interpolation how) {
        int[] over = Shapes.dims(op, dims, x.ndim());
        long count = Shapes.count(x.shape(), over);
        checkQuantile(op, x, q, count);
        return HalfTypes.wide(x, q, (v, shares) -> between(op, v, shares, over, keepDim, how));
    }

    private static Tensor between(String op, Tensor x, Tensor q, int[] over, boolean keepDim, Interpolation how) {
        long count = Shapes.count(x.shape(), over);
        Tensor sorted = Sorting.sort(Shaping.moveToFront(x, over), 0).values();
        long[] column = new long[sorted.ndim()];
        Arrays.fill(column, 1);
        column[0] = q.numel();
        Tensor shares = q.reshape(column);
        Tensor ranks;
        if (op.equals("quantile")) {
            Tensor last = sorted.slice(0, -1, count);
            Tensor top = Tensor.of(x.dtype(), count - 1);
            ranks = Comparison.where(Comparison.isnan(last), top, shares.mul(count - 1));
        } else {
            Tensor numbers = Comparison.logicalNot(Comparison.isnan(sorted)).sum(0, KeepDim.YES);
            Tensor given = shares.mul(numbers.sub(1).to(x.dtype()));
            ranks = Comparison.maskedFill(given, given.lt(0), 0);
        }
        Tensor y = at(sorted, ranks, how);
        long[] kept = Shapes.reduced(x.shape(), over, keepDim);
        long[] shape = new long[kept.length + q.ndim()];
        System.arraycopy(q.shape(), 0, shape, 0, q.ndim());
        System.arraycopy(kept, 0, shape, q.ndim(), kept.length);
        return y.reshape(shape);
    }

    private static Tensor at(Tensor sorted, Tensor ranks, Interpolation how) {
        Tensor fixed = ranks.detach();
        Tensor rank = switch (how) {
            case LOWER, LINEAR, MIDPOINT -> Rounding.floor(fixed);
            case HIGHER -> Rounding.ceil(fixed);
            case NEAREST -> Rounding.round(fixed);
        };
        Tensor below = sorted.gather(0, rank.to(DataType.INT64));
        if (how != Interpolation.LINEAR && how != Interpolation.MIDPOINT) {
            return below;
        }
        Tensor above = sorted.gather(0, Rounding.ceil(fixed).to(DataType.INT64));
        Tensor weight = how == Interpolation.LINEAR ? ranks.sub(rank) : Tensor.of(fixed.dtype(), 0.5);
        return Arithmetic.lerp(below, above, weight);
    }

    private static void checkQuantile(String op, Tensor x, Tensor q, long count) {
        OpChecks.floating(op, x);
        checkArgument(
                q.dtype() == x.dtype() && q.ndim() <= 1,
                "%s: expected shares of type %s, a scalar or a vector; got %s of shape %s. Convert or flatten them.",
                op,
                DTypes.name(x.dtype()),
                DTypes.name(q.dtype()),
                Shapes.format(q.shape()));
        OpChecks.hasElements(op, count, "the dims", x);
        for (double share : q.toDoubleArray()) {
            checkArgument(
                    share >= 0 && share <= 1,
                    "%s: expected shares from 0 to 1; got %s. Divide percentages by 100.",
                    op,
                    share);
        }
    }
}
