package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.base.Strings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.HalfTypes;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Pieces;
import org.ndgrad.autograd.internal.Text;
import org.ndgrad.autograd.ops.AttentionScores;

/**
 * Attention by several heads side by side: queries, keys and values are projected, each head has its share of what
 * results and weighs values by softmax(q kᵀ / √d + mask) with d = E / heads, and what the heads find is projected
 * again.
 *
 * <p>Query: (L, N, E). Key: (S, N, kdim). Value: (S, N, vdim). Output: (L, N, E). With {@code withBatchFirst(true)} N
 * is the first dim; without a batch it is left out. Parameters: {@code in_proj_weight} (3E, E), or where keys or values
 * are of another size {@code q_proj_weight}, {@code k_proj_weight} and {@code v_proj_weight}, all from Xavier's uniform
 * distribution; {@code in_proj_bias} (3E), zeros; {@code bias_k} and {@code bias_v} (1, 1, E), from Xavier's normal
 * distribution; {@code out_proj}, a {@link Linear} with a bias of zeros.
 *
 * <pre>{@code
 * MultiheadAttention attention = new MultiheadAttention(8, 2);
 * Tensor x = Tensor.randn(5, 3, 8);
 * attention.forward(x, x, x).output().shape(); // 5, 3, 8
 * }</pre>
 *
 * <p>Source: Vaswani et al., Attention is all you need, 2017.
 */
public final class MultiheadAttention extends Block {

    /** Which weights of attention to return. */
    public enum Weights {
        /** None. */
        NONE,
        /** Their mean over the heads, (N, L, S). */
        AVERAGED,
        /** Those of each head, (N, heads, L, S). */
        PER_HEAD
    }

    /**
     * What attention returns.
     *
     * @param output what each query found
     * @param weights of each query for each key, N first; with columns for added keys behind
     */
    public record Result(Tensor output, Optional<Tensor> weights) {}

    private final long size;
    private final int heads;
    private final long keySize;
    private final long valueSize;
    private final MultiheadAttentionOptions options;
    private final @Nullable Tensor joint;
    private final @Nullable Tensor ofQuery;
    private final @Nullable Tensor ofKey;
    private final @Nullable Tensor ofValue;
    private final @Nullable Tensor bias;
    private final @Nullable Tensor addedKey;
    private final @Nullable Tensor addedValue;
    private final Linear out;

    /**
     * Creates attention with PyTorch's defaults.
     *
     * @param size E, of queries and outputs, a multiple of heads
     * @param heads how many, at least 1
     * @throws IllegalArgumentException if the sizes do not fit
     */
    public MultiheadAttention(long size, int heads) {
        this(size, heads, MultiheadAttentionOptions.defaults());
    }

    /**
     * Creates attention.
     *
     * @param size E, of queries and outputs, a multiple of heads
     * @param heads how many, at least 1
     * @throws IllegalArgumentException if the sizes do not fit
     */
    public MultiheadAttention(long size, int heads, MultiheadAttentionOptions options) {
        checkArgument(
                heads >= 1 && size >= 1 && size % heads == 0,
                "MultiheadAttention: expected a size that is a multiple of the number of heads; got size=%s, heads=%s."
                        + " Choose a divisor.",
                size,
                heads);
        this.size = size;
        this.heads = heads;
        this.keySize = options.kdim().orElse(size);
        this.valueSize = options.vdim().orElse(size);
        this.options = options;
        boolean isJoint = keySize == size && valueSize == size;
        joint = isJoint ? projection("in_proj_weight", 3 * size, size) : null;
        ofQuery = isJoint ? null : projection("q_proj_weight", size, size);
        ofKey = isJoint ? null : projection("k_proj_weight", size, keySize);
        ofValue = isJoint ? null : projection("v_proj_weight", size, valueSize);
        bias = options.bias() ? parameter("in_proj_bias", Tensor.zeros(options.dtype(), 3 * size)) : null;
        addedKey = options.addBiasKv() ? added("bias_k") : null;
        addedValue = options.addBiasKv() ? added("bias_v") : null;
        LinearOptions linear = LinearOptions.defaults()
                .withDtype(options.dtype())
                .withRng(options.rng())
                .withBias(options.bias());
        out = child("out_proj", new Linear(size, size, linear));
        if (out.hasBias()) {
            Init.zeros_(out.bias());
        }
    }

    private Tensor projection(String name, long rows, long columns) {
        return parameter(name, Init.xavierUniform_(Tensor.empty(options.dtype(), rows, columns), options.rng(), 1));
    }

    private Tensor added(String name) {
        return parameter(name, Init.xavierNormal_(Tensor.empty(options.dtype(), 1, 1, size), options.rng(), 1));
    }

    /** Returns what the queries find, and the weights, averaged over the heads. */
    public Result forward(Tensor query, Tensor key, Tensor value) {
        return forward(query, key, value, MaskOptions.defaults());
    }

    /** Returns what the queries find where masks let them look, and the weights, averaged over the heads. */
    public Result forward(Tensor query, Tensor key, Tensor value, MaskOptions masks) {
        return forward(query, key, value, masks, Weights.AVERAGED);
    }

    /**
     * Returns what the queries find where masks let them look.
     *
     * @param query (L, N, E), or as the options say; the same tensor as key and value for attention within a sequence
     * @param key (S, N, kdim)
     * @param value (S, N, vdim)
     * @param weights which to return, too
     * @throws IllegalArgumentException if shapes or types do not fit
     */
    public Result forward(Tensor query, Tensor key, Tensor value, MaskOptions masks, Weights weights) {
        return hooked(List.of(query, key, value), all -> attend(all.get(0), all.get(1), all.get(2), masks, weights));
    }

    private Result attend(Tensor query, Tensor key, Tensor value, MaskOptions masks, Weights wanted) {
        check(query, key, value);
        boolean isBatch = query.ndim() == 3;
        List<Tensor> projected = projected(query, key, value);
        Tensor q = samplesFirst(projected.get(0));
        Tensor k = extended(samplesFirst(projected.get(1)), addedKey);
        Tensor v = extended(samplesFirst(projected.get(2)), addedValue);
        Tensor weights = weights(q, k, masks);
        Tensor found = weights.matmul(split(v)).transpose(1, 2).reshape(q.shape());
        Tensor output = out.forward(found);
        return new Result(
                !isBatch ? output.squeeze(0) : options.batchFirst() ? output : output.transpose(0, 1),
                switch (wanted) {
                    case NONE -> Optional.empty();
                    case AVERAGED -> Optional.of(single(weights.mean(1), isBatch));
                    case PER_HEAD -> Optional.of(single(weights, isBatch));
                });
    }

    private static Tensor single(Tensor weights, boolean isBatch) {
        return isBatch ? weights : weights.squeeze(0);
    }

    private Tensor samplesFirst(Tensor x) {
        return x.ndim() == 2 ? x.unsqueeze(0) : options.batchFirst() ? x : x.transpose(0, 1);
    }

    private List<Tensor> projected(Tensor query, Tensor key, Tensor value) {
        if (joint != null && query == key && key == value) {
            return Pieces.equal(Steps.linear(query, joint, bias), query.ndim() - 1, 3);
        }
        List<Tensor> weights = joint == null
                ? List.of(checkNotNull(ofQuery), checkNotNull(ofKey), checkNotNull(ofValue))
                : Pieces.equal(joint, 0, 3);
        List<Tensor> biases = bias == null ? List.of() : Pieces.equal(bias, 0, 3);
        List<Tensor> inputs = List.of(query, key, value);
        List<Tensor> projected = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            projected.add(Steps.linear(inputs.get(i), weights.get(i), biases.isEmpty() ? null : biases.get(i)));
        }
        return projected;
    }

    /** Returns keys or values, (N, S, E), with those that are added to each sample's behind. */
    private Tensor extended(Tensor x, @Nullable Tensor learned) {
        List<Tensor> parts = new ArrayList<>(List.of(x));
        if (learned != null) {
            parts.add(learned.expand(x.size(0), 1, size));
        }
        if (options.addZeroAttn()) {
            parts.add(Tensor.zeros(x.dtype(), x.size(0), 1, size));
        }
        return parts.size() == 1 ? x : Functions.cat(parts, 1);
    }

    /** Returns (N, L, E) as (N, heads, L, d). */
    private Tensor split(Tensor x) {
        return x.reshape(x.size(0), x.size(1), heads, size / heads).transpose(1, 2);
    }

    private Tensor weights(Tensor q, Tensor k, MaskOptions masks) {
        int added = (options.addBiasKv() ? 1 : 0) + (options.addZeroAttn() ? 1 : 0);
        Optional<Tensor> mask = new AttentionMask(
                        "MultiheadAttention(size=" + size + ")",
                        new long[] {q.size(0), heads, q.size(1), k.size(1)},
                        q.dtype(),
                        added)
                .of(masks);
        double scale = 1 / Math.sqrt((double) size / heads);
        Tensor weights = HalfTypes.wide(
                q, k, (v, w) -> new AttentionScores(split(v.mul(scale)), split(w), 1, mask, false).weights());
        return isTraining() && options.dropout() > 0
                ? Functions.dropout(weights, options.dropout(), options.rng())
                : weights;
    }

    private void check(Tensor query, Tensor key, Tensor value) {
        int samples = options.batchFirst() ? 0 : 1;
        boolean fits = (query.ndim() == 2 || query.ndim() == 3)
                && key.ndim() == query.ndim()
                && value.ndim() == query.ndim()
                && query.size(-1) == size
                && key.size(-1) == keySize
                && value.size(-1) == valueSize
                && key.size(query.ndim() == 2 ? 0 : 1 - samples) == value.size(query.ndim() == 2 ? 0 : 1 - samples)
                && (query.ndim() == 2
                        || (query.size(samples) == key.size(samples) && key.size(samples) == value.size(samples)));
        if (!fits) {
            String form = options.batchFirst()
                    ? "(N, L, %s), (N, S, %s) and (N, S, %s)"
                    : "(L, N, %s), (S, N, %s) and (S, N, %s)";
            throw new IllegalArgumentException(Strings.lenientFormat(
                    "MultiheadAttention(size=%s): expected query, key and value of shapes " + form
                            + ", or all without N; got %s, %s and %s. Reshape them, or set batchFirst, kdim or vdim.",
                    size,
                    size,
                    keySize,
                    valueSize,
                    Text.shape(query),
                    Text.shape(key),
                    Text.shape(value)));
        }
        Tensor weight = out.weight();
        if (query.dtype() != weight.dtype() || key.dtype() != weight.dtype() || value.dtype() != weight.dtype()) {
            throw new IllegalArgumentException(Strings.lenientFormat(
                    "MultiheadAttention(size=%s): expected query, key and value of dtype %s, like the weights; got %s,"
                            + " %s and %s. Convert them with to(DataType.%s).",
                    size, Text.dtype(weight), Text.dtype(query), Text.dtype(key), Text.dtype(value), weight.dtype()));
        }
    }

    @Override
    protected String settings() {
        return "size=" + size + ", heads=" + heads + (options.dropout() == 0 ? "" : ", dropout=" + options.dropout())
                + (options.batchFirst() ? ", batchFirst=true" : "");
    }
}
