package org.ndgrad.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ndgrad.autograd.SyntheticOps.join;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.kernels.memory.Memory;

/** Where gradients end up: in leaves, and in tensors that keep them. */
class GradientsTest {

    @Test
    void whatAVjpOfTheUsersKeepsIsNotChangedByLaterPasses() {
        for (int size : new int[] {2, 1 << 16}) {
            List<Tensor> seen = new ArrayList<>();
            Tensor x = Tensor.ones(size).requiresGrad(true);
            Runnable pass = () -> Op.of("probe", x.detach().clone().data())
                    .wrt(x.reshape(size, 1).reshape(size), g -> {
                        seen.add(g);
                        return g;
                    })
                    .tensor()
                    .mul(3)
                    .sum()
                    .backward();

            pass.run();
            pass.run();

            assertThat(seen)
                    .hasSize(2)
                    .allSatisfy(each -> assertThat(each.sum().item()).isEqualTo(3.0 * size));
            assertThat(x.grad().sum().item()).isEqualTo(6.0 * size);
        }
    }

    @Test
    void aVjpOfTheUsersMayReturnTheSameTensorAgainAndAgain() {
        Tensor x = Tensor.of(1.0, 2.0).requiresGrad(true);
        Tensor known = Tensor.of(5.0, 7.0).mul(1);
        List<Tensor> memo = new ArrayList<>();
        Tensor z = Op.of("memo", x.detach().clone().data())
                .wrt(x, g -> {
                    if (memo.isEmpty()) {
                        memo.add(known.mul(1));
                    }
                    return memo.get(0);
                })
                .tensor()
                .sum();

        for (int pass = 1; pass <= 4; pass++) {
            z.backward(Backward.RETAIN_GRAPH);
            assertThat(x.grad().toDoubleArray()).containsExactly(5.0 * pass, 7.0 * pass);
        }
    }

    private static Tensor leaf(double... values) {
        return Tensor.of(DataType.DOUBLE, values).requiresGrad(true);
    }

    @Test
    void gradientsAccumulateInTheSameObject() {
        Tensor x = leaf(1, 2);
        x.square().sum().backward();
        Tensor first = x.grad();

        x.square().sum().backward();

        assertThat(x.grad()).isSameAs(first);
        assertThat(first.toDoubleArray()).containsExactly(4, 8);
    }

    @Test
    void zeroGradRemovesTheGradient() {
        Tensor x = leaf(1, 2);
        x.sum().backward();

        x.zeroGrad();

        assertThat(x.hasGrad()).isFalse();
    }

    @Test
    void aRecordedGradientIsAddedInANewTensor() {
        Tensor x = leaf(3);
        x.square().backward(Backward.CREATE_GRAPH);
        Tensor first = x.grad();

        x.square().backward(Backward.CREATE_GRAPH);

        assertThat(first.item()).isEqualTo(6);
        assertThat(x.grad().item()).isEqualTo(12);
        assertThat(x.grad().requiresGrad()).isTrue();
    }

    @Test
    void gradientsOfTwoLeavesNeverShareMemory() {
        Tensor a = leaf(1, 2);
        Tensor b = leaf(3, 4);

        a.add(b).sum().backward();
        a.grad().add_(100);

        assertThat(b.grad().toDoubleArray()).containsExactly(1, 1);
        assertThat(a.grad().toDoubleArray()).containsExactly(101, 101);
    }

    @Test
    void gradientsOfLeavesThatAreReshapedOrExpandedDoNotShareMemory() {
        Tensor a = leaf(1, 2);
        Tensor b = Tensor.of(DataType.DOUBLE, new double[][] {{3, 4}}).requiresGrad(true);
        Tensor c = leaf(5);

        a.reshape(1, 2).add(b).add(c.expand(1, 2)).backward(Tensor.ones(DataType.DOUBLE, 1, 2));
        a.grad().add_(100);

        assertThat(b.grad().toDoubleArray()).containsExactly(1, 1);
        assertThat(c.grad().toDoubleArray()).containsExactly(2);
    }

    @Test
    void aGradientOfAnExpandedResultHasMemoryForEachElement() {
        Tensor x = leaf(1, 2, 3);

        x.sum().backward();
        x.grad().slice(0, 0, 1).mul_(5);

        assertThat(x.grad().toDoubleArray()).containsExactly(5, 1, 1);
    }

    @Test
    void theGradientThatIsPassedInIsNeverAliased() {
        Tensor a = leaf(1, 2);
        Tensor b = leaf(3, 4);
        Tensor given = Tensor.of(DataType.DOUBLE, 7, 8);

        a.add(b).backward(given);
        b.clone().backward(given.reshape(2));
        a.backward(given);
        given.fill_(0);

        assertThat(a.grad().toDoubleArray()).containsExactly(14, 16);
        assertThat(b.grad().toDoubleArray()).containsExactly(14, 16);
    }

    @Test
    void accumulatingDoesNotChangeTheGradientThatIsPassedIn() {
        Tensor x = leaf(1, 2);
        Tensor given = Tensor.of(DataType.DOUBLE, 7, 8);

        x.backward(given);
        x.backward(given);

        assertThat(given.toDoubleArray()).containsExactly(7, 8);
        assertThat(x.grad().toDoubleArray()).containsExactly(14, 16);
    }

    @Test
    void aConstantThatAVjpReturnsIsNeverAliased() {
        Tensor x = leaf(1, 2);
        Tensor constant = Tensor.of(DataType.DOUBLE, 5, 5);
        Tensor y = Op.of("odd", x.data()).wrt(x, g -> constant, constant).tensor();

        y.backward(Tensor.onesLike(y));
        x.grad().add_(1);

        assertThat(constant.toDoubleArray()).containsExactly(5, 5);
    }

    @Test
    void aKeptGradientAndThatOfALeafDoNotShareMemory() {
        Tensor x = leaf(1, 2);
        Tensor y = x.add(1).retainGrad();

        y.sum().backward();
        y.grad().mul_(100);

        assertThat(x.grad().toDoubleArray()).containsExactly(1, 1);
    }

    @Test
    void theGradientIsAConstantEvenIfTheOneThatIsPassedInIsNot() {
        Tensor x = leaf(1, 2);
        Tensor given = leaf(7, 8);

        x.mul(2).backward(given);
        x.backward(given);

        assertThat(x.grad().requiresGrad()).isFalse();
        assertThat(x.grad().toDoubleArray()).containsExactly(21, 24);
    }

    @Test
    void aGradientOfAnotherTypeIsConverted() {
        Tensor x = leaf(1, 2);

        x.mul(2).backward(Tensor.of(1.5, 2.5));

        assertThat(x.grad().dtype()).isEqualTo(DataType.DOUBLE);
        assertThat(x.grad().toDoubleArray()).containsExactly(3, 5);
    }

    @Test
    void aLeafCanBeTheRoot() {
        Tensor x = leaf(5);

        x.backward();

        assertThat(x.grad().item()).isEqualTo(1);
    }

    @Test
    void oneElementOfAnyRankNeedsNoGradient() {
        Tensor x = Tensor.of(DataType.DOUBLE, new double[][] {{2}}).requiresGrad(true);

        x.square().backward();

        assertThat(x.grad().shape()).containsExactly(1, 1);
        assertThat(x.grad().item()).isEqualTo(4);
    }

    @Test
    void intermediateResultsKeepNoGradientUnlessAsked() {
        Tensor x = leaf(3);
        Tensor y = x.square();
        Tensor z = y.square().retainGrad();

        z.mul(2).backward();

        assertThat(y.hasGrad()).isFalse();
        assertThat(z.grad().item()).isEqualTo(2);
    }

    @Test
    void keptGradientsAccumulate() {
        Tensor x = leaf(3);
        Tensor y = x.add(1).retainGrad();
        Tensor z = y.add(1);

        z.backward();
        z.backward();

        assertThat(y.grad().item()).isEqualTo(2);
    }

    @Test
    void aKeptGradientIsComplete() {
        Tensor x = leaf(3);
        Tensor y = x.add(1).retainGrad();

        join(y.mul(2), y.mul(3)).backward();

        assertThat(y.grad().item()).isEqualTo(5);
    }

    @Test
    void retainGradOfALeafChangesNothing() {
        Tensor x = leaf(3);

        x.retainGrad().square().backward();

        assertThat(x.grad().item()).isEqualTo(6);
    }

    @Test
    void aFrozenLeafGetsNoGradient() {
        Tensor x = leaf(3);
        Tensor frozen = Tensor.of(DataType.DOUBLE, 4);

        x.mul(frozen).backward();

        assertThat(frozen.hasGrad()).isFalse();
    }

    @Test
    void independentGraphsOverSharedLeavesAddUpExactlyFromEightThreads() throws Exception {
        Tensor shared = Tensor.zeros(DataType.DOUBLE, 1000).requiresGrad(true);
        int threads = 8;
        int passes = 200;
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> jobs = IntStream.range(0, threads)
                    .<Future<?>>mapToObj(thread -> pool.submit(() -> {
                        start.await();
                        for (int i = 0; i < passes; i++) {
                            shared.mul(thread + 1).add(shared).sum().backward();
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

        double expected = passes * (threads * (threads + 1) / 2.0 + threads);
        assertThat(shared.grad().toDoubleArray()).containsOnly(expected);
    }

    @Test
    void settingTheGradientReplacesIt() {
        Tensor x = leaf(1, 2);
        x.sum().backward();

        x.grad(Tensor.of(DataType.DOUBLE, 5, 6));

        assertThat(x.grad().toDoubleArray()).containsExactly(5, 6);
    }

    @Test
    void emptyTensorsHaveEmptyGradients() {
        Tensor x = Tensor.zeros(DataType.DOUBLE, 0, 3).requiresGrad(true);

        x.mul(2).sum().backward();

        assertThat(x.grad().shape()).containsExactly(0, 3);
    }

    @Test
    void gradientsLieInRowMajorOrder() {
        Tensor x = Tensor.ones(DataType.DOUBLE, 2, 3).requiresGrad(true);

        x.t().backward(Tensor.ones(DataType.DOUBLE, 3, 2));

        assertThat(Memory.isContiguous(x.grad().data())).isTrue();
    }
}
