package org.ndgrad.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Backward;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Linear;
import org.ndgrad.nn.Parameters;

/** Groups, state, and what all optimizers do alike. */
class OptimizerStateTest {

    /** Keeps its state where it is saved, as users' optimizers may. */
    private static final class Heavy extends Optimizer {

        Heavy(Iterable<Tensor> parameters) {
            super(parameters, 0.1);
        }

        @Override
        protected void update(Tensor parameter, Tensor grad) {
            Tensor speed = state(parameter).zeros("speed");
            speed.mul_(0.9);
            speed.add_(grad);
            parameter.sub_(speed.mul(learningRate()));
        }
    }

    private static final ImmutableMap<String, Function<Iterable<Tensor>, Optimizer>> OPTIMIZERS =
            ImmutableMap.<String, Function<Iterable<Tensor>, Optimizer>>builder()
                    .put("Sgd", p -> new Sgd(p, 0.1, SgdOptions.defaults().withMomentum(0.9)))
                    .put("Adam", p -> new Adam(p, 0.1, AdamOptions.defaults().withAmsgrad(true)))
                    .put("AdamW", p -> new AdamW(p, 0.1))
                    .put("NAdam", p -> new NAdam(p, 0.1))
                    .put("RAdam", p -> new RAdam(p, 0.1))
                    .put("Adamax", p -> new Adamax(p, 0.1))
                    .put("Adagrad", p -> new Adagrad(p, 0.1))
                    .put("Adadelta", p -> new Adadelta(p, 1))
                    .put(
                            "RmsProp",
                            p -> new RmsProp(
                                    p,
                                    0.1,
                                    RmsPropOptions.defaults().withCentered(true).withMomentum(0.5)))
                    .put("Rprop", p -> new Rprop(p, 0.1))
                    .put("Asgd", p -> new Asgd(p, 0.1, AsgdOptions.defaults().withT0(1)))
                    .put("Adafactor", p -> new Adafactor(p, 0.1))
                    .put("Muon", p -> new Muon(p, 0.1))
                    .put("Lbfgs", p -> new Lbfgs(p, 0.1, LbfgsOptions.defaults().withMaxIterations(2)))
                    .put("one of a user", Heavy::new)
                    .buildOrThrow();

    static Stream<String> names() {
        return OPTIMIZERS.keySet().stream();
    }

    static Stream<String> ofAnyShape() {
        return names().filter(name -> !name.equals("Muon"));
    }

    private static Parameters parameters(DataType type) {
        return Parameters.of(ImmutableMap.of(
                "a",
                        Tensor.of(DataType.DOUBLE, 1, -2, 3, 4, 0.5, -6)
                                .reshape(2, 3)
                                .to(type)
                                .requiresGrad(true),
                "b", Tensor.of(DataType.DOUBLE, 0.5, -1).reshape(1, 2).to(type).requiresGrad(true)));
    }

    private static void step(Optimizer optimizer, Iterable<Tensor> parameters) {
        optimizer.step(() -> {
            optimizer.zeroGrad();
            Tensor loss = Tensor.zeros(DataType.DOUBLE);
            for (Tensor parameter : parameters) {
                loss = loss.add(parameter.square().mul(parameter.add(2)).mean());
            }
            loss.backward();
            return loss;
        });
    }

    private static double[] values(Parameters parameters) {
        return parameters.values().stream()
                .flatMapToDouble(each -> Arrays.stream(each.toDoubleArray()))
                .toArray();
    }

    @ParameterizedTest
    @MethodSource("names")
    void whatIsLoadedGoesOnWithTheSameNumbers(String name) {
        Parameters one = parameters(DataType.DOUBLE);
        Optimizer before = OPTIMIZERS.get(name).apply(one);
        for (int i = 0; i < 4; i++) {
            step(before, one);
        }
        Parameters other = Parameters.of(ImmutableMap.copyOf(
                Maps.transformValues(one, each -> each.detach().clone().requiresGrad(true))));
        Optimizer after = OPTIMIZERS.get(name).apply(other);
        OptimizerState saved = before.stateDict();
        after.load(saved);
        for (int i = 0; i < 4; i++) {
            step(before, one);
            step(after, other);
        }

        assertThat(values(other)).containsExactly(values(one));
        assertThat(after.stateDict().groups()).isEqualTo(before.stateDict().groups());
    }

    @ParameterizedTest
    @MethodSource("names")
    void float32GivesAlmostTheSame(String name) {
        Parameters exact = parameters(DataType.DOUBLE);
        Parameters rounded = parameters(DataType.FLOAT);
        Optimizer inDoubles = OPTIMIZERS.get(name).apply(exact);
        Optimizer inFloats = OPTIMIZERS.get(name).apply(rounded);
        for (int i = 0; i < 3; i++) {
            step(inDoubles, exact);
            step(inFloats, rounded);
        }

        double[] expected = values(exact);
        double[] actual = values(rounded);
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).isCloseTo(expected[i], within(name.equals("Muon") ? 2e-3 : 2e-5));
        }
    }

    @ParameterizedTest
    @MethodSource("ofAnyShape")
    void anyShapeAndAnyNumberIsTaken(String name) {
        Tensor number = Tensor.of(DataType.DOUBLE, 2).requiresGrad(true);
        Tensor empty = Tensor.zeros(DataType.DOUBLE, 0, 3).requiresGrad(true);
        Tensor whole = Tensor.ones(DataType.DOUBLE, 3, 4);
        Tensor view = whole.t().detach().requiresGrad(true);
        List<Tensor> all = List.of(number, empty, view);
        Optimizer optimizer = OPTIMIZERS.get(name).apply(all);
        optimizer.step(() -> {
            optimizer.zeroGrad();
            Tensor loss = number.square().add(empty.sum()).add(view.square().sum());
            loss.backward();
            return loss;
        });

        assertThat(number.ndim()).isZero();
        assertThat(number.item()).isLessThan(2);
        assertThat(Arrays.stream(whole.toDoubleArray())).allMatch(each -> each < 1);
    }

    @ParameterizedTest
    @MethodSource("ofAnyShape")
    void aGradientThatIsNoNumberShows(String name) {
        Tensor w = Tensor.of(DataType.DOUBLE, 1.0, 2.0).requiresGrad(true);
        Optimizer optimizer = OPTIMIZERS.get(name).apply(List.of(w));
        optimizer.step(() -> {
            w.grad(Tensor.of(DataType.DOUBLE, Double.NaN, Double.NaN));
            return Tensor.of(DataType.DOUBLE, Double.NaN);
        });

        assertThat(w.toDoubleArray()).containsOnly(Double.NaN);
    }

    @Test
    void aParameterWithoutAGradientIsSkippedWithItsState() {
        Parameters all = parameters(DataType.DOUBLE);
        Adam adam = new Adam(all, 0.1);
        step(adam, all);
        Tensor b = all.get("b");
        double[] values = b.toDoubleArray();
        all.get("a").square().sum().backward();
        b.zeroGrad();
        adam.step();

        assertThat(b.toDoubleArray()).containsExactly(values);
        assertThat(adam.stateDict().state().get("b").get("step").item()).isEqualTo(1);
        assertThat(adam.stateDict().state().get("a").get("step").item()).isEqualTo(2);
    }

    @Test
    void weightsDecayAndBiasesDoNot() {
        Linear model = new Linear(2, 1);
        Parameters all = model.parameters();
        double bias = all.get("bias").item();
        double[] weight = all.get("weight").toDoubleArray();
        AdamWOptions decay = AdamWOptions.defaults().withWeightDecay(0.5);
        AdamW optimizer = new AdamW(all.matching(name -> !name.endsWith("bias")), 0.1, decay)
                .addGroup(all.matching(name -> name.endsWith("bias")), 0.01, decay.withWeightDecay(0));
        all.forEach(each -> each.grad(Tensor.zerosLike(each)));
        optimizer.step();

        assertThat(all.get("bias").item()).isEqualTo(bias);
        assertThat(all.get("weight").toDoubleArray()[0]).isCloseTo(0.95 * weight[0], within(1e-6));
        assertThat(optimizer.stateDict().groups().get(1))
                .isEqualTo(ImmutableMap.builder()
                        .put("params", List.of("bias"))
                        .put("lr", 0.01)
                        .put("betas", List.of(0.9, 0.999))
                        .put("eps", 1e-8)
                        .put("weight_decay", 0.0)
                        .put("amsgrad", false)
                        .put("maximize", false)
                        .buildOrThrow());
        optimizer.learningRate(1);
        assertThat(optimizer.groups().stream().map(ParameterGroup::learningRate))
                .containsExactly(1.0, 1.0);
    }

    @Test
    void groupsOfUsersOptimizersHaveTheirRates() {
        Tensor a = Tensor.ones(1).requiresGrad(true);
        Tensor b = Tensor.ones(1).requiresGrad(true);
        Optimizer optimizer = new Heavy(List.of(a)).addGroup(List.of(b), 0.5);
        a.add(b).sum().backward();
        optimizer.step();

        assertThat(a.item()).isCloseTo(0.9, within(1e-6));
        assertThat(b.item()).isEqualTo(0.5);
        assertThat(optimizer.stateDict().state().keySet()).isEqualTo(ImmutableSet.of("0", "1"));
    }

    @Test
    void statesThatDoNotFitAreRefusedAndNothingIsChanged() {
        Parameters all = parameters(DataType.DOUBLE);
        Adam adam = new Adam(all, 0.1);
        step(adam, all);
        OptimizerState good = adam.stateDict();

        assertRefused(
                adam,
                new Adam(List.of(Tensor.ones(2).requiresGrad(true)), 1).stateDict(),
                "Adam.load: expected"
                        + " group 0 to have the parameters [a, b]; got [0]. Load a state of the same model.");
        assertRefused(
                adam,
                new Sgd(all, 1).stateDict(),
                "Adam.load: expected the options [betas, eps, weight_decay,"
                        + " decoupled_weight_decay, amsgrad, maximize]; got [momentum, dampening, weight_decay, nesterov,"
                        + " maximize]. Load a state of Adam.");
        assertRefused(
                adam,
                OptimizerState.of(
                        Map.of("a", Map.of("step", Tensor.of(DataType.DOUBLE, 1))), List.copyOf(good.groups())),
                "Adam.load: expected the states [step, exp_avg, exp_avg_sq] of parameter 'a'; got [step]. Load a state"
                        + " of Adam with the same options.");
        assertRefused(
                adam,
                OptimizerState.of(
                        Map.of(
                                "a",
                                Map.of(
                                        "step", Tensor.of(DataType.DOUBLE, 1),
                                        "exp_avg", Tensor.zeros(3, 2),
                                        "exp_avg_sq", Tensor.zeros(2, 3))),
                        List.copyOf(good.groups())),
                "Adam.load: expected exp_avg of parameter 'a' in shape [2, 3]; got [3, 2]. Load a state of the same"
                        + " model.");
        assertThat(adam.stateDict().groups()).isEqualTo(good.groups());
    }

    private static void assertRefused(Optimizer optimizer, OptimizerState state, String message) {
        assertThatThrownBy(() -> optimizer.load(state))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @MethodSource("names")
    void aStepBetweenTwoPassesOfOneGraphIsToldItsCure(String name) {
        Parameters all = parameters(DataType.DOUBLE);
        Tensor loss = all.get("a").square().sum();
        loss.backward(Backward.RETAIN_GRAPH);
        step(OPTIMIZERS.get(name).apply(all), all);

        assertThatThrownBy(loss::backward)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageEndingWith("an optimizer's step has changed it since. Call step() after all backward passes"
                        + " of a graph, or run the forward pass again after it.");
    }

    @Test
    void aParameterThatIsNoLeafAnyMoreIsToldItsCure() {
        Tensor w = Tensor.of(1.0, 2.0).requiresGrad(true);
        w.square().sum().backward();
        Tensor next = w.sub(w.grad().mul(0.1));
        next.square().sum().backward();

        assertThatThrownBy(next::grad)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                        "grad: expected a gradient; got none for this result of 'sub' of shape (2), which is no leaf:"
                                + " gradients arrive in the tensors that it was computed from. Update parameters in place,"
                                + " Autograd.noGrad(() -> w.sub_(…)), since w = w.sub(…) makes another tensor; or call"
                                + " retainGrad() before backward().");
    }

    @Test
    void lbfgsAndMuonSayWhatTheyNeed() {
        Tensor w = Tensor.of(1.0, 2.0).requiresGrad(true);
        assertThatThrownBy(() -> new Lbfgs(List.of(w), 1).step())
                .hasMessageStartingWith("Lbfgs: expected a closure, since the loss is needed several times in a step");
        assertThatThrownBy(() -> new Lbfgs(List.of(w), 1).addGroup(List.of(w), 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Muon(List.of(w), 1))
                .hasMessage(
                        "Muon: expected matrices; parameter '0' has shape [2]. Give biases, embeddings and kernels to"
                                + " another optimizer, such as AdamW.");
    }

    @Test
    void averagesAreLoadedAndTaken() {
        Parameters all = parameters(DataType.DOUBLE);
        AveragedParameters averages = AveragedParameters.equal(all);
        assertThatThrownBy(averages::copyToModel).isInstanceOf(IllegalStateException.class);
        averages.update();
        Autograd.noGrad(() -> all.forEach(each -> each.mul_(3)));
        AveragedParameters loaded = AveragedParameters.equal(all);
        loaded.load(averages.stateDict());
        loaded.update();
        loaded.copyToModel();

        assertThat(all.get("a").toDoubleArray()[0]).isEqualTo(2);
        assertThat(loaded.count()).isEqualTo(2);
        assertThatThrownBy(() -> loaded.load(Map.of())).hasMessageStartingWith("AveragedParameters.load: expected the");
    }
}
