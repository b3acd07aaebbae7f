package org.ndgrad.nn.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Iterables;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.conformance.Runner;
import org.ndgrad.nn.optim.Adadelta;
import org.ndgrad.nn.optim.Adafactor;
import org.ndgrad.nn.optim.AdafactorOptions;
import org.ndgrad.nn.optim.Adagrad;
import org.ndgrad.nn.optim.Adam;
import org.ndgrad.nn.optim.AdamW;
import org.ndgrad.nn.optim.Adamax;
import org.ndgrad.nn.optim.Asgd;
import org.ndgrad.nn.optim.Lbfgs;
import org.ndgrad.nn.optim.Muon;
import org.ndgrad.nn.optim.NAdam;
import org.ndgrad.nn.optim.Optimizer;
import org.ndgrad.nn.optim.RAdam;
import org.ndgrad.nn.optim.RmsProp;
import org.ndgrad.nn.optim.Rprop;
import org.ndgrad.nn.optim.Sgd;

/** Optimizers go on from what PyTorch's have saved: with defaults, and options that are None or tensors. */
class TorchOptimizersTest {

    private static final Path FILE = Runner.own("torch").resolve("optimizers.pt");

    private static final ImmutableMap<String, Function<List<Tensor>, Optimizer>> MAKERS =
            ImmutableMap.<String, Function<List<Tensor>, Optimizer>>builder()
                    .put("SGD", parameters -> new Sgd(parameters, 7))
                    .put("Adam", parameters -> new Adam(parameters, 7))
                    .put("AdamW", parameters -> new AdamW(parameters, 7))
                    .put("NAdam", parameters -> new NAdam(parameters, 7))
                    .put("RAdam", parameters -> new RAdam(parameters, 7))
                    .put("Adamax", parameters -> new Adamax(parameters, 7))
                    .put("Adagrad", parameters -> new Adagrad(parameters, 7))
                    .put("Adadelta", parameters -> new Adadelta(parameters, 7))
                    .put("RMSprop", parameters -> new RmsProp(parameters, 7))
                    .put("Rprop", parameters -> new Rprop(parameters, 7))
                    .put("ASGD", parameters -> new Asgd(parameters, 7))
                    .put("Adafactor", parameters -> new Adafactor(parameters, 7))
                    .put("Muon", parameters -> new Muon(parameters, 7))
                    .put("LBFGS", parameters -> new Lbfgs(parameters, 7))
                    .buildOrThrow();

    /** Muon computes in bfloat16; a step of L-BFGS has many iterations. */
    private static double tolerance(String kind) {
        return kind.equals("Muon") ? 2e-3 : kind.equals("LBFGS") ? 1e-6 : 1e-9;
    }

    private static void step(Optimizer optimizer, Tensor w, Tensor v) {
        Tensor weights = Tensor.arange(DataType.DOUBLE, 1, 7, 1).reshape(2, 3).div(4);
        optimizer.step(() -> {
            optimizer.zeroGrad();
            Tensor loss = weights.mul(w.sub(1).square())
                    .sum()
                    .add(v.sub(w.t()).tanh().square().sum());
            loss.backward();
            return loss;
        });
    }

    private static Map<?, ?> map(Object value) {
        return (Map<?, ?>) value;
    }

    private static List<?> list(Object value) {
        return (List<?>) value;
    }

    private static Tensor parameter(Object saved) {
        return ((Tensor) saved).clone().requiresGrad(true);
    }

    @TestFactory
    Stream<DynamicTest> optimizersGoOnFromPyTorchsStates() {
        Map<?, ?> cases = map(Torch.load(FILE));
        assertThat(cases.size()).isGreaterThan(40);
        return cases.entrySet().stream()
                .map(each -> dynamicTest((String) each.getKey(), () -> {
                    String name = (String) each.getKey();
                    String kind = Iterables.get(Splitter.on('#').split(name), 0);
                    List<?> before = list(map(each.getValue()).get("before"));
                    List<?> after = list(map(each.getValue()).get("after"));
                    Tensor w = parameter(before.get(0));
                    Tensor v = parameter(before.get(1));
                    Optimizer optimizer = MAKERS.get(kind).apply(List.of(w, v));

                    Torch.loadOptimizer(FILE, optimizer, name, "optimizer");
                    for (int i = 0; i < 3; i++) {
                        step(optimizer, w, v);
                    }

                    assertClose(w, (Tensor) after.get(0), tolerance(kind));
                    assertClose(v, (Tensor) after.get(1), tolerance(kind));
                }));
    }

    private static void assertClose(Tensor actual, Tensor expected, double tolerance) {
        assertThat(actual.detach().toDoubleArray()).containsExactly(expected.toDoubleArray(), within(tolerance));
    }

    /** What was loaded can be saved and loaded again. */
    @TestFactory
    Stream<DynamicTest> statesOfPyTorchAreOurs() {
        return map(Torch.load(FILE)).entrySet().stream()
                .map(each -> dynamicTest((String) each.getKey(), () -> {
                    String name = (String) each.getKey();
                    List<Tensor> parameters = list(map(each.getValue()).get("before")).stream()
                            .map(TorchOptimizersTest::parameter)
                            .toList();
                    Function<List<Tensor>, Optimizer> maker =
                            MAKERS.get(Iterables.get(Splitter.on('#').split(name), 0));
                    Optimizer loaded = maker.apply(parameters);
                    Optimizer again = maker.apply(parameters);

                    Torch.loadOptimizer(FILE, loaded, name, "optimizer");
                    again.load(loaded.stateDict());

                    assertThat(again.stateDict().groups())
                            .isEqualTo(loaded.stateDict().groups());
                    assertThat(again).hasToString(loaded.toString());
                }));
    }

    @Test
    void optionsAreThoseOfTheFile() {
        List<Tensor> parameters =
                List.of(Tensor.zeros(DataType.DOUBLE, 2, 3), Tensor.zeros(DataType.DOUBLE, 3, 2)).stream()
                        .map(each -> each.requiresGrad(true))
                        .toList();
        Adafactor adafactor = new Adafactor(
                parameters,
                7,
                AdafactorOptions.defaults().withGradientEpsilon(1).withParameterEpsilon(5));
        Adam adam = new Adam(parameters, 7);

        Torch.loadOptimizer(FILE, adafactor, "Adafactor", "optimizer");
        Torch.loadOptimizer(FILE, adam, "Adam#betas", "optimizer");

        assertThat(adafactor.groups().get(0).options()).isEqualTo(AdafactorOptions.defaults());
        assertThat(adam.learningRate()).isEqualTo(0.05);
        assertThat(adam.groups().get(0).options().toString()).contains("beta1=0.75, beta2=0.9,");
    }
}
