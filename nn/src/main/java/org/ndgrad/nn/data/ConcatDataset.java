package org.ndgrad.nn.data;

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
        return datasets.stream().mapToLong(Dataset::size).reduce(0, LongMath::checkedAdd);
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
        throw Checks.outside("ConcatDataset", index, size());
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
