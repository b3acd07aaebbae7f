package org.ndgrad.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

class RngTest {

    @Test
    void theSameSeedGivesTheSameNumbers() {
        Tensor first = Tensor.randn(DataType.DOUBLE, new Rng(42), 100);

        assertThat(Tensor.randn(DataType.DOUBLE, new Rng(42), 100).toDoubleArray())
                .isEqualTo(first.toDoubleArray());
    }

    @Test
    void differentSeedsGiveDifferentNumbers() {
        Set<Long> firsts = Collections.newSetFromMap(new ConcurrentHashMap<>());

        LongStream.range(-500, 500).forEach(seed -> firsts.add(new Rng(seed).nextLong()));

        assertThat(firsts).hasSize(1000);
    }

    @Test
    void neighboringSeedsDoNotGiveShiftedSequences() {
        Set<Long> all = Collections.newSetFromMap(new ConcurrentHashMap<>());
        for (long seed = 0; seed < 100; seed++) {
            Rng random = new Rng(seed);
            for (int i = 0; i < 100; i++) {
                all.add(random.nextLong());
            }
        }

        assertThat(all).hasSize(100 * 100);
    }

    @Test
    void manualSeedMakesTheDefaultGeneratorRepeat() {
        Rng.manualSeed(7);
        double[] first = Tensor.rand(3, 4).toDoubleArray();
        Rng.manualSeed(7);

        assertThat(Tensor.rand(3, 4).toDoubleArray()).isEqualTo(first);
        assertThat(Tensor.rand(3, 4).toDoubleArray()).isNotEqualTo(first);
    }

    @Test
    void aStateLeadsBackToTheSamePlace() {
        Rng rng = new Rng(7);
        Tensor.randn(rng, 5);
        Rng.State state = rng.state();
        long[] expected = {rng.nextLong(), rng.nextLong()};
        Rng other = new Rng(0);
        other.load(state);
        assertThat(new long[] {other.nextLong(), other.nextLong()}).isEqualTo(expected);
        assertThat(other.state()).isEqualTo(new Rng.State(7, state.position() + 2));
    }

    @Test
    void theSequenceIsFixedForAllTime() {
        Rng random = new Rng(0);

        assertThat(LongStream.generate(random::nextLong).limit(3).toArray())
                .containsExactly(-2152535657050944081L, 7960286522194355700L, 487617019471545679L);
    }

    @Test
    void sixtyFourThreadsShareOutDistinctNumbers() throws Exception {
        Rng random = new Rng(1);
        int threads = 64;
        int draws = 1000;
        Set<Long> all = Collections.newSetFromMap(new ConcurrentHashMap<>());
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            var jobs = IntStream.range(0, threads)
                    .<Future<?>>mapToObj(thread -> pool.submit(() -> {
                        start.await();
                        for (int i = 0; i < draws; i++) {
                            all.add(random.nextLong());
                        }
                        return null;
                    }))
                    .toList();
            start.countDown();
            for (Future<?> job : jobs) {
                job.get();
            }
        } finally {
            pool.shutdownNow();
        }

        assertThat(all).hasSize(threads * draws);
    }

    @Test
    void uniformNumbersFillTheUnitInterval() {
        for (DataType dtype : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
            Tensor x = Tensor.rand(dtype, new Rng(3), 100_000).to(DataType.DOUBLE);

            assertThat(x.mean().item()).isCloseTo(0.5, within(0.005));
            assertThat(x.var().item()).isCloseTo(1 / 12.0, within(0.002));
            assertThat(x.min().item()).isBetween(0.0, 0.001);
            assertThat(x.max().item()).isBetween(0.999, Math.nextDown(1.0));
        }
    }

    @Test
    void normalNumbersHaveMeanZeroAndVarianceOne() {
        Tensor x = Tensor.randn(DataType.DOUBLE, new Rng(4), 100_000);

        assertThat(x.mean().item()).isCloseTo(0, within(0.01));
        assertThat(x.var().item()).isCloseTo(1, within(0.02));
        assertThat(x.pow(3).mean().item()).isCloseTo(0, within(0.05));
        assertThat(x.pow(4).mean().item()).isCloseTo(3, within(0.1));
    }

    @Test
    void permutationsHoldEachNumberOnceInRandomOrder() {
        long[] order = Tensor.randperm(new Rng(5), 100).toLongArray();

        assertThat(order).containsExactlyInAnyOrder(LongStream.range(0, 100).toArray());
        assertThat(order).isNotEqualTo(LongStream.range(0, 100).toArray());
        assertThat(Tensor.randperm(new Rng(5), 100).toLongArray()).isEqualTo(order);
    }

    @Test
    void eachPlaceOfAPermutationIsFairlyDrawn() {
        Rng random = new Rng(6);
        int[] firsts = new int[4];
        for (int i = 0; i < 4000; i++) {
            firsts[(int) Tensor.randperm(random, 4).toLongArray()[0]]++;
        }

        assertThat(IntStream.of(firsts).boxed()).allMatch(count -> count > 900 && count < 1100);
    }

    @Test
    void aGeneratorSaysWhereItIs() {
        Rng random = new Rng(-42);
        assertThat(random).hasToString("Rng(seed=-42, position=0)");

        random.nextLong();
        random.nextDouble();
        Tensor.rand(random, 3, 4);
        assertThat(random).hasToString("Rng(seed=-42, position=14)");

        Rng.manualSeed(5);
        Tensor.rand(3);
        assertThat(Rng.defaultRng()).hasToString("Rng(default, seed=5, position=3)");
    }
}
