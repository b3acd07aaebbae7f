package org.ndgrad.nn.data;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;

/**
 * A stream of samples, for what is too large or too slow to be fetched by index, or has no end. Each iterator begins
 * anew and gives the same samples.
 *
 * <pre>{@code
 * IterableDataset<Tensor> lines = () -> readLines(file).map(this::encoded).iterator();
 * for (Tensor batch : new DataLoader<>(lines, 32)) { … }
 * }</pre>
 *
 * <p>A sample may be what it may be in a {@link Dataset}.
 *
 * @param <T> what a sample is, and a batch of samples
 */
@FunctionalInterface
public interface IterableDataset<T> extends Iterable<T> {

    /**
     * Returns an iterator that begins behind some samples, for a loader that goes on where another one stood. Override
     * it where there is a faster way than to pass over them.
     *
     * @param skipped how many samples to leave out, at least 0
     * @throws NoSuchElementException if there are not as many
     */
    default Iterator<T> iterator(long skipped) {
        Iterator<T> samples = iterator();
        for (long i = 0; i < skipped; i++) {
            samples.next();
        }
        return samples;
    }

    /** Returns a stream that applies a function to each sample. */
    default <R> IterableDataset<R> map(Function<? super T, ? extends R> transform) {
        return () -> {
            Iterator<T> samples = iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return samples.hasNext();
                }

                @Override
                public R next() {
                    return transform.apply(samples.next());
                }
            };
        };
    }
}
