package org.ndgrad.nn.optim;

import static org.ndgrad.nn.golden.Golden.assertClose;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.golden.Golden;

/** Steps of every optimizer on ½ wᵀ A w − bᵀ w against PyTorch's, in float64. */
class GoldenTrajectoriesTest {

    private static final JsonNode GOLDEN = Golden.read("pytorch_parity.json");

    private static final SgdOptions MOMENTUM = SgdOptions.defaults().withMomentum(0.9);

    private static final Map<String, Function<List<Tensor>, Optimizer>> CASES = Map.of(
            "SGD lr.1", w -> new Sgd(w, 0.1),
            "SGD mom.9", w -> new Sgd(w, 0.1, MOMENTUM),
            "SGD mom.9 damp.1", w -> new Sgd(w, 0.1, MOMENTUM.withDampening(0.1)),
            "SGD nesterov", w -> new Sgd(w, 0.1, MOMENTUM.withNesterov(true)),
            "SGD wd.01 mom.9", w -> new Sgd(w, 0.1, MOMENTUM.withWeightDecay(0.01)),
            "SGD maximize", w -> new Sgd(w, 0.01, SgdOptions.defaults().withMaximize(true)),
            "Adam", w -> new Adam(w, 0.1),
            "Adam wd.1", w -> new Adam(w, 0.1, AdamOptions.defaults().withWeightDecay(0.1)),
            "Adam amsgrad", w -> new Adam(w, 0.1, AdamOptions.defaults().withAmsgrad(true)));

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
            optimizer.zeroGrad();
            w.matmul(a).matmul(w).mul(0.5).sub(b.matmul(w)).backward();
            optimizer.step();
            assertClose(w, expected, 1e-12);
        }
    }
}
