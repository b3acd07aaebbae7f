package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Text;

/** Makes of all masks of one attention what is added to its scores, (N, heads, L, S). */
final class AttentionMask {

    private final String who;
    private final DataType dtype;
    private final long samples;
    private final long heads;
    private final long queries;
    private final long keys;
    private final int added;

    /**
     * Creates the mask of scores.
     *
     * @param shape (N, heads, L, S)
     * @param dtype of the queries
     * @param added how many of the keys, the last ones, were added and are never masked
     */
    AttentionMask(String who, long[] shape, DataType dtype, int added) {
        this.who = who;
        this.dtype = dtype;
        this.samples = shape[0];
        this.heads = shape[1];
        this.queries = shape[2];
        this.keys = shape[3] - added;
        this.added = added;
    }

    /** Returns what broadcasts to the scores, nothing if no key is masked. */
    Optional<Tensor> of(MaskOptions masks) {
        Tensor sum = null;
        if (masks.mask().isPresent()) {
            sum = ofPairs(masks.mask().get());
        }
        if (masks.keyPaddingMask().isPresent()) {
            sum = plus(sum, ofKeys(masks.keyPaddingMask().get()));
        }
        if (masks.causal()) {
            Tensor later = Tensor.arange(keys).gt(Tensor.arange(queries).unsqueeze(1));
            sum = plus(sum, numbers(later));
        }
        if (sum == null || added == 0) {
            return Optional.ofNullable(sum);
        }
        long[] columns = sum.shape();
        columns[columns.length - 1] = added;
        return Optional.of(Functions.cat(List.of(sum, Tensor.zeros(dtype, columns)), -1));
    }

    private static Tensor plus(@Nullable Tensor sum, Tensor mask) {
        return sum == null ? mask : sum.add(mask);
    }

    private Tensor ofPairs(Tensor mask) {
        boolean isForAll = Arrays.equals(mask.shape(), new long[] {queries, keys});
        checkArgument(
                isForAll || Arrays.equals(mask.shape(), new long[] {samples * heads, queries, keys}),
                "%s: expected a mask of shape (%s, %s) or (%s, %s, %s), one for each head of each sample; got %s."
                        + " Give it a row for each query.",
                who,
                queries,
                keys,
                samples * heads,
                queries,
                keys,
                Text.shape(mask));
        Tensor numbers = numbers(mask);
        return isForAll ? numbers : numbers.reshape(samples, heads, queries, keys);
    }

    private Tensor ofKeys(Tensor mask) {
        checkArgument(
                mask.numel() == samples * keys
                        && (mask.ndim() == 2 ? mask.size(0) == samples : mask.ndim() == 1 && samples == 1),
                "%s: expected a key padding mask of shape (%s, %s); got %s. Give it a row for each sample.",
                who,
                samples,
                keys,
                Text.shape(mask));
        return numbers(mask).reshape(samples, 1, 1, keys);
    }

    private Tensor numbers(Tensor mask) {
        if (mask.dtype() == DataType.BOOL) {
            return Functions.maskedFill(Tensor.zeros(dtype, mask.shape()), mask, Double.NEGATIVE_INFINITY);
        }
        checkArgument(
                mask.dtype() == dtype,
                "%s: expected masks that are boolean or of dtype %s; got %s. Convert them with to(…).",
                who,
                Text.dtype(dtype),
                Text.dtype(mask));
        return mask;
    }
}
