package org.ndgrad.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.golden.Golden;

class SchedulesTest {

    private static final JsonNode GOLDEN = Golden.read("pytorch_parity.json").get("schedulers base_lr .1");

    private static final ImmutableMap<String, Function<Optimizer, LrScheduler>> CASES =
            ImmutableMap.<String, Function<Optimizer, LrScheduler>>builder()
                    .put("StepLR 5 .5", o -> new StepLr(o, 5, 0.5))
                    .put("MultiStepLR [3,8] .1", o -> new MultiStepLr(o, List.of(3, 8)))
                    .put("ExponentialLR .9", o -> new ExponentialLr(o, 0.9))
                    .put("CosineAnnealingLR T10 eta.01", o -> new CosineAnnealingLr(o, 10, 0.01))
                    .put("CosineAnnealingWarmRestarts T0=5 Tm=2", o -> new CosineAnnealingWarmRestarts(o, 5, 2, 0))
                    .put("LinearLR .25 5", o -> new LinearLr(o, 0.25, 1, 5))
                    .put("ConstantLR .5 4", o -> new ConstantLr(o, 0.5, 4))
                    .put("PolynomialLR 10 p2", o -> new PolynomialLr(o, 10, 2))
                    .put("LambdaLR .95^e", o -> new LambdaLr(o, t -> Math.pow(0.95, (double) t)))
                    .put("MultiplicativeLR .9", o -> new MultiplicativeLr(o, t -> 0.9))
                    .put("OneCycleLR max1 20", o -> new OneCycleLr(o, 1, 20))
                    .put(
                            "CyclicLR .01-.1 up4",
                            o -> new CyclicLr(
                                    o, 0.01, 0.1, CyclicLrOptions.defaults().withStepSizeUp(4)))
                    .put(
                            "Sequential warm3+exp",
                            o -> new SequentialLr(
                                    List.of(new ConstantLr(o, 0.1, 3), new ExponentialLr(o, 0.9)), List.of(3)))
                    .put(
                            "ReduceLROnPlateau f.5 p2",
                            o -> new ReduceLrOnPlateau(
                                    o,
                                    ReduceLrOnPlateauOptions.defaults()
                                            .withFactor(0.5)
                                            .withPatience(2)))
                    .buildOrThrow();

    static Stream<String> names() {
        return CASES.keySet().stream();
    }

    private static Sgd sgd() {
        Tensor w = Tensor.zeros(1).requiresGrad(true);
        return new Sgd(List.of(w), 0.1, SgdOptions.defaults().withMomentum(0.9));
    }

    private static double metric(int t) {
        return t < 8 ? Math.max(0.8, 1 - 0.1 * t) : 0.79;
    }

    private static void step(LrScheduler scheduler, int t) {
        scheduler.optimizer().step();
        if (scheduler instanceof ReduceLrOnPlateau plateau) {
            plateau.step(metric(t));
        } else {
            scheduler.step();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void ratesEqualPyTorchs(String name) {
        Sgd sgd = sgd();
        LrScheduler scheduler = CASES.get(name).apply(sgd);
        JsonNode expected = GOLDEN.get(name);
        for (int t = 0; t < expected.size(); t++) {
            Golden.assertClose(sgd.learningRate(), expected.get(t), 1e-10);
            if (t < expected.size() - 1) {
                step(scheduler, t);
            }
        }
    }

    @Test
    void thereAreNoOthers() {
        assertThat(ImmutableSet.copyOf(GOLDEN.fieldNames())).isEqualTo(CASES.keySet());
    }

    @ParameterizedTest
    @MethodSource("names")
    void whatIsLoadedGoesOn(String name) {
        Sgd without = sgd();
        LrScheduler uninterrupted = CASES.get(name).apply(without);
        Sgd first = sgd();
        LrScheduler interrupted = CASES.get(name).apply(first);
        for (int t = 0; t < 7; t++) {
            step(uninterrupted, t);
            step(interrupted, t);
        }
        Sgd second = sgd();
        LrScheduler resumed = CASES.get(name).apply(second);
        resumed.load(interrupted.stateDict());
        second.load(first.stateDict());

        for (int t = 7; t < 19; t++) {
            assertThat(second.learningRate()).isEqualTo(without.learningRate());
            assertThat(second.options()).isEqualTo(without.options());
            step(uninterrupted, t);
            step(resumed, t);
        }
        assertThat(resumed.lastEpoch()).isEqualTo(19);
    }

    @Test
    void groupsKeepTheirOwnRates() {
        Sgd sgd = sgd().addGroup(List.of(Tensor.zeros(1).requiresGrad(true)), 1);
        LrScheduler scheduler = new StepLr(sgd, 1, 0.5);
        step(scheduler, 0);

        assertThat(sgd.groups().stream().map(ParameterGroup::learningRate)).containsExactly(0.05, 0.5);
    }

    @Test
    void chainedSchedulesMultiply() {
        Sgd sgd = sgd();
        LrScheduler both = new ChainedScheduler(List.of(new ConstantLr(sgd, 0.1, 2), new ExponentialLr(sgd, 0.5)));
        assertThat(sgd.learningRate()).isCloseTo(0.01, within(1e-15));
        step(both, 0);
        assertThat(sgd.learningRate()).isCloseTo(0.005, within(1e-15));
        step(both, 1);
        assertThat(sgd.learningRate()).isCloseTo(0.025, within(1e-15));
    }

    @Test
    void momentumGoesTheOtherWay() {
        Adam adam = new Adam(List.of(Tensor.zeros(1).requiresGrad(true)), 0.1);
        LrScheduler scheduler =
                new CyclicLr(adam, 0.1, 0.2, CyclicLrOptions.defaults().withStepSizeUp(1));
        assertThat(adam.options().beta1()).isEqualTo(0.9);
        step(scheduler, 0);
        assertThat(adam.options().beta1()).isCloseTo(0.8, within(1e-15));
    }

    @Test
    void optimizersWithoutMomentumAreRefused() {
        Adagrad adagrad = new Adagrad(List.of(Tensor.zeros(1).requiresGrad(true)), 0.1);
        assertThatThrownBy(() -> new OneCycleLr(adagrad, 0.1, 10))
                .hasMessage("OneCycleLr: expected an optimizer with momentum or beta1; got Adagrad. Switch it off by"
                        + " withCycleMomentum(false).");
    }

    @Test
    void aPlateauNeedsAMetric() {
        ReduceLrOnPlateau scheduler = new ReduceLrOnPlateau(sgd());
        assertThatThrownBy(scheduler::step)
                .hasMessage("ReduceLrOnPlateau: expected a metric; got none. Call step(metric) with the validation"
                        + " loss, say.");
        assertThatThrownBy(() -> new ChainedScheduler(List.of(scheduler)))
                .hasMessage("ChainedScheduler: expected schedulers that step without a metric; got"
                        + " ReduceLrOnPlateau. Step it by itself.");
    }

    @Test
    void stepsBeyondTheCycleAreRefused() {
        LrScheduler scheduler = new OneCycleLr(sgd(), 1, 2);
        step(scheduler, 0);
        step(scheduler, 1);
        assertThatThrownBy(scheduler::step)
                .hasMessage("OneCycleLr: expected at most 2 steps; got one more. Pass the number of all batches as"
                        + " totalSteps.");
    }

    @Test
    void statesOfOthersAreRefused() {
        LrScheduler scheduler = new StepLr(sgd(), 2);
        assertThatThrownBy(() -> scheduler.load(new ReduceLrOnPlateau(sgd()).stateDict()))
                .hasMessage("StepLr.load: expected the names [last_epoch]; got [last_epoch, best, num_bad_epochs,"
                        + " cooldown_counter]. Load a state of StepLr.");
    }

    @Test
    void aScheduleThatStepsBeforeItsOptimizerWarnsOnce() {
        assertThat(Warnings.of(LrScheduler.class, () -> {
                    Sgd sgd = sgd();
                    new StepLr(sgd, 2).step();
                    new StepLr(sgd, 2).step();
                }))
                .singleElement()
                .asString()
                .contains("expected optimizer.step() before");
        assertThat(Warnings.of(LrScheduler.class, () -> {
                    Sgd inOrder = sgd();
                    inOrder.step();
                    new StepLr(inOrder, 2).step();
                }))
                .isEmpty();
    }

    @Test
    void whatRefusesAStateStaysAsItWas() {
        ReduceLrOnPlateau plateau = new ReduceLrOnPlateau(sgd());
        Map<String, Object> plateaus = new HashMap<>(plateau.stateDict());
        plateaus.put("last_epoch", 7L);
        plateaus.put("best", "text");
        assertRefusedWithoutChange(plateau, plateaus);

        Sgd sgd = sgd();
        SequentialLr sequence =
                new SequentialLr(List.of(new ConstantLr(sgd, 0.1, 3), new ExponentialLr(sgd, 0.9)), List.of(3));
        Map<String, Object> sequences = new HashMap<>(sequence.stateDict());
        sequences.put("_schedulers", List.of(Map.of("last_epoch", 7L), Map.of("last_epoch", "text")));
        assertRefusedWithoutChange(sequence, sequences);
        sequences.put("_schedulers", List.of(Map.of("last_epoch", 7L), Map.of("last_epoch", 7L)));
        sequences.put("last_epoch", "text");
        assertRefusedWithoutChange(sequence, sequences);
    }

    private static void assertRefusedWithoutChange(LrScheduler schedule, Map<String, Object> state) {
        Map<String, Object> before = schedule.stateDict();
        assertThatThrownBy(() -> schedule.load(state)).isInstanceOf(IllegalArgumentException.class);
        assertThat(schedule.stateDict()).isEqualTo(before);
    }

    private static double[] rates(Function<Optimizer, LrScheduler> maker, int steps) {
        Sgd sgd = sgd();
        LrScheduler scheduler = maker.apply(sgd);
        double[] rates = new double[steps];
        for (int t = 0; t < steps; t++) {
            rates[t] = sgd.learningRate();
            if (t < steps - 1) {
                step(scheduler, t);
            }
        }
        return rates;
    }

    /** The rates are PyTorch's. */
    @Test
    void aMilestoneAtTheBeginningCounts() {
        assertThat(rates(o -> new MultiStepLr(o, List.of(0, 1), 0.5), 3)).containsExactly(0.05, 0.025, 0.025);
        assertThat(rates(o -> new MultiStepLr(o, List.of(0, 0, 3), 0.5), 5))
                .containsExactly(0.025, 0.025, 0.025, 0.0125, 0.0125);
        assertThat(rates(
                        o -> new SequentialLr(
                                List.of(new ConstantLr(o, 0.5, 3), new MultiStepLr(o, List.of(0, 2), 0.5)), List.of(3)),
                        6))
                .containsExactly(0.05, 0.05, 0.05, 0.05, 0.05, 0.025);
        assertThat(rates(
                        o -> new SequentialLr(
                                List.of(new MultiStepLr(o, List.of(0, 2), 0.5), new ConstantLr(o, 0.5, 2)), List.of(3)),
                        6))
                .containsExactly(0.05, 0.05, 0.025, 0.05, 0.05, 0.1);
        assertThat(rates(
                        o -> new ChainedScheduler(
                                List.of(new MultiStepLr(o, List.of(0, 2), 0.5), new ExponentialLr(o, 0.5))),
                        4))
                .containsExactly(0.05, 0.025, 0.00625, 0.003125);
    }

    /** PyTorch divides by zero. */
    @Test
    void aPhaseOfOneCycleMayHaveNoLength() {
        for (OneCycleLrOptions.Anneal anneal : OneCycleLrOptions.Anneal.values()) {
            OneCycleLrOptions options = OneCycleLrOptions.defaults().withAnnealStrategy(anneal);
            double[] fromTheTop = rates(o -> new OneCycleLr(o, 1, 10, options.withPctStart(0.1)), 10);
            assertThat(fromTheTop[0]).isEqualTo(1);
            assertThat(fromTheTop[9]).isCloseTo(4e-6, within(1e-15));
            for (int t = 1; t < 10; t++) {
                assertThat(fromTheTop[t]).isLessThan(fromTheTop[t - 1]);
            }
            double[] threePhases = rates(
                    o -> new OneCycleLr(o, 1, 3, options.withThreePhase(true).withPctStart(2 / 3.0)), 4);
            assertThat(threePhases).containsExactly(new double[] {0.04, 1, 0.04, 4e-6}, within(1e-15));
        }
    }
}
