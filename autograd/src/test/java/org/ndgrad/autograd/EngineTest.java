package org.ndgrad.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.ndgrad.autograd.SyntheticOps.join;
import static org.ndgrad.autograd.SyntheticOps.probe;
import static org.ndgrad.autograd.SyntheticOps.scale;
import static org.ndgrad.autograd.SyntheticOps.twice;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

/** How gradients travel: shapes of graphs, order, second passes, derivatives of derivatives. */
class EngineTest {

    @Test
    void theEngineCanDoWithoutWhatGivesMemoryBack() {
        Tensor x = Tensor.rand(200, 100).requiresGrad(true);
        Tensor w = Tensor.rand(100, 50).requiresGrad(true);
        Supplier<Tensor> loss =
                () -> x.matmul(w).tanh().add(x.mul(0.1).matmul(w)).square().mean();
        List<Tensor> expected = Autograd.grad(loss.get(), List.of(x, w));

        Tensor root = loss.get();
        Engine engine = new Engine(Set.of(), PassMemory.NONE);
        engine.add(root.node(), root.slot(), () -> Tensor.ones());
        Map<Node, @Nullable Tensor[]> arrived = engine.run(node -> true, Node::keepsGradients);

        assertThat(arrived).containsOnlyKeys(x.node(), w.node());
        assertThat(arrived.get(x.node())[0].toDoubleArray())
                .isEqualTo(expected.get(0).toDoubleArray());
        assertThat(arrived.get(w.node())[0].toDoubleArray())
                .isEqualTo(expected.get(1).toDoubleArray());
    }

    private static Tensor leaf(double... values) {
        return Tensor.of(DataType.DOUBLE, values).requiresGrad(true);
    }

    @Test
    void gradientsOfADiamondAreSummed() {
        Tensor x = leaf(3);
        Tensor middle = scale(x, 2);

        join(scale(middle, 5), scale(middle, 7)).backward();

        assertThat(x.grad().item()).isEqualTo(2 * (5 + 7));
    }

    @Test
    void anInputUsedTwiceByOneOperationGetsBothGradients() {
        Tensor x = leaf(3);

        join(x, x).backward();

        assertThat(x.grad().item()).isEqualTo(2);
    }

    @Test
    void aHundredDoublingsTakeLinearTime() {
        Tensor x = leaf(1);
        Tensor y = x;
        for (int i = 0; i < 100; i++) {
            y = join(y, y);
        }

        y.backward();

        assertThat(x.grad().item()).isEqualTo(Math.pow(2, 100));
    }

    @Test
    void aDeadBranchGetsNothing() {
        Tensor x = leaf(3);
        Tensor y = leaf(4);
        List<String> called = new ArrayList<>();
        Tensor dead = probe("dead", join(x, y), called);

        probe("alive", scale(x, 2), called).backward();

        assertThat(x.grad().item()).isEqualTo(2);
        assertThat(y.hasGrad()).isFalse();
        assertThat(dead.hasGrad()).isFalse();
        assertThat(called).containsExactly("alive");
    }

    @Test
    void manyUsersOfOneTensorAreAwaited() {
        Tensor x = leaf(1);
        List<String> called = new ArrayList<>();
        Tensor shared = probe("shared", x, called);
        Tensor sum = shared;
        for (int i = 0; i < 50; i++) {
            sum = join(sum, scale(shared, i));
        }

        sum.backward();

        assertThat(x.grad().item()).isEqualTo(1 + 49 * 50 / 2);
        assertThat(called).hasSize(1);
    }

    @Test
    void operationsAreGoneThroughFromTheNewestToTheOldest() {
        Tensor x = leaf(1);
        List<String> called = new ArrayList<>();
        Tensor first = probe("first", x, called);
        Tensor second = probe("second", x, called);
        Tensor third = probe("third", first, called);

        join(second, third).backward();

        assertThat(called).containsExactly("third", "second", "first");
    }

    @Test
    void aChainOfAMillionOperationsNeedsNoStack() {
        Tensor x = leaf(1);
        Tensor y = x;
        for (int i = 0; i < 1_000_000; i++) {
            Tensor input = y;
            y = Op.of("same", x.data()).wrt(input, g -> g).tensor();
        }

        y.backward();

        assertThat(x.grad().item()).isEqualTo(1);
    }

    @Test
    void aChainOfAHundredThousandOperationsAnswersGrad() {
        Tensor x = leaf(1);
        Tensor y = x;
        for (int i = 0; i < 100_000; i++) {
            Tensor input = y;
            y = Op.of("same", x.data()).wrt(input, g -> g).tensor();
        }

        assertThat(Autograd.grad(y, x).item()).isEqualTo(1);
    }

    @Test
    void aSecondPassThroughReleasedValuesNamesTheOperation() {
        Tensor x = leaf(2, 3);
        Tensor y = x.mul(x).sum();
        y.backward();

        assertThatIllegalStateException()
                .isThrownBy(y::backward)
                .withMessage("backward through 'mul' a second time: its saved tensors were released by the first pass."
                        + " Run the forward pass again, and detach() what is carried over from the one before, such as"
                        + " an RNN's state; or keep them with backward(Backward.RETAIN_GRAPH).");
    }

    @Test
    void aGraphThatSavesNothingCanBeGoneThroughAgain() {
        Tensor x = leaf(2, 3);
        Tensor y = x.add(1).sum();

        y.backward();
        y.backward();

        assertThat(x.grad().toDoubleArray()).containsExactly(2, 2);
    }

    @Test
    void aReleasedPartStopsAnotherGraphThatUsesIt() {
        Tensor x = leaf(2);
        Tensor shared = x.mul(x);
        scale(shared, 2).backward();

        assertThatIllegalStateException()
                .isThrownBy(scale(shared, 3)::backward)
                .withMessageStartingWith("backward through 'mul' a second time");
    }

    @Test
    void aRetainedGraphCanBeGoneThroughAgain() {
        Tensor x = leaf(3);
        Tensor y = x.mul(x);

        y.backward(Backward.RETAIN_GRAPH);
        y.backward(Backward.RETAIN_GRAPH);
        y.backward();

        assertThat(x.grad().item()).isEqualTo(18);
    }

    @Test
    void aPassThatIsNotRecordedGivesConstants() {
        Tensor x = leaf(3);

        x.mul(x).backward();

        assertThat(x.grad().requiresGrad()).isFalse();
        assertThat(x.grad().isLeaf()).isTrue();
    }

    @Test
    void aRecordedPassGivesGradientsThatCanBeDifferentiated() {
        Tensor x = leaf(3);
        x.pow(3).backward(Backward.CREATE_GRAPH);
        Tensor first = x.grad();
        x.zeroGrad();

        first.backward();

        assertThat(first.item()).isEqualTo(27);
        assertThat(x.grad().item()).isEqualTo(18);
    }

    @Test
    void thirdDerivativesComeByNesting() {
        Tensor x = leaf(2);
        Tensor y = x.pow(4);

        Tensor first = Autograd.grad(y, x, Backward.CREATE_GRAPH);
        Tensor second = Autograd.grad(first, x, Backward.CREATE_GRAPH);
        Tensor third = Autograd.grad(second, x, Backward.CREATE_GRAPH);
        Tensor fourth = Autograd.grad(third, x);

        assertThat(List.of(first.item(), second.item(), third.item(), fourth.item()))
                .containsExactly(32.0, 48.0, 48.0, 24.0);
    }

    @Test
    void sixDerivativesOfSinComeBackToMinusSin() {
        Tensor x = leaf(0.7);
        Tensor y = x.sin();
        for (int i = 0; i < 6; i++) {
            y = Autograd.grad(y, x, Backward.CREATE_GRAPH);
        }

        assertThat(y.item()).isEqualTo(-Math.sin(0.7));
    }

    @Test
    void theGradientOfALinearFunctionIsAConstant() {
        Tensor x = leaf(1, 2);

        Tensor gradient = Autograd.grad(x.sum(), x, Backward.CREATE_GRAPH);

        assertThat(gradient.requiresGrad()).isFalse();
    }

    @Test
    void recordingThePassKeepsTheGraph() {
        Tensor x = leaf(3);
        Tensor y = x.mul(x);

        y.backward(Backward.CREATE_GRAPH);
        y.backward();

        assertThat(x.grad().item()).isEqualTo(12);
    }

    @Test
    void aRecordedPassWorksInsideNoGrad() {
        Tensor x = leaf(3);
        Tensor y = x.pow(3);

        Tensor first = Autograd.noGrad(() -> Autograd.grad(y, x, Backward.CREATE_GRAPH));

        assertThat(Autograd.grad(first, x).item()).isEqualTo(18);
    }

    @Test
    void severalOutputsShareOneDerivative() {
        Tensor x = leaf(3);
        List<Tensor> both = twice(x, 2, 5);

        join(both.get(0), both.get(1)).backward();

        assertThat(x.grad().item()).isEqualTo(7);
    }

    @Test
    void unusedOutputsCountAsZero() {
        Tensor x = leaf(3);

        twice(x, 2, 5).get(1).backward();

        assertThat(x.grad().item()).isEqualTo(5);
    }

    @Test
    void anOutputOfSeveralCanBeAnInputOfGrad() {
        Tensor x = leaf(3);
        List<Tensor> both = twice(x, 2, 5);
        Tensor y = join(scale(both.get(0), 3), scale(both.get(1), 4));

        List<Tensor> gradients = Autograd.grad(y, List.of(both.get(1), both.get(0), x));

        assertThat(gradients.stream().map(Tensor::item)).containsExactly(4.0, 3.0, 2 * 3 + 5 * 4.0);
    }

    @Test
    void integralOutputsOfSeveralAreConstants() {
        Tensor x = leaf(3, 1, 2);

        var largest = x.max(0);
        largest.values().backward();

        assertThat(largest.indices().requiresGrad()).isFalse();
        assertThat(x.grad().toDoubleArray()).containsExactly(1, 0, 0);
    }

    @Test
    void gradientsArriveInTheTypeOfTheLeaf() {
        Tensor single = Tensor.of(1.5, 2.5).requiresGrad(true);
        Tensor wide = leaf(2, 4);

        single.mul(wide).sum().backward();

        assertThat(single.grad().dtype()).isEqualTo(DataType.FLOAT);
        assertThat(single.grad().toDoubleArray()).containsExactly(2, 4);
        assertThat(wide.grad().dtype()).isEqualTo(DataType.DOUBLE);
    }

    @Test
    void aBroadcastIsUndone() {
        Tensor row = leaf(1, 2);
        Tensor scalar = Tensor.of(DataType.DOUBLE, 3).requiresGrad(true);
        Tensor column =
                Tensor.of(DataType.DOUBLE, new double[][] {{1}, {2}, {3}}).requiresGrad(true);

        row.mul(column).add(scalar).sum().backward();

        assertThat(row.grad().toDoubleArray()).containsExactly(6, 6);
        assertThat(column.grad().shape()).containsExactly(3, 1);
        assertThat(column.grad().toDoubleArray()).containsExactly(3, 3, 3);
        assertThat(scalar.grad().shape()).isEmpty();
        assertThat(scalar.grad().item()).isEqualTo(6);
    }

    @Test
    void aVjpOfTheWrongShapeIsReportedWithItsOperation() {
        Tensor x = leaf(1, 2, 3);
        Tensor y = Op.of("careless", x.data()).wrt(x, g -> g.slice(0, 0, 2)).tensor();

        assertThatIllegalStateException()
                .isThrownBy(() -> y.backward(Tensor.onesLike(y)))
                .withMessage("careless: expected its vjp to return a gradient for an input of shape (3); got shape (2)."
                        + " Correct the vjp.");
    }

    @Test
    void anExceptionOnTheWayLeavesAllGradientsAsTheyWere() {
        Tensor a = leaf(1);
        Tensor b = leaf(2);
        scale(a, 4).backward();
        Tensor broken = Op.of("broken", b.data())
                .wrt(b, g -> {
                    throw new UnsupportedOperationException("on purpose");
                })
                .tensor();
        Tensor y = join(broken, scale(scale(a, 1), 2));

        assertThat(catchThrowable(y::backward)).isInstanceOf(UnsupportedOperationException.class);

        assertThat(a.grad().item()).isEqualTo(4);
        assertThat(b.hasGrad()).isFalse();
        assertThat(GradMode.isEnabled()).isTrue();
    }

    @Test
    void aVjpThatIsNotNeededIsNotCalled() {
        Tensor x = leaf(1);
        Tensor y = leaf(2);
        List<String> called = new ArrayList<>();
        Tensor z = join(probe("x", x, called), probe("y", y, called));

        Autograd.grad(z, y);

        assertThat(called).containsExactly("y");
    }

    @Test
    void nothingIsRecordedForAnInputThatNeedsNoGradient() {
        Tensor x = leaf(1);
        Tensor constant = Tensor.of(DataType.DOUBLE, 2);

        Tensor y = constant.mul(x);

        assertThat(y.node().edges()).hasSize(1);
    }
}
