package org.ndgrad.nn.data;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.LongFunction;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.ndgrad.autograd.Functions;
import org.ndgrad.autograd.Tensor;

/** Samples by index. */
record IndexedSource<S, T>(Dataset<S> dataset, BiFunction<Dataset<S>, long[], T> fetch) implements Source<T> {

    private static final int SHOWN = 8;

    @Override
    public LongFunction<Optional<T>> begin(Source.Start start, int batchSize, boolean dropLast) {
        Dataset<S> now = dataset.inEpoch(start.epoch());
        Optional<long[]> order = start.order();
        long size = order.map(each -> (long) each.length).orElseGet(now::size);
        return number -> {
            long from = number * batchSize;
            long to = Math.min(from + batchSize, size);
            return to - from < (dropLast ? batchSize : 1)
                    ? Optional.empty()
                    : Optional.of(batch(
                            now,
                            order.map(each -> Arrays.copyOfRange(each, (int) from, (int) to))
                                    .orElseGet(() -> LongStream.range(from, to).toArray())));
        };
    }

    /** Returns sources of parts of the samples, see {@link Splits#byFraction}. */
    ImmutableList<IndexedSource<S, T>> split(RandomGenerator rng, double... fractions) {
        return of(Splits.byFraction(dataset, rng, fractions));
    }

    /** Returns sources of parts of the samples, see {@link Splits#stratified}. */
    ImmutableList<IndexedSource<S, T>> stratifiedSplit(int batchSize, RandomGenerator rng, double... fractions) {
        return of(Splits.stratified(dataset, targets(batchSize), rng, fractions));
    }

    private ImmutableList<IndexedSource<S, T>> of(ImmutableList<Subset<S>> parts) {
        return parts.stream().map(part -> new IndexedSource<>(part, fetch)).collect(ImmutableList.toImmutableList());
    }

    /** Returns the targets of all samples, which are fetched for it, a batch at a time. */
    private Tensor targets(int batchSize) {
        LongFunction<Optional<T>> batches = begin(new Source.Start(0, Optional.empty(), 0), batchSize, false);
        List<Tensor> targets = new ArrayList<>();
        Optional<T> next = batches.apply(0);
        while (next.isPresent()) {
            T batch = next.get();
            checkArgument(
                    batch instanceof Batch,
                    "DataLoader.stratifiedSplit: expected batches of the class Batch, whose targets are classes; got a %s."
                            + " Split the data set with Splits.stratified, and make a loader of each part.",
                    batch.getClass().getSimpleName());
            targets.add(((Batch) batch).targets());
            next = batches.apply(targets.size());
        }
        return targets.isEmpty() ? Tensor.of(new long[0]) : Functions.cat(targets, 0);
    }

    private T batch(Dataset<S> now, long[] indices) {
        try {
            T batch = Source.outside(() -> fetch.apply(now, indices));
            checkArgument(batch != null, "null");
            return batch;
        } catch (SampleException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new SampleException(
                    "DataLoader: expected a batch of the samples "
                            + Arrays.toString(Arrays.copyOf(indices, Math.min(SHOWN, indices.length)))
                            + (indices.length > SHOWN ? " and more" : "") + "; got " + e
                            + ". Mend the data set or the collate function.",
                    e);
        }
    }

    @Override
    public String toString() {
        return dataset.toString();
    }
}
