package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;
import static org.ndgrad.autograd.kernels.memory.Memory.array;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.HalfTypes;
import org.ndgrad.autograd.KeepDim;
import org.ndgrad.autograd.Op;
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

    /** Up to 2 to the power of it, and from that inverse on, squares and sums of them fit float64. */
    private static final double SQUARES_FIT = 400;

    /** Up to 2 to the power of it, and from that inverse on, so do weighted squares. Only ratios of weights count. */
    private static final double WEIGHTS_FIT = 100;

    /** Times it, numbers have differences that fit. */
    private static final double DIFFERENCES_FIT = 0x1p-8;

    /**
     * Of more elements, ranks are computed in float64. Of fewer, where an element is chosen, in the type of the shares:
     * 0.7 in float32, which is a little less, is to be rank 7 of 0 to 10.
     */
    private static final long MANY = 1 << 22;

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
        return covariances(fromFirst(x), options).to(DTypes.floating(x.dtype()));
    }

    /** Returns observations in float64; whole numbers counted from the first, lest they lose digits. */
    private static Tensor fromFirst(Tensor x) {
        if (DTypes.isFloating(x.dtype()) || x.numel() == 0) {
            return x.to(DataType.DOUBLE);
        }
        Tensor whole = Scaled.wholeNumbers(x);
        return whole.sub(x.ndim() == 0 ? whole : whole.slice(-1, 0, 1)).to(DataType.DOUBLE);
    }

    private static Tensor covariances(Tensor x, CovarianceOptions options) {
        Tensor matrix = x.ndim() == 2 ? x : x.reshape(1, -1);
        if (matrix.numel() == 0) {
            return products(matrix, options).squeeze();
        }
        Tensor exponents = Scaled.exponents(matrix, -1);
        if (exponents.abs().max().item() < SQUARES_FIT) {
            return products(matrix, options).squeeze();
        }
        Tensor units = Elementary.exp2(exponents);
        Tensor c = products(matrix.detach().mul(Elementary.exp2(exponents.neg())), options);
        Tensor graph = products(matrix.mul(DIFFERENCES_FIT), options); // its slopes fit, if not its values
        return Op.pure("cov", array(Scaled.product(c, units, units.t())))
                .wrt(graph, g -> g.mul(1 / (DIFFERENCES_FIT * DIFFERENCES_FIT)))
                .tensor()
                .squeeze();
    }

    private static Tensor products(Tensor data, CovarianceOptions options) {
        options.frequencies().ifPresent(f -> checkCount(f, data));
        options.weights().ifPresent(a -> checkCount(a, data));
        Optional<Tensor> given = options.weights().map(w -> Scaled.within(WEIGHTS_FIT, w.to(data.dtype())));
        Optional<Tensor> weights = options.frequencies()
                .map(f -> f.to(data.dtype()))
                .map(f -> given.map(f::mul).orElse(f))
                .or(() -> given);
        Tensor total = weights.map(w -> w.sum()).orElseGet(() -> Tensor.of(data.size(1)));
        Tensor freedom = given.isPresent() && options.correction() != 0
                ? total.sub(weights.orElseThrow()
                        .mul(given.orElseThrow())
                        .sum()
                        .mul(options.correction())
                        .div(total))
                : total.sub(options.correction());
        Tensor near =
                data.sub(mean(data, weights, total).detach()); // first, as beside a large mean its digits are lost
        Tensor centered = near.sub(mean(near, weights, total));
        Tensor products =
                LinearAlgebra.matmul(centered, weighted(centered, weights).t().to(centered.dtype()));
        return products.div(freedom.clamp(0, Double.POSITIVE_INFINITY));
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
        OpChecks.numbers("corrcoef", x);
        return correlations(x.to(DataType.DOUBLE)).to(DTypes.floating(x.dtype()));
    }

    private static Tensor correlations(Tensor x) {
        Tensor c = cov(
                x.numel() > 0 && x.ndim() > 0
                        ? x.mul(Elementary.exp2(Scaled.exponents(x, -1).neg()))
                        : x);
        if (c.ndim() == 0) {
            return c.div(c);
        }
        long n = c.size(0);
        Tensor diagonal = Tensor.of(LongStream.range(0, n).toArray()).reshape(n, 1);
        Tensor deviations = c.gather(1, diagonal).sqrt();
        return c.div(deviations).div(deviations.t()).clamp(-1, 1);
    }

    /** y = the element at the share q of the elements in order, interpolated linearly. */
    public static Tensor quantile(Tensor x, double q, @Default("new int[0]") int[] dims, KeepDim keepDim) {
        return quantile("quantile", x, q, dims, keepDim);
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
            KeepDim keepDim,
            @Default("Statistics.Interpolation.LINEAR") Interpolation interpolation) {
        return quantile("quantile", x, q, dims, keepDim, interpolation);
    }

    /** y = the {@link #quantile(Tensor, double, int[], KeepDim)} of all elements but NaN, NaN if there is no other. */
    public static Tensor nanquantile(Tensor x, double q, @Default("new int[0]") int[] dims, KeepDim keepDim) {
        return quantile("nanquantile", x, q, dims, keepDim);
    }

    /**
     * y = the {@link #quantile(Tensor, Tensor, int[], KeepDim, Interpolation)} of all elements but NaN, NaN if there is
     * no other.
     */
    public static Tensor nanquantile(
            Tensor x,
            Tensor q,
            @Default("new int[0]") int[] dims,
            KeepDim keepDim,
            @Default("Statistics.Interpolation.LINEAR") Interpolation interpolation) {
        return quantile("nanquantile", x, q, dims, keepDim, interpolation);
    }

    private static Tensor quantile(String op, Tensor x, double q, int[] dims, KeepDim keepDim) {
        int[] over = Shapes.dims(op, dims, x.ndim());
        Tensor share = Tensor.of(DataType.DOUBLE, q);
        OpChecks.floating(op, x);
        checkShares(op, x, share, over);
        return HalfTypes.wide(x, v -> between(op, v, share, over, keepDim, Interpolation.LINEAR));
    }

    private static Tensor quantile(String op, Tensor x, Tensor q, int[] dims, KeepDim keepDim, Interpolation how) {
        int[] over = Shapes.dims(op, dims, x.ndim());
        OpChecks.floating(op, x);
        checkArgument(
                q.dtype() == x.dtype() && q.ndim() <= 1,
                "%s: expected shares of type %s, a scalar or a vector; got %s of shape %s. Convert or flatten them.",
                op,
                DTypes.name(x.dtype()),
                DTypes.name(q.dtype()),
                Shapes.format(q.shape()));
        checkShares(op, x, q, over);
        return HalfTypes.wide(x, q, (v, shares) -> between(op, v, shares, over, keepDim, how));
    }

    private static Tensor between(String op, Tensor x, Tensor q, int[] over, KeepDim keepDim, Interpolation how) {
        long count = Shapes.count(x.shape(), over);
        Tensor sorted = Sorting.sort(Shaping.moveToFront(x, over), 0).values();
        long[] column = new long[sorted.ndim()];
        Arrays.fill(column, 1);
        column[0] = q.numel();
        DataType type = how == Interpolation.LINEAR || count > MANY ? DataType.DOUBLE : x.dtype();
        Tensor shares = q.reshape(column).to(type);
        Tensor ranks;
        if (op.equals("quantile")) {
            Tensor last = sorted.slice(0, -1, count);
            Tensor top = Tensor.of(type, count - 1);
            ranks = Comparison.where(Comparison.isnan(last), top, shares.mul(count - 1));
        } else {
            Tensor numbers = Comparison.logicalNot(Comparison.isnan(sorted)).sum(0, KeepDim.YES);
            Tensor given = shares.mul(numbers.sub(1).to(type));
            ranks = Comparison.maskedFill(given, given.lt(0), 0);
        }
        Tensor y = at(sorted, ranks, how);
        long[] kept = Shapes.reduced(x.shape(), over, keepDim.keeps());
        long[] shape = new long[kept.length + q.ndim()];
        System.arraycopy(q.shape(), 0, shape, 0, q.ndim());
        System.arraycopy(kept, 0, shape, q.ndim(), kept.length);
        return y.reshape(shape).to(x.dtype());
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

    private static void checkShares(String op, Tensor x, Tensor q, int[] over) {
        OpChecks.hasElements(op, Shapes.count(x.shape(), over), "the dims", x);
        for (double share : q.toDoubleArray()) {
            checkArgument(
                    share >= 0 && share <= 1,
                    "%s: expected shares from 0 to 1; got %s. Divide percentages by 100.",
                    op,
                    share);
        }
    }
}
