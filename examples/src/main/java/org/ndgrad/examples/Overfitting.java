package org.ndgrad.examples;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Dropout;
import org.ndgrad.nn.DropoutOptions;
import org.ndgrad.nn.Layer;
import org.ndgrad.nn.Linear;
import org.ndgrad.nn.LinearOptions;
import org.ndgrad.nn.Losses;
import org.ndgrad.nn.Metrics;
import org.ndgrad.nn.Parameters;
import org.ndgrad.nn.Penalties;
import org.ndgrad.nn.Relu;
import org.ndgrad.nn.Sequential;
import org.ndgrad.nn.data.Synthetic;
import org.ndgrad.nn.data.TensorDataset;
import org.ndgrad.nn.optim.Adam;
import org.ndgrad.nn.train.Progress;
import org.ndgrad.plot.Figure;
import org.ndgrad.plot.Plot;

/**
 * Overfitting and four ways against it: a 2-64-64-2 network learns two noisy moons from 40 points, with nothing against
 * overfitting, with an L1 or an L2 penalty on its weights, with dropout, and with early stopping.
 *
 * <p>Expected, tried with seeds 0 to 4: without a remedy the training loss falls below 0.04 while the validation loss,
 * after a first fall, rises to three times its lowest and more. The test loss is less than half as large with a penalty
 * or with early stopping, and less than two thirds with dropout.
 */
public final class Overfitting {

    static final int EPOCHS = 300;
    private static final double LEARNING_RATE = 0.005;
    private static final double NOISE = 0.35;
    private static final Tensor NO_PENALTY = Tensor.of(0.0);

    /** Points to learn from, to stop by, and to judge by in the end. */
    record Data(TensorDataset train, TensorDataset validation, TensorDataset test) {

        static Data of(Rng rng) {
            return new Data(
                    Synthetic.moons(rng, 20, NOISE),
                    Synthetic.moons(rng, 200, NOISE),
                    Synthetic.moons(rng, 1000, NOISE));
        }
    }

    /** What is done against overfitting. */
    record Remedy(String name, double dropout, Function<Parameters, Tensor> penalty, int patience) {}

    /** A trained network with its losses after each epoch. */
    record Run(String name, Layer net, List<Double> train, List<Double> validation) {}

    private Overfitting() {}

    /**
     * Prints a table, and writes {@code overfitting.png} to {@code out/overfitting}.
     *
     * @param args at most one: the seed of everything random, 0 if left out
     */
    public static void main(String[] args) {
        Path folder = Path.of("out", "overfitting");
        run(folder, Seed.of("overfitting", args), EPOCHS);
        System.out.println("Picture: " + folder.resolve("overfitting.png"));
    }

    /** Trains once for each remedy, and prints and draws what came of it; {@link #main} with a folder of one's own. */
    static List<Run> run(Path folder, long seed, int epochs) {
        Data data = Data.of(new Rng(seed));
        List<Remedy> remedies = List.of(
                new Remedy("nothing", 0, weights -> NO_PENALTY, epochs),
                new Remedy(
                        "L1 penalty, 0.003", 0, weights -> Penalties.l1(weights).mul(0.003), epochs),
                new Remedy(
                        "L2 penalty, 0.005", 0, weights -> Penalties.l2(weights).mul(0.005), epochs),
                new Remedy("dropout, 0.5", 0.5, weights -> NO_PENALTY, epochs),
                new Remedy("early stopping, patience 20", 0, weights -> NO_PENALTY, 20));
        List<Run> runs = new ArrayList<>();
        try (Progress progress = Progress.of("network", remedies.size())) {
            for (Remedy remedy : remedies) {
                runs.add(train(remedy, data, seed, epochs));
                progress.step(remedy.name());
            }
        }
        print(runs, data);
        draw(runs, folder);
        return runs;
    }

    private static Sequential network(double dropout, Rng rng) {
        LinearOptions options = LinearOptions.defaults().withRng(rng);
        return new Sequential(
                new Linear(2, 64, options),
                new Relu(),
                new Dropout(DropoutOptions.defaults().withP(dropout).withRng(rng)),
                new Linear(64, 64, options),
                new Relu(),
                new Dropout(DropoutOptions.defaults().withP(dropout).withRng(rng)),
                new Linear(64, 2, options));
    }

    /**
     * Trains until the validation loss has not been lower than before for {@code patience} epochs; if this comes before
     * the last epoch, the network of the best one is returned.
     */
    private static Run train(Remedy remedy, Data data, long seed, int epochs) {
        Sequential net = network(remedy.dropout(), new Rng(seed));
        Parameters weights = net.parameters().matching(name -> name.endsWith("weight")); // biases are not penalized
        Adam adam = new Adam(net.parameters(), LEARNING_RATE);
        List<Double> trainLosses = new ArrayList<>();
        List<Double> validationLosses = new ArrayList<>();
        Layer best = net;
        double lowest = Double.POSITIVE_INFINITY;
        int bestEpoch = 0;
        int epoch = 0;
        while (epoch < epochs && epoch - bestEpoch < remedy.patience()) {
            epoch++;
            net.train();
            adam.zeroGrad();
            Losses.crossEntropy(
                            net.forward(data.train().features()), data.train().targets())
                    .add(remedy.penalty().apply(weights))
                    .backward();
            adam.step();

            net.eval();
            trainLosses.add(loss(net, data.train()));
            double validation = loss(net, data.validation());
            validationLosses.add(validation);
            if (validation < lowest) {
                lowest = validation;
                bestEpoch = epoch;
                best = net.copy();
            }
        }
        return new Run(remedy.name(), epoch < epochs ? best : net, trainLosses, validationLosses);
    }

    private static Tensor predict(Layer net, TensorDataset data) {
        return Autograd.noGrad(() -> net.forward(data.features()));
    }

    /** Returns the cross-entropy that a network has for data. */
    static double loss(Layer net, TensorDataset data) {
        return Losses.crossEntropy(predict(net, data), data.targets()).item();
    }

    private static void print(List<Run> runs, Data data) {
        System.out.printf(
                "A 2-64-64-2 network, %d noisy points to learn from, %d to validate with, %d to test with%n",
                data.train().size(), data.validation().size(), data.test().size());
        System.out.println("  against overfitting         epochs  training  validation  test    accuracy  Σ weight²");
        for (Run run : runs) {
            Layer net = run.net();
            System.out.printf(
                    Locale.ROOT,
                    "  %-27s %-7d %-9.3f %-11.3f %-7.3f %-9.3f %.1f%n",
                    run.name(),
                    run.train().size(),
                    loss(net, data.train()),
                    loss(net, data.validation()),
                    loss(net, data.test()),
                    Metrics.accuracy(predict(net, data.test()), data.test().targets()),
                    Penalties.l2(net.parameters().matching(name -> name.endsWith("weight")))
                            .item());
        }
        System.out.println();
    }

    private static void draw(List<Run> runs, Path folder) {
        Plot train = plot("Training loss");
        Plot validation = plot("Validation loss");
        for (Run run : runs) {
            train.line(run.name(), run.train());
            validation.line(run.name(), run.validation());
        }
        Figure.row(train, validation).save(folder.resolve("overfitting.png"));
    }

    private static Plot plot(String title) {
        return Plot.titled(title)
                .xLabel("epoch")
                .yLabel("cross-entropy")
                .size(760, 520)
                .yRange(0, 2);
    }
}
