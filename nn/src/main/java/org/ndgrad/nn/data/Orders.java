package org.ndgrad.nn.data;

import static com.google.common.base.Preconditions.checkState;

import java.util.Optional;
import java.util.random.RandomGenerator;

/** Draws which samples an epoch has, and checks it. */
final class Orders {

    private Orders() {}

    /** Returns the indices of an epoch, or nothing if that is all samples in their order. */
    static Optional<long[]> draw(DataLoaderOptions options, long size) {
        if (options.rng().isEmpty()) {
            return Optional.empty();
        }
        RandomGenerator rng = options.rng().get();
        Sampler sampler = options.sampler().orElseGet(() -> new RandomSampler(size));
        long expected = sampler.size();
        long[] order = sampler.sample(rng);
        checkState(
                order.length == expected,
                "DataLoader: expected %s indices, the size of the sampler; got %s. Correct its size or its samples.",
                expected,
                order.length);
        for (int i = 0; i < order.length; i++) {
            checkState(
                    order[i] >= 0 && order[i] < size,
                    "DataLoader: expected a sampler's indices in [0, %s), the data set's; got %s at place %s. Make the"
                            + " sampler for this data set.",
                    size,
                    order[i],
                    i);
        }
        return Optional.of(order);
    }
}
