package org.ndgrad.nn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.GradMode;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;

/** Threads that prepare batches. */
class PrefetchTest {

    private static final Dataset<Tensor> ROWS = Dataset.of(Tensor.arange(200));

    private static DataLoaderOptions workers(int count) {
        return DataLoaderOptions.defaults().withWorkers(count);
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("ndgrad-data"))
                .count();
    }

    private static void assertThreadsEnd() throws InterruptedException {
        for (int i = 0; i < 100 && threads() > 0; i++) {
            Thread.sleep(20);
        }
        assertThat(threads()).isZero();
    }

    @Test
    void keepsTheOrder() {
        Dataset<Tensor> slow = ROWS.map(
                (x, rng) -> {
                    LockSupport.parkNanos(rng.nextInt(200_000));
                    return x;
                },
                0);

        assertThat(new DataLoader<>(slow, 3, workers(4)))
                .flatExtracting(
                        batch -> LongStream.of(batch.toLongArray()).boxed().toList())
                .containsExactlyElementsOf(LongStream.range(0, 200).boxed().toList());
    }

    @Test
    void preparesOnlyAFewAhead() throws InterruptedException {
        AtomicInteger calls = new AtomicInteger();
        Iterator<Tensor> batches = new DataLoader<>(
                        ROWS.map(x -> {
                            calls.incrementAndGet();
                            return x;
                        }),
                        1,
                        workers(2))
                .iterator();

        assertThat(calls).hasValue(0);
        batches.next();
        assertThreadsEnd();
        assertThat(calls).hasValueBetween(1, 4);
        assertThat(batches.next().item()).isEqualTo(1);
    }

    @Test
    void threadsEndWhenIterationsDo() throws InterruptedException {
        DataLoader<Tensor> loader = new DataLoader<>(ROWS, 7, workers(3));
        loader.forEach(batch -> {});
        for (int i = 0; i < 20; i++) {
            loader.iterator().next();
        }

        assertThreadsEnd();
    }

    @Test
    void failuresComeWithTheIndexAndTheCause() {
        Dataset<Tensor> broken = ROWS.map(x -> Tensor.of(100 / ((long) x.item() - 5)));

        for (int count = 0; count < 3; count++) {
            Iterator<Tensor> batches = new DataLoader<>(broken, 2, workers(count)).iterator();
            batches.next();
            batches.next();

            assertThatThrownBy(batches::next)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("expected sample 5; got java.lang.ArithmeticException: / by zero.")
                    .hasCauseInstanceOf(ArithmeticException.class);
            assertThat(batches.next().shape()).containsExactly(2);
        }
    }

    @Test
    void failuresOfWholeBatchesNameTheirSamples() {
        DataLoader<Tensor> collating = new DataLoader<>(
                ROWS,
                2,
                samples -> {
                    throw new UnsupportedOperationException("not yet");
                },
                workers(1));

        assertThatThrownBy(() -> collating.iterator().next())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "DataLoader: expected a batch of the samples [0, 1]; got"
                                + " java.lang.UnsupportedOperationException: not yet. Mend the data set or the collate function.")
                .hasCauseInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void errorsAreThrownAsTheyAre() {
        Dataset<Tensor> broken = ROWS.map(x -> {
            throw new StackOverflowError("deep");
        });

        assertThatThrownBy(
                        () -> new DataLoader<>(broken, 2, workers(1)).iterator().next())
                .isInstanceOf(StackOverflowError.class)
                .hasMessage("deep");
    }

    @Test
    void recordsAsTheThreadThatIterates() {
        Dataset<Boolean> modes = ROWS.map(x -> GradMode.isEnabled());

        boolean off = Autograd.noGrad(() -> mode(modes));

        assertThat(off).isFalse();
        assertThat(mode(modes)).isTrue();
    }

    private static boolean mode(Dataset<Boolean> modes) {
        return new DataLoader<Boolean>(modes, 1, each -> each.get(0), workers(1))
                .iterator()
                .next();
    }

    @Test
    void anInterruptEndsTheWait() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        Dataset<Tensor> stuck = ROWS.map(x -> {
            try {
                never.await(5, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return x;
        });
        Thread.currentThread().interrupt();

        assertThatThrownBy(
                        () -> new DataLoader<>(stuck, 1, workers(1)).iterator().next())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("DataLoader: expected to wait for a batch; got an interrupt");

        assertThat(Thread.interrupted()).isTrue();
        assertThreadsEnd();
    }

    @Test
    void streamsAreReadByOneThread() {
        IterableDataset<Tensor> stream =
                () -> LongStream.range(0, 10).mapToObj(Tensor::of).iterator();
        DataLoader<Tensor> loader = new DataLoader<>(stream.map(x -> x.mul(2)), 4, workers(3));

        assertThat(loader)
                .extracting(batch -> batch.toLongArray().length, batch ->
                        (long) batch.sum().item())
                .containsExactly(tuple(4, 12L), tuple(4, 44L), tuple(2, 34L));
        assertThat(new DataLoader<>(stream, 4, workers(1).withDropLast(true))).hasSize(2);
        assertThat(new DataLoader<>((IterableDataset<Tensor>) List.<Tensor>of()::iterator, 4))
                .isEmpty();
    }

    @Test
    void endlessStreamsHaveNoCount() {
        IterableDataset<Tensor> endless =
                () -> LongStream.iterate(0, i -> i + 1).mapToObj(Tensor::of).iterator();
        DataLoader<Tensor> loader = new DataLoader<>(endless, 4);

        assertThat(loader.iterator().next().toLongArray()).containsExactly(0, 1, 2, 3);
        assertThat(loader).hasToString("DataLoader(stream, batchSize=4, " + DataLoaderOptions.defaults() + ")");
        assertThatThrownBy(loader::batches)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("DataLoader.batches: expected a data set, which has a size; got a stream."
                        + " Count while iterating.");
        assertThatThrownBy(() -> new DataLoader<>(endless, 4, workers(0).withShuffle(new Rng(0))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected a stream in its own order; got ");
    }

    @Test
    void failuresOfStreamsAreNamed() {
        IterableDataset<Tensor> broken = () ->
                LongStream.range(0, 9).mapToObj(i -> Tensor.of(60 / (5 - i))).iterator();
        Iterator<Tensor> batches = new DataLoader<>(broken, 4).iterator();
        batches.next();

        assertThatThrownBy(batches::next)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("DataLoader: expected sample 5 of the stream; got java.lang.ArithmeticException: / by zero."
                        + " Mend the stream.");
        assertThatThrownBy(() -> new DataLoader<>(
                                (IterableDataset<Tensor>) () -> LongStream.range(1, 4)
                                        .mapToObj(Tensor::zeros)
                                        .iterator(),
                                4)
                        .iterator()
                        .next())
                .hasMessageContaining("got (1) in sample 0 of the batch and (2) in sample 1 of the batch.");
    }

    @Test
    void anEpochEnds() {
        Iterator<Tensor> batches = new DataLoader<>(ROWS, 200, workers(1)).iterator();
        batches.next();

        assertThat(batches.hasNext()).isFalse();
        assertThatThrownBy(batches::next).isInstanceOf(NoSuchElementException.class);
    }
}
