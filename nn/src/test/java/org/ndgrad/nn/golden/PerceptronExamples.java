package org.ndgrad.nn.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ndgrad.nn.golden.Golden.assertClose;
import static org.ndgrad.nn.golden.Golden.doubles;
import static org.ndgrad.nn.golden.Golden.leaf;
import static org.ndgrad.nn.golden.Golden.tensor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.Activations;
import org.ndgrad.nn.Elu;
import org.ndgrad.nn.Gelu;
import org.ndgrad.nn.Layer;
import org.ndgrad.nn.LeakyRelu;
import org.ndgrad.nn.Linear;
import org.ndgrad.nn.Losses;
import org.ndgrad.nn.Relu;
import org.ndgrad.nn.Sequential;
import org.ndgrad.nn.Sigmoid;
import org.ndgrad.nn.Silu;
import org.ndgrad.nn.Softplus;
import org.ndgrad.nn.Tanh;
import org.ndgrad.nn.optim.Sgd;

/** Document 000: the perceptron by hand, and a classifier of height and weight. */
final class PerceptronExamples {

    private PerceptronExamples() {}

    static void addTo(Map<String, SeedExamplesTest.Example> examples) {
        examples.put("feup_activity1", PerceptronExamples::onePerceptron);
        examples.put("feup_activity2", PerceptronExamples::sharedWeights);
        examples.put("feup_activity2_docstring_variant", PerceptronExamples::sharedWeights);
        examples.put("feup_activity3_mse", PerceptronExamples::meanSquaredError);
        examples.put("feup_activity4_backprop", PerceptronExamples::backpropagation);
        examples.put("feup_demonstrator_sgd", PerceptronExamples::heightAndWeight);
        examples.put("activations_values_and_grads", PerceptronExamples::activations);
    }

    private static void onePerceptron(JsonNode inputs, JsonNode expected, double tolerance) {
        Tensor x = leaf(inputs.get("x"));
        Tensor w = leaf(inputs.get("w"));
        Tensor b = leaf(inputs.get("b"));

        Tensor z = w.matmul(x).add(b);
        Tensor y = z.sigmoid();
        y.backward();

        assertClose(z, expected.get("z"), tolerance);
        assertClose(y, expected.get("y"), tolerance);
        assertClose(w.grad(), expected.get("dy_dw"), tolerance);
        assertClose(x.grad(), expected.get("dy_dx"), tolerance);
        assertClose(b.grad(), expected.get("dy_db"), tolerance);
    }

    private static void sharedWeights(JsonNode inputs, JsonNode expected, double tolerance) {
        Tensor x = tensor(inputs.get("x"));
        Tensor w = tensor(inputs.get("w"));
        Tensor hiddenWeight = Tensor.ones(DataType.DOUBLE, 2, 1).mul(w);
        Tensor bias = tensor(inputs.get("b"));

        Tensor h = hiddenWeight.matmul(x).add(bias).sigmoid();
        Tensor o = w.matmul(h).add(bias).sigmoid();

        assertClose(h.select(0, 0), expected.get("h1"), tolerance);
        assertClose(h.select(0, 1), expected.get("h2"), tolerance);
        assertClose(o, expected.get("o1"), tolerance);
    }

    private static void meanSquaredError(JsonNode inputs, JsonNode expected, double tolerance) {
        Tensor predicted = leaf(inputs.get("y_pred"));

        Tensor loss = Losses.mseLoss(predicted, tensor(inputs.get("y_true")));
        loss.backward();

        assertClose(loss, expected.get("loss"), tolerance);
        assertClose(predicted.grad(), expected.get("grad_pred"), tolerance);
    }

    private static void backpropagation(JsonNode inputs, JsonNode expected, double tolerance) {
        Sequential net = net(new double[] {1, 1, 1, 1, 1, 1}, new double[] {0, 0, 0});
        Tensor x = tensor(inputs.get("x"));
        Tensor h = net.get(1).forward(net.get(0).forward(x)).retainGrad();
        Tensor z = net.get(2).forward(h);
        Tensor o = z.sigmoid().retainGrad();

        Tensor loss = o.rsub(inputs.get("y").doubleValue()).square().sum();
        loss.backward();

        assertClose(h.select(0, 0), expected.get("h1"), tolerance);
        assertClose(h.select(0, 1), expected.get("h2"), tolerance);
        assertClose(z, expected.get("o1_preactivation"), tolerance);
        assertClose(o, expected.get("o1"), tolerance);
        assertClose(loss, expected.get("loss"), tolerance);
        assertClose(o.grad(), expected.get("dL_dypred"), tolerance);
        assertClose(h.grad().select(0, 0).div(o.grad()), expected.get("dypred_dh1"), tolerance);
        assertClose(gradients(net, "weight"), doubles(expected.get("grad_w")), tolerance);
        assertClose(gradients(net, "bias"), doubles(expected.get("grad_b")), tolerance);
        assertClose(firstHiddenByFirstWeight(x), expected.get("dh1_dw1"), tolerance);
        assertClose(firstWeightAfterStep(net, 0.1), expected.at("/w1_after_step/eta=0.1"), tolerance);
        assertClose(firstWeightAfterStep(net, 1), expected.at("/w1_after_step/eta=1"), tolerance);
    }

    private static double firstHiddenByFirstWeight(Tensor x) {
        Tensor w = Tensor.ones(DataType.DOUBLE, 2).requiresGrad(true);
        return Autograd.grad(w.matmul(x).sigmoid(), w).toDoubleArray()[0];
    }

    /** Steps from weights 1 with the gradients at hand, and puts the weights back. */
    private static double firstWeightAfterStep(Sequential net, double eta) {
        Tensor weight = net.parameters().get("0.weight");
        Tensor before = weight.detach().clone();
        new Sgd(List.of(weight), eta).step();
        double after = weight.toDoubleArray()[0];
        Autograd.noGrad(() -> {
            weight.copy_(before);
        });
        return after;
    }

    private static void heightAndWeight(JsonNode inputs, JsonNode expected, double tolerance) {
        Sequential net = net(doubles(inputs.get("init_w")), doubles(inputs.get("init_b")));
        Tensor x = tensor(inputs.get("X"));
        Tensor y = tensor(inputs.get("Y"));
        Sgd sgd = new Sgd(net.parameters(), inputs.get("lr").doubleValue());
        JsonNode losses = expected.get("mse_after_epoch");

        for (int epoch = 0; epoch < inputs.get("epochs").intValue(); epoch++) {
            for (int i = 0; i < 4; i++) {
                sgd.zeroGrad();
                Losses.mseLoss(net.forward(x.select(0, i)), y.slice(0, i, i + 1))
                        .backward();
                sgd.step();
            }
            if (losses.has(Integer.toString(epoch))) {
                Tensor loss =
                        Autograd.noGrad(() -> Losses.mseLoss(net.forward(x).flatten(), y));
                assertClose(loss, losses.get(Integer.toString(epoch)), tolerance);
            }
        }

        assertClose(values(net, "weight"), doubles(expected.get("final_w")), tolerance);
        assertClose(values(net, "bias"), doubles(expected.get("final_b")), tolerance);
        Tensor people = Tensor.of(DataType.DOUBLE, new double[][] {{0, 2}, {-1, -1}, {-3, -2}});
        double[] predicted = net.forward(people).toDoubleArray();
        assertClose(predicted[0], expected.get("jose"), tolerance);
        assertClose(predicted[1], expected.get("diana"), tolerance);
        assertClose(predicted[2], expected.get("carolina"), tolerance);
    }

    /** Returns the 2-2-1 network with weights w1 … w6 and biases b1 … b3. */
    private static Sequential net(double[] w, double[] b) {
        return new Sequential(
                Linear.of(
                        Tensor.of(DataType.DOUBLE, new double[][] {{w[0], w[1]}, {w[2], w[3]}}),
                        Tensor.of(DataType.DOUBLE, b[0], b[1])),
                new Sigmoid(),
                Linear.of(
                        Tensor.of(DataType.DOUBLE, new double[][] {{w[4], w[5]}}),
                        Tensor.of(DataType.DOUBLE, new double[] {b[2]})),
                new Sigmoid());
    }

    private static double[] values(Layer net, String kind) {
        return collect(net, kind, parameter -> parameter);
    }

    private static double[] gradients(Layer net, String kind) {
        return collect(net, kind, Tensor::grad);
    }

    private static double[] collect(Layer net, String kind, UnaryOperator<Tensor> which) {
        return net.parameters().entrySet().stream()
                .filter(entry -> entry.getKey().endsWith(kind))
                .flatMapToDouble(
                        entry -> Arrays.stream(which.apply(entry.getValue()).toDoubleArray()))
                .toArray();
    }

    private static void activations(JsonNode inputs, JsonNode expected, double tolerance) {
        Map<String, UnaryOperator<Tensor>> functions = Map.ofEntries(
                Map.entry("relu", new Relu()::forward),
                Map.entry("sigmoid", new Sigmoid()::forward),
                Map.entry("tanh", new Tanh()::forward),
                Map.entry("leaky_relu_0_01", new LeakyRelu()::forward),
                Map.entry("leaky_relu_0_05", new LeakyRelu(0.05)::forward),
                Map.entry("elu_1", new Elu()::forward),
                Map.entry("elu_2", new Elu(2)::forward),
                Map.entry("softplus", new Softplus()::forward),
                Map.entry("silu", new Silu()::forward),
                Map.entry("gelu", new Gelu()::forward),
                Map.entry("gelu_tanh", x -> Activations.gelu(x, Activations.Gelu.TANH)),
                Map.entry("logsigmoid", Activations::logsigmoid),
                Map.entry("selu", Activations::selu),
                Map.entry("softsign", Activations::softsign),
                Map.entry("hardtanh", x -> Activations.hardtanh(x, -1, 1)),
                Map.entry("relu6", Activations::relu6),
                // The rest are plain forward code.
                Map.entry("mish", x -> x.mul(Activations.softplus(x).tanh())),
                Map.entry("hardsigmoid", x -> Activations.hardtanh(x.div(6).add(0.5), 0, 1)),
                Map.entry("hardswish", x -> x.mul(Activations.relu6(x.add(3)).div(6))));
        assertThat(expected.fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(functions.keySet());

        functions.forEach((name, function) -> {
            Tensor x = leaf(inputs.get("x"));
            Tensor y = function.apply(x);
            y.backward(Tensor.onesLike(y));

            // The reference rounds the slope 1/6 of this one to a 32-bit float.
            double slack = name.equals("hardsigmoid") ? 1e-7 : tolerance;
            assertClose(y, expected.at("/" + name + "/value"), tolerance);
            assertClose(x.grad(), expected.at("/" + name + "/grad"), slack);
        });
    }
}
