package org.ndgrad.autograd.ops;

import static com.google.common.base.Preconditions.checkArgument;

import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.HalfTypes;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.kernels.DTypes;
import org.ndgrad.autograd.kernels.Shapes;

/** Queries that gather values by the likeness of keys. */
public final class Attention {

    private static final String OP = "scaledDotProductAttention";

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
        Tensor weights = new AttentionScores(query, k, scale, options.mask(), options.causal()).weights();
        return options.dropout() == 0
                ? weights.matmul(v)
                : Activations.dropout(weights, options.dropout(), options.rng()).matmul(v);
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
