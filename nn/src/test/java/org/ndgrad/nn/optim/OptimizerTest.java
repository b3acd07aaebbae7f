package org.ndgrad.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Backward;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Linear;

class OptimizerTest {

    private static Tensor leaf(double... values) {
        return Tensor.of(values).requiresGrad(true);
    }

    private static void giveGradient(Tensor parameter, double value) {
        parameter.grad(Tensor.full(parameter.dtype(), value, parameter.shape()));
    }

    @Test
    void parametersWithoutGradientAreSkipped() {
        Tensor used = leaf(1);
        Tensor unused = leaf(1);
        giveGradient(used, 1);

        new Sgd(List.of(used, unused), 0.5).step();

        assertThat(used.item()).isEqualTo(0.5);
        assertThat(unused.item()).isEqualTo(1);
    }

    @Test
    void momentumDoesNotMoveAParameterAfterZeroGrad() {
        Tensor w = leaf(1);
        Sgd sgd = new Sgd(List.of(w), 0.5, SgdOptions.defaults().withMomentum(0.9));
        giveGradient(w, 1);
        sgd.step();
        assertThat(w.item()).isEqualTo(0.5);

        sgd.zeroGrad();
        sgd.step();
        assertThat(w.hasGrad()).isFalse();
        assertThat(w.item()).isEqualTo(0.5);

        giveGradient(w, 0);
        sgd.step();
        assertThat(w.item()).isLessThan(0.5);
    }

    @Test
    void aStepWithoutAnyGradientWarnsOnce() {
        Linear model = new Linear(2, 1);
        Sgd stale = new Sgd(model.parameters(), 0.1);
        model.to(DataType.DOUBLE);
        Sgd sgd = new Sgd(model.parameters(), 0.1);
        model.forward(Tensor.ones(DataType.DOUBLE, 1, 2)).sum().backward();

        assertThat(Warnings.of(Optimizer.class, () -> {
                    stale.step();
                    stale.step();
                }))
                .singleElement()
                .asString()
                .startsWith("{0}.step: expected a gradient of at least one parameter; got none")
                .contains("to(dtype)");
        assertThat(Warnings.of(Optimizer.class, sgd::step)).isEmpty();
    }

    @Test
    void parametersStayTrainableLeaves() {
        Tensor w = leaf(1, 2);
        w.square().sum().backward();

        new Adam(List.of(w), 0.1).step();

        assertThat(w.isLeaf() && w.requiresGrad()).isTrue();
        assertThat(w.grad().toDoubleArray()).containsExactly(2, 4);
        w.zeroGrad();
        w.square().sum().backward();
        assertThat(w.grad().toDoubleArray()[0]).isLessThan(2);
    }

    @Test
    void gradientsAreLeftAsTheyAre() {
        for (boolean nesterov : new boolean[] {false, true}) {
            Tensor w = leaf(1);
            SgdOptions options = SgdOptions.defaults()
                    .withMomentum(0.9)
                    .withWeightDecay(0.1)
                    .withNesterov(nesterov)
                    .withMaximize(true);
            Sgd sgd = new Sgd(List.of(w), 1e-3, options);
            giveGradient(w, 3);

            sgd.step();
            sgd.step();

            assertThat(w.grad().item()).isEqualTo(3);
        }
    }

    @Test
    void velocityIsNotTheGradientItself() {
        Tensor w = leaf(1);
        Sgd sgd = new Sgd(List.of(w), 1, SgdOptions.defaults().withMomentum(0.5));
        giveGradient(w, 1);
        sgd.step();

        giveGradient(w, 1);
        sgd.step();

        assertThat(w.item()).isEqualTo(1 - 1 - 1.5);
    }

    @Test
    void learningRateCanChange() {
        Tensor w = leaf(1);
        Sgd sgd = new Sgd(List.of(w), 0.5);
        giveGradient(w, 1);

        sgd.learningRate(0.25);
        sgd.step();

        assertThat(sgd.learningRate()).isEqualTo(0.25);
        assertThat(w.item()).isEqualTo(0.75);
        assertThat(sgd.parameters()).containsExactly(w);
    }

    @Test
    void aGraphIsNotRecordedByAStep() {
        Tensor w = leaf(2);
        Tensor loss = w.square().mul(w).sum();
        loss.backward(Backward.CREATE_GRAPH);

        new Adam(List.of(w), 0.1).step();

        assertThat(w.isLeaf()).isTrue();
    }

    @Test
    void modelParametersCanBePassedAsTheyAre() {
        Linear model = new Linear(2, 1);

        assertThat(new Sgd(model.parameters(), 0.1).parameters()).hasSize(2);
    }

    @Test
    void noParametersAreRefused() {
        assertThatThrownBy(() -> new Sgd(List.of(), 0.1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Sgd: expected at least one parameter; got none. Pass model.parameters(), or a list of leaves that"
                                + " require gradients.");
    }

    @Test
    void nonLeavesAreRefused() {
        assertThatThrownBy(() -> new Adam(List.of(leaf(1), leaf(1).mul(2)), 0.1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Adam: expected leaf tensors; got the result of an operation as parameter '1'. Only leaves keep"
                                + " gradients: pass the tensor it was computed from, or detach() it. If it was updated by"
                                + " w = w.sub(…), which makes another tensor, use w.sub_(…) in Autograd.noGrad.");
    }

    @Test
    void constantsAreRefused() {
        assertThatThrownBy(() -> new Sgd(List.of(Tensor.of(1.0, 2.0)), 0.1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Sgd: expected tensors that require gradients; parameter '0' does not. Call requiresGrad(true), or"
                                + " leave frozen ones out with model.trainableParameters().");
    }

    @Test
    void duplicatesAreRefused() {
        Tensor w = leaf(1);

        assertThatThrownBy(() -> new Sgd(List.of(w, leaf(2), w), 0.1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Sgd: expected distinct parameters; parameter '2' appears a second time. Pass it once.");
    }

    @Test
    void learningRateMustBeFiniteAndNotNegative() {
        Tensor w = leaf(1);
        for (double bad : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> new Sgd(List.of(w), bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Sgd: expected a finite learning rate of at least 0; got " + bad + ". Try 1e-3.");
        }
        Adam adam = new Adam(List.of(w), 0.1);
        assertThatThrownBy(() -> adam.learningRate(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(adam.learningRate()).isEqualTo(0.1);
    }

    @Test
    void otherSettingsMustBeInRange() {
        SgdOptions sgd = SgdOptions.defaults();
        AdamOptions adam = AdamOptions.defaults();

        assertRefused(() -> sgd.withMomentum(-0.1), "Sgd: expected momentum >= 0; got -0.1. Use 0 for none.");
        assertRefused(() -> sgd.withWeightDecay(-1), "Sgd: expected weightDecay >= 0; got -1.0. Use 0 for none.");
        assertRefused(
                () -> new Sgd(List.of(leaf(1)), 1, sgd.withNesterov(true)),
                "Sgd: expected momentum > 0 and dampening = 0 with nesterov; got momentum=0.0, dampening=0.0. Set them so, or leave nesterov out.");
        assertRefused(
                () -> adam.withBeta1(-0.1), "Adam: expected betas in [0, 1); got -0.1 and 0.999. Use 0 for no memory.");
        assertRefused(() -> adam.withBeta2(1), "Adam: expected betas in [0, 1); got 0.9 and 1.0. Use 0 for no memory.");
        assertRefused(() -> adam.withEpsilon(-1), "Adam: expected epsilon >= 0; got -1.0. Use 1e-8.");
        assertRefused(() -> adam.withWeightDecay(-1), "Adam: expected weightDecay >= 0; got -1.0. Use 0 for none.");
    }

    private static void assertRefused(Runnable action, String message) {
        assertThatThrownBy(action::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }
}
