package org.ndgrad.nn.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.ndgrad.autograd.MemoryScope;

/** What a {@link DataLoader} takes its batches from. */
interface Source<T> {

    /** Where an epoch begins. */
    record Start(long epoch, Optional<long[]> order, long batch) {}

    /** Returns what makes a batch by its number, from that of the start on; empty behind the last one. */
    LongFunction<Optional<T>> begin(Start start, int batchSize, boolean dropLast);

    /** Returns what no scope of this thread ends: it is the user's, who may keep it. */
    static <R> R outside(Supplier<R> work) {
        List<R> result = new ArrayList<>(1);
        MemoryScope.outside(() -> result.add(work.get()));
        return result.get(0);
    }
}
