package org.ndgrad.nn.data;

import static com.google.common.base.Preconditions.checkNotNull;

import java.util.random.RandomGenerator;
import org.ndgrad.autograd.Rng;

/** The samples of another data set, changed when they are fetched. */
final class MappedDataset<S, T> implements Dataset<T> {

    /** What becomes of a sample. */
    interface Change<S, T> {
        T apply(S sample, long index, long epoch);
    }

    private final Dataset<S> dataset;
    private final Change<? super S, ? extends T> change;
    private final long epoch;

    MappedDataset(Dataset<S> dataset, Change<? super S, ? extends T> change, long epoch) {
        this.dataset = dataset;
        this.change = change;
        this.epoch = epoch;
    }

    /** Returns the generator for a sample. Each of the three numbers is mixed into the seed of the next generator. */
    static RandomGenerator generator(long seed, long epoch, long index) {
        long ofEpoch = new Rng(new Rng(seed).nextLong() + epoch).nextLong();
        return new Rng(ofEpoch + index);
    }

    @Override
    public long size() {
        return dataset.size();
    }

    @Override
    public T get(long index) {
        return checkNotNull(
                change.apply(dataset.get(index), index, epoch),
                "Dataset.map: expected a function that returns a sample; got null for sample %s. Return one.",
                index);
    }

    @Override
    public Dataset<T> inEpoch(long now) {
        return new MappedDataset<>(dataset.inEpoch(now), change, now);
    }

    @Override
    public String toString() {
        return "Mapped(" + dataset + ")";
    }
}
