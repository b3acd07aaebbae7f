package org.ndgrad.nn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.ndgrad.autograd.Tensor;

class DatasetTest {

    private static final Dataset<Tensor> ROWS = Dataset.of(Tensor.arange(5));

    private static double drawn(Dataset<Double> data, long epoch, long index) {
        return data.inEpoch(epoch).get(index);
    }

    @Test
    void tensorsAreDataSetsOfTheirRows() {
        Dataset<List<Tensor>> three = Dataset.of(List.of(Tensor.arange(4), Tensor.zeros(4, 2), Tensor.ones(4)));

        assertThat(ROWS.get(3).item()).isEqualTo(3);
        assertThat(ROWS.batch(3, 1).toLongArray()).containsExactly(3, 1);
        assertThat(ROWS.all().toLongArray()).containsExactly(0, 1, 2, 3, 4);
        assertThat(three.batch(2, 0)).extracting(x -> x.size(0)).containsExactly(2L, 2L, 2L);
        assertThat(three.get(1).get(1).shape()).containsExactly(2);
        assertThat(ROWS).hasToString("Dataset(5 rows of [(5) int64])");
        assertThatThrownBy(() -> ROWS.get(5))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("Dataset: expected indices in [0, 5); got 5.");
        assertThatThrownBy(() -> Dataset.of(List.of(Tensor.arange(4), Tensor.zeros(3))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Dataset.of: expected tensors (N, *) with the same N; got [(4), (3)]."
                        + " Leave out rows without a partner.");
    }

    @Test
    void fetchedRowsAreCopies() {
        Tensor x = Tensor.zeros(3);

        Dataset.of(x).get(1).fill_(7);

        assertThat(x.toDoubleArray()).containsOnly(0);
    }

    @Test
    void mapsWhenFetched() {
        AtomicInteger calls = new AtomicInteger();
        Dataset<Tensor> mapped = ROWS.map(x -> {
            calls.incrementAndGet();
            return x.add(10);
        });

        assertThat(calls).hasValue(0);
        assertThat(mapped.batch(4, 0).toLongArray()).containsExactly(14, 10);
        assertThat(calls).hasValue(2);
        assertThat(mapped.size()).isEqualTo(5);
        assertThatThrownBy(() -> ROWS.map(x -> null).get(2))
                .hasMessage(
                        "Dataset.map: expected a function that returns a sample; got null for sample 2. Return one.");
    }

    @Test
    void randomMapsDependOnSeedEpochAndIndex() {
        Dataset<Double> data = ROWS.map((x, rng) -> rng.nextDouble(), 1);
        double first = data.get(0);

        assertThat(drawn(data, 0, 0)).isEqualTo(first);
        assertThat(drawn(ROWS.map((x, rng) -> rng.nextDouble(), 1), 3, 2)).isEqualTo(drawn(data, 3, 2));
        assertThat(List.of(
                        first,
                        drawn(data, 0, 1),
                        drawn(data, 1, 0),
                        drawn(data, 1, 1),
                        drawn(ROWS.map((x, rng) -> rng.nextDouble(), 2), 0, 0)))
                .doesNotHaveDuplicates();
    }

    @Test
    void epochsReachWhatIsInside() {
        Dataset<Double> random = ROWS.map((x, rng) -> rng.nextDouble(), 1);
        Dataset<Double> outer = new ConcatDataset<>(List.of(new Subset<>(random, 4, 3), random)).map(x -> -x);

        assertThat(drawn(outer, 2, 1)).isEqualTo(-drawn(random, 2, 3));
        assertThat(drawn(outer, 0, 2)).isEqualTo(-drawn(random, 0, 0)).isNotEqualTo(drawn(outer, 1, 2));
    }

    @Test
    void cachedSamplesAreFetchedOnce() {
        AtomicInteger calls = new AtomicInteger();
        Dataset<Tensor> cached = ROWS.map(x -> {
                    calls.incrementAndGet();
                    return x.add(10);
                })
                .cached();

        cached.batch(0, 1, 1);

        assertThat(cached.batch(1, 0).toLongArray()).containsExactly(11, 10);
        assertThat(calls).hasValue(2);
        assertThat(cached.toString()).contains("2 samples kept");
    }

    @Test
    void concatenatedSetsFollowOneAnother() {
        Dataset<Tensor> both = new ConcatDataset<>(List.of(ROWS, Dataset.of(Tensor.arange(10, 13))));

        assertThat(both.all().toLongArray()).containsExactly(0, 1, 2, 3, 4, 10, 11, 12);
        assertThat(both.batch(7, 0).toLongArray()).containsExactly(12, 0);
        assertThatThrownBy(() -> both.get(8))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("ConcatDataset: expected indices in [0, 8); got 8.");
        assertThatThrownBy(() -> both.get(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
