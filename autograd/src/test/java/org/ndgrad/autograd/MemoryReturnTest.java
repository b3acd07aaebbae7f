package org.ndgrad.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ndgrad.autograd.internal.LossOfAUser;
import org.ndgrad.autograd.internal.SgdStep;
import org.ndgrad.autograd.internal.Updates;
import org.ndgrad.autograd.ops.OperationOfAUser;

/** When the memory of gradients and of graphs comes back, and when it has to stay. */
class MemoryReturnTest {

    private static final int SIZE = 1 << 16;
    private static final long BYTES = 4L * SIZE;

    private static Tensor identity(Tensor x, List<Tensor> seen) {
        return Op.of("identity", x.detach().clone().data())
                .wrt(x, g -> {
                    seen.add(g);
                    return g;
                })
                .tensor();
    }

    @Test
    void gradientsInFlightComeBackAtOnce() {
        Tensor x = Tensor.rand(SIZE).requiresGrad(true);
        Tensor y = x;
        for (int i = 0; i < 50; i++) {
            y = y.mul(0.9).add(y.square().mul(0.01));
        }
        Tensor loss = y.sum();
        MemoryReport before = MemoryReport.now();

        loss.backward();

        MemoryReport after = MemoryReport.now();
        assertThat(after.inUse() + after.idle()).isLessThan(before.inUse() + before.idle() + 12 * BYTES);
        assertThat(x.grad().sum().item()).isNotNaN();
    }

    @Test
    void aVjpOfTheUsersMayKeepGradients() {
        Tensor x = Tensor.rand(SIZE).requiresGrad(true);
        List<Tensor> seen = new ArrayList<>();

        identity(x.mul(3), seen).mul(2).sum().backward();
        Tensor.rand(SIZE);

        assertThat(seen.get(0).sum().item()).isEqualTo(2.0 * SIZE);
        assertThat(x.grad().sum().item()).isEqualTo(6.0 * SIZE);
    }

    @Test
    void aVjpOfTheUsersMayKeepGradientsInPackagesNamedLikeOurs() {
        Tensor x = Tensor.rand(SIZE).requiresGrad(true);
        List<Tensor> seen = new ArrayList<>();

        var operation = new OperationOfAUser(seen);
        Tensor y = operation.view(operation.identity(x.mul(3)));
        new LossOfAUser(seen).identity(y).mul(2).sum().backward();
        Tensor.rand(SIZE).mul(0.5);
        x.zeroGrad();
        Tensor.rand(SIZE).mul(0.5);

        assertThat(seen)
                .hasSize(6)
                .allSatisfy(each -> assertThat(each.sum().item()).isEqualTo(2.0 * SIZE));
    }

    @Test
    void aBorrowedGradientStaysUntilItIsGivenBack() {
        Tensor w = Tensor.rand(SIZE).requiresGrad(true);
        w.mul(2).sum().backward();
        Tensor lent = Updates.borrowGradient(w).orElseThrow();

        w.zeroGrad();
        Tensor.rand(SIZE).mul(0.5);

        assertThat(w.hasGrad()).isFalse();
        assertThat(Updates.borrowGradient(w)).isEmpty();
        assertThat(lent.sum().item()).isEqualTo(2.0 * SIZE);
        Updates.giveBack(lent);
        assertThatThrownBy(lent::sum).isInstanceOf(IllegalStateException.class);
    }

    /** Other threads' tensors stay as they are while gradients of one leaf come and go in several threads. */
    @Test
    void gradientsMayBeRemovedWhileOthersArriveAndAreRead() throws InterruptedException {
        int size = 1 << 18;
        Tensor leaf = Tensor.ones(size).requiresGrad(true);
        Tensor copy = Tensor.ones(size);
        Queue<Throwable> problems = new ConcurrentLinkedQueue<>();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(2);
        List<Runnable> actions = List.of(
                () -> leaf.mul(1).sum().backward(),
                () -> leaf.mul(1).sum().backward(),
                leaf::zeroGrad,
                () -> Updates.borrowGradient(leaf).ifPresent(gradient -> {
                    Updates.sgd(copy, gradient, new SgdStep(1, 0, 0, 0, false, false));
                    Updates.giveBack(gradient);
                }),
                () -> {
                    Tensor mine = Tensor.ones(size).mul(0.5);
                    for (int i = 0; i < 10; i++) {
                        assertThat(mine.min().item()).isEqualTo(0.5);
                        assertThat(mine.max().item()).isEqualTo(0.5);
                    }
                });

        List<Thread> threads = new ArrayList<>();
        for (Runnable action : actions) {
            Thread thread = new Thread(() -> Autograd.enableGrad(() -> {
                while (System.nanoTime() < end && problems.isEmpty()) {
                    action.run();
                }
            }));
            thread.setUncaughtExceptionHandler((failed, problem) -> problems.add(problem));
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(problems).isEmpty();
        // sums of whole gradients, which are ones; never a number of another tensor
        assertThat(Arrays.stream(copy.toDoubleArray())).allMatch(element -> element == Math.rint(element));
    }

    @Test
    void aTensorThatSeveralInputsGetAsTheirGradientStaysUntilTheLastUse() {
        Tensor a = Tensor.rand(SIZE).requiresGrad(true);
        Tensor b = Tensor.rand(SIZE).requiresGrad(true);
        Tensor sum = a.mul(2).add(b.mul(3));

        sum.add(sum).add(sum.reshape(256, 256).t().reshape(SIZE)).sum().backward();

        assertThat(a.grad().sum().item()).isEqualTo(6.0 * SIZE);
        assertThat(b.grad().sum().item()).isEqualTo(9.0 * SIZE);
    }

    @Test
    void gradientsOfRecordedPassesStay() {
        Tensor x = Tensor.rand(SIZE).requiresGrad(true);

        Tensor first = Autograd.grad(x.pow(3).sum(), x, Backward.CREATE_GRAPH);
        first.sum().backward();

        assertThat(x.grad().sub(x.mul(6)).abs().max().item()).isLessThan(1e-5);
    }

    @Test
    void aGradientThatNobodySawComesBackWhenItIsRemoved() {
        Tensor w = Tensor.rand(1 << 20).requiresGrad(true);
        w.mul(2).sum().backward();
        w.zeroGrad();
        long before = MemoryReport.now().inUse();
        w.mul(2).sum().backward();
        w.mul(3).sum().backward();
        long with = MemoryReport.now().inUse();

        w.zeroGrad();

        assertThat(MemoryReport.now().inUse()).isEqualTo(with - (4L << 20)).isLessThan(before + (9L << 20));
    }

    @Test
    void aGradientThatSomebodySawStays() {
        Tensor a = Tensor.rand(SIZE).requiresGrad(true);
        Tensor b = Tensor.rand(SIZE).requiresGrad(true);
        a.add(b).mul(2).sum().backward();

        Tensor seen = a.grad();
        a.zeroGrad();
        b.mul(3).sum().backward();
        Tensor.rand(SIZE).mul(0.5);

        assertThat(seen.sum().item()).isEqualTo(2.0 * SIZE);
        assertThat(b.grad().sum().item()).isEqualTo(5.0 * SIZE);
        b.zeroGrad();
        assertThat(seen.sum().item()).isEqualTo(2.0 * SIZE);
    }

    @Test
    void aGradientThatTwoLeavesGotStaysForTheOther() {
        Tensor a = Tensor.rand(SIZE).requiresGrad(true);
        Tensor b = Tensor.rand(SIZE).requiresGrad(true);
        Tensor sum = a.add(b).retainGrad();
        sum.mul(2).sum().backward();

        a.zeroGrad();
        sum.zeroGrad();
        Tensor.rand(SIZE).mul(0.5);

        assertThat(b.grad().sum().item()).isEqualTo(2.0 * SIZE);
    }

    /** An interrupted thread, too, waits until the collector has handed over what it found. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void memoryThatNobodyReachesComesBackBeforeItGrows(boolean interrupted) {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        for (int i = 0; i < 800; i++) {
            Tensor.zeros(1 << 18).add(1);
        }

        assertThat(Thread.interrupted()).isEqualTo(interrupted);
        MemoryReport report = MemoryReport.now();
        assertThat(report.inUse() + report.idle()).isLessThan(600L << 20);
        assertThat(report.toString()).matches("\\d+\\.\\d MiB in use, \\d+\\.\\d MiB idle");
    }
}
