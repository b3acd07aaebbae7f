package org.ndgrad.nn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;

class SamplersTest {

    private static final long[] TEN = LongStream.range(0, 10).toArray();

    private static long count(long[] drawn, long index) {
        return Arrays.stream(drawn).filter(each -> each == index).count();
    }

    @Test
    void sequentialAndRandomSamplesMeetEachOnce() {
        assertThat(new SequentialSampler(10).sample(new Rng(0))).containsExactly(TEN);
        assertThat(new RandomSampler(10).sample(new Rng(0)))
                .containsExactlyInAnyOrder(TEN)
                .isNotEqualTo(TEN)
                .isEqualTo(new RandomSampler(10).sample(new Rng(0)));
    }

    @Test
    void withReplacementEachIsAnyOne() {
        long[] drawn = RandomSampler.withReplacement(4, 20_000).sample(new Rng(0));

        for (int i = 0; i < 4; i++) {
            assertThat((double) count(drawn, i)).isCloseTo(5000, within(250.0));
        }
    }

    @Test
    void weightsAreProbabilities() {
        double[] weights = {1e308, 0, 3e307, 7e307, 0};
        long[] drawn = new WeightedRandomSampler(weights, 20_000).sample(new Rng(1));

        for (int i = 0; i < weights.length; i++) {
            assertThat((double) count(drawn, i)).isCloseTo(weights[i] / 1e308 * 10_000, within(250.0));
        }
        assertThat(new WeightedRandomSampler(new double[] {0, Double.MIN_VALUE, 0}, 50).sample(new Rng(1)))
                .hasSize(50)
                .containsOnly(1);
    }

    @Test
    void withoutReplacementNoneComesTwice() {
        double[] weights = {1, 0, 1e-320, 8};
        WeightedRandomSampler sampler = WeightedRandomSampler.withoutReplacement(weights, 3);
        Rng rng = new Rng(2);
        int first = 0;
        for (int i = 0; i < 9000; i++) {
            long[] drawn = sampler.sample(rng);
            assertThat(drawn[2]).isEqualTo(2);
            first += drawn[0] == 0 ? 1 : 0;
        }

        assertThat(first).isBetween(900, 1100);
    }

    @Test
    void weightsThatAreNoneAreRefused() {
        refused(new double[] {1, Double.NaN}, 1, "expected finite weights of at least 0; got NaN at index 1.");
        refused(new double[] {Double.POSITIVE_INFINITY}, 1, "got Infinity at index 0.");
        refused(new double[] {-1, 2}, 1, "got -1.0 at index 0. Use 0 for a sample that is not to be drawn.");
        refused(new double[] {0, 0}, 1, "expected a weight above 0; got 2 weights, none of them.");
        refused(new double[] {}, 1, "expected a weight above 0; got 0 weights, none of them.");
        refused(new double[] {1}, -1, "expected a count from 0 to 2147483647; got -1.");
        assertThatThrownBy(() -> WeightedRandomSampler.withoutReplacement(new double[] {1, 0, 2}, 3))
                .hasMessageContaining(
                        "a count from 0 to 2, the number of weights above 0, without replacement; got 3.");
    }

    private static void refused(double[] weights, long count, String message) {
        assertThatThrownBy(() -> new WeightedRandomSampler(weights, count))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("WeightedRandomSampler: expected ")
                .hasMessageContaining(message);
    }

    @Test
    void sizesThatAreNoneAreRefused() {
        assertThatThrownBy(() -> new SequentialSampler(-1))
                .hasMessage("SequentialSampler: expected a size of at least 0; got -1. Give the data set's.");
        assertThatThrownBy(() -> new RandomSampler(-1))
                .hasMessage("RandomSampler: expected a size of at least 0; got -1. Give the data set's.");
        assertThatThrownBy(() -> RandomSampler.withReplacement(0, 1))
                .hasMessage("RandomSampler: expected at least one sample to draw from, and a count of at least 0; got 0"
                        + " and 1. Give the data set's size.");
    }

    @Test
    void stratifiedBatchesHaveTheirShareOfEachClass() {
        long[] labels =
                LongStream.range(0, 300).map(i -> i < 200 ? 0 : i < 290 ? 1 : 2).toArray();
        long[] order = new StratifiedSampler(Tensor.of(labels)).sample(new Rng(0));

        assertThat(order).doesNotHaveDuplicates().hasSize(300);
        for (int from = 0; from < 300; from += 30) {
            long[] batch = Arrays.stream(order, from, from + 30)
                    .map(i -> labels[(int) i])
                    .toArray();
            assertThat(count(batch, 0)).isBetween(19L, 21L);
            assertThat(count(batch, 1)).isBetween(8L, 10L);
            assertThat(count(batch, 2)).isBetween(0L, 2L);
        }
    }

    @Test
    void equalClassesAreEqualInEveryBatch() {
        long[] labels = LongStream.range(0, 30).map(i -> i / 10).toArray();
        Rng rng = new Rng(0);
        StratifiedSampler sampler = new StratifiedSampler(Tensor.of(labels));
        long[] order = sampler.sample(rng);

        for (int from = 0; from < 30; from += 6) {
            assertThat(Arrays.stream(order, from, from + 6).map(i -> labels[(int) i]))
                    .containsExactlyInAnyOrder(0L, 0L, 1L, 1L, 2L, 2L);
        }
        assertThat(sampler.sample(rng)).isNotEqualTo(order);
        assertThatThrownBy(() -> new StratifiedSampler(Tensor.of(1.0, 2.5)))
                .hasMessage(
                        "StratifiedSampler: expected a class for each sample, a whole number; got 2.5. Measured numbers"
                                + " are no classes.");
        assertThatThrownBy(() -> new StratifiedSampler(Tensor.of(new double[][] {{1, 0}, {0.5, 0.5}})))
                .hasMessage(
                        "StratifiedSampler: expected a class for each sample, as a one-hot row; got [0.5, 0.5]. Of scores,"
                                + " take argmax(1).");
        assertThatThrownBy(() -> new StratifiedSampler(Tensor.zeros(2, 1, 1)))
                .hasMessage(
                        "StratifiedSampler: expected a class for each sample, whole numbers of shape (N) or (N, 1), or"
                                + " one-hot rows; got float32 (2, 1, 1). Convert or reshape them.");
    }
}
