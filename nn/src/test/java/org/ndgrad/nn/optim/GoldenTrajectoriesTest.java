package org.ndgrad.nn.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ndgrad.nn.golden.Golden.assertClose;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.golden.Golden;

/** Steps of every optimizer on ½ wᵀ A w − bᵀ w against PyTorch's, in float64. */
class GoldenTrajectoriesTest {

    private static final JsonNode GOLDEN = Golden.read("pytorch_parity.json");

    private static final SgdOptions MOMENTUM = SgdOptions.defaults().withMomentum(0.9);

    private static final LbfgsOptions FOUR_ITERATIONS = LbfgsOptions.defaults().withMaxIterations(4);

    private static final ImmutableMap<String, Function<List<Tensor>, Optimizer>> CASES =
            ImmutableMap.<String, Function<List<Tensor>, Optimizer>>builder()
                    .put("SGD lr.1", w -> new Sgd(w, 0.1))
                    .put("SGD mom.9", w -> new Sgd(w, 0.1, MOMENTUM))
                    .put("SGD mom.9 damp.1", w -> new Sgd(w, 0.1, MOMENTUM.withDampening(0.1)))
                    .put("SGD nesterov", w -> new Sgd(w, 0.1, MOMENTUM.withNesterov(true)))
                    .put("SGD wd.01 mom.9", w -> new Sgd(w, 0.1, MOMENTUM.withWeightDecay(0.01)))
                    .put(
                            "SGD maximize",
                            w -> new Sgd(w, 0.01, SgdOptions.defaults().withMaximize(true)))
                    .put("Adam", w -> new Adam(w, 0.1))
                    .put(
                            "Adam wd.1",
                            w -> new Adam(w, 0.1, AdamOptions.defaults().withWeightDecay(0.1)))
                    .put(
                            "Adam amsgrad",
                            w -> new Adam(w, 0.1, AdamOptions.defaults().withAmsgrad(true)))
                    .put("AdamW", w -> new AdamW(w, 0.1, AdamWOptions.defaults().withWeightDecay(0.1)))
                    .put("NAdam", w -> new NAdam(w, 0.1))
                    .put("RAdam", w -> new RAdam(w, 0.1))
                    .put("Adamax", w -> new Adamax(w, 0.1))
                    .put("Adagrad", w -> new Adagrad(w, 0.1))
                    .put(
                            "Adagrad lr_decay.1 init.5",
                            w -> new Adagrad(
                                    w,
                                    0.1,
                                    AdagradOptions.defaults()
                                            .withLearningRateDecay(0.1)
                                            .withInitialAccumulatorValue(0.5)))
                    .put("Adadelta", w -> new Adadelta(w, 1))
                    .put("RMSprop", w -> new RmsProp(w, 0.1))
                    .put(
                            "RMSprop centered mom.9",
                            w -> new RmsProp(
                                    w,
                                    0.1,
                                    RmsPropOptions.defaults().withCentered(true).withMomentum(0.9)))
                    .put("Rprop", w -> new Rprop(w, 0.1))
                    .put("ASGD", w -> new Asgd(w, 0.1))
                    .put("LBFGS", w -> new Lbfgs(w, 1, FOUR_ITERATIONS))
                    .put(
                            "LBFGS strong_wolfe",
                            w -> new Lbfgs(w, 1, FOUR_ITERATIONS.withLineSearch(LbfgsOptions.LineSearch.STRONG_WOLFE)))
                    .put("Adafactor", w -> new Adafactor(w, 0.1))
                    .buildOrThrow();

    /** As where the numbers were computed; single numbers of states have the default type. */
    @BeforeAll
    static void computeInFloat64() {
        Tensor.defaultDtype(DataType.DOUBLE);
    }

    @AfterAll
    static void goBack() {
        Tensor.defaultDtype(DataType.FLOAT);
    }

    static Stream<String> names() {
        return CASES.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void stepsEqualPyTorchs(String name) {
        Tensor a = Golden.tensor(GOLDEN.at("/problem/A"));
        Tensor b = Golden.tensor(GOLDEN.at("/problem/b"));
        Tensor w = Golden.leaf(GOLDEN.at("/problem/w0"));
        Optimizer optimizer = CASES.get(name).apply(List.of(w));

        for (JsonNode expected : GOLDEN.at("/optimizers").get(name)) {
            optimizer.step(() -> {
                optimizer.zeroGrad();
                Tensor loss = w.matmul(a).matmul(w).mul(0.5).sub(b.matmul(w));
                loss.backward();
                return loss;
            });
            assertClose(w, expected, 1e-10);
        }
    }

    @Test
    void thereAreNoOthers() {
        assertThat(ImmutableSet.copyOf(GOLDEN.at("/optimizers").fieldNames())).isEqualTo(CASES.keySet());
    }
}
