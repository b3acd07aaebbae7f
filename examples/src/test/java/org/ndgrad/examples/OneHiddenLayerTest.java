package org.ndgrad.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ndgrad.examples.ProgramOutput.assertClose;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.Activations;
import org.ndgrad.nn.Linear;
import org.ndgrad.nn.Losses;

class OneHiddenLayerTest {

    private static final DataType DOUBLE = DataType.DOUBLE;

    @Test
    void stepGivesTheReferenceGradientsAndParameters() {
        OneHiddenLayer.Step step = OneHiddenLayer.step();
        Linear hidden = step.hidden();
        Linear output = step.output();

        assertClose(step.z1(), 1, 2, 1.5);
        assertClose(step.prediction(), 1.4);
        assertClose(step.loss(), 0.08);
        assertClose(hidden.weight().grad(), 0.16, 0.32, 0.12, 0.24, 0.08, 0.16);
        assertClose(hidden.bias().grad(), 0.16, 0.12, 0.08);
        assertClose(output.weight().grad(), 0.4, 0.8, 0.6);
        assertClose(output.bias().grad(), 0.4);
        assertClose(hidden.weight(), 0.484, 0.168, 0.288, 0.776, 0.592, 0.384);
        assertClose(hidden.bias(), 0.084, 0.088, 0.092);
        assertClose(output.weight(), 0.36, 0.22, 0.14);
        assertClose(output.bias(), 0.06);
        assertClose(step.newPrediction(), 1.01288);
        assertClose(step.newLoss(), 8.294719999999717e-05);
    }

    @Test
    void linearUnitHasTheReferenceGradients() {
        OneNeuron.Gradients gradients = OneNeuron.linear();

        assertClose(gradients.a(), -0.2, -0.9, 0.6, 0);
        assertClose(gradients.loss(), 0.6025);
        assertClose(gradients.dw(), -0.15, -1.4);
        assertClose(gradients.db(), -1.25);
    }

    @Test
    void logisticUnitHasTheReferenceGradients() {
        OneNeuron.Gradients gradients = OneNeuron.logistic();

        assertClose(gradients.a(), 0.45016600268752216, 0.289050497374996, 0.6456563062257954, 0.5);
        assertClose(gradients.loss(), 0.5674819687898777);
        assertClose(gradients.dw(), -0.2738707591731354, 0.08260971108115411);
        assertClose(gradients.db(), -0.028781798427921612);
    }

    @Test
    void smallerBatchesNeedFewerEpochs() {
        double batch = lossAfterTwoEpochs(100);
        double mini = lossAfterTwoEpochs(10);
        double single = lossAfterTwoEpochs(1);

        assertThat(single).isLessThan(mini);
        assertThat(mini).isLessThan(batch);
    }

    private static double lossAfterTwoEpochs(int batchSize) {
        return OneNeuron.descend(OneNeuron.plane(), Losses::mseLoss, batchSize, 0.02)
                .losses()
                .get(2);
    }

    @Test
    void activationsHaveTheReferenceValuesAndDerivatives() {
        assertActivation(Tensor::sigmoid, -2, 0.11920292202211755, 0.1049935854035065);
        assertActivation(Tensor::tanh, -2, -0.9640275800758169, 0.07065082485316443);
        assertActivation(Tensor::relu, 0, 0, 0);
        assertActivation(x -> Activations.leakyRelu(x, 0.05), -2, -0.1, 0.05);
        assertActivation(x -> Activations.elu(x, 1), -2, -0.8646647167633873, 0.1353352832366127);
        assertActivation(x -> Activations.elu(x, 2), -2, -1.7293294335267746, 0.2706705664732254);
    }

    private static void assertActivation(UnaryOperator<Tensor> function, double x, double value, double derivative) {
        List<double[]> actual = OneHiddenLayer.valueAndDerivative(function, Tensor.of(DOUBLE, x));

        assertClose(actual.get(0)[0], value);
        assertClose(actual.get(1)[0], derivative);
    }

    @Test
    void dropoutFollowsBothConventions() {
        Map<String, Tensor> results =
                DropoutByNumber.dropoutConventions(Tensor.of(DOUBLE, 1, 2, 3, 4), Tensor.of(DOUBLE, 1, 0, 1, 1), 0.5);

        assertClose(results.get("slides (p = keep): training"), 1, 0, 3, 4);
        assertClose(results.get("slides (p = keep): inference"), 0.5, 1, 1.5, 2);
        assertClose(results.get("inverted (p = drop): training"), 2, 0, 6, 8);
        assertClose(results.get("inverted (p = drop): inference"), 1, 2, 3, 4);
    }

    @Test
    void programRunsToTheEndAndLeavesItsPictures(@TempDir Path folder) {
        String text = ProgramOutput.of(() -> OneHiddenLayer.run(folder));

        assertThat(text).contains("Predicted: ").doesNotContain("≠ document\n");
        ProgramOutput.assertPictures(
                folder, "activations.png", "descent.png", "linear-hidden-layer.png", "overfitting.png", "tasks.png");
    }
}
