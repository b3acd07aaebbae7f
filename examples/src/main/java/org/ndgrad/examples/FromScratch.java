package org.ndgrad.examples;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Losses;
import org.ndgrad.nn.optim.Sgd;
import org.ndgrad.plot.Figure;
import org.ndgrad.plot.Plot;

/**
 * The slides "Artificial Neural Networks" of Mutah University: gradient descent in one dimension, dense layers by
 * number, losses, a perceptron, data that defeat it, and a network that they don't. Every derivative comes from
 * {@code backward()}.
 */
public final class FromScratch {

    private static final DataType DOUBLE = DataType.DOUBLE;

    private FromScratch() {}

    /** Runs the example and writes its pictures to {@code out/from-scratch}. */
    public static void main(String[] args) {
        run(Path.of("out", "from-scratch"));
    }

    static void run(Path folder) {
        System.out.println("Mutah University, slides: Artificial Neural Networks\n");
        gradientDescent(folder);
        denseLayers();
        losses();
        softmaxCrossEntropy();
        PointClassifiers.run(folder);
        misprints();
        System.out.println("Pictures: " + folder.resolve("*.png"));
    }

    // Gradient descent in one dimension

    /** Returns w and its loss before each step, for loss = (w·1 + 0 − 1)² from w = 3. */
    static List<double[]> descend(double alpha, int steps) {
        Tensor w = Tensor.of(DOUBLE, 3).requiresGrad(true);
        Sgd sgd = new Sgd(List.of(w), alpha);
        List<double[]> way = new ArrayList<>();
        for (int step = 0; step <= steps; step++) {
            sgd.zeroGrad();
            Tensor loss = oneSampleLoss(w);
            loss.backward();
            way.add(new double[] {w.item(), loss.item()});
            sgd.step();
        }
        return way;
    }

    private static Tensor oneSampleLoss(Tensor w) {
        double x = 1;
        double b = 0;
        double y = 1;
        return w.mul(x).add(b).sub(y).square();
    }

    private static void gradientDescent(Path folder) {
        Tensor w = Tensor.of(DOUBLE, 3).requiresGrad(true);
        Tensor loss = oneSampleLoss(w);
        loss.backward();
        List<double[]> full = descend(1, 8);
        Beside.titled("One weight, x = 1, b = 0, y = 1, w = 3, without a learning rate")
                .wrong("ŷ", w.item(), 4, "4 is the loss; the slide's own formula has ŷ = 3")
                .row("loss", loss.item(), 4)
                .row("∂loss/∂w", w.grad().item(), 4)
                .row("w after 1 step", full.get(1)[0], -1)
                .row("w after 2 steps", full.get(2)[0], 3)
                .row("w after 3 steps", full.get(3)[0], -1)
                .print();
        List<double[]> damped = descend(0.8, 8);
        Beside table = Beside.titled("The same with α = 0.8 (the slides show a figure without numbers)");
        for (int step = 1; step < damped.size(); step++) {
            table.row("w after step " + step, damped.get(step)[0]);
        }
        table.print();
        Figure.row(descentPlot("α = 1: to and fro for ever", full), descentPlot("α = 0.8: reaches the minimum", damped))
                .save(folder.resolve("descent.png"));
    }

    private static Plot descentPlot(String title, List<double[]> way) {
        double[] w = way.stream().mapToDouble(point -> point[0]).toArray();
        double[] loss = way.stream().mapToDouble(point -> point[1]).toArray();
        return Plot.titled(title)
                .xLabel("w")
                .yLabel("loss")
                .size(680, 480)
                .function(
                        "loss = (w − 1)²",
                        -1.5,
                        3.5,
                        at -> oneSampleLoss(Tensor.of(DOUBLE, at)).item())
                .line("descent", w, loss)
                .scatter("w after each step", w, loss);
    }

    // Two dense layers, x = [3, 5]

    /** Weights and biases of the two layers of the slides, in their layout: h = x·W1 + b1, o = h·W2 + b2. */
    static final class Dense {
        final Tensor x = Tensor.of(DOUBLE, new double[][] {{3, 5}});
        final Tensor y = Tensor.of(DOUBLE, new double[][] {{1, 0}});
        final Tensor w1 = leaf(new double[][] {{0.5, 1, 7, 3}, {1, 2, 1, 0.5}});
        final Tensor b1 = leaf(new double[][] {{1, 1, 1, 1}});
        final Tensor w2 = leaf(new double[][] {{1, 2}, {0.5, 0.5}, {3, 1}, {2, 1}});
        final Tensor b2 = leaf(new double[][] {{1, 1}});

        private static Tensor leaf(double[][] values) {
            return Tensor.of(DOUBLE, values).requiresGrad(true);
        }

        Tensor hidden() {
            return x.matmul(w1).add(b1);
        }

        Tensor output(Tensor h) {
            return h.matmul(w2).add(b2);
        }

        Tensor loss(Tensor o) {
            return Losses.mseLoss(o, y);
        }

        void step(double alpha) {
            new Sgd(List.of(w1, b1, w2, b2), alpha).step();
        }
    }

    private static void denseLayers() {
        Dense net = new Dense();
        Tensor h = net.hidden().retainGrad();
        Tensor o = net.output(h).retainGrad();
        Tensor loss = net.loss(o);
        loss.backward();

        Beside table = Beside.titled("Dense layers 2-4-2 by number, x = [3, 5], y = [1, 0]");
        Entries.add(table, "h", h, 7.5, 14, 27, 12.5);
        Entries.add(table, "o", o, 121.5, 62.5);
        table.row("loss, printed by the code", loss.item(), 9213.25)
                .wrong(
                        "loss, on the slide",
                        loss.item(),
                        9213,
                        "(14520.25 + 3906.25) / 2: no rounding, and parentheses");
        Entries.add(table, "∂loss/∂o", o.grad(), 120.5, 62.5);
        Entries.add(table, "∂loss/∂W2", net.w2.grad(), 903.75, 468.75, 1687, 875, 3253.5, 1687.5, 1506.25, 781.25);
        Entries.add(table, "∂loss/∂b2", net.b2.grad(), 120.5, 62.5);
        double[] db2 = net.b2.grad().toDoubleArray();
        table.wrong("∂loss/∂b2[1], on the slide", db2[0], 121.5, "o1 itself instead of o1 − 1; so on three slides");
        double[] dh = h.grad().toDoubleArray();
        table.wrong("∂loss/∂h[1], by the slide", dh[0], 246.5, "the slide's [121.5, 62.5]·W2ᵀ starts from that number")
                .row("∂loss/∂h[2]", dh[1])
                .row("∂loss/∂h[3]", dh[2])
                .row("∂loss/∂h[4]", dh[3]);
        Entries.add(table, "∂loss/∂W1", net.w1.grad(), 736.5, 274.5, 1272, 910.5, 1227.5, 457.5, 2120, 1517.5);
        Entries.add(table, "∂loss/∂b1", net.b1.grad());

        net.step(0.001);
        Tensor newOutput = net.output(net.hidden());
        Entries.add(table, "o after a step, α = 0.001", newOutput);
        table.row("loss after that step", net.loss(newOutput).item(), 196.56).print();
        System.out.println(
                "The slides' code labels two outputs \"layer2 biases\" and never shows those of layer 1, ∂loss/∂b1."
                        + "\nb2 has two elements, not the four that are written; and ∂o1/∂w2,1 = h2, while ∂o1/∂w1,2 = 0.\n");
    }

    // Losses

    private static final Tensor PREDICTED = Tensor.of(DOUBLE, 0.9, 0.2, 0.7, 0.4);
    private static final Tensor ACTUAL = Tensor.of(DOUBLE, 1, 0, 1, 1);

    static double mse() {
        return Losses.mseLoss(PREDICTED, ACTUAL).item();
    }

    static double mae() {
        return Losses.l1Loss(PREDICTED, ACTUAL).item();
    }

    static double binaryCrossEntropy() {
        return Losses.binaryCrossEntropy(PREDICTED, ACTUAL).item();
    }

    private static void losses() {
        Tensor classes = Tensor.of(0, 1, 2);
        Beside.titled("The losses that the slides name (without numbers); ŷ = [0.9, 0.2, 0.7, 0.4], y = [1, 0, 1, 1]")
                .row("mean squared error", mse())
                .row("mean absolute error", mae())
                .row("binary cross-entropy", binaryCrossEntropy())
                .row(
                        "categorical cross-entropy, one-hot targets",
                        Losses.crossEntropy(LOGITS, ONE_HOT).item())
                .row(
                        "the same, sparse: integer targets",
                        Losses.crossEntropy(LOGITS, classes).item())
                .print();
    }

    private static final Tensor LOGITS =
            Tensor.of(DOUBLE, new double[][] {{2, 1, 0.1}, {0.5, 2.5, -1}, {-0.3, 0.2, 3}});
    private static final Tensor ONE_HOT = Tensor.eye(DOUBLE, 3);

    /** Returns the gradient of the mean cross-entropy of three samples with respect to their logits. */
    static Tensor crossEntropyGradient() {
        Tensor logits = LOGITS.clone().requiresGrad(true);
        Losses.crossEntropy(logits, ONE_HOT).backward();
        return logits.grad();
    }

    private static void softmaxCrossEntropy() {
        double[] ours = crossEntropyGradient().toDoubleArray();
        double[] slides = LOGITS.softmax(1).sub(ONE_HOT).toDoubleArray();
        Beside table =
                Beside.titled("Softmax and cross-entropy of three samples: ∂loss/∂logits beside the slides' ŷ − y");
        for (int i = 0; i < 3; i++) {
            table.wrong(
                    "first sample, class " + i,
                    ours[i],
                    Math.rint(slides[i] * 1e7) / 1e7,
                    "forward() averages over N = 3, so it must be (ŷ − y) / N");
        }
        table.print();
        double ratio = LOGITS.softmax(1)
                .sub(ONE_HOT)
                .div(crossEntropyGradient())
                .mean()
                .item();
        System.out.println("ŷ − y over backward()'s gradient, mean of all nine: " + Math.rint(ratio * 1e9) / 1e9
                + ". With one sample at a time, as in the slides' loop, they agree.\n");
    }

    private static void misprints() {
        System.out.println("""
                Misprints on the slides that cost no number
                  z = x1 w1 + x2 w1 + … + xn w1: it is x1 w1 + x2 w2 + … + xn wn
                  gradient descent rests on differential calculus, not on differential equations
                  sig(z) * 1 − sig(z): parentheses are missing, sig(z) * (1 − sig(z)); the code has them
                  ReLU and leaky ReLU: x if x ≥ 0, not x ≥ 1
                  softmax: the sum in the denominator is of e^x_j, not e^x_i
                  the decision boundary is drawn without the last ReLU that the network was trained with
                """);
    }
}
