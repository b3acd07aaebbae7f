package org.ndgrad.nn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;

/** A loader goes on where another one stood. */
class LoaderPositionTest {

    private static final Dataset<Tensor> ROWS =
            Dataset.of(Tensor.arange(10)).map((x, rng) -> x.add(rng.nextDouble()), 5);

    private static DataLoaderOptions shuffle() {
        return DataLoaderOptions.defaults().withShuffle(new Rng(3));
    }

    static Stream<Arguments> loaders() {
        return Stream.of(
                loader("in order", () -> new DataLoader<>(ROWS, 3)),
                loader("shuffled", () -> new DataLoader<>(ROWS, 3, shuffle())),
                loader(
                        "with a worker",
                        () -> new DataLoader<>(ROWS, 3, shuffle().withWorkers(1))),
                loader(
                        "with three workers and no rest",
                        () -> new DataLoader<>(ROWS, 3, shuffle().withWorkers(3).withDropLast(true))),
                loader(
                        "with replacement",
                        () -> new DataLoader<>(
                                ROWS,
                                3,
                                DataLoaderOptions.defaults()
                                        .withSampler(RandomSampler.withReplacement(10, 20), new Rng(4)))),
                loader("of a stream", () -> new DataLoader<>(stream(10), 3)),
                loader(
                        "of a stream, read ahead",
                        () -> new DataLoader<>(
                                stream(10), 3, DataLoaderOptions.defaults().withWorkers(2))));
    }

    private static Arguments loader(String name, Supplier<DataLoader<Tensor>> made) {
        return Arguments.of(name, made);
    }

    private static IterableDataset<Tensor> stream(int size) {
        return () -> LongStream.range(0, size).mapToObj(Tensor::of).iterator();
    }

    private static List<List<Double>> rest(DataLoader<Tensor> loader, Iterator<Tensor> batches) {
        List<List<Double>> rest = new ArrayList<>();
        batches.forEachRemaining(batch -> rest.add(numbers(batch)));
        for (int epoch = 0; epoch < 2; epoch++) {
            loader.forEach(batch -> rest.add(numbers(batch)));
        }
        return rest;
    }

    private static List<Double> numbers(Tensor x) {
        return DoubleStream.of(x.toDoubleArray()).boxed().toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("loaders")
    void goesOnInTheMiddleOfAnEpoch(String name, Supplier<DataLoader<Tensor>> made) {
        for (int handedOut = 0; handedOut <= 3; handedOut++) {
            DataLoader<Tensor> one = made.get();
            one.forEach(batch -> {});
            Iterator<Tensor> batches = one.iterator();
            for (int i = 0; i < handedOut; i++) {
                batches.next();
            }
            Map<String, Object> state = one.stateDict();
            List<List<Double>> expected = rest(one, batches);

            DataLoader<Tensor> other = made.get();
            other.load(state);

            assertThat(other.stateDict().toString()).isEqualTo(state.toString());
            assertThat(rest(other, other.iterator())).isEqualTo(expected);
            assertThat(other.epoch()).isEqualTo(one.epoch());
        }
    }

    @Test
    void leavingAnEpochEarlyEndsIt() {
        DataLoader<Tensor> loader = new DataLoader<>(ROWS, 3, shuffle());
        DataLoader<Tensor> other = new DataLoader<>(ROWS, 3, shuffle());

        loader.iterator().next();
        other.forEach(batch -> {});

        assertThat(numbers(loader.iterator().next()))
                .isEqualTo(numbers(other.iterator().next()));
        assertThat(loader.epoch()).isEqualTo(1);
    }

    @Test
    void betweenEpochsTheStateIsSmall() {
        DataLoader<Tensor> loader = new DataLoader<>(ROWS, 3, shuffle());
        loader.forEach(batch -> {});

        assertThat(loader.stateDict())
                .containsEntry("epoch", 1L)
                .containsEntry("batch", 0L)
                .containsEntry("rng", Map.of("seed", 3L, "position", 10L))
                .doesNotContainKey("order");
    }

    @Test
    void statesOfOtherLoadersAreRefused() {
        DataLoader<Tensor> loader = new DataLoader<>(ROWS, 3, shuffle());
        Iterator<Tensor> batches = loader.iterator();
        batches.next();
        Map<String, Object> good = loader.stateDict();

        refused(new DataLoader<>(ROWS, 4, shuffle()), good, "batches of the same size, 4; got 3.");
        refused(new DataLoader<>(new Subset<>(ROWS, 1), 3, shuffle()), good, "the same number of samples, 1; got 10.");
        refused(new DataLoader<>(ROWS, 3), good, "and maybe order; got 'rng'.");
        refused(
                new DataLoader<>(ROWS, 3, Shuffle.YES),
                good,
                "got 'rng'. Load the state of a loader that shuffles in the same way.");
        refused(
                loader,
                with(good, "order", Tensor.of(10L).reshape(1)),
                "expected indices in [0, 10) in 'order'; got 10.");
        refused(loader, with(good, "order", Tensor.of(1.0)), "expected int64 indices (N) as 'order'; got float32 ().");
        refused(loader, with(good, "batch", 5), "expected at most 4 batches handed out; got 5.");
        refused(loader, with(good, "batch", -1), "expected 'batch' of at least 0; got -1.");
        refused(loader, with(good, "epoch", 0.5), "expected a whole number as 'epoch'; got 0.5.");
        refused(loader, with(good, "rng", 1), "expected the state of the generator as 'rng'; got 1.");
        refused(loader, Map.of(), "expected a whole number as 'batch_size'; got null.");
        Map<String, Object> drawn = new LinkedHashMap<>(good);
        drawn.remove("order");
        refused(loader, drawn, "expected the state of a loader that shuffles; got one that does not.");
        assertThat(loader.stateDict().toString()).isEqualTo(good.toString());
    }

    private static Map<String, Object> with(Map<String, Object> state, String name, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(state);
        changed.put(name, value);
        return changed;
    }

    private static void refused(DataLoader<Tensor> loader, Map<String, Object> state, String message) {
        assertThatThrownBy(() -> loader.load(state))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("DataLoader.load: expected ")
                .hasMessageContaining(message);
    }

    @Test
    void aGeneratorOfUnknownStateIsRefused() {
        DataLoader<Tensor> loader = new DataLoader<>(ROWS, 3, new Random(1));

        assertThatThrownBy(loader::stateDict)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("DataLoader.stateDict: expected a generator whose state can be saved; got java.util.Random."
                        + " Use new Rng(seed).");
    }

    @Test
    void aStreamThatHasBecomeShorterIsRefused() {
        DataLoader<Tensor> loader = new DataLoader<>(stream(4), 3);
        loader.load(Map.of("epoch", 0, "batch", 2, "batch_size", 3));

        assertThatThrownBy(loader::iterator)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("DataLoader: expected a stream of at least 6 samples, where it stood; got the end before."
                        + " Load the state with the same data.");
    }
}
