package org.ndgrad.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ndgrad.examples.ProgramOutput.assertClose;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ndgrad.autograd.Tensor;

class FromScratchTest {

    @Test
    void descentWithoutLearningRateOscillates() {
        assertThat(weights(1, 3)).containsExactly(3, -1, 3, -1);
    }

    @Test
    void descentWithLearningRateConverges() {
        assertClose(weights(0.8, 8), 3, -0.2, 1.72, 0.568, 1.2592, 0.84448, 1.093312, 0.9440128, 1.03359232);
    }

    private static double[] weights(double alpha, int steps) {
        List<double[]> way = FromScratch.descend(alpha, steps);
        return way.stream().mapToDouble(point -> point[0]).toArray();
    }

    @Test
    void denseLayersHaveTheReferenceGradients() {
        FromScratch.Dense net = new FromScratch.Dense();
        Tensor h = net.hidden().retainGrad();
        Tensor o = net.output(h).retainGrad();
        Tensor loss = net.loss(o);
        loss.backward();

        assertClose(h, 7.5, 14, 27, 12.5);
        assertClose(o, 121.5, 62.5);
        assertClose(loss, 9213.25);
        assertClose(o.grad(), 120.5, 62.5);
        assertClose(h.grad(), 245.5, 91.5, 424, 303.5);
        assertClose(net.w2.grad(), 903.75, 468.75, 1687, 875, 3253.5, 1687.5, 1506.25, 781.25);
        assertClose(net.b2.grad(), 120.5, 62.5);
        assertClose(net.w1.grad(), 736.5, 274.5, 1272, 910.5, 1227.5, 457.5, 2120, 1517.5);
        assertClose(net.b1.grad(), 245.5, 91.5, 424, 303.5);

        net.step(0.001);
        assertClose(net.output(net.hidden()), -14.197830000000003, -12.733749999999999);
        assertClose(net.loss(net.output(net.hidden())), 196.56121288570003);
    }

    @Test
    void lossesHaveTheReferenceValues() {
        assertClose(FromScratch.mse(), 0.125);
        assertClose(FromScratch.mae(), 0.3);
        assertClose(FromScratch.binaryCrossEntropy(), 0.4003674356962309);
    }

    @Test
    void crossEntropyGradientIsDividedByTheNumberOfSamples() {
        assertClose(
                FromScratch.crossEntropyGradient(),
                -0.1136662870380107,
                0.08081099023490462,
                0.03285529680310606,
                0.03870484489138038,
                -0.04734106313051426,
                0.00863621823913384,
                0.011200204936537993,
                0.018466016115070767,
                -0.029666221051608727);
    }

    @Test
    void hiddenLayersSolveWhatDefeatsThePerceptron() {
        assertThat(PointClassifiers.perceptronOnClouds().accuracy()).isEqualTo(1);
        assertThat(PointClassifiers.perceptronOnXor().accuracy()).isBetween(0.4, 0.65);
        assertThat(PointClassifiers.trainByCrossEntropy(PointClassifiers.betterNetwork(0), 50))
                .isGreaterThan(0.95);
    }

    @Test
    void programRunsToTheEndAndLeavesItsPictures(@TempDir Path folder) {
        String text = ProgramOutput.of(() -> FromScratch.run(folder));

        assertThat(text).contains("196.561213    196.56    =").doesNotContain("≠ document\n");
        ProgramOutput.assertPictures(folder, "descent.png", "multilayer.png", "perceptron.png");
    }
}
