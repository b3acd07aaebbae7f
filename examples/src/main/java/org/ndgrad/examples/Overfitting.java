package org.ndgrad.examples;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Dropout;
import org.ndgrad.nn.DropoutOptions;
import org.ndgrad.nn.Init;
import org.ndgrad.nn.Layer;
import org.ndgrad.nn.Linear;
import org.ndgrad.nn.LinearOptions;
import org.ndgrad.nn.Losses;
import org.ndgrad.nn.Metrics;
import org.ndgrad.nn.Penalties;
import org.ndgrad.nn.Relu;
import org.ndgrad.nn.Sequential;
import org.ndgrad.nn.data.Synthetic;
import org.ndgrad.nn.data.TensorDataset;
import org.ndgrad.nn.optim.Adam;
import org.ndgrad.plot.Figure;
import org.ndgrad.plot.Plot;

/** Overfitting as in {@link OneHiddenLayer}'s slides, and against it: early stopping, L1 and L2 penalties, dropout. */
final class Overfitting {

    private static final DataType DOUBLE = DataType.DOUBLE;
    private static final int EPOCHS = 150;
    private static final int PATIENCE = 5;
    private static final Tensor NO_PENALTY = Tensor.of(0.0);

    private static final TensorDataset TRAIN = Synthetic.moons(new Rng(3), 20, 0.35);
    private static final TensorDataset VALIDATION = Synthetic.moons(new Rng(2), 100, 0.35);

    private Overfitting() {}

    static void run(Path folder) {
        dropoutByNumber();
        compare(folder);
        lastSlide();
    }

    // Dropout: two conventions

    /** Returns what training and inference make of x in the convention of the slides and in that of Keras. */
    static Map<String, Tensor> dropoutConventions(Tensor x, Tensor mask, double keep) {
        Map<String, Tensor> results = new LinkedHashMap<>();
        results.put("slides (p = keep): training", x.mul(mask));
        results.put("slides (p = keep): inference", x.mul(keep));
        results.put("inverted (p = drop): training", x.mul(mask).div(keep));
        results.put("inverted (p = drop): inference", x);
        return results;
    }

    private static void dropoutByNumber() {
        Tensor x = Tensor.of(DOUBLE, 1, 2, 3, 4);
        Tensor mask = Tensor.of(DOUBLE, 1, 0, 1, 1);
        System.out.println("Dropout of x = [1, 2, 3, 4] with mask [1, 0, 1, 1] and p = 0.5");
        dropoutConventions(x, mask, 0.5)
                .forEach((name, y) -> System.out.printf("  %-31s %s%n", name, Arrays.toString(y.toDoubleArray())));
        System.out.println(
                "The slides describe the original paper's dropout;\ntheir Keras line, and Dropout here, do the"
                        + " inverted one.");
        Dropout dropout = new Dropout(DropoutOptions.defaults().withP(0.5).withRng(new Rng(0)));
        Tensor ones = Tensor.ones(100_000);
        Tensor dropped = dropout.forward(ones);
        System.out.printf(
                Locale.ROOT,
                "Dropout(0.5) of 100000 ones: %.1f %% are 0, the mean is %.3f in training and %.3f in inference.%n%n",
                100 * dropped.eq(0).to(DataType.FLOAT).mean().item(),
                dropped.mean().item(),
                dropout.eval().forward(ones).mean().item());
    }

    // Forty noisy points, and a network that could learn them by heart

    /**
     * A trained network with its losses after each epoch; {@code bestEpoch} is where the validation loss was lowest.
     */
    record Run(Sequential net, List<Double> train, List<Double> validation, int bestEpoch) {}

    private static Sequential network(double dropout) {
        Rng random = new Rng(7);
        LinearOptions options = LinearOptions.defaults().withRng(random);
        return new Sequential(
                new Linear(2, 64, options),
                new Relu(),
                new Dropout(DropoutOptions.defaults().withP(dropout).withRng(random)),
                new Linear(64, 64, options),
                new Relu(),
                new Dropout(DropoutOptions.defaults().withP(dropout).withRng(random)),
                new Linear(64, 2, options));
    }

    /** Trains, and stops when the validation loss has not been lower than before for {@code patience} epochs. */
    static Run train(Sequential net, Function<Sequential, Tensor> penalty, int patience) {
        Adam adam = new Adam(net.parameters(), 0.005);
        List<Double> trainLosses = new ArrayList<>();
        List<Double> validationLosses = new ArrayList<>();
        double best = Double.POSITIVE_INFINITY;
        int bestEpoch = 0;
        List<Tensor> bestWeights = List.of();
        for (int epoch = 1; epoch <= EPOCHS && epoch - bestEpoch <= patience; epoch++) {
            net.train();
            adam.zeroGrad();
            Losses.crossEntropy(net.forward(TRAIN.features()), TRAIN.targets())
                    .add(penalty.apply(net))
                    .backward();
            adam.step();

            net.eval();
            double validation = loss(net, VALIDATION);
            trainLosses.add(loss(net, TRAIN));
            validationLosses.add(validation);
            if (validation < best) {
                best = validation;
                bestEpoch = epoch;
                bestWeights = net.parameters().values().stream()
                        .map(weight -> weight.detach().clone())
                        .toList();
            }
        }
        if (patience < EPOCHS) {
            List<Tensor> weights = List.copyOf(net.parameters().values());
            for (int i = 0; i < weights.size(); i++) {
                Init.replace(weights.get(i), bestWeights.get(i));
            }
        }
        return new Run(net, trainLosses, validationLosses, bestEpoch);
    }

    private static Tensor predict(Layer net, Tensor features) {
        return Autograd.noGrad(() -> net.forward(features));
    }

    private static double loss(Layer net, TensorDataset data) {
        return Losses.crossEntropy(predict(net, data.features()), data.targets())
                .item();
    }

    /** Returns the weights without the biases, which are not penalized. */
    private static List<Tensor> weights(Layer net) {
        return net.parameters().entrySet().stream()
                .filter(parameter -> parameter.getKey().endsWith("weight"))
                .map(Map.Entry::getValue)
                .toList();
    }

    private static void compare(Path folder) {
        Map<String, Run> runs = new LinkedHashMap<>();
        runs.put("nothing", train(network(0), net -> NO_PENALTY, EPOCHS));
        runs.put(
                "L2 penalty, 0.002",
                train(network(0), net -> Penalties.l2(weights(net)).mul(0.002), EPOCHS));
        runs.put(
                "L1 penalty, 0.001",
                train(network(0), net -> Penalties.l1(weights(net)).mul(0.001), EPOCHS));
        runs.put("dropout, 0.5", train(network(0.5), net -> NO_PENALTY, EPOCHS));
        runs.put("early stopping, patience 5", train(network(0), net -> NO_PENALTY, PATIENCE));

        System.out.println("A 2-64-64-2 network, 40 noisy points to learn from, 200 to validate with");
        System.out.println("  against overfitting          epochs   training    validation   accuracy   Σ weight²");
        runs.forEach(Overfitting::print);
        Run free = runs.get("nothing");
        Plot plot = Plot.titled("Validation loss")
                .xLabel("epoch")
                .yLabel("cross-entropy")
                .size(760, 520)
                .yRange(0, 1.5);
        runs.forEach((name, run) -> plot.line(name, run.validation()));
        Figure.row(
                        Plot.titled("Nothing against overfitting")
                                .xLabel("epoch")
                                .yLabel("cross-entropy")
                                .size(760, 520)
                                .line("training", free.train())
                                .line("validation", free.validation())
                                .verticalLine("best epoch", free.bestEpoch()),
                        plot)
                .save(folder.resolve("overfitting.png"));
        System.out.println();
    }

    private static void print(String name, Run run) {
        System.out.printf(
                Locale.ROOT,
                "  %-28s %-8d %-11.4f %-12.4f %-10.4f %.1f%n",
                name,
                run.train().size(),
                loss(run.net(), TRAIN),
                loss(run.net(), VALIDATION),
                Metrics.accuracy(predict(run.net(), VALIDATION.features()), VALIDATION.targets()),
                Penalties.l2(weights(run.net())).item());
    }

    /** The 4-3-1 network of the last slide: in training each pass drops others of the four neurons. */
    private static void lastSlide() {
        Rng random = new Rng(3);
        LinearOptions options = LinearOptions.defaults().withRng(random);
        Sequential net = new Sequential(
                new Linear(2, 4, options),
                new Relu(),
                new Dropout(DropoutOptions.defaults().withP(0.5).withRng(random)),
                new Linear(4, 3, options),
                new Relu(),
                new Linear(3, 1, options));
        TensorDataset plane = OneNeuron.plane();
        Adam adam = new Adam(net.parameters(), 0.02);
        for (int epoch = 0; epoch < 200; epoch++) {
            adam.zeroGrad();
            Losses.mseLoss(net.forward(plane.features()), plane.targets()).backward();
            adam.step();
        }
        Tensor sample = plane.features().slice(0, 0, 1);
        System.out.println("The last slide's network, trained on y = 2 x1 − x2 + 0.5 + noise\n" + net);
        System.out.printf(
                Locale.ROOT,
                "One sample, target %.3f: five passes in training give",
                plane.targets().toDoubleArray()[0]);
        net.train();
        for (int i = 0; i < 5; i++) {
            System.out.printf(Locale.ROOT, " %.3f", predict(net, sample).item());
        }
        net.eval();
        System.out.print("; in inference");
        for (int i = 0; i < 2; i++) {
            System.out.printf(Locale.ROOT, " %.3f", predict(net, sample).item());
        }
        System.out.printf(
                Locale.ROOT,
                " each time.%nMSE of all samples in inference: %.4f.%n%n",
                Losses.mseLoss(predict(net, plane.features()), plane.targets()).item());
    }
}
