package org.ndgrad.nn.data;

import static com.google.common.base.Preconditions.checkState;

import com.google.common.collect.ImmutableList;
import com.google.common.math.LongMath;
import java.util.List;

/**
 * The samples of several data sets, one set after the other.
 *
 * @param <T> what a sample is, and a batch of samples
 */
public final class ConcatDataset<T> implements Dataset<T> {

    private final ImmutableList<Dataset<T>> datasets;

    /** Joins data sets. */
    public ConcatDataset(List<? extends Dataset<T>> datasets) {
        this.datasets = ImmutableList.copyOf(datasets);
    }

    @Override
    public long size() {
        long size = datasets.stream().mapToLong(Dataset::size).reduce(0, LongMath::saturatedAdd);
        checkState(
                size < Long.MAX_VALUE,
                "ConcatDataset: expected fewer than 2^63 samples in all; got more in %s data sets. Join fewer.",
                datasets.size());
        return size;
    }

    @Override
    public T get(long index) {
        long rest = index;
        for (Dataset<T> dataset : datasets) {
            if (rest >= 0 && rest < dataset.size()) {
                return dataset.get(rest);
            }
            rest -= dataset.size();
        }
        throw DataChecks.outside("ConcatDataset", index, size());
    }

    @Override
    public Dataset<T> inEpoch(long epoch) {
        return new ConcatDataset<>(
                datasets.stream().map(dataset -> dataset.inEpoch(epoch)).toList());
    }

    @Override
    public String toString() {
        return "ConcatDataset" + datasets;
    }
}
