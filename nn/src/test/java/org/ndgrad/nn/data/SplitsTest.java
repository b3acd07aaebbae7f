package org.ndgrad.nn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;

class SplitsTest {

    private static TensorDataset numbers(long count) {
        return new TensorDataset(Tensor.arange(count), Tensor.arange(count));
    }

    private static long[] sizes(List<Subset<Batch>> parts) {
        return parts.stream().mapToLong(Subset::size).toArray();
    }

    @Test
    void partsShareNoSampleAndMissNone() {
        List<Subset<Batch>> parts = Splits.bySize(numbers(200), new Rng(0), 141, 29, 30);

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
        Subset<Batch> subset = new Subset<>(numbers(10), 7, 3, 5);

        assertThat(subset.batch(2, 0).targets().toLongArray()).containsExactly(5, 7);
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

    private static long[] targets(Subset<Batch> part) {
        return part.all().targets().toLongArray();
    }

    @Test
    void inOrderTheFirstPartIsTheFirst() {
        List<Subset<Batch>> parts = Splits.inOrder(numbers(10), 0.5, 0.25, 0.25);

        assertThat(targets(parts.get(0))).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(targets(parts.get(1))).containsExactly(6, 7);
        assertThat(targets(parts.get(2))).containsExactly(8, 9);
    }

    @Test
    void stratifiedPartsHaveTheirShareOfEachClass() {
        Tensor labels = Tensor.of(
                LongStream.range(0, 103).map(i -> i < 61 ? 7 : i < 93 ? 2 : 5).toArray());
        Dataset<Batch> data = new TensorDataset(Tensor.arange(103), labels);

        List<Subset<Batch>> parts = Splits.stratified(data, labels, new Rng(0), 0.7, 0.2, 0.1);

        assertThat(parts.stream().flatMapToLong(part -> LongStream.of(part.indices())))
                .doesNotHaveDuplicates()
                .hasSize(103);
        double[] shares = {0.7, 0.2, 0.1};
        for (int i = 0; i < 3; i++) {
            assertThat((double) parts.get(i).size()).isCloseTo(shares[i] * 103, within(1.0));
            for (long label : new long[] {7, 2, 5}) {
                double members = label == 7 ? 61 : label == 2 ? 32 : 10;
                double count = LongStream.of(targets(parts.get(i)))
                        .filter(each -> each == label)
                        .count();
                assertThat(count).isCloseTo(shares[i] * members, within(1.0));
            }
        }
        for (Tensor same : new Tensor[] {
            labels, labels.to(DataType.FLOAT), labels.to(DataType.FLOAT).reshape(103, 1)
        }) {
            assertThat(Splits.stratified(data, same, new Rng(0), 0.7, 0.2, 0.1)
                            .get(0)
                            .indices())
                    .isEqualTo(parts.get(0).indices());
        }
    }

    @Test
    void oneHotRowsAreClasses() {
        Tensor labels = Tensor.of(LongStream.range(0, 30).map(i -> i % 3).toArray());
        Tensor rows = labels.oneHot(3).to(DataType.FLOAT);
        Dataset<Batch> data = new TensorDataset(Tensor.arange(30), labels);

        assertThat(Splits.stratified(data, rows, new Rng(0), 0.5, 0.5).get(0).indices())
                .isEqualTo(Splits.stratified(data, labels, new Rng(0), 0.5, 0.5)
                        .get(0)
                        .indices());
    }

    @Test
    void foldsValidateWithEachSampleOnce() {
        Tensor labels = Tensor.of(LongStream.range(0, 11).map(i -> i % 2).toArray());
        for (List<Fold<Batch>> folds : List.of(
                Splits.kFold(numbers(11), new Rng(0), 4), Splits.stratifiedKFold(numbers(11), labels, new Rng(0), 4))) {
            assertThat(folds).hasSize(4);
            assertThat(folds.stream().flatMapToLong(fold -> LongStream.of(targets(fold.validation()))))
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.range(0, 11).boxed().toList());
            assertThat(folds).allSatisfy(fold -> {
                assertThat(fold.validation().size()).isBetween(2L, 3L);
                assertThat(LongStream.concat(
                                LongStream.of(targets(fold.train())), LongStream.of(targets(fold.validation()))))
                        .containsExactlyInAnyOrderElementsOf(
                                LongStream.range(0, 11).boxed().toList());
            });
        }
    }

    /** As in scikit-learn's documentation of TimeSeriesSplit, for six samples. */
    @Test
    void timeSeriesValidateWithWhatComesAfter() {
        List<Fold<Batch>> folds = Splits.timeSeries(numbers(6), 3);

        assertThat(folds.stream().map(fold -> fold.train().indices()))
                .containsExactly(new long[] {0, 1, 2}, new long[] {0, 1, 2, 3}, new long[] {0, 1, 2, 3, 4});
        assertThat(folds.stream().map(fold -> fold.validation().indices()))
                .containsExactly(new long[] {3}, new long[] {4}, new long[] {5});
    }

    @Test
    void splitsThatCannotBeAreRefused() {
        Tensor labels = Tensor.of(0, 0, 1);
        refused(
                () -> Splits.stratified(numbers(3), labels, new Rng(0), 0.5, 0.5),
                "stratified: expected at least 2 samples of each class, one for each part; got 1 of class 1. Leave the"
                        + " class out, or make fewer parts.");
        refused(
                () -> Splits.stratified(numbers(4), labels, new Rng(0), 1),
                "stratified: expected a label for each of 4 samples; got 3. Give those of this data set.");
        refused(
                () -> Splits.stratified(numbers(3), labels, new Rng(0), Double.NaN),
                "stratified: expected shares of at least 0 with sum 1; got [NaN] with sum NaN."
                        + " Name the share of every part, the last one too.");
        refused(
                () -> Splits.kFold(numbers(3), new Rng(0), 4),
                "kFold: expected from 2 to 3 folds, the number of samples; got 4. Choose a number between.");
        refused(
                () -> Splits.timeSeries(numbers(3), 3),
                "timeSeries: expected from 1 to 2 folds, one less than there are samples; got 3. Choose a number between.");
    }

    private static void refused(ThrowingCallable split, String message) {
        assertThatThrownBy(split).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }
}
