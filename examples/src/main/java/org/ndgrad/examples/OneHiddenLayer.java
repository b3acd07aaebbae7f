package org.ndgrad.examples;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.Activations;
import org.ndgrad.nn.Linear;
import org.ndgrad.nn.Sequential;
import org.ndgrad.nn.optim.Sgd;
import org.ndgrad.plot.Figure;
import org.ndgrad.plot.Plot;

/**
 * The slides "Artificial Neural Networks" of Hochschule Karlsruhe: a 2-3-1 network by number, one neuron and three
 * ways to descend, three tasks for one hidden layer, activation functions, and what helps against overfitting. Every
 * derivative comes from {@code backward()}.
 */
public final class OneHiddenLayer {

    private static final DataType DOUBLE = DataType.DOUBLE;

    private OneHiddenLayer() {}

    /** Runs the example and writes its pictures to {@code out/one-hidden-layer}. */
    public static void main(String[] args) {
        run(Path.of("out", "one-hidden-layer"));
    }

    static void run(Path folder) {
        System.out.println("Hochschule Karlsruhe, slides: Artificial Neural Networks (ANN)\n");
        OneNeuron.run(folder);
        byNumber();
        KerasTasks.run(folder);
        activationFunctions(folder);
        DropoutByNumber.byNumber();
        Overfitting.run(folder, 0, Overfitting.EPOCHS);
        DropoutByNumber.lastSlide();
        System.out.println("Pictures: " + folder.resolve("*.png"));
    }

    // Two inputs, three hidden neurons, one output, all linear

    /** The numbers of a pass forward and back, a step, and a second pass forward. */
    record Step(
            Linear hidden,
            Linear output,
            Tensor z1,
            Tensor prediction,
            Tensor loss,
            Tensor newLoss,
            Tensor newPrediction) {}

    static Step step() {
        Linear hidden = Linear.of(
                Tensor.of(DOUBLE, new double[][] {{0.5, 0.2}, {0.3, 0.8}, {0.6, 0.4}}),
                Tensor.of(DOUBLE, 0.1, 0.1, 0.1));
        Linear output =
                Linear.of(Tensor.of(DOUBLE, new double[][] {{0.4, 0.3, 0.2}}), Tensor.of(DOUBLE, new double[] {0.1}));
        Sequential net = new Sequential(hidden, output);
        Tensor x = Tensor.of(DOUBLE, 1, 2);

        Tensor z1 = hidden.forward(x);
        Tensor prediction = output.forward(z1);
        Tensor loss = halfSquare(prediction);
        loss.backward();
        new Sgd(net.parameters(), 0.1).step();

        Tensor newPrediction = Autograd.noGrad(() -> net.forward(x));
        return new Step(hidden, output, z1, prediction, loss, halfSquare(newPrediction), newPrediction);
    }

    /** Half the squared distance from the target 1, as in this part of the slides; elsewhere there is no ½. */
    private static Tensor halfSquare(Tensor prediction) {
        return prediction.sub(1).square().mul(0.5).sum();
    }

    private static void byNumber() {
        Step step = step();
        Beside table = Beside.titled("2-3-1 network, x = [1, 2], y = 1, L = ½ (ŷ − y)², η = 0.1");
        Entries.add(table, "z1", step.z1(), 1, 2, 1.5);
        table.row("ŷ", step.prediction().item(), 1.4).row("L", step.loss().item());
        Entries.add(table, "∂L/∂W2", step.output().weight().grad(), 0.4, 0.8, 0.6);
        Entries.add(table, "∂L/∂b2", bias(step.output()).grad(), 0.4);
        Entries.add(table, "∂L/∂W1", step.hidden().weight().grad(), 0.16, 0.32, 0.12, 0.24, 0.08, 0.16);
        Entries.add(table, "∂L/∂b1", bias(step.hidden()).grad(), 0.16, 0.12, 0.08);
        Entries.add(table, "new W2", step.output().weight(), 0.36, 0.22, 0.14);
        Entries.add(table, "new b2", bias(step.output()), 0.06);
        Entries.add(table, "new W1", step.hidden().weight(), 0.484, 0.168, 0.288, 0.776, 0.592, 0.384);
        Entries.add(table, "new b1", bias(step.hidden()), 0.084, 0.088, 0.092);
        table.row("new ŷ", step.newPrediction().item())
                .row("new L", step.newLoss().item())
                .print();
    }

    private static Tensor bias(Linear layer) {
        return layer.bias();
    }

    // Activation functions and their derivatives

    private static void activationFunctions(Path folder) {
        Figure.grid(
                        2,
                        withDerivative("Sigmoid", Tensor::sigmoid),
                        withDerivative("Tanh", Tensor::tanh),
                        withDerivative("ReLU", Tensor::relu),
                        withDerivative("Leaky ReLU, α = 0.05", x -> Activations.leakyRelu(x, 0.05)),
                        withDerivative("ELU, α = 1", x -> Activations.elu(x, 1)),
                        withDerivative("ELU, α = 2", x -> Activations.elu(x, 2)))
                .save(folder.resolve("activations.png"));
        System.out.println("Derivatives left of 0, at 0 and right of 0");
        printDerivatives("sigmoid", Tensor::sigmoid);
        printDerivatives("tanh", Tensor::tanh);
        printDerivatives("relu", Tensor::relu);
        printDerivatives("leaky relu, α = 0.05", x -> Activations.leakyRelu(x, 0.05));
        printDerivatives("elu, α = 1", x -> Activations.elu(x, 1));
        printDerivatives("elu, α = 2", x -> Activations.elu(x, 2));
        System.out.println(
                "The slides say that ELU \"provides smooth transitions\": only for α = 1, else the slope jumps.\n");
    }

    /** Returns the value and the derivative of a function at each of the points. */
    static List<double[]> valueAndDerivative(UnaryOperator<Tensor> function, Tensor points) {
        Tensor x = points.detach().requiresGrad(true);
        Tensor y = function.apply(x);
        y.backward(Tensor.onesLike(y));
        return List.of(y.toDoubleArray(), x.grad().toDoubleArray());
    }

    private static Plot withDerivative(String name, UnaryOperator<Tensor> function) {
        Tensor x = Tensor.linspace(DOUBLE, -5, 5, 501);
        List<double[]> curves = valueAndDerivative(function, x);
        return Plot.titled(name)
                .xLabel("x")
                .size(600, 400)
                .line("f(x)", x.toDoubleArray(), curves.get(0))
                .line("f′(x)", x.toDoubleArray(), curves.get(1));
    }

    private static void printDerivatives(String name, UnaryOperator<Tensor> function) {
        double[] slopes =
                valueAndDerivative(function, Tensor.of(DOUBLE, -1e-9, 0, 1e-9)).get(1);
        System.out.printf(Locale.ROOT, "  %-22s%-8.4f%-8.4f%-8.4f%n", name, slopes[0], slopes[1], slopes[2]);
    }
}
