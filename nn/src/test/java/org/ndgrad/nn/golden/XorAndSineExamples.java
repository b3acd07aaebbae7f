package org.ndgrad.nn.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ndgrad.nn.golden.Golden.assertClose;
import static org.ndgrad.nn.golden.Golden.doubles;
import static org.ndgrad.nn.golden.Golden.leaf;
import static org.ndgrad.nn.golden.Golden.tensor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Linear;
import org.ndgrad.nn.Losses;
import org.ndgrad.nn.Sequential;
import org.ndgrad.nn.Tanh;
import org.ndgrad.nn.optim.Adam;
import org.ndgrad.nn.optim.Sgd;

/** Documents 003, XOR with a skip connection and a sine fitted by Adam, and 004, one step of two layers. */
final class XorAndSineExamples {

    private XorAndSineExamples() {}

    static void addTo(Map<String, SeedExamplesTest.Example> examples) {
        examples.put("lisbon_xor_delta_rule_iter1", XorAndSineExamples::deltaRuleOnce);
        examples.put("lisbon_xor_delta_rule_epoch1", XorAndSineExamples::deltaRuleEpoch);
        examples.put("lisbon_threshold_xor", XorAndSineExamples::thresholdNetwork);
        examples.put("lisbon_sine_adam", XorAndSineExamples::sine);
        examples.put("blog_two_layer_backprop", XorAndSineExamples::twoLayers);
    }

    private static void deltaRuleOnce(JsonNode inputs, JsonNode expected, double tolerance) {
        deltaRule(xorWeights(), expected, tolerance);
    }

    private static void deltaRuleEpoch(JsonNode inputs, JsonNode expected, double tolerance) {
        Map<String, Tensor> weights = xorWeights();
        assertThat(expected).hasSameSizeAs(inputs.get("order"));
        expected.forEach(step -> deltaRule(weights, step, tolerance));
    }

    private static Map<String, Tensor> xorWeights() {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        Map.of("w11", 1.0, "w12", 1.0, "b1", -1.5, "w21", 1.0, "w22", 1.0, "w23", -2.0, "b2", -0.5)
                .forEach((name, value) ->
                        weights.put(name, Tensor.of(DataType.DOUBLE, value).requiresGrad(true)));
        return weights;
    }

    /** One pattern forward, backward and, with η = 1, one step. */
    private static void deltaRule(Map<String, Tensor> w, JsonNode expected, double tolerance) {
        double[] x = doubles(expected.get("x"));
        w.values().forEach(Tensor::zeroGrad);

        Tensor v1 = w.get("w11").mul(x[0]).add(w.get("w12").mul(x[1])).add(w.get("b1"));
        Tensor y1 = v1.retainGrad().sigmoid();
        Tensor direct = w.get("w21").mul(x[0]).add(w.get("w22").mul(x[1]));
        Tensor v2 = direct.add(w.get("w23").mul(y1)).add(w.get("b2"));
        Tensor y2 = v2.retainGrad().sigmoid();
        Tensor error = y2.rsub(expected.get("d").doubleValue()).square().mul(0.5);
        error.backward();
        new Sgd(w.values(), 1).step();

        assertClose(v1, expected.get("v1"), tolerance);
        assertClose(y1, expected.get("y1"), tolerance);
        assertClose(v2, expected.get("v2"), tolerance);
        assertClose(y2, expected.get("y2"), tolerance);
        assertClose(error, expected.get("E"), tolerance);
        assertClose(v2.grad().neg(), expected.get("delta2"), tolerance);
        assertClose(v1.grad().neg(), expected.get("delta1"), tolerance);
        w.forEach((name, weight) -> {
            assertClose(weight.grad(), expected.at("/grad/" + name), tolerance);
            assertClose(weight, expected.at("/new/" + name), tolerance);
        });
    }

    private static void thresholdNetwork(JsonNode inputs, JsonNode expected, double tolerance) {
        Tensor x = Tensor.of(DataType.DOUBLE, new double[][] {{0, 0}, {0, 1}, {1, 0}, {1, 1}});

        Tensor sum = x.sum(1);
        Tensor phi1 = sum.sub(1.5).gt(0).to(DataType.DOUBLE);
        Tensor phi2 = sum.sub(phi1.mul(2)).sub(0.5).gt(0).to(DataType.DOUBLE);

        assertClose(phi2.select(0, 0), expected.at("/table/00"), tolerance);
        assertClose(phi2.select(0, 1), expected.at("/table/01"), tolerance);
        assertClose(phi2.select(0, 2), expected.at("/table/10"), tolerance);
        assertClose(phi2.select(0, 3), expected.at("/table/11"), tolerance);
        // The planes where a neuron's argument is 0: 1.5 of the first; 0.5 and 0.5 + 2 of the second.
        assertThat(expected.get("hyperplanes").toString()).contains("x1+x2=1.5", "x1+x2=0.5", "x1+x2=2.5");
    }

    private static void sine(JsonNode inputs, JsonNode expected, double tolerance) {
        JsonNode init = inputs.get("init");
        Sequential net = new Sequential(
                Linear.of(tensor(init.get("0.weight")), tensor(init.get("0.bias"))),
                new Tanh(),
                Linear.of(tensor(init.get("2.weight")), tensor(init.get("2.bias"))));
        Tensor x = Tensor.linspace(DataType.DOUBLE, -Math.PI, Math.PI, 141).unsqueeze(1);
        Tensor y = x.sin();
        Adam adam = new Adam(net.parameters(), inputs.get("lr").doubleValue());
        JsonNode losses = expected.get("loss_before_step");
        assertThat(net.parameterCount()).isEqualTo(expected.get("n_params").longValue());

        for (int step = 0; step < inputs.get("epochs").intValue(); step++) {
            adam.zeroGrad();
            Tensor loss = Losses.mseLoss(net.forward(x), y);
            loss.backward();
            if (losses.has(Integer.toString(step))) {
                // Later steps oscillate and magnify rounding.
                assertClose(loss, losses.get(Integer.toString(step)), step <= 9 ? tolerance : 1e-2);
            }
            adam.step();
            if (step == 0) {
                net.parameters()
                        .forEach((name, parameter) -> assertClose(
                                parameter, expected.get("params_after_step_1").get(name), tolerance));
            }
        }
        assertClose(Losses.mseLoss(net.forward(x), y), expected.get("final_loss"), 1e-2);
    }

    private static void twoLayers(JsonNode inputs, JsonNode expected, double tolerance) {
        Tensor x = tensor(inputs.get("x"));
        Tensor target = tensor(inputs.get("target"));
        Tensor inner = leaf(inputs.get("W_ih"));
        Tensor outer = leaf(inputs.get("W_ho"));

        Tensor h = inner.matmul(x).sigmoid();
        Tensor f = outer.matmul(h).sigmoid();
        Tensor error = target.sub(f).square().sum().mul(0.5);
        error.backward();

        assertClose(h, expected.get("h"), tolerance);
        assertClose(f, expected.get("f"), tolerance);
        assertClose(error, expected.get("E"), tolerance);
        assertClose(outer.grad().neg(), expected.get("true_minus_grad_W_ho"), tolerance);
        assertClose(inner.grad().neg(), expected.get("true_minus_grad_W_ih"), tolerance);

        inner.zeroGrad();
        outer.zeroGrad();
        GaussianPairFixtureTest.documentsOwnObjective(inner, outer, x, target).backward();
        assertClose(outer.grad().neg(), expected.get("seed_delta_ho"), tolerance);
        assertClose(inner.grad().neg(), expected.get("seed_delta_ih"), tolerance);
    }
}
