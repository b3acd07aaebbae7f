package org.ndgrad.autograd.kernels.loops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.Uninterruptibles;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.GradMode;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.internal.AdamStep;
import org.ndgrad.autograd.internal.FusedLosses;
import org.ndgrad.autograd.internal.Updates;
import org.ndgrad.autograd.kernels.Shapes;
import org.ndgrad.autograd.kernels.elementwise.Copy;
import org.ndgrad.autograd.kernels.elementwise.Fill;
import org.ndgrad.autograd.kernels.fused.CrossEntropy;
import org.ndgrad.autograd.kernels.linalg.Products;
import org.ndgrad.autograd.kernels.reduction.Softmax;
import org.ndgrad.autograd.kernels.reduction.SoftmaxBackward;
import org.ndgrad.autograd.ops.Activations;
import org.ndgrad.autograd.ops.LinearAlgebra;

class ParallelTest {

    /** Far more than a thread should need, so that a test ends that waits in vain. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final int before = Parallel.processors;

    @AfterEach
    void restore() {
        Parallel.processors = before;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void rangesCoverEachNumberOnce(int processors) {
        Parallel.processors = processors;
        AtomicLong sum = new AtomicLong();

        Parallel.ranges(1001, 10, (from, to) -> {
            for (long i = from; i < to; i++) {
                sum.addAndGet(i);
            }
        });

        assertThat(sum).hasValue(1000 * 1001 / 2);
    }

    @Test
    void anExceptionOfARangeIsThrown() {
        Parallel.processors = 4;

        assertThatThrownBy(() -> Parallel.ranges(100, 1, (from, to) -> {
                    if (to == 100) {
                        throw new ArithmeticException("last");
                    }
                }))
                .isInstanceOf(ArithmeticException.class)
                .hasMessageContaining("last");
    }

    @Test
    void rangesCanBeSplitInsideOfThePool() {
        Parallel.processors = 4;
        AtomicLong count = new AtomicLong();

        ForkJoinPool.commonPool()
                .submit(() -> Parallel.ranges(
                        8,
                        1,
                        (from, to) -> Parallel.ranges(
                                100, 1, (first, last) -> count.addAndGet((to - from) * (last - first)))))
                .join();

        assertThat(count).hasValue(800);
    }

    @Test
    void severalThreadsCanHaveWorkAtTheSameTime() throws InterruptedException {
        Parallel.processors = 3;
        AtomicLong count = new AtomicLong();
        List<Thread> threads = Stream.generate(() -> new Thread(() -> {
                    for (int i = 0; i < 200; i++) {
                        Parallel.ranges(5, 1, i % 2 == 0, (from, to) -> count.addAndGet(to - from));
                    }
                }))
                .limit(8)
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(count).hasValue(8 * 200 * 5);
    }

    @Test
    void workersThatFellAsleepWakeUp() {
        Parallel.processors = 2;
        Thread owner = Thread.currentThread();
        for (int i = 0; i < 3; i++) {
            awaitSleep();
            CountDownLatch helped = new CountDownLatch(1);

            Parallel.ranges(2, 1, true, (from, to) -> {
                if (Thread.currentThread() == owner) { // the other part is left to a worker
                    assertThat(Uninterruptibles.awaitUninterruptibly(helped, PATIENCE))
                            .isTrue();
                } else {
                    helped.countDown();
                }
            });
        }
    }

    private static void awaitSleep() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("ndgrad-worker-"))
                .allMatch(worker -> worker.getState() == Thread.State.WAITING)) {
            assertThat(System.nanoTime()).isLessThan(end);
        }
    }

    @ParameterizedTest
    @CsvSource({"20000, 7", "3000, 100", "21, 9001"})
    void rowsOfExponentialsDoNotDependOnThreads(int rows, int n) {
        for (DataType type : List.of(DataType.FLOAT, DataType.DOUBLE)) {
            INDArray x = Copy.cast(sample(rows, n), type);
            Parallel.processors = 1;
            double[][] expected = ofExponentials(x);
            Parallel.processors = 5;

            assertThat(ofExponentials(x)).isDeepEqualTo(expected);
        }
    }

    private static double[][] ofExponentials(INDArray x) {
        INDArray labels = Copy.cast(Fill.filled(DataType.FLOAT, 0, x.size(0)), DataType.INT64);
        INDArray[] loss = CrossEntropy.mean(x, labels, -100);
        INDArray one = Fill.filled(x.dataType(), 1);
        return Stream.of(
                        Softmax.softmax(x, 1),
                        Softmax.logSoftmax(x, 1),
                        Softmax.logsumexp(x, 1, false),
                        SoftmaxBackward.softmax(x, x),
                        SoftmaxBackward.logSoftmax(x, x),
                        loss[0],
                        CrossEntropy.gradient(one, x, labels, loss[1], -100))
                .map(Copy::toDoubles)
                .toArray(double[][]::new);
    }

    @ParameterizedTest
    @CsvSource({"33, 70, 900", "200, 512, 300", "1024, 40, 70", "130, 2100, 33"})
    void productsDoNotDependOnThreads(int n, int k, int m) {
        INDArray a = sample(n, k);
        INDArray b = sample(k, m);
        INDArray row = sample(m);
        INDArray weight = sample(m, k);
        Parallel.processors = 1;
        double[] product = Copy.toDoubles(Products.matmul(a, b));
        double[] affine = Copy.toDoubles(Products.affine(a, weight, row));
        double[] sums = Copy.toDoubles(Products.columnSums(a));
        for (int processors : new int[] {2, 3, 8}) {
            Parallel.processors = processors;

            assertThat(Copy.toDoubles(Products.matmul(a, b))).containsExactly(product);
            assertThat(Copy.toDoubles(Products.affine(a, weight, row))).containsExactly(affine);
            assertThat(Copy.toDoubles(Products.columnSums(a))).containsExactly(sums);
        }
    }

    @ParameterizedTest
    @CsvSource({"67, 301, 517", "128, 784, 256", "1, 2000, 1100"})
    void trainingDoesNotDependOnThreads(int batch, int inputs, int hidden) {
        Parallel.processors = 1;
        double[] expected = train(batch, inputs, hidden);
        for (int processors : new int[] {2, 5}) {
            Parallel.processors = processors;

            double[] actual = train(batch, inputs, hidden);
            assertThat(Arrays.mismatch(actual, expected)).isEqualTo(-1);
        }
    }

    /** Returns the parameters of a network with two layers after three steps of Adam. */
    private static double[] train(int batch, int inputs, int hidden) {
        Random random = new Random(1);
        Tensor x = Tensor.randn(DataType.FLOAT, random, batch, inputs);
        Tensor labels = Tensor.zeros(DataType.INT64, batch);
        List<Tensor> parameters = List.of(
                Tensor.randn(DataType.FLOAT, random, hidden, inputs).mul(0.05),
                Tensor.randn(DataType.FLOAT, random, hidden),
                Tensor.randn(DataType.FLOAT, random, 7, hidden).mul(0.05));
        List<Tensor> moments = parameters.stream()
                .flatMap(p -> Stream.of(Tensor.zerosLike(p), Tensor.zerosLike(p)))
                .toList();
        parameters.forEach(p -> p.requiresGrad(true));
        for (int step = 1; step <= 3; step++) {
            Tensor y = LinearAlgebra.linear(x, parameters.get(0), parameters.get(1))
                    .tanh();
            y = LinearAlgebra.linear(Activations.dropout(y, 0.3, random), parameters.get(2));
            FusedLosses.crossEntropy(y, labels, -100).backward();
            AdamStep numbers = new AdamStep(step, 0.01, 0.9, 0.999, 1e-8, 0.01, 1, false);
            try (GradMode.Scope scope = Autograd.noGrad()) {
                for (int i = 0; i < parameters.size(); i++) {
                    Tensor p = parameters.get(i);
                    Updates.adam(p, moments.get(2 * i), moments.get(2 * i + 1), p.grad(), numbers);
                    p.zeroGrad();
                }
            }
        }
        return parameters.stream()
                .flatMapToDouble(p -> Arrays.stream(p.toDoubleArray()))
                .toArray();
    }

    private static INDArray sample(long... shape) {
        Random random = new Random(0);
        return Copy.of(
                DataType.FLOAT,
                random.doubles(Shapes.numel("test", shape), -1, 1).toArray(),
                shape);
    }
}
