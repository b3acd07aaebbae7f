package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import java.util.OptionalLong;

/**
 * What can be chosen about padding and packing, see {@link PackedSequence}.
 *
 * <p>Options are made by {@link #defaults} and {@code with…}; the constructor is no API, for it grows with them.
 *
 * @param batchFirst whether padded sequences are (N, T, *) instead of (T, N, *)
 * @param enforceSorted whether sequences must come longest first; if not, packing sorts them, and unpacking undoes it
 * @param paddingValue what stands behind the end of a sequence
 * @param totalLength the length T to pad to; that of the longest sequence if empty
 */
public record SequenceOptions(
        boolean batchFirst, boolean enforceSorted, double paddingValue, OptionalLong totalLength) {

    private static final SequenceOptions DEFAULTS = new SequenceOptions(false, true, 0, OptionalLong.empty());

    /** Returns PyTorch's defaults: (T, N, *), longest first, zeros behind the end, the length of the longest. */
    public static SequenceOptions defaults() {
        return DEFAULTS;
    }

    /** Returns these options with padded sequences (N, T, *) or (T, N, *). */
    public SequenceOptions withBatchFirst(boolean batchFirst) {
        return new SequenceOptions(batchFirst, enforceSorted, paddingValue, totalLength);
    }

    /** Returns these options for sequences that must come longest first, or that are sorted. */
    public SequenceOptions withEnforceSorted(boolean enforceSorted) {
        return new SequenceOptions(batchFirst, enforceSorted, paddingValue, totalLength);
    }

    /** Returns these options with another value behind the end of a sequence. */
    public SequenceOptions withPaddingValue(double paddingValue) {
        return new SequenceOptions(batchFirst, enforceSorted, paddingValue, totalLength);
    }

    /** Returns these options with a length to pad to. */
    public SequenceOptions withTotalLength(long totalLength) {
        checkArgument(
                totalLength >= 1,
                "SequenceOptions: expected a length of at least 1; got %s. Give that of the longest sequence, or more.",
                totalLength);
        return new SequenceOptions(batchFirst, enforceSorted, paddingValue, OptionalLong.of(totalLength));
    }
}
