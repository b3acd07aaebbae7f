package org.ndgrad.nn.data;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.ndgrad.autograd.Tensor;

/**
 * Samples that can be fetched by index. To make one, say how many there are and what each is:
 *
 * <pre>{@code
 * record Clip(Tensor sound, Tensor speaker) {}
 *
 * final class Clips implements Dataset<Clip> {
 *     public long size() { return files.size(); }
 *     public Clip get(long index) { return new Clip(read(files.get((int) index)), Tensor.of(speakers[(int) index])); }
 * }
 *
 * for (Clip batch : new DataLoader<>(new Clips(), 32)) { … } // batch.sound() is (32, *), batch.speaker() (32)
 * }</pre>
 *
 * <p>A sample is a tensor, a list, a map, an array or a record of such, and a batch has the same form, with each tensor
 * (N, *) instead of (*). A {@link Batch} as a sample has one sample, (1, *).
 *
 * <p>A loader with workers, and users who share it, call {@link #get} and {@link #batch} from several threads.
 *
 * @param <T> what a sample is, and a batch of samples
 */
public interface Dataset<T> {

    /** Returns the number of samples. */
    long size();

    /**
     * Returns a sample.
     *
     * @param index in [0, size)
     * @throws IndexOutOfBoundsException if there is no such sample
     */
    T get(long index);

    /**
     * Returns several samples in one, PyTorch's {@code default_collate}: tensors stacked, those of a {@link Batch}
     * concatenated, lists, maps, arrays and records part by part. Numbers and booleans beside tensors in a list or a
     * map become tensors. Override it where many are fetched faster than one by one.
     *
     * @param indices at least one, each in [0, size); in any order, also repeated
     * @return as many samples as indices, in their order
     * @throws IllegalStateException if a sample cannot be fetched or does not fit the others; the message has its index
     */
    default T batch(long... indices) {
        return Stacking.batch(this, indices);
    }

    /**
     * Returns all samples in one.
     *
     * @throws IllegalStateException if a sample cannot be fetched or does not fit the others
     */
    default T all() {
        return batch(LongStream.range(0, size()).toArray());
    }

    /**
     * Returns the data set as it is in an epoch: itself, unless what it gives is random, such as with {@link
     * #map(BiFunction, long)}. A loader asks for it at the beginning of each epoch.
     *
     * @param epoch counted from 0
     */
    default Dataset<T> inEpoch(long epoch) {
        return this;
    }

    /** Returns a data set that applies a function to a sample whenever it is fetched. */
    default <R> Dataset<R> map(Function<? super T, ? extends R> transform) {
        return new MappedDataset<>(this, (sample, index, epoch) -> transform.apply(sample), 0);
    }

    /**
     * Returns a data set that applies a random function, such as {@link RandomCrop}, to a sample whenever it is
     * fetched. What it draws for a sample depends on the seed, the epoch and the index of the sample only, so that
     * neither the order nor the number of workers matters, nor whether training was interrupted.
     */
    default <R> Dataset<R> map(BiFunction<? super T, ? super RandomGenerator, ? extends R> transform, long seed) {
        return new MappedDataset<>(
                this,
                (sample, index, epoch) -> transform.apply(sample, MappedDataset.generator(seed, epoch, index)),
                0);
    }

    /**
     * Returns a data set that fetches each sample once and keeps it. Map randomly behind it, not before: what is kept
     * is as in epoch 0. Who gets a sample must not change it.
     */
    default Dataset<T> cached() {
        return new CachedDataset<>(this);
    }

    /** Returns a data set of the rows of a tensor. */
    static Dataset<Tensor> of(Tensor rows) {
        return new RowsDataset<>(ImmutableList.of(rows), each -> each.get(0));
    }

    /**
     * Returns a data set of the rows of several tensors: a sample, and a batch, is a list of as many tensors.
     *
     * @param columns at least one tensor (N, *), with the same N
     * @throws IllegalArgumentException if the first dimensions differ or are missing
     */
    static Dataset<List<Tensor>> of(List<Tensor> columns) {
        return new RowsDataset<>(columns, each -> each);
    }
}
