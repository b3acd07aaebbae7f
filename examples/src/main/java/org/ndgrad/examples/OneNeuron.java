package org.ndgrad.examples;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Linear;
import org.ndgrad.nn.Losses;
import org.ndgrad.nn.data.Batch;
import org.ndgrad.nn.data.DataLoader;
import org.ndgrad.nn.data.Synthetic;
import org.ndgrad.nn.data.TensorDataset;
import org.ndgrad.nn.optim.Sgd;
import org.ndgrad.plot.Figure;
import org.ndgrad.plot.Plot;

/** One neuron as linear and as logistic regression, with batch, mini-batch and stochastic gradient descent. */
final class OneNeuron {

    private static final DataType DOUBLE = DataType.DOUBLE;
    private static final int SAMPLES = 100;
    private static final int EPOCHS = 50;
    private static final int STEPS_SHOWN = 300;

    private OneNeuron() {}

    static void run(Path folder) {
        linearFormulas();
        logisticFormulas();
        descents(folder);
    }

    // The formulas of the slides against backward(), on a small batch

    private static final Tensor X = Tensor.of(DOUBLE, new double[][] {{0.5, 1}, {-1, 2}, {1.5, -0.5}, {0, 0.25}});
    private static final Tensor Y = Tensor.of(DOUBLE, 1, 0, 1, 0);

    /** A neuron's output a = g(x·w + b) for the batch, its loss, and the gradients of the loss. */
    record Gradients(Tensor a, Tensor loss, Tensor dw, Tensor db, Tensor da) {}

    static Gradients linear() {
        return gradients(z -> z, Losses::mseLoss);
    }

    static Gradients logistic() {
        return gradients(Tensor::sigmoid, Losses::binaryCrossEntropy);
    }

    private static Gradients gradients(UnaryOperator<Tensor> activation, BinaryOperator<Tensor> lossFunction) {
        Tensor w = Tensor.of(DOUBLE, 0.2, -0.4).requiresGrad(true);
        Tensor b = Tensor.of(DOUBLE, 0.1).requiresGrad(true);
        Tensor a = activation.apply(X.matmul(w).add(b)).retainGrad();
        Tensor loss = lossFunction.apply(a, Y);
        loss.backward();
        return new Gradients(a.detach(), loss, w.grad(), b.grad(), a.grad());
    }

    private static void linearFormulas() {
        Gradients ours = linear();
        Tensor error = ours.a().sub(Y);
        Beside.titled("Linear unit, MSE of four samples: backward() beside the slides' formulas")
                .row("L", ours.loss().item())
                .row(
                        "∂L/∂w1",
                        first(ours.dw()),
                        number(error.mul(X.select(1, 0)).mean().mul(2)))
                .row(
                        "∂L/∂w2",
                        second(ours.dw()),
                        number(error.mul(X.select(1, 1)).mean().mul(2)))
                .row("∂L/∂b", ours.db().item(), number(error.mean().mul(2)))
                .wrong(
                        "∂L/∂g(z⁽¹⁾)",
                        first(ours.da()),
                        number(error.mean().mul(2)),
                        "the slide keeps the sum; g(z⁽¹⁾) stands in one term of it only")
                .print();
    }

    private static void logisticFormulas() {
        Gradients ours = logistic();
        Tensor a = ours.a();
        Tensor error = a.sub(Y);
        Tensor terms = Y.neg().div(a).add(Y.rsub(1).div(a.rsub(1)));
        Tensor misprinted = Y.neg().div(a).add(Y.div(a.rsub(1))).mul(a).mul(a.rsub(1));
        Beside.titled("Logistic unit, binary cross-entropy of the same samples: backward() beside the slides' formulas")
                .row("L", ours.loss().item())
                .row(
                        "∂L/∂w1",
                        first(ours.dw()),
                        number(error.mul(X.select(1, 0)).mean()))
                .row(
                        "∂L/∂w2",
                        second(ours.dw()),
                        number(error.mul(X.select(1, 1)).mean()))
                .row("∂L/∂b", ours.db().item(), number(error.mean()))
                .wrong("∂L/∂w1, last line", first(ours.dw()), number(error.mean()), "x1 is missing: this is ∂L/∂b")
                .wrong(
                        "∂L/∂w1, product line",
                        first(ours.dw()),
                        number(misprinted.mul(X.select(1, 0)).mean()),
                        "the second term has y / (1 − g) where (1 − y) / (1 − g) is meant")
                .wrong("∂L/∂g(z⁽¹⁾)", first(ours.da()), number(terms.mean()), "again the sum is one too many")
                .wrong(
                        "∂g/∂z at z = 0",
                        Perceptron.derivative(Tensor::sigmoid, 0),
                        0.5,
                        "the first \"=\" lacks d/dz: it equates g with its slope")
                .print();
        System.out.println(
                "The slides let ŷ = 1 if z ≥ threshold. The threshold is for g(z): with 0.5, the fourth sample"
                        + " (z = 0,\ng(z) = " + a.toDoubleArray()[3]
                        + ") is class 1; compared with z it would not be.\n");
    }

    private static double first(Tensor vector) {
        return vector.toDoubleArray()[0];
    }

    private static double second(Tensor vector) {
        return vector.toDoubleArray()[1];
    }

    /** Returns the value of a formula without the noise of its last digits. */
    private static double number(Tensor formula) {
        return Math.rint(formula.item() * 1e7) / 1e7;
    }

    // Three variants of gradient descent

    /**
     * What a descent passes through, from the start on: the loss after each epoch, the weights after the first steps.
     */
    record Descent(List<Double> losses, List<Double> w1, List<Double> w2) {}

    static Descent descend(
            TensorDataset data, BinaryOperator<Tensor> lossFunction, int batchSize, double learningRate) {
        Linear neuron = Linear.of(Tensor.of(new double[][] {{-0.5, 0.5}}), Tensor.zeros(1));
        Sgd sgd = new Sgd(neuron.parameters(), learningRate);
        DataLoader<Batch> loader = new DataLoader<>(data, batchSize, new Rng(1));
        Descent descent = new Descent(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        noteLoss(descent, neuron, data, lossFunction);
        noteWeights(descent, neuron);
        for (int epoch = 1; epoch <= EPOCHS; epoch++) {
            for (Batch batch : loader) {
                sgd.zeroGrad();
                lossFunction
                        .apply(neuron.forward(batch.features()), batch.targets())
                        .backward();
                sgd.step();
                noteWeights(descent, neuron);
            }
            noteLoss(descent, neuron, data, lossFunction);
        }
        return descent;
    }

    private static void noteLoss(
            Descent descent, Linear neuron, TensorDataset data, BinaryOperator<Tensor> lossFunction) {
        Tensor loss = Autograd.noGrad(() -> lossFunction.apply(neuron.forward(data.features()), data.targets()));
        descent.losses().add(loss.item());
    }

    private static void noteWeights(Descent descent, Linear neuron) {
        if (descent.w1().size() <= STEPS_SHOWN) {
            descent.w1().add(first(neuron.weight()));
            descent.w2().add(second(neuron.weight()));
        }
    }

    /** Returns points with y = 2 x1 − x2 + 0.5 and noise. */
    static TensorDataset plane() {
        Rng random = new Rng(42);
        Tensor x = Tensor.randn(DataType.FLOAT, random, SAMPLES, 2);
        Tensor noise = Tensor.randn(DataType.FLOAT, random, SAMPLES, 1).mul(0.5);
        Tensor y = x.matmul(Tensor.of(new double[][] {{2}, {-1}})).add(0.5).add(noise);
        return new TensorDataset(x, y);
    }

    /** Returns two clouds of points, the classes 0 and 1. */
    static TensorDataset clouds() {
        TensorDataset blobs =
                Synthetic.blobs(new Rng(42), SAMPLES / 2, 1, new double[] {-1, 0.5}, new double[] {1, -0.5});
        return new TensorDataset(
                blobs.features(), blobs.targets().to(DataType.FLOAT).unsqueeze(1));
    }

    private static void descents(Path folder) {
        Figure linear = compare("Linear regression, η = 0.02", "MSE", plane(), Losses::mseLoss, 0.02);
        Figure logistic = compare(
                "Logistic regression, η = 0.01", "cross-entropy", clouds(), Losses::binaryCrossEntropyWithLogits, 0.01);
        Figure.grid(1, linear, logistic).save(folder.resolve("descent.png"));
        System.out.println("With the same η a batch takes one step per epoch, a mini-batch of 10 ten, a single sample a"
                + " hundred:\nthe smaller the batch, the fewer epochs are needed, and the more the weights waver.\n");
    }

    private static Figure compare(
            String title,
            String lossName,
            TensorDataset data,
            BinaryOperator<Tensor> lossFunction,
            double learningRate) {
        Descent batch = descend(data, lossFunction, SAMPLES, learningRate);
        Descent mini = descend(data, lossFunction, 10, learningRate);
        Descent single = descend(data, lossFunction, 1, learningRate);

        System.out.println(title + ": " + lossName + " of all " + SAMPLES + " samples after each epoch (data of ours)");
        System.out.println("  epoch      batch      mini-batch   stochastic");
        for (int epoch : new int[] {0, 1, 2, 5, 10, 20, EPOCHS}) {
            System.out.printf(
                    Locale.ROOT,
                    "  %-10d %-10.5f %-12.5f %.5f%n",
                    epoch,
                    batch.losses().get(epoch),
                    mini.losses().get(epoch),
                    single.losses().get(epoch));
        }
        System.out.println();
        double[] epochs = Tensor.arange(EPOCHS + 1).toDoubleArray();
        Plot losses = Plot.titled(title)
                .xLabel("epoch")
                .yLabel(lossName)
                .size(760, 480)
                .line("batch", epochs, array(batch.losses()))
                .line("mini-batch of 10", epochs, array(mini.losses()))
                .line("stochastic", epochs, array(single.losses()));
        Plot paths = Plot.titled("Way of the weights, at most " + STEPS_SHOWN + " steps")
                .xLabel("w1")
                .yLabel("w2")
                .size(760, 480)
                .line("batch", array(batch.w1()), array(batch.w2()))
                .line("mini-batch of 10", array(mini.w1()), array(mini.w2()))
                .line("stochastic", array(single.w1()), array(single.w2()));
        return Figure.row(losses, paths);
    }

    private static double[] array(List<Double> numbers) {
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
