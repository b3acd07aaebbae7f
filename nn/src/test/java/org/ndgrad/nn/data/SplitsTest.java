package org.ndgrad.nn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;

class SplitsTest {

    private static TensorDataset numbers(long count) {
        return new TensorDataset(Tensor.arange(count), Tensor.arange(count));
    }

    private static long[] sizes(List<Subset> parts) {
        return parts.stream().mapToLong(Subset::size).toArray();
    }

    @Test
    void partsShareNoSampleAndMissNone() {
        List<Subset> parts = Splits.bySize(numbers(200), new Rng(0), 141, 29, 30);

        assertThat(sizes(parts)).containsExactly(141, 29, 30);
        long[] all = parts.stream()
                .flatMapToLong(part -> LongStream.of(part.all().targets().toLongArray()))
                .sorted()
                .toArray();
        assertThat(all).containsExactly(LongStream.range(0, 200).toArray());
    }

    @Test
    void fractionsRoundDownAndTheRestGoesToTheFirst() {
        assertThat(sizes(Splits.byFraction(numbers(569), new Rng(0), 0.8, 0.2))).containsExactly(456, 113);
        assertThat(sizes(Splits.byFraction(numbers(10), new Rng(0), 0.7, 0.2, 0.1)))
                .containsExactly(7, 2, 1);
        assertThat(sizes(Splits.byFraction(numbers(5), new Rng(0), 1.0 / 3, 1.0 / 3, 1.0 / 3)))
                .containsExactly(2, 2, 1);
    }

    @Test
    void aSeedFixesTheSplit() {
        long[] first =
                Splits.byFraction(numbers(50), new Rng(1), 0.5, 0.5).get(0).indices();

        assertThat(Splits.byFraction(numbers(50), new Rng(1), 0.5, 0.5).get(0).indices())
                .containsExactly(first);
        assertThat(Splits.byFraction(numbers(50), new Rng(2), 0.5, 0.5).get(0).indices())
                .isNotEqualTo(first);
    }

    @Test
    void subsetsKeepTheirOrder() {
        Subset subset = new Subset(numbers(10), 7, 3, 5);

        assertThat(subset.get(2, 0).targets().toLongArray()).containsExactly(5, 7);
        assertThat(subset).hasToString("Subset(3 of 10: [7, 3, 5])");
        assertThatThrownBy(() -> subset.get(3))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("Subset: expected indices in [0, 3); got 3.");
    }

    @Test
    void sharesMustAddUp() {
        assertThatThrownBy(() -> Splits.byFraction(numbers(10), new Rng(0), 0.8))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("byFraction: expected shares of at least 0 with sum 1; got [0.8] with sum 0.8. "
                        + "Name the share of every part, the last one too.");
        assertThatThrownBy(() -> Splits.bySize(numbers(10), new Rng(0), 8, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("bySize: expected sizes of at least 0 with sum 10, the number of samples; got [8, 3] with "
                        + "sum 11. Name the size of every part, the last one too.");
    }
}
