package org.ndgrad.nn.data;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongFunction;

/** Samples one after the other. */
record StreamedSource<S, T>(IterableDataset<S> stream, Function<List<S>, T> collate) implements Source<T> {

    @Override
    public LongFunction<Optional<T>> begin(Source.Start start, int batchSize, boolean dropLast) {
        long first = start.batch() * batchSize;
        Iterator<S> samples = iterator(first);
        return number -> {
            List<S> read = new ArrayList<>();
            long from = number * batchSize;
            return Source.outside(() -> {
                while (read.size() < batchSize && next(samples, read, from + read.size())) {}
                return read.size() < (dropLast ? batchSize : 1) ? Optional.empty() : Optional.of(collated(read, from));
            });
        };
    }

    private Iterator<S> iterator(long first) {
        try {
            return stream.iterator(first);
        } catch (NoSuchElementException e) {
            throw new IllegalStateException(
                    "DataLoader: expected a stream of at least " + first
                            + " samples, where it stood; got the end before. Load the state with the same data.",
                    e);
        }
    }

    private static <S> boolean next(Iterator<S> samples, List<S> read, long index) {
        try {
            return samples.hasNext() && read.add(samples.next());
        } catch (RuntimeException e) {
            throw new SampleException(
                    "DataLoader: expected sample " + index + " of the stream; got " + e + ". Mend the stream.", e);
        }
    }

    private T collated(List<S> read, long from) {
        try {
            return collate.apply(read);
        } catch (SampleException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new SampleException(
                    "DataLoader: expected a batch of the samples " + from + " to " + (from + read.size() - 1)
                            + " of the stream; got " + e + ". Mend the collate function.",
                    e);
        }
    }

    @Override
    public String toString() {
        return "stream";
    }
}
