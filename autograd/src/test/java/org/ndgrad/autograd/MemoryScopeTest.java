package org.ndgrad.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What a scope and a chain give back, and what outlives them. */
class MemoryScopeTest {

    private static final int SIZE = 1 << 16;
    private static final long BYTES = 4L * SIZE;

    @Test
    void gradientsOfARecordedPassOutliveTheScope() {
        for (int size : new int[] {10, SIZE}) {
            Tensor w = Tensor.rand(size).requiresGrad(true);
            Tensor hidden;
            Tensor scaled;
            try (MemoryScope scope = MemoryScope.open()) {
                hidden = w.square().retainGrad();
                scaled = scope.keep(hidden.mul(3)).retainGrad();
                scaled.sum().backward(Backward.CREATE_GRAPH);
            }

            assertThat(w.grad().sub(w.mul(6)).abs().max().item()).isLessThan(1e-5);
            assertThat(hidden.grad().sum().item()).isEqualTo(3.0 * size);
            assertThat(scaled.grad().sum().item()).isEqualTo(1.0 * size);
        }
    }

    @Test
    void gradientsThatAVjpOfTheUsersReturnsOutliveTheScope() {
        for (int size : new int[] {10, SIZE}) {
            Tensor w = Tensor.rand(size).requiresGrad(true);
            try (MemoryScope scope = MemoryScope.open()) {
                Op.of("triple", w.detach().mul(3).data())
                        .wrt(w, g -> g.mul(3))
                        .tensor()
                        .sum()
                        .backward();
                Op.of("double", w.detach().mul(2).data())
                        .wrt(w, g -> g.mul(2))
                        .tensor()
                        .sum()
                        .backward();
            }

            assertThat(w.grad().sum().item()).isEqualTo(5.0 * size);
        }
    }

    @Test
    void whatDataHandedOutIsNeverUsedAgain() {
        List<INDArray> kept = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            try (MemoryScope scope = MemoryScope.open()) {
                kept.add(Tensor.ones(SIZE).mul(i).data());
            }
        }

        for (int i = 0; i < 20; i++) {
            assertThat(kept.get(i).meanNumber().doubleValue()).isEqualTo(i);
        }
    }

    @Test
    void aScopeGivesBackResultsAndNothingElse() {
        Tensor w = Tensor.rand(SIZE).requiresGrad(true);
        Tensor inside;
        Tensor kept;
        Tensor made;
        long inUse = MemoryReport.now().inUse();
        try (MemoryScope scope = MemoryScope.open()) {
            inside = w.mul(2);
            kept = scope.keep(w.mul(3));
            made = Tensor.ones(SIZE);
            inside.add(kept).sum().backward();
        }

        assertThat(MemoryReport.now().inUse()).isLessThanOrEqualTo(inUse + 4 * BYTES);
        assertThat(kept.sub(w.mul(3)).abs().max().item()).isZero();
        assertThat(made.sum().item()).isEqualTo(SIZE);
        assertThat(w.grad().sum().item()).isEqualTo(5.0 * SIZE);
        assertThatThrownBy(() -> inside.add(1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "data: expected a tensor that has its memory; got one of 65536 elements whose memory was"
                                + " given back when its scope closed or its chain passed it on. keep() it in the scope, or compute it outside.");
    }

    /** What another thread is at is not lent to a third: the scope ends it, and the collector takes the memory back. */
    @Test
    void aScopeDoesNotTakeMemoryFromAnotherThread() throws InterruptedException {
        Queue<Throwable> problems = new ConcurrentLinkedQueue<>();
        for (int round = 0; round < 50 && problems.isEmpty(); round++) {
            Tensor shared;
            Thread other;
            try (MemoryScope scope = MemoryScope.open()) {
                shared = Tensor.ones(1 << 18).mul(2);
                Tensor seen = shared;
                CountDownLatch begun = new CountDownLatch(1);
                other = new Thread(() -> {
                    try {
                        for (int i = 0; i < 1000; i++) {
                            seen.fill_(2);
                            begun.countDown();
                            assertThat(seen.min().item()).isEqualTo(2);
                        }
                    } catch (IllegalStateException e) {
                        assertThat(e).hasMessageContaining("when its scope closed");
                    }
                });
                other.setUncaughtExceptionHandler((failed, problem) -> problems.add(problem));
                other.start();
                begun.await();
            }
            for (int i = 0; i < 3; i++) {
                Tensor mine = Tensor.ones(1 << 18).mul(0.5);
                assertThat(mine.max().item()).isEqualTo(0.5);
            }
            other.join();

            assertThatThrownBy(shared::sum).isInstanceOf(IllegalStateException.class);
        }
        assertThat(problems).isEmpty();
    }

    @Test
    void smallTensorsOfAScopeAreGoneToo() {
        Tensor inside;
        try (MemoryScope scope = MemoryScope.open()) {
            inside = Tensor.of(1.0, 2.0).mul(2);
        }

        assertThatThrownBy(inside::toDoubleArray).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aLongScopeDoesNotHoldWhatIsUnreachable() {
        try (MemoryScope scope = MemoryScope.open()) {
            Tensor x = Tensor.rand(SIZE);
            for (int i = 0; i < 2000; i++) {
                x = x.mul(0.5).add(1);
            }
            scope.keep(x);

            MemoryReport report = MemoryReport.now();
            assertThat(report.inUse() + report.idle()).isLessThan(600L << 20);
        }
    }

    @Test
    void scopesNestAndCloseInTheirThread() throws InterruptedException {
        MemoryScope outer = MemoryScope.open();
        try (MemoryScope inner = MemoryScope.open()) {
            assertThatThrownBy(outer::close)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage(
                            "MemoryScope.close: expected the innermost scope of the thread that opened it; got another"
                                    + " one. Use try-with-resources.");
            List<Throwable> caught = new ArrayList<>();
            Thread other = new Thread(inner::close);
            other.setUncaughtExceptionHandler((thread, problem) -> caught.add(problem));
            other.start();
            other.join();
            assertThat(caught).hasSize(1).first().isInstanceOf(IllegalStateException.class);
        }
        outer.close();
        outer.close();
    }

    @Test
    void whatAChainPassesOnComesBackAtOnce() {
        Tensor x = Tensor.rand(SIZE).requiresGrad(true);
        List<UnaryOperator<Tensor>> functions = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            functions.add(Tensor::sigmoid); // saves its result
            functions.add(Tensor::neg); // saves nothing
            functions.add(Tensor::square); // saves its argument
            functions.add(y -> y.reshape(256, 256));
            functions.add(y -> y.reshape(SIZE));
        }
        Tensor expected = x;
        for (UnaryOperator<Tensor> function : functions) {
            expected = function.apply(expected);
        }
        expected.sum().backward();
        Tensor grad = x.grad().clone();
        x.zeroGrad();
        MemoryReport before = MemoryReport.now();

        for (int i = 0; i < 20; i++) {
            Tensor loss = MemoryScope.chain(x, functions).sum();
            loss.backward();
            assertThat(x.grad().sub(grad).abs().max().item()).isZero();
            x.zeroGrad();
            Autograd.noGrad(() -> {
                MemoryScope.chain(x, functions);
            });
        }

        MemoryReport after = MemoryReport.now();
        long grown = after.inUse() + after.idle() - before.inUse() - before.idle();
        assertThat(grown).isLessThan((30 + 20 * 6) * BYTES); // 20 times what is seen, of over 50 that are made
    }

    @Test
    void aChainCanBeDifferentiatedAgainAndAgain() {
        Tensor x = Tensor.rand(SIZE).requiresGrad(true);

        Tensor y = MemoryScope.chain(x, List.of(Tensor::tanh, Tensor::square, Tensor::exp, Tensor::sum));
        Tensor first = Autograd.grad(y, x, Backward.CREATE_GRAPH);
        y.backward(Backward.RETAIN_GRAPH);
        first.sum().backward();

        Tensor z = x.detach().requiresGrad(true);
        Tensor same = Autograd.grad(z.tanh().square().exp().sum(), z, Backward.CREATE_GRAPH);
        same.add(same.detach()).sum().backward();
        Tensor second = z.grad().add(same);
        assertThat(x.grad().sub(second).abs().max().item()).isLessThan(1e-5);
    }

    @Test
    void whatEntersAndLeavesAChainStays() {
        Tensor x = Tensor.rand(SIZE);
        Tensor sum = x.add(0);
        Tensor w = Tensor.rand(SIZE).requiresGrad(true);

        Tensor same = MemoryScope.chain(x, List.of(y -> y, y -> y.reshape(256, 256), y -> y.t()));
        Tensor product = MemoryScope.chain(w, List.of(y -> y.mul(x), y -> y, y -> y.reshape(256, 256)));
        product.sum().backward();

        assertThat(same.sum().item()).isEqualTo(sum.sum().item());
        assertThat(product.sub(w.mul(x).reshape(256, 256)).abs().max().item()).isZero();
        assertThat(w.grad().sub(x).abs().max().item()).isZero();
    }

    @Test
    void onePassThroughAGraphDoesNotTakeMemoryFromAnother() throws InterruptedException {
        List<UnaryOperator<Tensor>> functions = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            functions.add(Tensor::sigmoid);
        }
        Tensor x = Tensor.rand(SIZE).requiresGrad(true);
        MemoryScope.chain(x, functions).sum().backward();
        Tensor expected = x.grad().clone();
        for (int round = 0; round < 20; round++) {
            x.zeroGrad();
            Tensor loss = MemoryScope.chain(x, functions).sum();
            AtomicInteger passes = new AtomicInteger();
            Runnable pass = () -> {
                try {
                    loss.backward();
                    passes.incrementAndGet();
                } catch (IllegalStateException e) {
                    assertThat(e).hasMessageContaining("a second time");
                }
            };

            Thread other = new Thread(pass);
            Queue<Throwable> problems = new ConcurrentLinkedQueue<>();
            other.setUncaughtExceptionHandler((failed, problem) -> problems.add(problem));
            other.start();
            pass.run();
            other.join();

            assertThat(problems).isEmpty();
            if (passes.get() > 0) {
                assertThat(x.grad().sub(expected.mul(passes.get())).abs().max().item())
                        .isZero();
            }
        }
    }

    @Test
    void nothingIsNotKept() {
        try (MemoryScope scope = MemoryScope.open()) {
            assertThatThrownBy(() -> scope.keep(null))
                    .isInstanceOf(NullPointerException.class)
                    .hasMessage("MemoryScope.keep: expected a tensor; got null. Name one that there is.");
            assertThatThrownBy(() -> MemoryScope.stored(null))
                    .isInstanceOf(NullPointerException.class)
                    .hasMessage("MemoryScope.stored: expected a tensor; got null. Name one that there is.");
        }
    }
}
