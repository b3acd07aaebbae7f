package org.ndgrad.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Stateful;

/** States with numbers that no steps leave behind are refused, and change nothing. */
class NonsenseStatesTest {

    private static final Tensor PARAMETER = Tensor.ones(DOUBLE, 2).requiresGrad(true);

    private static Sgd sgd() {
        return new Sgd(List.of(PARAMETER), 0.1);
    }

    private static void assertRefused(Stateful scheduler, String name, Object value, String message) {
        Map<String, Object> before = new LinkedHashMap<>(scheduler.stateDict());
        Map<String, Object> broken = new LinkedHashMap<>(before);
        broken.put(name, value);

        assertThatThrownBy(() -> scheduler.load(broken))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
        assertThat(scheduler.stateDict()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-7, Double.NaN, 1.5, 1e30, Double.POSITIVE_INFINITY})
    void schedulesCountStepsFrom0(double steps) {
        for (LrScheduler each : List.of(
                new StepLr(sgd(), 2),
                new CosineAnnealingWarmRestarts(sgd(), 3),
                new ReduceLrOnPlateau(sgd()),
                new ChainedScheduler(List.of(new StepLr(sgd(), 2))))) {
            String who = each.getClass().getSimpleName();
            assertRefused(
                    each,
                    "last_epoch",
                    steps,
                    who + ".load: expected a number of steps as last_epoch; got " + steps + ". Load a state of " + who
                            + ".");
        }
        for (String name : List.of("num_bad_epochs", "cooldown_counter")) {
            assertRefused(
                    new ReduceLrOnPlateau(sgd()),
                    name,
                    steps,
                    "ReduceLrOnPlateau.load: expected a number of steps as " + name + "; got " + steps
                            + ". Load a state of ReduceLrOnPlateau.");
        }
    }

    @Test
    void theBestMetricIsANumber() {
        assertRefused(
                new ReduceLrOnPlateau(sgd()),
                "best",
                Double.NaN,
                "ReduceLrOnPlateau.load: expected the best metric as best; got NaN. Load a state of ReduceLrOnPlateau.");
    }

    @Test
    void partsOfSchedulesAreLookedAt() {
        Sgd sgd = sgd();
        SequentialLr both = new SequentialLr(List.of(new StepLr(sgd, 2), new ExponentialLr(sgd, 0.5)), List.of(2));
        assertRefused(
                both,
                "_schedulers",
                List.of(Map.of("last_epoch", 1L), Map.of("last_epoch", -1L)),
                "ExponentialLr.load: expected a number of steps as last_epoch; got -1.0. Load a state of ExponentialLr.");
    }

    private static OptimizerState with(OptimizerState state, String name, Tensor value) {
        Map<String, Tensor> tensors = new HashMap<>(state.state().get("0"));
        tensors.put(name, value);
        return OptimizerState.of(Map.of("0", tensors), List.copyOf(state.groups()));
    }

    @ParameterizedTest
    @CsvSource({
        "Adam, step",
        "NAdam, step",
        "Rprop, step",
        "Adafactor, step",
        "Adam, exp_avg_sq",
        "Adagrad, sum",
        "Adamax, exp_inf",
        "Adadelta, acc_delta",
        "RmsProp, square_avg",
        "Rprop, step_size",
        "Adafactor, variance",
        "NAdam, mu_product",
        "Lbfgs, n_iter",
        "Asgd, eta"
    })
    void optimizersRefuseWhatNoStepLeavesBehind(String kind, String name) {
        Map<String, Function<List<Tensor>, Optimizer>> makers = Map.of(
                "Adam", p -> new Adam(p, 0.1),
                "NAdam", p -> new NAdam(p, 0.1),
                "Rprop", p -> new Rprop(p, 0.1),
                "Adafactor", p -> new Adafactor(p, 0.1),
                "Adagrad", p -> new Adagrad(p, 0.1),
                "Adamax", p -> new Adamax(p, 0.1),
                "Adadelta", p -> new Adadelta(p, 0.1),
                "RmsProp", p -> new RmsProp(p, 0.1),
                "Lbfgs", p -> new Lbfgs(p, 0.1),
                "Asgd", p -> new Asgd(p, 0.1));
        Tensor parameter = Tensor.of(DOUBLE, 1, 2).requiresGrad(true);
        Optimizer optimizer = makers.get(kind).apply(List.of(parameter));
        optimizer.step(() -> {
            optimizer.zeroGrad();
            Tensor loss = parameter.square().sum();
            loss.backward();
            return loss;
        });
        OptimizerState good = optimizer.stateDict();
        Tensor before = good.state().get("0").get(name);
        boolean isCount = name.equals("step") || name.equals("n_iter");
        double[] wrong = isCount
                ? new double[] {-1, Double.NaN, 1e30, Double.POSITIVE_INFINITY, 0.5}
                : new double[] {-1e-300, Double.NEGATIVE_INFINITY};

        for (double each : wrong) {
            OptimizerState broken = with(good, name, Tensor.full(DOUBLE, each, before.shape()));
            assertThatThrownBy(() -> optimizer.load(broken))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage(kind + ".load: expected "
                            + (isCount ? "a number of steps as " + name : "no negative numbers in " + name)
                            + " of parameter '0'; got " + each + ". Load a state of " + kind + ".");
        }
        assertThat(optimizer.stateDict().state().get("0").get(name).toDoubleArray())
                .containsExactly(before.toDoubleArray());
        optimizer.load(good);
    }

    /** A training that has failed can be saved and looked at. */
    @Test
    void aStateOfNaNIsLoaded() {
        Adam adam = new Adam(List.of(PARAMETER), 0.1);
        PARAMETER.grad(Tensor.of(DOUBLE, Double.NaN, 1));
        Tensor before = PARAMETER.detach().clone();
        adam.step();
        PARAMETER.detach().copy_(before);
        PARAMETER.zeroGrad();
        Adam other = new Adam(List.of(PARAMETER), 0.1);

        other.load(adam.stateDict());

        assertThat(other.stateDict().state().get("0").get("exp_avg_sq").get(0).item())
                .isNaN();
    }

    @Test
    void averagesCountFrom0() {
        AveragedParameters averages = AveragedParameters.exponential(List.of(PARAMETER), 0.5);
        Map<String, Tensor> broken = new HashMap<>(averages.stateDict());
        broken.put("n_averaged", Tensor.of(-1L));

        assertThatThrownBy(() -> averages.load(broken))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("AveragedParameters.load: expected a number of averaged parameters as n_averaged; got -1.0."
                        + " Load averages of the same model.");
    }

    @Test
    void aScheduleNeedsAnOptimizer() {
        assertThatNullPointerException()
                .isThrownBy(() -> new StepLr(null, 1, 0.1))
                .withMessage("StepLr: expected an optimizer; got null. Pass the one whose rates to change.");
    }
}
