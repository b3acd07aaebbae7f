package org.ndgrad.nn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.GroupNorm;
import org.ndgrad.nn.LocalResponseNorm;
import org.ndgrad.nn.PackedSequence;
import org.ndgrad.nn.SequenceOptions;

/** Sizes of 2³¹ and more give a result or words. */
class LargeSizesTest {

    private static final long LARGE = 1L << 33;

    /** Samples that are their numbers. */
    private record Numbers(long size) implements Dataset<Long> {
        @Override
        public Long get(long index) {
            return index;
        }
    }

    private static DataLoader<List<Long>> loader(long size, int batchSize) {
        return new DataLoader<>(new Numbers(size), batchSize, List::copyOf, DataLoaderOptions.defaults());
    }

    static Stream<Arguments> tooLarge() {
        Dataset<Long> large = new Numbers(LARGE);
        var all = IntStream.range(0, 50_000).mapToObj(String::valueOf).toList();
        Tensor padded = Tensor.zeros(2, 2, 1);
        return Stream.of(
                row(
                        "bySize: expected sizes of at least 0 with sum 8589934592",
                        () -> Splits.bySize(large, new Rng(0), Long.MAX_VALUE, Long.MAX_VALUE, LARGE + 2)),
                row("inOrder: expected fewer than 2^31 numbers", () -> Splits.inOrder(large, 0.5, 0.5)),
                row("timeSeries: expected fewer than 2^31 numbers", () -> Splits.timeSeries(large, 2)),
                row(
                        "DataLoader.batches: expected fewer than 2^31 batches; got 8589934592.",
                        () -> loader(LARGE, 1).batches()),
                row(
                        "ConcatDataset: expected fewer than 2^63 samples in all",
                        () -> new ConcatDataset<>(List.of(new Numbers(Long.MAX_VALUE), large)).size()),
                row(
                        "RandomSampler: expected fewer than 2^31 numbers",
                        () -> RandomSampler.withReplacement(3, LARGE).sample(new Rng(0))),
                row(
                        "SequentialSampler: expected fewer than 2^31 numbers",
                        () -> new SequentialSampler(LARGE).sample(new Rng(0))),
                row(
                        "OneHotEncoder.transform: expected fewer than 2^31 numbers",
                        () -> OneHotEncoder.fit(List.of(all)).transform(List.of(all))),
                row(
                        "blobs: expected fewer than 2^31 numbers",
                        () -> Synthetic.blobs(
                                new Rng(0), 1 << 30, 1, new double[2], new double[2], new double[2], new double[2])),
                row(
                        "gaussianPair: expected fewer than 2^31 numbers",
                        () -> Synthetic.gaussianPair(new Rng(0), Integer.MAX_VALUE, 0.5, new double[2], new double[2])),
                row("moons: expected fewer than 2^31 numbers", () -> Synthetic.moons(new Rng(0), Integer.MAX_VALUE, 0)),
                row(
                        "circles: expected fewer than 2^31 numbers",
                        () -> Synthetic.circles(new Rng(0), Integer.MAX_VALUE, 0, 0.5)),
                row("spirals: expected fewer than 2^31 numbers", () -> Synthetic.spirals(new Rng(0), 1 << 30, 0, 4)),
                row("xor: expected fewer than 2^31 numbers", () -> Synthetic.xor(new Rng(0), Integer.MAX_VALUE)),
                row(
                        "GroupNorm: expected fewer than 2^31 groups; got 8589934592.",
                        () -> new GroupNorm(LARGE, 2 * LARGE)),
                row("LocalResponseNorm: expected fewer than 2^31 neighbors", () -> new LocalResponseNorm(LARGE)),
                row(
                        "unpack: expected fewer than 2^31 numbers",
                        () -> PackedSequence.pack(padded, 2, 1)
                                .unpack(SequenceOptions.defaults().withTotalLength(LARGE + 2))),
                row(
                        "unpack: expected fewer than 2^31 numbers",
                        () -> PackedSequence.pack(padded, 2, 1)
                                .unpack(SequenceOptions.defaults().withTotalLength(Integer.MAX_VALUE))));
    }

    private static Arguments row(String message, ThrowingCallable call) {
        return Arguments.of(message, call);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tooLarge")
    void isRefusedInWords(String message, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfAny(IllegalArgumentException.class, IllegalStateException.class)
                .hasMessageStartingWith(message)
                .hasMessageMatching("(?s).*; got .*\\. .+\\.");
    }

    @Test
    void loaderGoesThroughMoreSamplesThanAnArrayHolds() {
        DataLoader<List<Long>> loader = loader(LARGE, 1000);

        assertThat(loader.batches()).isEqualTo(8_589_935);
        assertThat(loader.iterator().next()).startsWith(0L, 1L).hasSize(1000);
    }

    @Test
    void replacementDrawsWhatTheGeneratorGives() {
        long[] drawn = RandomSampler.withReplacement(LARGE, 1000).sample(new Rng(7));

        assertThat(drawn).isEqualTo(new Rng(7).longs(1000, 0, LARGE).toArray());
        assertThat(Arrays.stream(drawn).max().orElse(0)).isGreaterThan(Integer.MAX_VALUE);
    }
}
