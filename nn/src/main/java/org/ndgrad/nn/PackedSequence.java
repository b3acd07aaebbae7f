package org.ndgrad.nn;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.math.LongMath;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Checks;
import org.ndgrad.autograd.internal.Text;

/**
 * Sequences of different lengths without padding, for {@link Rnn}, {@link Lstm} and {@link Gru}: the first elements of
 * all sequences, then the second ones of those that have one, and so on, the longest sequence first.
 *
 * <pre>{@code
 * PackedSequence packed = PackedSequence.pack(padded, 5, 3, 2); // (T, N, in) with N = 3
 * PackedSequence.Padded output = lstm.forward(packed).output().unpack();
 * }</pre>
 */
public final class PackedSequence {

    private final Tensor data;
    private final long[] batchSizes;
    private final long[] sortedIndices;

    private PackedSequence(Tensor data, long[] batchSizes, long[] sortedIndices) {
        this.data = data;
        this.batchSizes = batchSizes;
        this.sortedIndices = sortedIndices;
    }

    /**
     * Sequences of one length, with the places behind their ends filled.
     *
     * @param values (T, N, *), or (N, T, *)
     * @param lengths of the sequences
     */
    @SuppressWarnings("ArrayRecordComponent") // a copy of its own
    public record Padded(Tensor values, long[] lengths) {}

    /** Packs padded sequences (T, N, *) of the given lengths, the longest first. */
    public static PackedSequence pack(Tensor padded, long... lengths) {
        return pack(padded, lengths, SequenceOptions.defaults());
    }

    /**
     * Packs padded sequences, {@code pack_padded_sequence} in PyTorch.
     *
     * @param padded shape (T, N, *), or (N, T, *)
     * @param lengths of the N sequences, from 1 to T
     * @throws IllegalArgumentException if there are not N lengths in this range, longest first where that is enforced
     */
    public static PackedSequence pack(Tensor padded, long[] lengths, SequenceOptions options) {
        checkArgument(
                padded.ndim() >= 2,
                "pack: expected sequences of shape (T, N, *); got %s. Add the missing dims with unsqueeze.",
                Text.shape(padded));
        Tensor steps = options.batchFirst() ? padded.transpose(0, 1) : padded;
        long samples = steps.size(1);
        checkLengths(lengths, samples, steps.size(0), options);
        long[] order = IntStream.range(0, lengths.length)
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> -lengths[i]))
                .mapToLong(Integer::longValue)
                .toArray();
        long[] sizes = new long[(int) lengths[(int) order[0]]];
        for (long length : lengths) {
            for (int t = 0; t < length; t++) {
                sizes[t]++;
            }
        }
        long[] rows = Checks.javaArray("pack", Arrays.stream(sizes).sum(), long[]::new);
        int row = 0;
        for (int t = 0; t < sizes.length; t++) {
            for (int i = 0; i < sizes[t]; i++) {
                rows[row++] = t * samples + order[i];
            }
        }
        return new PackedSequence(Functions.indexSelect(steps.flatten(0, 1), 0, Tensor.of(rows)), sizes, order);
    }

    private static void checkLengths(long[] lengths, long samples, long longest, SequenceOptions options) {
        checkArgument(
                lengths.length == samples
                        && samples > 0
                        && Arrays.stream(lengths).allMatch(length -> length >= 1 && length <= longest),
                "pack: expected a length from 1 to %s for each of %s sequences; got %s. Set batchFirst if the first dim"
                        + " counts sequences.",
                longest,
                samples,
                Arrays.toString(lengths));
        checkArgument(
                !options.enforceSorted()
                        || IntStream.range(1, lengths.length).allMatch(i -> lengths[i] <= lengths[i - 1]),
                "pack: expected the longest sequence first; got lengths %s. Choose withEnforceSorted(false).",
                Arrays.toString(lengths));
    }

    /**
     * Packs sequences, {@code pack_sequence} in PyTorch.
     *
     * @param sequences at least one, each of shape (length, *)
     * @throws IllegalArgumentException if shapes do not fit, or a longer one follows where that is not allowed
     */
    public static PackedSequence packSequence(List<Tensor> sequences, SequenceOptions options) {
        Tensor padded = padSequence(sequences, SequenceOptions.defaults());
        long[] lengths =
                sequences.stream().mapToLong(sequence -> sequence.size(0)).toArray();
        return pack(padded, lengths, options.withBatchFirst(false));
    }

    /**
     * Returns sequences side by side, {@code pad_sequence} in PyTorch.
     *
     * @param sequences at least one, each of shape (length, *)
     * @return shape (T, N, *), or (N, T, *)
     * @throws IllegalArgumentException if shapes differ in more than the length
     */
    public static Tensor padSequence(List<Tensor> sequences, SequenceOptions options) {
        checkArgument(
                !sequences.isEmpty() && sequences.stream().allMatch(sequence -> sequence.ndim() > 0),
                "padSequence: expected at least one sequence of shape (length, *); got %s. Leave out scalars.",
                sequences.size());
        long longest =
                sequences.stream().mapToLong(sequence -> sequence.size(0)).max().orElseThrow();
        long length = totalLength("padSequence", options, longest);
        List<Tensor> padded = sequences.stream()
                .map(sequence -> padded(sequence, length, options.paddingValue()))
                .toList();
        return Functions.stack(padded, options.batchFirst() ? 0 : 1);
    }

    private static Tensor padded(Tensor sequence, long length, double value) {
        long[] shape = sequence.shape();
        shape[0] = length - shape[0];
        return shape[0] == 0
                ? sequence
                : Functions.cat(List.of(sequence, Tensor.full(sequence.dtype(), value, shape)), 0);
    }

    private static long totalLength(String who, SequenceOptions options, long longest) {
        long length = options.totalLength().orElse(longest);
        checkArgument(
                length >= longest,
                "%s: expected a total length of at least %s, the longest sequence's; got %s. Make it larger.",
                who,
                longest,
                length);
        return length;
    }

    /** Returns the sequences in the order before packing, (T, N, *), with zeros behind their ends. */
    public Padded unpack() {
        return unpack(SequenceOptions.defaults());
    }

    /**
     * Returns the sequences in the order before packing, {@code pad_packed_sequence} in PyTorch.
     *
     * @throws IllegalArgumentException if the total length is less than that of a sequence
     */
    public Padded unpack(SequenceOptions options) {
        int samples = sortedIndices.length;
        long length = totalLength("unpack", options, batchSizes.length);
        long[] rows = Checks.javaArray("unpack", LongMath.saturatedMultiply(length, samples), long[]::new);
        Arrays.fill(rows, data.size(0)); // that of padding
        long[] lengths = new long[samples];
        int row = 0;
        for (int t = 0; t < batchSizes.length; t++) {
            for (int i = 0; i < batchSizes[t]; i++) {
                int sample = (int) sortedIndices[i];
                rows[t * samples + sample] = row++;
                lengths[sample]++;
            }
        }
        long[] shape = data.shape();
        shape[0] = 1;
        Tensor padding = Tensor.full(data.dtype(), options.paddingValue(), shape);
        Tensor values = Functions.indexSelect(Functions.cat(List.of(data, padding), 0), 0, Tensor.of(rows))
                .unflatten(0, length, samples);
        return new Padded(options.batchFirst() ? values.transpose(0, 1) : values, lengths);
    }

    /** Returns the elements, shape (sum of the lengths, *): those of each step one after another. */
    public Tensor data() {
        return data;
    }

    /** Returns for each step how many sequences have it. */
    public long[] batchSizes() {
        return batchSizes.clone();
    }

    /** Returns for each place, the longest sequence first, the sequence's index before packing. */
    public long[] sortedIndices() {
        return sortedIndices.clone();
    }

    /** Returns the same sequences with other elements, shape (sum of the lengths, *). */
    PackedSequence with(Tensor elements) {
        return new PackedSequence(elements, batchSizes, sortedIndices);
    }

    /** Brings the indices of a dim from the order before packing into the order of lengths. */
    Tensor sorted(Tensor x, int dim) {
        return isSorted() ? x : Functions.indexSelect(x, dim, Tensor.of(sortedIndices));
    }

    /** Brings the indices of a dim back. */
    Tensor unsorted(Tensor x, int dim) {
        if (isSorted()) {
            return x;
        }
        long[] places = new long[sortedIndices.length];
        for (int i = 0; i < places.length; i++) {
            places[(int) sortedIndices[i]] = i;
        }
        return Functions.indexSelect(x, dim, Tensor.of(places));
    }

    private boolean isSorted() {
        return IntStream.range(0, sortedIndices.length).allMatch(i -> sortedIndices[i] == i);
    }

    @Override
    public String toString() {
        return "PackedSequence(sequences=" + sortedIndices.length + ", steps=" + batchSizes.length + ", data="
                + Text.shape(data) + ")";
    }
}
