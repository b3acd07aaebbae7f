package org.ndgrad.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ndgrad.examples.ProgramOutput.assertClose;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Sequential;

class PerceptronTest {

    private static final DataType DOUBLE = DataType.DOUBLE;

    @Test
    void perceptronGivesTheReferenceOutputAndGradients() {
        Tensor x = Tensor.of(DOUBLE, 0.5, 0.75).requiresGrad(true);
        Tensor w = Tensor.of(DOUBLE, 0.5, 0.1).requiresGrad(true);
        Tensor b = Tensor.of(DOUBLE, 1.5).requiresGrad(true);

        Tensor y = Perceptron.activity1(x, w, b);

        assertClose(y, 0.8611650064526928);
        assertClose(w.grad(), 0.059779919057013194, 0.0896698785855198);
        assertClose(x.grad(), 0.059779919057013194, 0.01195598381140264);
        assertClose(b.grad(), 0.11955983811402639);
    }

    @Test
    void feedForwardGivesTheReferenceOutputForBothWeights() {
        assertClose(Perceptron.activity2(0.5, 0.8), 0.7786843662249748);
        assertClose(Perceptron.activity2(0, 1), 0.7216325609518421);
    }

    @Test
    void backPropagationGivesTheReferenceGradients() {
        Perceptron.Activity4 step = Perceptron.backpropagate();

        assertClose(step.h(), 0.04742587317756678, 0.04742587317756678);
        assertClose(step.yPred(), 0.5236951740839997);
        assertClose(step.loss(), 0.22686628719087137);
        assertClose(step.yPred().grad(), -0.9526096518320006);
        assertClose(step.dYpredDh(), 0.24943853872512894, 0.24943853872512894);
        assertClose(step.dh1Dw().toDoubleArray()[0], -0.09035331946182427);
        assertClose(
                step.hidden().weight().grad(),
                0.02146953526581111,
                0.010734767632905555,
                0.02146953526581111,
                0.010734767632905555);
        assertClose(step.hidden().bias().grad(), -0.010734767632905555, -0.010734767632905555);
        assertClose(step.output().weight().grad(), -0.011269220242958157, -0.011269220242958157);
        assertClose(step.output().bias().grad(), -0.2376175595284281);
        assertClose(step.w1After(0.1), 0.9978530464734189);
        assertClose(step.w1After(1), 0.9785304647341889);
    }

    @Test
    void demonstratorFollowsTheReferenceDescent() {
        Sequential net = HeightAndWeight.notebookNetwork();

        List<Double> losses = HeightAndWeight.train(net, Tensor.of(DOUBLE, HeightAndWeight.SHIFTED), 0.1);

        assertClose(losses.get(0), 0.43212660818415705);
        assertClose(losses.get(50), 0.0624942985468845);
        assertClose(losses.get(100), 0.02543768079090934);
        assertClose(losses.get(200), 0.010217433611074418);
        assertClose(losses.get(295), 0.006277259446472135);
        assertClose(
                net.forward(Tensor.of(DOUBLE, HeightAndWeight.NEW_SHIFTED)),
                0.5051345554597285,
                0.8670298748911353,
                0.9283927885487131);
    }

    @Test
    void programRunsToTheEndAndLeavesItsPictures(@TempDir Path folder) {
        String text = ProgramOutput.of(() -> Perceptron.run(folder));

        assertThat(text).contains("0.7786843662249748   0.7786843662249748   =").doesNotContain("≠ document\n");
        ProgramOutput.assertPictures(folder, "activations.png", "boundary.png", "loss.png");
    }
}
