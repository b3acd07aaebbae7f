package org.ndgrad.nn.data;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.math.LongMath;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.ndgrad.autograd.Tensor;

/**
 * Splits of a data set into parts without common samples: random ones, and ones in the order of the samples.
 *
 * <pre>{@code
 * List<Subset<Batch>> parts = Splits.byFraction(dataset, new Rng(0), 0.8, 0.2);
 * Batch train = parts.get(0).all();
 * }</pre>
 */
public final class Splits {

    /** By how much sums of shares may differ from 1, and shares of samples from a whole number. */
    static final double TOLERANCE = 1e-9;

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
    public static <T> ImmutableList<Subset<T>> byFraction(
            Dataset<T> dataset, RandomGenerator rng, double... fractions) {
        return bySize(dataset, rng, sizes("byFraction", dataset, fractions));
    }

    private static long[] sizes(String who, Dataset<?> dataset, double... fractions) {
        checkShares(who, fractions);
        long[] sizes = Arrays.stream(fractions)
                .mapToLong(fraction -> (long) Math.floor(fraction * dataset.size() + TOLERANCE))
                .toArray();
        long rest = dataset.size() - Arrays.stream(sizes).sum();
        for (int i = 0; i < rest; i++) {
            sizes[i % sizes.length]++;
        }
        return sizes;
    }

    private static void checkShares(String who, double... fractions) {
        double sum = Arrays.stream(fractions).sum();
        checkArgument(
                Math.abs(sum - 1) < TOLERANCE && Arrays.stream(fractions).allMatch(fraction -> fraction >= 0),
                "%s: expected shares of at least 0 with sum 1; got %s with sum %s. "
                        + "Name the share of every part, the last one too.",
                who,
                Arrays.toString(fractions),
                sum);
    }

    /**
     * Splits by numbers of samples.
     *
     * @param rng source of the order
     * @param sizes numbers of samples, each at least 0, with the sum {@code dataset.size()}
     * @return one part per number
     * @throws IllegalArgumentException if the numbers are not such
     */
    public static <T> ImmutableList<Subset<T>> bySize(Dataset<T> dataset, RandomGenerator rng, long... sizes) {
        long sum = Arrays.stream(sizes).reduce(0, LongMath::saturatedAdd);
        checkArgument(
                sum == dataset.size() && Arrays.stream(sizes).allMatch(size -> size >= 0),
                "bySize: expected sizes of at least 0 with sum %s, the number of samples; got %s with sum %s. "
                        + "Name the size of every part, the last one too.",
                dataset.size(),
                Arrays.toString(sizes),
                sum);
        return cut(dataset, Tensor.randperm(rng, dataset.size()).toLongArray(), sizes);
    }

    private static <T> ImmutableList<Subset<T>> cut(Dataset<T> dataset, long[] order, long... sizes) {
        ImmutableList.Builder<Subset<T>> parts = ImmutableList.builder();
        int start = 0;
        for (long size : sizes) {
            int end = start + (int) size;
            parts.add(new Subset<>(dataset, Arrays.copyOfRange(order, start, end)));
            start = end;
        }
        return parts.build();
    }

    /**
     * Splits by shares without changing the order: the first part has the first samples, so that what is tested comes
     * later than what is fitted. The sizes are those of {@link #byFraction}.
     *
     * @param fractions shares of the parts, each at least 0, with sum 1
     * @return one part per share
     * @throws IllegalArgumentException if the shares are not such
     */
    public static <T> ImmutableList<Subset<T>> inOrder(Dataset<T> dataset, double... fractions) {
        return cut(dataset, DataChecks.range("inOrder", dataset.size()), sizes("inOrder", dataset, fractions));
    }

    /**
     * Splits by shares so that each part has its share of every class, rounded up or down.
     *
     * @param labels the class of each sample, whole numbers of shape (N) or (N, 1), or one-hot rows of shape (N, C)
     * @param rng source of the order
     * @param fractions shares of the parts, each at least 0, with sum 1
     * @return one part per share, its classes mixed
     * @throws IllegalArgumentException if the shares are not such, the labels are not as many as the samples, or a
     *     class has fewer samples than there are parts
     */
    public static <T> ImmutableList<Subset<T>> stratified(
            Dataset<T> dataset, Tensor labels, RandomGenerator rng, double... fractions) {
        checkShares("stratified", fractions);
        return parts("stratified", dataset, labels, rng, fractions);
    }

    private static <T> ImmutableList<Subset<T>> parts(
            String who, Dataset<T> dataset, Tensor labels, RandomGenerator rng, double... fractions) {
        Strata strata = new Strata(who, labels);
        checkArgument(
                labels.size(0) == dataset.size(),
                "%s: expected a label for each of %s samples; got %s. Give those of this data set.",
                who,
                dataset.size(),
                labels.size(0));
        return strata.parts(rng, fractions).stream()
                .map(part -> new Subset<>(dataset, part))
                .collect(ImmutableList.toImmutableList());
    }

    /**
     * Returns k ways to keep a part of the samples for validation, such that each sample is kept once.
     *
     * @param rng source of the order
     * @param k number of folds, in [2, N]
     * @throws IllegalArgumentException if there are not as many samples
     */
    public static <T> ImmutableList<Fold<T>> kFold(Dataset<T> dataset, RandomGenerator rng, int k) {
        checkFolds("kFold", dataset, k);
        return folds(dataset, byFraction(dataset, rng, equal(k)));
    }

    /**
     * Returns k ways to keep a part of the samples for validation, such that each sample is kept once and each part has
     * its share of every class.
     *
     * @param labels the class of each sample, whole numbers of shape (N) or (N, 1), or one-hot rows of shape (N, C)
     * @param rng source of the order
     * @param k number of folds, at least 2
     * @throws IllegalArgumentException if a class has fewer than k samples, or the labels are not as many as the
     *     samples
     */
    public static <T> ImmutableList<Fold<T>> stratifiedKFold(
            Dataset<T> dataset, Tensor labels, RandomGenerator rng, int k) {
        checkFolds("stratifiedKFold", dataset, k);
        return folds(dataset, parts("stratifiedKFold", dataset, labels, rng, equal(k)));
    }

    private static void checkFolds(String who, Dataset<?> dataset, int k) {
        checkArgument(
                k >= 2 && k <= dataset.size(),
                "%s: expected from 2 to %s folds, the number of samples; got %s. Choose a number between.",
                who,
                dataset.size(),
                k);
    }

    private static double[] equal(int k) {
        double[] shares = new double[k];
        Arrays.fill(shares, 1.0 / k);
        return shares;
    }

    private static <T> ImmutableList<Fold<T>> folds(Dataset<T> dataset, ImmutableList<Subset<T>> parts) {
        return parts.stream()
                .map(part -> new Fold<>(
                        new Subset<>(
                                dataset,
                                parts.stream()
                                        .filter(other -> other != part)
                                        .flatMapToLong(other -> Arrays.stream(other.indices()))
                                        .toArray()),
                        part))
                .collect(ImmutableList.toImmutableList());
    }

    /**
     * Returns k ways to validate with what comes after the samples to fit on, scikit-learn's {@code TimeSeriesSplit}:
     * each has ⌊N / (k + 1)⌋ samples to validate with, the last one the last of all, and all before them to fit on.
     *
     * @param k number of folds, at least 1, below N
     * @throws IllegalArgumentException if there are not as many samples
     */
    public static <T> ImmutableList<Fold<T>> timeSeries(Dataset<T> dataset, int k) {
        checkArgument(
                k >= 1 && k < dataset.size(),
                "timeSeries: expected from 1 to %s folds, one less than there are samples; got %s. Choose a number between.",
                dataset.size() - 1,
                k);
        long[] order = DataChecks.range("timeSeries", dataset.size());
        int size = order.length / (k + 1);
        ImmutableList.Builder<Fold<T>> folds = ImmutableList.builder();
        for (int i = k; i > 0; i--) {
            int begin = order.length - i * size;
            folds.add(new Fold<>(
                    new Subset<>(dataset, Arrays.copyOf(order, begin)),
                    new Subset<>(dataset, Arrays.copyOfRange(order, begin, begin + size))));
        }
        return folds.build();
    }
}
