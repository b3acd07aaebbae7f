package org.ndgrad.nn.data;

import com.google.common.base.Verify;
import java.util.concurrent.ConcurrentHashMap;
import org.ndgrad.autograd.MemoryScope;

/** The samples of another data set, each fetched once. */
final class CachedDataset<T> implements Dataset<T> {

    private final Dataset<T> dataset;
    private final ConcurrentHashMap<Long, T> samples = new ConcurrentHashMap<>();

    CachedDataset(Dataset<T> dataset) {
        this.dataset = dataset;
    }

    @Override
    public long size() {
        return dataset.size();
    }

    /** Two threads may fetch the same sample at the same time; both get the one that is kept. */
    @Override
    public T get(long index) {
        if (!samples.containsKey(index)) {
            MemoryScope.outside(() -> samples.putIfAbsent(index, dataset.get(index)));
        }
        return Verify.verifyNotNull(samples.get(index));
    }

    @Override
    public String toString() {
        return "Cached(" + dataset + ", " + samples.size() + " samples kept)";
    }
}
