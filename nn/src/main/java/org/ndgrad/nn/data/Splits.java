package org.ndgrad.nn.data;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.ndgrad.autograd.Tensor;

/**
 * Random splits of a data set into parts without common samples.
 *
 * <pre>{@code
 * List<Subset> parts = Splits.byFraction(dataset, new Rng(0), 0.8, 0.2);
 * Batch train = parts.get(0).all();
 * }</pre>
 */
public final class Splits {

    private static final double TOLERANCE = 1e-9;

    private Splits() {}

    /**
     * Splits by shares. Each part has ⌊share · N⌋ samples; what is left over goes to the parts in turn, one each,
     * beginning with the first.
     *
     * @param rng source of the order
     * @param fractions shares of the parts, each at least 0, with sum 1
     * @return one part per share
     * @throws IllegalArgumentException if the shares are not such
     */
    public static ImmutableList<Subset> byFraction(Dataset dataset, RandomGenerator rng, double... fractions) {
        double sum = Arrays.stream(fractions).sum();
        checkArgument(
                Math.abs(sum - 1) < TOLERANCE && Arrays.stream(fractions).allMatch(fraction -> fraction >= 0),
                "byFraction: expected shares of at least 0 with sum 1; got %s with sum %s. "
                        + "Name the share of every part, the last one too.",
                Arrays.toString(fractions),
                sum);
        long[] sizes = Arrays.stream(fractions)
                .mapToLong(fraction -> (long) Math.floor(fraction * dataset.size() + TOLERANCE))
                .toArray();
        long rest = dataset.size() - Arrays.stream(sizes).sum();
        for (int i = 0; i < rest; i++) {
            sizes[i % sizes.length]++;
        }
        return bySize(dataset, rng, sizes);
    }

    /**
     * Splits by numbers of samples.
     *
     * @param rng source of the order
     * @param sizes numbers of samples, each at least 0, with the sum {@code dataset.size()}
     * @return one part per number
     * @throws IllegalArgumentException if the numbers are not such
     */
    public static ImmutableList<Subset> bySize(Dataset dataset, RandomGenerator rng, long... sizes) {
        checkArgument(
                Arrays.stream(sizes).sum() == dataset.size()
                        && Arrays.stream(sizes).allMatch(size -> size >= 0),
                "bySize: expected sizes of at least 0 with sum %s, the number of samples; got %s with sum %s. "
                        + "Name the size of every part, the last one too.",
                dataset.size(),
                Arrays.toString(sizes),
                Arrays.stream(sizes).sum());
        long[] order = Tensor.randperm(rng, dataset.size()).toLongArray();
        ImmutableList.Builder<Subset> parts = ImmutableList.builder();
        int start = 0;
        for (long size : sizes) {
            int end = start + (int) size;
            parts.add(new Subset(dataset, Arrays.copyOfRange(order, start, end)));
            start = end;
        }
        return parts.build();
    }
}
