package org.ndgrad.nn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;

class StackingTest {

    /** A data set of five samples. */
    private static <T> Dataset<T> five(LongFunction<T> samples) {
        return new Dataset<>() {
            @Override
            public long size() {
                return 5;
            }

            @Override
            public T get(long index) {
                return samples.apply(index);
            }
        };
    }

    private record Clip(Tensor sound, Map<String, Tensor> marks) {}

    private record Counted(Tensor sound, long label) {}

    private record Loose(Tensor sound, Object label) {}

    private record Narrow(Tensor sound) {
        Narrow {
            if (sound.ndim() > 1) {
                throw new IllegalArgumentException("a sound is a row");
            }
        }
    }

    @Test
    void tensorsAreStacked() {
        Tensor batch = five(i -> Tensor.full(DataType.FLOAT, i, 2)).batch(4, 0);

        assertThat(batch.shape()).containsExactly(2, 2);
        assertThat(batch.toDoubleArray()).containsExactly(4, 4, 0, 0);
    }

    @Test
    void batchesAreConcatenated() {
        Dataset<Batch> data = new TensorDataset(Tensor.arange(10).reshape(5, 2), Tensor.arange(5));

        Batch batch = data.map(each -> new Batch(each.features().mul(2), each.targets()))
                .batch(1, 3);

        assertThat(data.get(3).features().shape()).containsExactly(1, 2);
        assertThat(batch.features().toLongArray()).containsExactly(4, 6, 12, 14);
        assertThat(batch.targets().toLongArray()).containsExactly(1, 3);
    }

    @Test
    void listsMapsArraysAndRecordsAreStackedPartByPart() {
        Clip clip = five(i -> new Clip(Tensor.full(DataType.FLOAT, i, 3), Map.of("start", Tensor.of(i))))
                .batch(1, 2);
        List<Tensor> list = five(i -> List.of(Tensor.of(i), Tensor.zeros(2))).batch(1, 2);
        Tensor[] array = five(i -> new Tensor[] {Tensor.of(i)}).batch(3, 4);

        assertThat(clip.sound().shape()).containsExactly(2, 3);
        assertThat(clip.marks().get("start").toLongArray()).containsExactly(1, 2);
        assertThat(list.get(0).toLongArray()).containsExactly(1, 2);
        assertThat(list.get(1).shape()).containsExactly(2, 2);
        assertThat(array[0].toLongArray()).containsExactly(3, 4);
    }

    @Test
    void numbersBecomeTensorsWhereTheTypeAllowsIt() {
        Map<String, Object> map = five(i ->
                        Map.<String, Object>of("x", Tensor.of(i), "y", i, "z", i / 2.0, "even", i % 2 == 0))
                .batch(3, 4);
        Loose loose = five(i -> new Loose(Tensor.of(i), (int) i)).batch(2, 1);

        assertThat(((Tensor) map.get("y")).toLongArray()).containsExactly(3, 4);
        assertThat(((Tensor) map.get("z")).toDoubleArray()).containsExactly(1.5, 2);
        assertThat(((Tensor) map.get("even")).dtype()).isEqualTo(DataType.BOOL);
        assertThat(((Tensor) loose.label()).toLongArray()).containsExactly(2, 1);
        assertThatThrownBy(() -> five(i -> new Counted(Tensor.of(i), i)).batch(2, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "Dataset.batch: expected what a tensor of many can stand for; got Long at .label in sample 2."
                                + " Make it a tensor, or pass a collate function to the DataLoader.");
        assertThatThrownBy(() -> five(i -> i).batch(2, 1)).hasMessageContaining("got Long in sample 2.");
        assertThatThrownBy(() -> five(i -> List.of(i)).batch(2, 1))
                .hasMessageContaining("got Long at [0] in sample 2.");
        assertThatThrownBy(() -> five(i -> new long[] {i}).batch(2, 1))
                .hasMessageContaining("got Long at [0] in sample 2.");
        assertThatThrownBy(() -> five(i -> "text").batch(2, 1))
                .hasMessageContaining(
                        "expected tensors, lists, maps, arrays or records of such; got String in sample 2.");
    }

    @Test
    void samplesThatDifferAreNamed() {
        assertThatThrownBy(() -> five(i -> Tensor.zeros(3, i == 3 ? 4 : 2)).batch(1, 2, 3))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "Dataset.batch: expected samples of one shape; got (3, 2) in sample 1 and (3, 4) in sample 3."
                                + " Make them alike with map, or pass a collate function to the DataLoader.");
        assertThatThrownBy(() -> five(i -> Tensor.zeros(i == 3 ? DataType.INT64 : DataType.FLOAT, 2))
                        .batch(1, 3))
                .hasMessageContaining("of one dtype; got float32 in sample 1 and int64 in sample 3.");
        assertThatThrownBy(() ->
                        five(i -> i == 3 ? List.of(Tensor.of(1)) : List.of()).batch(1, 3))
                .hasMessageContaining("of one length; got 0 in sample 1 and 1 in sample 3.");
        assertThatThrownBy(() -> five(i -> Map.of("k" + i, Tensor.of(1))).batch(1, 3))
                .hasMessageContaining("of one set of keys; got [k1] in sample 1 and [k3] in sample 3.");
        assertThatThrownBy(() -> five(i -> i == 3 ? (Object) "x" : Tensor.of(1)).batch(1, 3))
                .hasMessageContaining("of one class; got Tensor in sample 1 and String in sample 3.");
        assertThatThrownBy(() -> five(i -> new Batch(Tensor.zeros(1, i), Tensor.zeros(1)))
                        .batch(1, 3))
                .hasMessageContaining("of one shape at .features; got (1, 1) in sample 1 and (1, 3) in sample 3.");
    }

    @Test
    void whatCannotBeFetchedIsNamed() {
        assertThatThrownBy(() -> five(i -> Tensor.of(6 / (i - 3))).batch(1, 3))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Dataset: expected sample 3; got java.lang.ArithmeticException: / by zero."
                        + " Mend it, or leave it out with a Subset.")
                .hasCauseInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> five(i -> Arrays.asList(Tensor.of(1), i == 3 ? null : Tensor.of(1)))
                        .batch(1, 3))
                .hasMessage("Dataset.batch: expected a value at [1]; got null in sample 3. Give one in every sample.");
        assertThatThrownBy(() -> StackingTest.<Tensor>five(i -> null).batch(1))
                .hasMessageContaining("got null in sample 1");
        assertThatThrownBy(() -> five(i -> Tensor.of(i)).batch(5)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> five(i -> Tensor.of(i)).batch())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Dataset.batch: expected at least one index; got none. Name some.");
        assertThatThrownBy(() -> five(i -> new Narrow(Tensor.zeros(2))).batch(1, 3))
                .hasMessageStartingWith("Dataset.batch: expected that a Narrow can hold what is stacked of several; got"
                        + " java.lang.IllegalArgumentException: a sound is a row.");
    }
}
