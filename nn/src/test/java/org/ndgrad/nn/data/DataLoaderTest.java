package org.ndgrad.nn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;

class DataLoaderTest {

    /** Ten samples: feature and target of sample i are i. */
    private static TensorDataset numbers() {
        return new TensorDataset(Tensor.arange(10).unsqueeze(1), Tensor.arange(10));
    }

    private static List<Long> epoch(DataLoader loader) {
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
        DataLoader loader = new DataLoader(numbers(), 4);

        List<Long> sizes = new ArrayList<>();
        loader.forEach(batch -> sizes.add(batch.size()));

        assertThat(sizes).containsExactly(4L, 4L, 2L);
        assertThat(loader.batches()).isEqualTo(3);
        assertThat(epoch(loader)).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
        assertThat(loader.iterator().next().features().shape()).containsExactly(4, 1);
    }

    private static DataLoader shuffled(int batchSize, Rng rng) {
        return new DataLoader(numbers(), batchSize, DataLoaderOptions.defaults().withShuffle(rng));
    }

    @Test
    void shuffledMeetsEverySampleOnceInANewOrderEachEpoch() {
        DataLoader loader = shuffled(3, new Rng(0));

        List<Long> first = epoch(loader);
        List<Long> second = epoch(loader);

        assertThat(first).containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
        assertThat(second).containsExactlyInAnyOrderElementsOf(first).isNotEqualTo(first);
    }

    @Test
    void aSeedRepeatsTheEpochs() {
        DataLoader one = shuffled(3, new Rng(1));
        DataLoader two = shuffled(3, new Rng(1));

        assertThat(epoch(one)).isEqualTo(epoch(two));
        assertThat(epoch(one)).isEqualTo(epoch(two));
        Rng.manualSeed(4);
        List<Long> byDefault = epoch(shuffled(1, Rng.defaultRng()));
        Rng.manualSeed(4);
        assertThat(epoch(shuffled(1, Rng.defaultRng()))).isEqualTo(byDefault);
    }

    @Test
    void dropLastLeavesOutWhatDoesNotFill() {
        DataLoaderOptions options = DataLoaderOptions.defaults().withDropLast(true);
        DataLoader loader = new DataLoader(numbers(), 4, options);

        assertThat(loader.batches()).isEqualTo(2);
        assertThat(epoch(loader)).hasSize(8);
        assertThat(epoch(new DataLoader(numbers(), 11, options))).isEmpty();
    }

    @Test
    void anEpochEnds() {
        Iterator<Batch> batches = new DataLoader(numbers(), 10).iterator();
        batches.next();

        assertThat(batches.hasNext()).isFalse();
        assertThatThrownBy(batches::next).isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void batchSizeMustBePositive() {
        assertThatThrownBy(() -> new DataLoader(numbers(), 0))
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
        assertThatThrownBy(() -> numbers().get(0, 10))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("TensorDataset: expected indices in [0, 10); got 10.");
        assertThatThrownBy(() -> new Subset(numbers(), 3, -1))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("Subset: expected indices in [0, 10); got -1.");
    }
}
