package org.ndgrad.nn.golden;

import static org.ndgrad.nn.golden.Golden.assertClose;
import static org.ndgrad.nn.golden.Golden.leaf;
import static org.ndgrad.nn.golden.Golden.tensor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Linear;
import org.ndgrad.nn.Losses;
import org.ndgrad.nn.Sequential;
import org.ndgrad.nn.optim.Sgd;

/** Document 001: the 2-3-1 network, one neuron as linear and as logistic regression, dropout. */
final class OneNeuronExamples {

    private OneNeuronExamples() {}

    static void addTo(Map<String, SeedExamplesTest.Example> examples) {
        examples.put("hka_231_forward_backward_update", OneNeuronExamples::network231);
        examples.put(
                "hka_linear_unit_mse_gradient",
                (inputs, expected, tolerance) -> neuron(inputs, expected, tolerance, z -> z, Losses::mseLoss));
        examples.put(
                "hka_logistic_unit_bce_gradient",
                (inputs, expected, tolerance) ->
                        neuron(inputs, expected, tolerance, Tensor::sigmoid, Losses::binaryCrossEntropy));
        examples.put("hka_dropout_conventions", OneNeuronExamples::dropoutConventions);
    }

    private static void network231(JsonNode inputs, JsonNode expected, double tolerance) {
        Linear first = Linear.of(tensor(inputs.get("W1")), tensor(inputs.get("b1")));
        Linear second = Linear.of(tensor(inputs.get("W2")), tensor(inputs.get("b2")));
        Sequential net = new Sequential(first, second);
        Tensor x = tensor(inputs.get("x"));
        Tensor y = tensor(inputs.get("y"));
        Sgd sgd = new Sgd(net.parameters(), inputs.get("eta").doubleValue());

        assertClose(first.forward(x), expected.get("z1"), tolerance);
        assertClose(net.forward(x), expected.get("a2"), tolerance);
        Tensor loss = halfSquare(net.forward(x), y);
        loss.backward();
        assertClose(loss, expected.get("loss"), tolerance);
        assertClose(first.weight().grad(), expected.at("/grads/W1"), tolerance);
        assertClose(first.bias().grad(), expected.at("/grads/b1"), tolerance);
        assertClose(second.weight().grad(), expected.at("/grads/W2"), tolerance);
        assertClose(second.bias().grad(), expected.at("/grads/b2"), tolerance);

        sgd.step();
        assertClose(first.weight(), expected.at("/updated/W1"), tolerance);
        assertClose(first.bias(), expected.at("/updated/b1"), tolerance);
        assertClose(second.weight(), expected.at("/updated/W2"), tolerance);
        assertClose(second.bias(), expected.at("/updated/b2"), tolerance);
        assertClose(first.forward(x), expected.at("/after_update/z1"), tolerance);
        assertClose(net.forward(x), expected.at("/after_update/a2"), tolerance);
        assertClose(halfSquare(net.forward(x), y), expected.at("/after_update/loss"), tolerance);
    }

    private static Tensor halfSquare(Tensor predicted, Tensor y) {
        return predicted.sub(y).square().sum().mul(0.5);
    }

    private static void neuron(
            JsonNode inputs,
            JsonNode expected,
            double tolerance,
            UnaryOperator<Tensor> activation,
            BinaryOperator<Tensor> loss) {
        Tensor w = leaf(inputs.get("w"));
        Tensor b = leaf(inputs.get("b"));

        Tensor z = tensor(inputs.get("X")).matmul(w).add(b);
        Tensor a = activation.apply(z);
        Tensor value = loss.apply(a, tensor(inputs.get("y")));
        value.backward();

        assertClose(z, expected.get("z"), tolerance);
        assertClose(a, expected.get("a"), tolerance);
        assertClose(value, expected.get("loss"), tolerance);
        assertClose(w.grad(), expected.get("grad_w"), tolerance);
        assertClose(b.grad(), expected.get("grad_b"), tolerance);
        assertClose(w.grad(), expected.at("/slide_formula_with_x/dw"), tolerance);
        assertClose(b.grad(), expected.at("/slide_formula_with_x/db"), tolerance);
    }

    /** The mask is given, so it is applied by hand; that {@code Dropout} follows the inverted rule, its test says. */
    private static void dropoutConventions(JsonNode inputs, JsonNode expected, double tolerance) {
        Tensor x = leaf(inputs.get("x"));
        Tensor mask = tensor(inputs.get("mask"));
        double keep = inputs.get("keep").doubleValue();

        Tensor inverted = x.mul(mask.div(keep));
        inverted.backward(Tensor.onesLike(inverted));

        assertClose(x.mul(mask), expected.at("/classic/train"), tolerance);
        assertClose(x.mul(keep), expected.at("/classic/test"), tolerance);
        assertClose(inverted, expected.at("/inverted/train"), tolerance);
        assertClose(x, expected.at("/inverted/test"), tolerance);
        assertClose(x.grad(), expected.at("/inverted/grad_train"), tolerance);
    }
}
