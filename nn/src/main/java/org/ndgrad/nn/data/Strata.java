package org.ndgrad.nn.data;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Doubles;
import com.google.common.primitives.Longs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.Text;

/** Samples by class, of which every part or batch is to have its share. */
final class Strata {

    private final String who;
    private final TreeMap<Long, List<Long>> classes = new TreeMap<>();

    /**
     * Sorts samples by class.
     *
     * @param labels whole numbers of any type and shape (N) or (N, 1), or one-hot rows of shape (N, C)
     */
    Strata(String who, Tensor labels) {
        this.who = who;
        boolean areRows = labels.ndim() == 2 && labels.size(1) > 1;
        checkArgument(
                labels.ndim() == 1 || (labels.ndim() == 2 && labels.size(1) > 0),
                "%s: expected a class for each sample, whole numbers of shape (N) or (N, 1), or one-hot rows; got %s %s."
                        + " Convert or reshape them.",
                who,
                Text.dtype(labels),
                Text.shape(labels));
        long[] values = areRows ? oneHot(labels) : labels.dtype().isFPType() ? whole(labels) : labels.toLongArray();
        for (int i = 0; i < values.length; i++) {
            classes.computeIfAbsent(values[i], label -> new ArrayList<>()).add((long) i);
        }
    }

    private long[] whole(Tensor labels) {
        double[] values = labels.toDoubleArray();
        for (double value : values) {
            checkArgument(
                    value == Math.rint(value) && Math.abs(value) < Long.MAX_VALUE,
                    "%s: expected a class for each sample, a whole number; got %s. Measured numbers are no classes.",
                    who,
                    value);
        }
        return Arrays.stream(values).mapToLong(value -> (long) value).toArray();
    }

    private long[] oneHot(Tensor labels) {
        double[] values = labels.toDoubleArray();
        int width = (int) labels.size(1);
        long[] classes = new long[(int) labels.size(0)];
        for (int i = 0; i < classes.length; i++) {
            double[] row = Arrays.copyOfRange(values, i * width, (i + 1) * width);
            classes[i] = Doubles.indexOf(row, 1);
            checkArgument(
                    Arrays.stream(row).filter(value -> value == 0).count() == width - 1 && classes[i] >= 0,
                    "%s: expected a class for each sample, as a one-hot row; got %s. Of scores, take argmax(1).",
                    who,
                    Arrays.toString(row));
        }
        return classes;
    }

    /** Returns all samples in an order in which every stretch has about its share of each class. */
    long[] mixed(RandomGenerator rng) {
        int count = classes.values().stream().mapToInt(List::size).sum();
        long[] samples = new long[count];
        double[] keys = new double[count];
        int at = 0;
        for (List<Long> members : classes.values()) {
            long[] shuffled = shuffled(members, rng);
            for (int k = 0; k < shuffled.length; k++) {
                samples[at] = shuffled[k];
                keys[at++] = (k + 0.5) / shuffled.length;
            }
        }
        double[] ties = rng.doubles(count).toArray();
        return IntStream.range(0, count)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(i -> keys[i]).thenComparingDouble(i -> ties[i]))
                .mapToLong(i -> samples[i])
                .toArray();
    }

    /**
     * Returns the samples in parts. Of each class, a part has its share, rounded up or down so that the sizes of the
     * parts come near their shares of all.
     */
    ImmutableList<long[]> parts(RandomGenerator rng, double... shares) {
        List<List<Long>> parts = IntStream.range(0, shares.length)
                .<List<Long>>mapToObj(i -> new ArrayList<>())
                .toList();
        double[] wanted = new double[shares.length];
        classes.forEach((label, members) -> {
            checkArgument(
                    members.size() >= shares.length,
                    "%s: expected at least %s samples of each class, one for each part; got %s of class %s. Leave the class"
                            + " out, or make fewer parts.",
                    who,
                    shares.length,
                    members.size(),
                    label);
            List<Long> rest = Longs.asList(shuffled(members, rng));
            for (int i = 0; i < shares.length; i++) {
                double share = shares[i] * members.size();
                int whole = (int) Math.floor(share + Splits.TOLERANCE);
                wanted[i] += share - whole;
                parts.get(i).addAll(rest.subList(0, whole));
                rest = rest.subList(whole, rest.size());
            }
            Integer[] mostWanting = IntStream.range(0, shares.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble(i -> -wanted[i]))
                    .toArray(Integer[]::new);
            for (int i = 0; i < rest.size(); i++) {
                parts.get(mostWanting[i]).add(rest.get(i));
                wanted[mostWanting[i]]--;
            }
        });
        return parts.stream().map(part -> shuffled(part, rng)).collect(ImmutableList.toImmutableList());
    }

    private static long[] shuffled(List<Long> members, RandomGenerator rng) {
        return Arrays.stream(Tensor.randperm(rng, members.size()).toLongArray())
                .map(i -> members.get((int) i))
                .toArray();
    }
}
