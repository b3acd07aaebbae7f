package org.ndgrad.examples;

import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Backward;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.Joining;
import org.ndgrad.nn.Linear;
import org.ndgrad.nn.Losses;
import org.ndgrad.plot.Figure;
import org.ndgrad.plot.Plot;

/**
 * Notebook 08 of FEUP, "Artificial Neural Networks": activation functions, activities 1 to 4, and a network that tells
 * girls from boys by height and weight. Every derivative comes from {@code backward()}.
 */
public final class Perceptron {

    private static final DataType DOUBLE = DataType.DOUBLE;

    private Perceptron() {}

    /** Runs the example and writes its pictures to {@code out/perceptron}. */
    public static void main(String[] args) {
        run(Path.of("out", "perceptron"));
    }

    static void run(Path folder) {
        System.out.println("FEUP, Notebook 08: Artificial Neural Networks\n");
        activationFunctions(folder);
        activity1();
        activity2();
        activity3();
        activity4();
        HeightAndWeight.run(folder);
        System.out.println("Pictures: " + folder.resolve("*.png"));
    }

    // Activation functions

    private static void activationFunctions(Path folder) {
        Figure.grid(
                        2,
                        valuePlot("relu(x)", Tensor::relu),
                        derivativePlot("relu(x)", Tensor::relu),
                        valuePlot("sigmoid(x)", Tensor::sigmoid),
                        derivativePlot("sigmoid(x)", Tensor::sigmoid),
                        valuePlot("tanh(x)", Tensor::tanh),
                        derivativePlot("tanh(x)", Tensor::tanh))
                .save(folder.resolve("activations.png"));
        Beside.titled("Derivatives at x = 0")
                .row("relu", derivative(Tensor::relu, 0), 0)
                .row("sigmoid", derivative(Tensor::sigmoid, 0), 0.25)
                .row("tanh", derivative(Tensor::tanh, 0), 1)
                .print();
        System.out.println("The notebook's cell under \"Plotting the derivative of ReLU\" plots ReLU itself;"
                + " activations.png shows both.");

        Tensor x = Tensor.of(DOUBLE, 0).requiresGrad(true);
        Tensor y = x.sigmoid();
        y.backward(Tensor.onesLike(y), Backward.RETAIN_GRAPH);
        double once = x.grad().item();
        y.backward(Tensor.onesLike(y), Backward.RETAIN_GRAPH);
        System.out.println("A graph that was retained can be gone through again; the gradient adds up: " + once
                + ", then " + x.grad().item() + ".\n");
    }

    private static Plot valuePlot(String name, UnaryOperator<Tensor> function) {
        Tensor x = Tensor.arange(-8, 8, 0.1);
        Tensor y = function.apply(x);
        return curve(name, x, y);
    }

    private static Plot derivativePlot(String name, UnaryOperator<Tensor> function) {
        Tensor x = Tensor.arange(-8, 8, 0.1).requiresGrad(true);
        Tensor y = function.apply(x);
        y.backward(Tensor.onesLike(y));
        return curve("d/dx of " + name, x, x.grad());
    }

    private static Plot curve(String name, Tensor x, Tensor y) {
        return Plot.titled(name)
                .xLabel("x")
                .yLabel(name)
                .size(600, 380)
                .line(name, x.toDoubleArray(), y.toDoubleArray());
    }

    static double derivative(UnaryOperator<Tensor> function, double at) {
        Tensor x = Tensor.of(DOUBLE, at).requiresGrad(true);
        function.apply(x).backward();
        return x.grad().item();
    }

    // The activities

    /** What a perceptron with inputs x, weights w and bias b puts out. */
    private static Tensor perceptron(Tensor x, Tensor w, Tensor b) {
        return w.matmul(x).add(b).sigmoid();
    }

    /** Returns y, and leaves the gradients in the arguments. */
    static Tensor activity1(Tensor x, Tensor w, Tensor b) {
        Tensor y = perceptron(x, w, b);
        y.backward();
        return y;
    }

    private static void activity1() {
        Tensor x = Tensor.of(DOUBLE, 0.5, 0.75).requiresGrad(true);
        Tensor w = Tensor.of(DOUBLE, 0.5, 0.1).requiresGrad(true);
        Tensor b = Tensor.of(DOUBLE, 1.5).requiresGrad(true);
        Beside table = Beside.titled("Activity 1: a perceptron and its gradients (the notebook prints no number)");
        table.row("y", activity1(x, w, b).item());
        Entries.add(table, "∂y/∂w", w.grad());
        Entries.add(table, "∂y/∂x", x.grad());
        table.row("∂y/∂b", b.grad().item()).print();
    }

    /** Returns the output of the 2-2-1 network whose three neurons all have these weights and no bias. */
    static double activity2(double w1, double w2) {
        Tensor x = Tensor.of(DOUBLE, 2, 3);
        Tensor w = Tensor.of(DOUBLE, w1, w2);
        Tensor b = Tensor.of(DOUBLE, 0);
        Tensor h1 = perceptron(x, w, b);
        Tensor h2 = perceptron(x, w, b);
        Tensor o1 = perceptron(Joining.stack(List.of(h1, h2), 0), w, b);
        return o1.item();
    }

    private static void activity2() {
        Beside.titled("Activity 2: 2-2-1 network, x = [2, 3]")
                .row("o1, w = [0.5, 0.8]", activity2(0.5, 0.8), 0.7786843662249748)
                .wrong(
                        "o1, the comment in the code",
                        activity2(0.5, 0.8),
                        0.7216325609518421,
                        "the comment belongs to w = [0, 1], as in the docstring; the code has w = [0.5, 0.8]")
                .row("o1, w = [0, 1]", activity2(0, 1), 0.7216325609518421)
                .print();
    }

    private static void activity3() {
        Tensor actual = Tensor.of(DOUBLE, 1, 1, 0, 0);
        Tensor predicted = Tensor.of(DOUBLE, 0, 0, 0, 0).requiresGrad(true);
        Tensor loss = Losses.mseLoss(predicted, actual);
        loss.backward();
        Beside table = Beside.titled("Activity 3: mean squared error").row("MSE", loss.item(), 0.5);
        Entries.add(table, "∂MSE/∂ypred", predicted.grad());
        table.print();
    }

    /** The numbers of one pass forward and back for Joana, in the notebook's names. */
    record Activity4(Linear hidden, Linear output, Tensor h, Tensor yPred, Tensor loss, Tensor dYpredDh, Tensor dh1Dw) {

        double w1After(double learningRate) {
            Tensor w = hidden.weight();
            return Autograd.noGrad(() -> w.sub(w.grad().mul(learningRate))).toDoubleArray()[0];
        }
    }

    static Activity4 backpropagate() {
        Linear hidden = Linear.of(Tensor.ones(DOUBLE, 2, 2), Tensor.zeros(DOUBLE, 2));
        Linear output = Linear.of(Tensor.ones(DOUBLE, 1, 2), Tensor.zeros(DOUBLE, 1));
        Tensor joana = Tensor.of(DOUBLE, -2, -1);
        Tensor h = hidden.forward(joana).sigmoid();
        Tensor yPred = output.forward(h).sigmoid().retainGrad();
        Tensor loss = Losses.mseLoss(yPred, Tensor.ones(DOUBLE, 1));
        loss.backward(Backward.RETAIN_GRAPH);

        Tensor dYpredDh = Autograd.grad(yPred, h, Backward.RETAIN_GRAPH);
        Tensor dh1Dw = Autograd.grad(h.select(0, 0), hidden.weight());
        return new Activity4(hidden, output, h, yPred, loss, dYpredDh, dh1Dw);
    }

    private static void activity4() {
        Activity4 step = backpropagate();
        double[] h = step.h().toDoubleArray();
        double[] hidden = step.hidden().weight().grad().toDoubleArray();
        double[] output = step.output().weight().grad().toDoubleArray();
        double[] hiddenBias = step.hidden().bias().grad().toDoubleArray();
        double outputBias = step.output().bias().grad().item();
        Beside.titled("Activity 4: back-propagation for Joana, all weights 1, all biases 0")
                .row("h1", h[0], 0.0474)
                .row("h2", h[1], 0.0474)
                .row("o1 = ypred", step.yPred().item(), 0.524)
                .row("L", step.loss().item())
                .wrong("∂L/∂ypred", step.yPred().grad().item(), -0.952, "computed from the rounded 0.524; it is -0.953")
                .row("∂ypred/∂h1", step.dYpredDh().toDoubleArray()[0], 0.249)
                .wrong(
                        "∂h1/∂w1",
                        step.dh1Dw().toDoubleArray()[0],
                        -0.0903,
                        "computed from the rounded 0.0474; it is -0.0904")
                .wrong("∂L/∂w1", hidden[0], 0.0214, "a product of rounded factors; 0.02147 rounds to 0.0215")
                .row("∂L/∂w2", hidden[1])
                .row("∂L/∂w3", hidden[2])
                .row("∂L/∂w4", hidden[3])
                .row("∂L/∂w5", output[0])
                .row("∂L/∂w6", output[1])
                .row("∂L/∂b1", hiddenBias[0])
                .row("∂L/∂b2", hiddenBias[1])
                .row("∂L/∂b3", outputBias)
                .row("w1 after a step, η = 0.1", step.w1After(0.1))
                .row("w1 after a step, η = 1", step.w1After(1))
                .print();
        System.out.println("The notebook asks for the new w1, but names no η and gives no result.\n");
    }
}
