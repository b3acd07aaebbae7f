package org.ndgrad.autograd.ops;

import static org.ndgrad.autograd.kernels.memory.Memory.array;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.KeepDim;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.reduction.Moments;

/**
 * The likeness of queries and keys, q kᵀ · scale, with what a mask hides or adds.
 *
 * @param query floating, shape (…, L, E)
 * @param key of the same type, shape (…, S, E); the leading dims broadcast
 * @param scale by which products are multiplied
 * @param mask broadcasts to (…, L, S): boolean, true where a query may look at a key, or numbers that are added
 * @param causal whether query i looks at the keys 0 … i only; then the mask does not count
 */
public record AttentionScores(Tensor query, Tensor key, double scale, Optional<Tensor> mask, boolean causal) {

    /** Queries and keys divided by it have scores that fit. */
    private static final double FAR = 0x1p540;

    /**
     * Returns how the queries weigh the keys: softmax(q kᵀ · scale + mask), 0 for a query whose scores are all −∞. They
     * are right where scores leave the range of the type, too.
     *
     * @return shape (…, L, S)
     */
    public Tensor weights() {
        Tensor keys = key.transpose(-2, -1);
        Tensor scores = masked(scale == 1 ? query.matmul(keys) : scaledProducts(keys), 1);
        Tensor weights = scores.softmax(-1);
        if (isFinite(weights)) {
            return weights;
        }
        Tensor blind = blind(scores.shape());
        Tensor seen = blindTo0(scores, blind, open -> open.softmax(-1));
        if (isFinite(seen)) {
            return seen;
        }
        Tensor exact = Autograd.noGrad(() -> far(seen));
        return Op.pure("softmax", array(exact))
                .wrt(scores, (g, y) -> BackwardOps.softmax(g, y, y.ndim() - 1))
                .tensor();
    }

    /** A scale above 1 comes last: a query times it may leave the range, though a product does not. */
    private Tensor scaledProducts(Tensor keys) {
        return scale > 1 ? query.matmul(keys).mul(scale) : query.mul(scale).matmul(keys);
    }

    private static boolean isFinite(Tensor weights) {
        return Double.isFinite(Moments.norm(array(weights), 1));
    }

    /** Returns which queries may look at no key, shape (…, L, 1). */
    private Tensor blind(long... shape) {
        if (mask.isEmpty()) {
            return Tensor.of(false);
        }
        Tensor given = mask.get().detach().expand(shape);
        Tensor hidden =
                given.dtype() == DataType.BOOL ? Comparison.logicalNot(given) : given.eq(Double.NEGATIVE_INFINITY);
        return Reductions.all(hidden, new int[] {-1}, KeepDim.YES);
    }

    /** Returns the softmax of all but blind queries, whose weights are 0. */
    private static Tensor blindTo0(Tensor scores, Tensor blind, UnaryOperator<Tensor> softmax) {
        Tensor weights = softmax.apply(Comparison.maskedFill(scores, blind, 0));
        return Comparison.maskedFill(weights, blind, 0);
    }

    /** The weights, with those of queries whose scores leave the range computed in float64 and in larger units. */
    private Tensor far(Tensor weights) {
        double unit = query.dtype() == DataType.DOUBLE ? FAR : 1;
        Tensor queries = query.to(DataType.DOUBLE).div(unit).mul(scale);
        Tensor keys = key.to(DataType.DOUBLE).div(unit).transpose(-2, -1);
        Tensor scores = masked(queries.matmul(keys), unit);
        Tensor blind = Reductions.all(scores.eq(Double.NEGATIVE_INFINITY), new int[] {-1}, KeepDim.YES);
        Tensor far = blindTo0(
                scores,
                blind,
                open -> open.sub(Reductions.amax(open, new int[] {-1}, KeepDim.YES))
                        .mul(unit)
                        .mul(unit)
                        .softmax(-1));
        Tensor isNear = Reductions.all(Comparison.isfinite(weights), new int[] {-1}, KeepDim.YES);
        return Comparison.where(isNear, weights, far.to(weights.dtype()));
    }

    /** Returns the scores, in squares of a unit, with −∞ where a query may not look and with what the mask adds. */
    private Tensor masked(Tensor scores, double unit) {
        if (causal) {
            Tensor row = Tensor.arange(scores.size(-2)).unsqueeze(1);
            Tensor hidden = Tensor.arange(scores.size(-1)).gt(row);
            return Comparison.maskedFill(scores, hidden, Double.NEGATIVE_INFINITY);
        }
        if (mask.isEmpty()) {
            return scores;
        }
        Tensor given = mask.get();
        return given.dtype() == DataType.BOOL
                ? Comparison.maskedFill(scores, Comparison.logicalNot(given), Double.NEGATIVE_INFINITY)
                : scores.add(unit == 1 ? given : given.div(unit).div(unit));
    }
}
