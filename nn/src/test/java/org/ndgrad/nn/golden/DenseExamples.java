package org.ndgrad.nn.golden;

import static org.ndgrad.nn.golden.Golden.assertClose;
import static org.ndgrad.nn.golden.Golden.leaf;
import static org.ndgrad.nn.golden.Golden.tensor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.CrossEntropyOptions;
import org.ndgrad.nn.Losses;
import org.ndgrad.nn.Reduction;
import org.ndgrad.nn.optim.Sgd;

/** Document 002: gradient descent on a line, two dense layers by number, losses. */
final class DenseExamples {

    private DenseExamples() {}

    static void addTo(Map<String, SeedExamplesTest.Example> examples) {
        examples.put("mutah_gd_1d_no_lr", DenseExamples::descent);
        examples.put("mutah_gd_1d_alpha_0_8", DenseExamples::descent);
        examples.put("mutah_dense_x35", DenseExamples::twoDenseLayers);
        examples.put("mutah_softmax_ce", DenseExamples::softmaxCrossEntropy);
        examples.put("losses_named_in_seeds", DenseExamples::losses);
    }

    /** With x = y = 1: loss (w − 1)². */
    private static void descent(JsonNode inputs, JsonNode expected, double tolerance) {
        Tensor w = leaf(inputs.get("w0"));
        Tensor one = Tensor.of(DataType.DOUBLE, 1);
        Sgd sgd = new Sgd(List.of(w), inputs.get("alpha").doubleValue());

        for (JsonNode point : expected.get("trajectory")) {
            assertClose(w, point.get("w"), tolerance);
            if (point.has("loss")) {
                sgd.zeroGrad();
                Tensor loss = Losses.mseLoss(w.mul(one), one);
                loss.backward();
                assertClose(loss, point.get("loss"), tolerance);
                assertClose(w.grad(), point.get("grad"), tolerance);
                sgd.step();
            }
        }
    }

    private static void twoDenseLayers(JsonNode inputs, JsonNode expected, double tolerance) {
        Tensor x = leaf(inputs.get("x"));
        Tensor y = tensor(inputs.get("y"));
        Tensor w1 = leaf(inputs.get("w1"));
        Tensor b1 = leaf(inputs.get("b1"));
        Tensor w2 = leaf(inputs.get("w2"));
        Tensor b2 = leaf(inputs.get("b2"));

        Tensor h = x.matmul(w1).add(b1).retainGrad();
        Tensor o = h.matmul(w2).add(b2).retainGrad();
        Tensor loss = Losses.mseLoss(o, y);
        loss.backward();

        assertClose(h, expected.get("h"), tolerance);
        assertClose(o, expected.get("o"), tolerance);
        assertClose(loss, expected.get("loss"), tolerance);
        assertClose(o.grad(), expected.get("dL_do"), tolerance);
        assertClose(h.grad(), expected.get("dL_dh"), tolerance);
        assertClose(w2.grad(), expected.get("dW2"), tolerance);
        assertClose(b2.grad(), expected.get("db2"), tolerance);
        assertClose(w1.grad(), expected.get("dW1"), tolerance);
        assertClose(b1.grad(), expected.get("db1"), tolerance);
        assertClose(x.grad(), expected.get("dx"), tolerance);

        new Sgd(List.of(w1, b1, w2, b2), 0.001).step();
        JsonNode after = expected.get("after_alpha_0_001");
        Tensor newHidden = x.matmul(w1).add(b1);
        Tensor newOutput = newHidden.matmul(w2).add(b2);
        assertClose(newHidden, after.get("h"), tolerance);
        assertClose(newOutput, after.get("o"), tolerance);
        assertClose(Losses.mseLoss(newOutput, y), after.get("loss"), tolerance);
        assertClose(w1, after.get("W1"), tolerance);
        assertClose(b1, after.get("b1"), tolerance);
        assertClose(w2, after.get("W2"), tolerance);
        assertClose(b2, after.get("b2"), tolerance);
    }

    private static void softmaxCrossEntropy(JsonNode inputs, JsonNode expected, double tolerance) {
        Tensor logits = leaf(inputs.get("logits"));
        Tensor oneHot = tensor(inputs.get("onehot"));

        assertClose(logits.softmax(1), expected.get("softmax"), tolerance);

        Tensor loss = Losses.crossEntropy(logits, oneHot);
        loss.backward();
        assertClose(loss, expected.get("loss"), tolerance);
        assertClose(logits.grad(), expected.get("grad_logits"), tolerance);

        // What the document's own backward returns is the gradient of the sum, not of the mean.
        logits.zeroGrad();
        Losses.crossEntropy(logits, oneHot, CrossEntropyOptions.defaults().withReduction(Reduction.SUM))
                .backward();
        assertClose(logits.grad(), expected.get("seed_backward"), tolerance);
    }

    private static void losses(JsonNode inputs, JsonNode expected, double tolerance) {
        Map<String, BinaryOperator<Tensor>> losses = Map.of(
                "mse", Losses::mseLoss,
                "mae", Losses::l1Loss,
                "bce", Losses::binaryCrossEntropy,
                "bce_logits", Losses::binaryCrossEntropyWithLogits,
                "huber", (prediction, target) -> Losses.huberLoss(prediction, target, 0.5),
                "smooth_l1", (prediction, target) -> Losses.smoothL1Loss(prediction, target, 0.5));
        Tensor target = tensor(inputs.get("target"));

        losses.forEach((name, function) -> {
            Tensor prediction = leaf(inputs.get("pred"));
            Tensor loss = function.apply(prediction, target);
            loss.backward();
            assertClose(loss, expected.at("/" + name + "/loss"), tolerance);
            assertClose(prediction.grad(), expected.at("/" + name + "/grad"), tolerance);
        });
    }
}
