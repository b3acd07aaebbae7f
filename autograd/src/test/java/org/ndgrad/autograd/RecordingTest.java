package org.ndgrad.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/** What is recorded and what is not: leaves, modes, detach, changes in place. */
class RecordingTest {

    private static Tensor leaf(double... values) {
        return Tensor.of(DataType.DOUBLE, values).requiresGrad(true);
    }

    private static boolean recordsInAnotherThread() throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Callable<Boolean> question = GradMode::isEnabled;
            return other.submit(question).get();
        } finally {
            other.shutdownNow();
        }
    }

    @Test
    void resultsRequireAGradientIfAnInputDoes() {
        Tensor x = leaf(1);
        Tensor constant = Tensor.of(DataType.DOUBLE, 2);

        assertThat(x.mul(constant).requiresGrad()).isTrue();
        assertThat(constant.mul(x).requiresGrad()).isTrue();
        assertThat(constant.mul(constant).requiresGrad()).isFalse();
    }

    @Test
    void leavesAreWhatIsNotTheResultOfARecordedOperation() {
        Tensor x = leaf(1);

        assertThat(x.isLeaf()).isTrue();
        assertThat(x.mul(2).isLeaf()).isFalse();
        assertThat(x.detach().mul(2).isLeaf()).isTrue();
        assertThat(Autograd.noGrad(() -> x.mul(2)).isLeaf()).isTrue();
    }

    @Test
    void aConstantResultCanBecomeALeafThatRequiresAGradient() {
        Tensor w = Tensor.of(DataType.DOUBLE, 1, 2).mul(0.5).requiresGrad(true);

        w.square().sum().backward();

        assertThat(w.grad().toDoubleArray()).containsExactly(1, 2);
    }

    @Test
    void requiresGradCanBeSwitchedOffInALeaf() {
        Tensor x = leaf(1).requiresGrad(false);

        assertThat(x.mul(2).requiresGrad()).isFalse();
    }

    @Test
    void comparisonsAndIntegralCastsAreConstants() {
        Tensor x = leaf(1, 2);

        assertThat(x.gt(1).requiresGrad()).isFalse();
        assertThat(x.argmax(0).requiresGrad()).isFalse();
        assertThat(x.to(DataType.INT64).requiresGrad()).isFalse();
    }

    @Test
    void aCastThereAndBackConvertsTheGradient() {
        Tensor x = Tensor.of(1.0, 2.0).requiresGrad(true);

        x.to(DataType.DOUBLE).mul(3).sum().backward();

        assertThat(x.grad().dtype()).isEqualTo(DataType.FLOAT);
        assertThat(x.grad().toDoubleArray()).containsExactly(3, 3);
    }

    @Test
    void detachSharesMemoryAndCutsTheGraph() {
        Tensor x = leaf(1, 2);
        Tensor y = x.mul(3);

        Tensor cut = y.detach();
        cut.fill_(7);

        assertThat(cut.requiresGrad()).isFalse();
        assertThat(y.toDoubleArray()).containsExactly(7, 7);
    }

    @Test
    void detachStopsGradients() {
        Tensor x = leaf(3);

        x.mul(x.detach()).backward();

        assertThat(x.grad().item()).isEqualTo(3);
    }

    @Test
    void cloneHasItsOwnMemoryAndPassesGradientsOn() {
        Tensor x = leaf(1, 2);

        Tensor copy = x.clone();
        copy.sum().backward();
        Autograd.noGrad(() -> copy.fill_(9));

        assertThat(x.toDoubleArray()).containsExactly(1, 2);
        assertThat(x.grad().toDoubleArray()).containsExactly(1, 1);
    }

    @Test
    void noGradAsLambdaRecordsNothing() {
        Tensor x = leaf(1);

        assertThat(Autograd.noGrad(() -> x.mul(2)).requiresGrad()).isFalse();
        assertThat(x.mul(2).requiresGrad()).isTrue();
    }

    @Test
    void noGradAsScopeRecordsNothing() {
        Tensor x = leaf(1);
        Tensor y;
        try (GradMode.Scope scope = Autograd.noGrad()) {
            y = x.mul(2);
        }

        assertThat(y.requiresGrad()).isFalse();
        assertThat(GradMode.isEnabled()).isTrue();
    }

    @Test
    void scopesNest() {
        try (GradMode.Scope outer = Autograd.noGrad()) {
            try (GradMode.Scope middle = Autograd.enableGrad()) {
                assertThat(GradMode.isEnabled()).isTrue();
                Autograd.noGrad(() -> assertThat(GradMode.isEnabled()).isFalse());
                assertThat(GradMode.isEnabled()).isTrue();
            }
            assertThat(GradMode.isEnabled()).isFalse();
            boolean inside = Autograd.enableGrad(GradMode::isEnabled);
            assertThat(inside).isTrue();
            Autograd.enableGrad(() -> {
                assertThat(GradMode.isEnabled()).isTrue();
            });
        }
        assertThat(GradMode.isEnabled()).isTrue();
    }

    /** All orders in which three scopes can be closed, given by their positions. */
    static Stream<List<Integer>> orders() {
        return Stream.of(
                List.of(0, 1, 2),
                List.of(0, 2, 1),
                List.of(1, 0, 2),
                List.of(1, 2, 0),
                List.of(2, 0, 1),
                List.of(2, 1, 0));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void scopesClosedInAnyOrderEndByThemselves(List<Integer> order) {
        for (int modes = 0; modes < 8; modes++) {
            List<GradMode.Scope> scopes = new ArrayList<>();
            List<Boolean> stillOpen = new ArrayList<>(List.of(true)); // how recording was before
            for (int i = 0; i < 3; i++) {
                boolean enabled = (modes >> i & 1) == 1;
                scopes.add(enabled ? Autograd.enableGrad() : Autograd.noGrad());
                stillOpen.add(enabled);
            }
            for (int i : order) {
                assertThat(GradMode.isEnabled()).isEqualTo(lastOf(stillOpen));
                scopes.get(i).close();
                scopes.get(i).close();
                stillOpen.set(i + 1, null);
            }
            assertThat(GradMode.isEnabled()).isTrue();
        }
    }

    private static boolean lastOf(List<Boolean> modes) {
        return modes.stream().filter(Objects::nonNull).reduce((a, b) -> b).orElseThrow();
    }

    @Test
    void aScopeThatOutlivesTheOneItWasOpenedInStillCounts() {
        Tensor x = leaf(1);
        GradMode.Scope outer = Autograd.noGrad();
        GradMode.Scope inner = Autograd.enableGrad();
        outer.close();
        Tensor recorded = x.mul(2);
        inner.close();

        assertThat(recorded.requiresGrad()).isTrue();
        assertThat(x.mul(2).requiresGrad()).isTrue();
    }

    @Test
    void aScopeClosedByAnotherThreadIsRefused() throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try (GradMode.Scope scope = Autograd.noGrad()) {
            Future<?> closing = other.submit(scope::close);

            assertThatThrownBy(closing::get)
                    .hasCauseExactlyInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("GradMode.Scope.close: expected the thread that opened the scope, '")
                    .hasMessageEndingWith("Use try-with-resources, or noGrad(() -> …).");
            assertThat(GradMode.isEnabled()).isFalse();
        } finally {
            other.shutdownNow();
        }
        assertThat(GradMode.isEnabled()).isTrue();
    }

    @Test
    void aLambdaThatThrowsRestoresTheMode() {
        Runnable failing = () -> {
            throw new UnsupportedOperationException("on purpose");
        };

        assertThatCode(() -> Autograd.noGrad(failing)).isInstanceOf(UnsupportedOperationException.class);

        assertThat(GradMode.isEnabled()).isTrue();
    }

    @Test
    void theModeBelongsToTheThread() throws Exception {
        try (GradMode.Scope scope = Autograd.noGrad()) {
            assertThat(recordsInAnotherThread()).isTrue();
            assertThat(GradMode.isEnabled()).isFalse();
        }
    }

    @Test
    void theModeCanBeCarriedToOtherThreads() throws Exception {
        Tensor x = Tensor.of(1.0).requiresGrad(true);
        try (GradMode.Scope scope = Autograd.noGrad()) {
            Function<Integer, Boolean> function = GradMode.carried(i -> x.mul(i).requiresGrad());
            assertThat(IntStream.range(0, 100).boxed().parallel().map(function)).containsOnly(false);
            AtomicBoolean recorded = new AtomicBoolean(true);
            Thread thread =
                    new Thread(GradMode.carried(() -> recorded.set(x.neg().requiresGrad())));
            thread.start();
            thread.join();
            assertThat(recorded).isFalse();
            Callable<Boolean> task = GradMode.carried(() -> x.neg().requiresGrad());
            assertThat(CompletableFuture.supplyAsync(() -> call(task)).get()).isFalse();
        }
        assertThat(x.neg().requiresGrad()).isTrue();
    }

    private static boolean call(Callable<Boolean> task) {
        try {
            return task.call();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void leavesCanBeUpdatedUnderNoGrad() {
        Tensor w = leaf(1, 2);
        w.square().sum().backward();

        Autograd.noGrad(() -> w.sub_(w.grad().mul(0.5)));

        assertThat(w.toDoubleArray()).containsExactly(0, 0);
        assertThat(w.requiresGrad()).isTrue();
        assertThat(w.isLeaf()).isTrue();
    }

    static Stream<Named<UnaryOperator<Tensor>>> waysToTheSameMemory() {
        return Stream.of(
                Named.of("itself", x -> x),
                Named.of("detach", Tensor::detach),
                Named.of("slice", x -> x.slice(0, 0, 1)),
                Named.of("select", x -> x.select(0, 1)),
                Named.of("reshape", x -> x.reshape(1, -1)),
                Named.of("a view of a view", x -> x.unsqueeze(0).t().squeeze()),
                Named.of("detached view", x -> x.detach().flatten()));
    }

    @ParameterizedTest
    @MethodSource("waysToTheSameMemory")
    void aChangeOfASavedTensorIsNoticedByWhateverNameItIsDone(UnaryOperator<Tensor> path) {
        Tensor x = leaf(1, 2);
        Tensor y = x.mul(x).sum();
        Autograd.noGrad(() -> path.apply(x).add_(1));

        assertThatIllegalStateException()
                .isThrownBy(y::backward)
                .withMessage("backward through 'mul': expected its saved tensor of shape (2), dtype float64, at version"
                        + " 0; got version 1, for it was changed in place since. Change a clone(), or after"
                        + " backward().");
    }

    @ParameterizedTest
    @MethodSource("waysToTheSameMemory")
    void aChangeOfTheBaseOfASavedViewIsNoticed(UnaryOperator<Tensor> path) {
        Tensor x = leaf(1, 2);
        Tensor view = path.apply(x.detach());
        Tensor y = view.mul(leaf(3)).sum();
        Autograd.noGrad(() -> x.add_(1));

        assertThatIllegalStateException().isThrownBy(y::backward).withMessageContaining("got version 1");
    }

    @Test
    void aChangeOfASavedResultIsNoticed() {
        Tensor x = leaf(1, 2);
        Tensor y = x.exp();
        Tensor z = y.sum();
        y.detach().add_(1);

        assertThatIllegalStateException()
                .isThrownBy(z::backward)
                .withMessageStartingWith("backward through 'exp': expected its saved tensor of shape (2)");
    }

    @Test
    void aChangeOfWhatIsNotSavedIsFine() {
        Tensor x = leaf(1, 2);
        Tensor y = x.exp().sum();
        Autograd.noGrad(() -> x.add_(1));

        y.backward();

        assertThat(x.grad().toDoubleArray()).containsExactly(Math.exp(1), Math.exp(2));
    }

    @Test
    void aChangeBeforeTheOperationIsFine() {
        Tensor x = leaf(1, 2);
        Autograd.noGrad(() -> x.add_(1));

        x.mul(x).sum().backward();

        assertThat(x.grad().toDoubleArray()).containsExactly(4, 6);
    }

    @Test
    void aCopyDoesNotShareTheVersion() {
        Tensor x = leaf(1, 2);
        Tensor y = x.mul(x).sum();
        x.detach().clone().add_(1);
        x.detach().add(0).add_(1);

        assertThatCode(y::backward).doesNotThrowAnyException();
    }

    @Test
    void theVersionCountsEveryChange() {
        Tensor x = Tensor.of(1.0, 2.0);

        List.<Runnable>of(() -> x.add_(1), () -> x.sub_(1), () -> x.mul_(2), () -> x.div_(2), () -> x.fill_(0))
                .forEach(Runnable::run);

        assertThat(x.storage().version()).isEqualTo(5);
        assertThat(x.reshape(1, 2).storage().version()).isEqualTo(5);
    }
}
