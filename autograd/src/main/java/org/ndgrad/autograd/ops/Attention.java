package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;
import static org.ndgrad.autograd.kernels.memory.Memory.array;

import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.HalfTypes;
import org.ndgrad.autograd.KeepDim;
import org.ndgrad.autograd.Op;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;

/** Queries that gather values by the likeness of keys. */
public final class Attention {

    private static final String OP = "scaledDotProductAttention";

    /** Queries and keys divided by it have scores that fit. */
    private static final double FAR = 0x1p540;

    private Attention() {}

    /** y = softmax(q kᵀ / √E) v. */
    public static Tensor scaledDotProductAttention(Tensor query, Tensor key, Tensor value) {
        return scaledDotProductAttention(query, key, value, AttentionOptions.defaults());
    }

    /**
     * y = dropout(softmax(q kᵀ · scale + mask)) v. A query that may look at no key gets 0.
     *
     * @param query floating, shape (…, L, E)
     * @param key shape (…, S, E); the leading dims broadcast
     * @param value shape (…, S, V)
     * @return shape (…, L, V)
     * @throws IllegalArgumentException if shapes or types do not fit
     */
    public static Tensor scaledDotProductAttention(Tensor query, Tensor key, Tensor value, AttentionOptions options) {
        check(query, key, value, options);
        return HalfTypes.wide(all -> attention(all.get(0), all.get(1), all.get(2), options), query, key, value);
    }

    private static Tensor attention(Tensor query, Tensor key, Tensor value, AttentionOptions options) {
        Tensor k = options.heads() == AttentionOptions.Heads.GROUPED ? repeated(key, query.size(-3)) : key;
        Tensor v = options.heads() == AttentionOptions.Heads.GROUPED ? repeated(value, query.size(-3)) : value;
        double scale = options.scale().orElse(1 / Math.sqrt((double) query.size(-1)));
        Tensor weights = weights(query.mul(scale), k, options);
        return options.dropout() == 0
                ? weights.matmul(v)
                : Activations.dropout(weights, options.dropout(), options.rng()).matmul(v);
    }

    private static Tensor weights(Tensor query, Tensor key, AttentionOptions options) {
        Tensor scores = masked(query.matmul(key.transpose(-2, -1)), options, 1);
        Tensor weights = blindTo0(scores, options, open -> open.softmax(-1));
        if (Double.isFinite(weights.detach().sum().item())) {
            return weights;
        }
        Tensor exact = Autograd.noGrad(() -> farWeights(query, key, weights, options));
        return Op.pure("softmax", array(exact))
                .wrt(scores, (g, y) -> BackwardOps.softmax(g, y, y.ndim() - 1))
                .tensor();
    }

    /** The weights, with those of queries whose scores leave the range computed in float64 and in larger units. */
    private static Tensor farWeights(Tensor query, Tensor key, Tensor weights, AttentionOptions options) {
        double unit = query.dtype() == DataType.DOUBLE ? FAR : 1;
        Tensor wide = query.to(DataType.DOUBLE).div(unit);
        Tensor keys = key.to(DataType.DOUBLE).div(unit).transpose(-2, -1);
        Tensor scores = masked(wide.matmul(keys), options, unit);
        Tensor far = blindTo0(
                scores,
                options,
                open -> open.sub(Reductions.amax(open, new int[] {-1}, KeepDim.YES))
                        .mul(unit)
                        .mul(unit)
                        .softmax(-1));
        Tensor isNear = Reductions.all(Comparison.isfinite(weights), new int[] {-1}, KeepDim.YES);
        return Comparison.where(isNear, weights, far.to(weights.dtype()));
    }

    /** Returns the scores, in squares of a unit, with −∞ where a query may not look and with what the mask adds. */
    private static Tensor masked(Tensor scores, AttentionOptions options, double unit) {
        if (options.causal()) {
            Tensor row = Tensor.arange(scores.size(-2)).unsqueeze(1);
            Tensor hidden = Tensor.arange(scores.size(-1)).gt(row);
            return Comparison.maskedFill(scores, hidden, Double.NEGATIVE_INFINITY);
        }
        if (options.mask().isEmpty()) {
            return scores;
        }
        Tensor mask = options.mask().get();
        return mask.dtype() == DataType.BOOL
                ? Comparison.maskedFill(scores, Comparison.logicalNot(mask), Double.NEGATIVE_INFINITY)
                : scores.add(unit == 1 ? mask : mask.div(unit).div(unit));
    }

    /** Returns the softmax, and 0 for queries that may look at no key. */
    private static Tensor blindTo0(Tensor scores, AttentionOptions options, UnaryOperator<Tensor> softmax) {
        if (options.mask().isEmpty()) {
            return softmax.apply(scores);
        }
        Tensor blind = Reductions.all(scores.detach().eq(Double.NEGATIVE_INFINITY), new int[] {-1}, KeepDim.YES);
        Tensor weights = softmax.apply(Comparison.maskedFill(scores, blind, 0));
        return Comparison.maskedFill(weights, blind, 0);
    }

    /** Repeats each head for the neighboring heads of queries that share it. */
    private static Tensor repeated(Tensor x, long heads) {
        long[] shape = x.shape();
        int dim = shape.length - 3;
        long[] wide = new long[shape.length + 1];
        System.arraycopy(shape, 0, wide, 0, dim + 1);
        wide[dim + 1] = heads / shape[dim];
        System.arraycopy(shape, dim + 1, wide, dim + 2, 2);
        return x.unsqueeze(dim + 1).expand(wide).reshape(Shapes.with(shape, dim, heads));
    }

    private static void check(Tensor query, Tensor key, Tensor value, AttentionOptions options) {
        checkArgument(
                DTypes.isFloating(query.dtype()) && query.dtype() == key.dtype() && query.dtype() == value.dtype(),
                "%s: expected query, key and value of one floating type; got %s, %s and %s. Convert them with to(…).",
                OP,
                DTypes.name(query.dtype()),
                DTypes.name(key.dtype()),
                DTypes.name(value.dtype()));
        checkArgument(
                query.ndim() >= 2
                        && key.ndim() >= 2
                        && value.ndim() >= 2
                        && query.size(-1) == key.size(-1)
                        && key.size(-2) == value.size(-2),
                "%s: expected query (…, L, E), key (…, S, E) and value (…, S, V); got %s, %s and %s."
                        + " Make E and S the same.",
                OP,
                Shapes.format(query.shape()),
                Shapes.format(key.shape()),
                Shapes.format(value.shape()));
        if (options.heads() == AttentionOptions.Heads.GROUPED) {
            checkHeads(query, key);
            checkHeads(query, value);
        }
        options.mask().ifPresent(mask -> checkMask(mask, query, key));
    }

    private static void checkHeads(Tensor query, Tensor other) {
        checkArgument(
                query.ndim() >= 3 && other.ndim() >= 3 && other.size(-3) > 0 && query.size(-3) % other.size(-3) == 0,
                "%s: expected heads of queries in a multiple of the heads of keys and values; got %s and %s."
                        + " Dim −3 counts the heads.",
                OP,
                Shapes.format(query.shape()),
                Shapes.format(other.shape()));
    }

    private static void checkMask(Tensor mask, Tensor query, Tensor key) {
        checkArgument(
                mask.dtype() == DataType.BOOL || mask.dtype() == query.dtype(),
                "%s: expected a boolean mask or one of type %s; got %s. Convert it with to(…).",
                OP,
                DTypes.name(query.dtype()),
                DTypes.name(mask.dtype()));
        long last = mask.ndim() == 0 ? 1 : mask.size(-1);
        long before = mask.ndim() < 2 ? 1 : mask.size(-2);
        checkArgument(
                (last == 1 || last == key.size(-2)) && (before == 1 || before == query.size(-2)),
                "%s: expected a mask that broadcasts to (L, S) = (%s, %s); got %s. Give it a row for each query.",
                OP,
                query.size(-2),
                key.size(-2),
                Shapes.format(mask.shape()));
    }
}
