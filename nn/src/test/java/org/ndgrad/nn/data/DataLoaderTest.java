package org.ndgrad.nn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;

class DataLoaderTest {

    /** Ten samples: feature and target of sample i are i. */
    private static TensorDataset numbers() {
        return new TensorDataset(Tensor.arange(10).unsqueeze(1), Tensor.arange(10));
    }

    private static List<Long> epoch(DataLoader<Batch> loader) {
        List<Long> seen = new ArrayList<>();
        for (Batch batch : loader) {
            assertThat(batch.features().toLongArray())
                    .containsExactly(batch.targets().toLongArray());
            LongStream.of(batch.targets().toLongArray()).forEach(seen::add);
        }
        return seen;
    }

    @Test
    void unshuffledKeepsTheOrderAndTheRest() {
        DataLoader<Batch> loader = new DataLoader<>(numbers(), 4);

        List<Long> sizes = new ArrayList<>();
        loader.forEach(batch -> sizes.add(batch.size()));

        assertThat(sizes).containsExactly(4L, 4L, 2L);
        assertThat(loader.batches()).isEqualTo(3);
        assertThat(epoch(loader)).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
        assertThat(loader.iterator().next().features().shape()).containsExactly(4, 1);
    }

    private static DataLoader<Batch> shuffled(int batchSize, Rng rng) {
        return new DataLoader<>(numbers(), batchSize, rng);
    }

    @Test
    void shuffledMeetsEverySampleOnceInANewOrderEachEpoch() {
        DataLoader<Batch> loader = shuffled(3, new Rng(0));

        List<Long> first = epoch(loader);
        List<Long> second = epoch(loader);

        assertThat(first).containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
        assertThat(second).containsExactlyInAnyOrderElementsOf(first).isNotEqualTo(first);
    }

    @Test
    void aSeedRepeatsTheEpochs() {
        DataLoader<Batch> one = shuffled(3, new Rng(1));
        DataLoader<Batch> two = shuffled(3, new Rng(1));

        assertThat(epoch(one)).isEqualTo(epoch(two));
        assertThat(epoch(one)).isEqualTo(epoch(two));
        Rng.manualSeed(4);
        List<Long> byDefault = epoch(shuffled(1, Rng.defaultRng()));
        Rng.manualSeed(4);
        assertThat(epoch(shuffled(1, Rng.defaultRng()))).isEqualTo(byDefault);
    }

    @Test
    void shuffleIsOneWordByTheDefaultGenerator() {
        Rng.manualSeed(4);
        List<Long> expected = epoch(shuffled(3, Rng.defaultRng()));
        Rng.manualSeed(4);

        assertThat(epoch(new DataLoader<>(numbers(), 3, Shuffle.YES)))
                .isEqualTo(expected)
                .isNotEqualTo(epoch(new DataLoader<>(numbers(), 3)));
        assertThat(epoch(new DataLoader<>(numbers(), 3, Shuffle.NO))).isEqualTo(epoch(new DataLoader<>(numbers(), 3)));
    }

    @Test
    void dropLastLeavesOutWhatDoesNotFill() {
        DataLoaderOptions options = DataLoaderOptions.defaults().withDropLast(true);
        DataLoader<Batch> loader = new DataLoader<>(numbers(), 4, options);

        assertThat(loader.batches()).isEqualTo(2);
        assertThat(epoch(loader)).hasSize(8);
        assertThat(epoch(new DataLoader<>(numbers(), 11, options))).isEmpty();
    }

    @Test
    void anEpochEnds() {
        Iterator<Batch> batches = new DataLoader<>(numbers(), 10).iterator();
        batches.next();

        assertThat(batches.hasNext()).isFalse();
        assertThatThrownBy(batches::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void batchSizeMustBePositive() {
        assertThatThrownBy(() -> new DataLoader<>(numbers(), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("DataLoader: expected batchSize of at least 1; got 0. Give a size.");
    }

    @Test
    void featuresAndTargetsMustBeAsMany() {
        assertThatThrownBy(() -> new TensorDataset(Tensor.zeros(3, 2), Tensor.zeros(4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("TensorDataset: expected features (N, *) and targets (N, *) with the same N; "
                        + "got (3, 2) and (4). Leave out those without a partner.");
        assertThatThrownBy(() -> new Batch(Tensor.zeros(), Tensor.zeros(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Batch: expected features (N, *) and targets (N, *) with the same N; got ()");
    }

    @Test
    void indicesOutsideAreRefused() {
        assertThatThrownBy(() -> numbers().batch(0, 10))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("TensorDataset: expected indices in [0, 10); got 10.");
        assertThatThrownBy(() -> new Subset<>(numbers(), 3, -1))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("Subset: expected indices in [0, 10); got -1.");
    }

    @Test
    void collateMayChangeTheType() {
        DataLoader<List<Long>> lists = new DataLoader<>(
                numbers(),
                4,
                samples -> samples.stream()
                        .map(sample -> (long) sample.targets().item())
                        .toList(),
                DataLoaderOptions.defaults());

        assertThat(lists).containsExactly(List.of(0L, 1L, 2L, 3L), List.of(4L, 5L, 6L, 7L), List.of(8L, 9L));
    }

    @Test
    void samplersMustFitTheData() {
        assertThatThrownBy(() -> sampled(2, 3, 10).iterator())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("DataLoader: expected a sampler's indices in [0, 10), the data set's; got 10 at place 1."
                        + " Make the sampler for this data set.");
        assertThatThrownBy(() -> sampled(3, 3, 9).iterator())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("DataLoader: expected 3 indices, the size of the sampler; got 2."
                        + " Correct its size or its samples.");
        assertThat(epoch(sampled(2, 3, 9))).containsExactly(3L, 9L);
        assertThat(sampled(2, 3, 9).batches()).isEqualTo(1);
    }

    private static DataLoader<Batch> sampled(long size, long... indices) {
        Sampler sampler = new Sampler() {
            @Override
            public long size() {
                return size;
            }

            @Override
            public long[] sample(RandomGenerator rng) {
                return indices;
            }
        };
        return new DataLoader<>(numbers(), 4, DataLoaderOptions.defaults().withSampler(sampler, new Rng(0)));
    }

    @Test
    void anEmptyDataSetHasNoBatches() {
        Dataset<Batch> empty = new Subset<>(numbers());

        assertThat(new DataLoader<>(
                        empty,
                        4,
                        DataLoaderOptions.defaults().withShuffle(new Rng(0)).withWorkers(1)))
                .isEmpty();
        assertThat(new DataLoader<>(empty, 4).batches()).isZero();
    }

    @Test
    @SuppressWarnings("NullAway")
    void nothingIsRefusedAtOnce() {
        assertThatThrownBy(() -> new DataLoader<>((Dataset<Batch>) null, 1))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("DataLoader: expected a data set; got null.");
        assertThatThrownBy(() -> new DataLoader<>(numbers(), 1, (DataLoaderOptions) null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("DataLoader: expected options; got null. Use DataLoaderOptions.defaults().");
        assertThatThrownBy(() -> DataLoaderOptions.defaults().withWorkers(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("DataLoader: expected at least 0 workers; got -1. Use 0 for none.");
    }
}
