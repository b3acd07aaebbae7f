package org.ndgrad.examples;

import java.awt.Color;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Layer;
import org.ndgrad.nn.Linear;
import org.ndgrad.nn.LinearOptions;
import org.ndgrad.nn.Losses;
import org.ndgrad.nn.Sequential;
import org.ndgrad.nn.Tanh;
import org.ndgrad.nn.data.Batch;
import org.ndgrad.nn.data.Csv;
import org.ndgrad.nn.data.CsvOptions;
import org.ndgrad.nn.data.CsvTable;
import org.ndgrad.nn.data.Splits;
import org.ndgrad.nn.data.Subset;
import org.ndgrad.nn.data.TensorDataset;
import org.ndgrad.nn.optim.Adam;
import org.ndgrad.nn.train.Progress;
import org.ndgrad.plot.Marker;
import org.ndgrad.plot.Plot;

/**
 * The XOR network with a skip connection and its delta rule, then a 1-15-1 network with tanh that learns the sine;
 * after the University of Lisbon's assignment "Backpropagation".
 */
public final class Sine {

    private static final Path FOLDER = Path.of("out", "sine");
    private static final int EPOCHS = 300;
    private static final double LEARNING_RATE = 0.2;
    private static final int TRAIN = 0;
    private static final int VALIDATION = 1;
    static final int TEST = 2;

    private static final Color BLUE = new Color(0x0072B2);
    private static final Color ORANGE = new Color(0xD55E00);

    /** A trained network, the data, and for each of the three parts the losses epoch by epoch. */
    record Fit(Layer network, TensorDataset data, List<Batch> parts, List<List<Double>> losses) {

        /** Returns the epoch, from 0, after which the validation loss was the lowest. */
        int bestEpoch() {
            return losses.get(VALIDATION).indexOf(Collections.min(losses.get(VALIDATION)));
        }

        /** Returns a part's loss after the last epoch. */
        double last(int part) {
            return losses.get(part).get(EPOCHS - 1);
        }

        /** Returns a part's loss after the best epoch. */
        double best(int part) {
            return losses.get(part).get(bestEpoch());
        }
    }

    private Sine() {}

    /**
     * Runs the example.
     *
     * @param args ignored
     */
    public static void main(String[] args) {
        System.out.println("XOR and sine (after the assignment \"Backpropagation\", University of Lisbon)\n");
        XorNetwork.show(FOLDER);
        compareWithPyTorch();

        System.out.println("""
                Problem 3: sin(x) from 200 points, uniform in (-pi, pi): 141 to train, 29 to validate, 30 to test.
                The assignment seeds NumPy, but draws x from Python's own generator, which it does not seed: nobody can
                reproduce its losses, 1.0091e-05 (validation) and 5.2821e-06 (test). Ten seeds tell what to expect.
                """);
        List<Fit> fits = new ArrayList<>();
        try (Progress progress = Progress.of("seeds", 10)) {
            for (int seed = 0; seed < 10; seed++) {
                fits.add(fit(seed));
                progress.step(String.format(
                        Locale.ROOT, "test MSE %.4e", fits.get(seed).last(TEST)));
            }
        }
        table(fits);
        System.out.println("""
                Also in the assignment: the hidden layer has 15 neurons, not two; a low loss on the validation set is not
                overfitting, but the opposite; the points labeled "train" in its first plot are those of the validation set;
                torch.autograd.Variable has not been needed since PyTorch 0.4.
                """);
        draw(fits.get(0));
        System.out.println("Pictures: " + FOLDER + "/xor.png, data.png, validation.png, test.png, loss.png");
    }

    /** Draws data, parts and initial weights, and trains on the first part. */
    static Fit fit(long seed) {
        Rng rng = new Rng(seed);
        Tensor x = Tensor.rand(DataType.DOUBLE, rng, 200, 1).mul(2 * Math.PI).sub(Math.PI);
        TensorDataset data = new TensorDataset(x, x.sin());
        List<Batch> parts =
                Splits.bySize(data, rng, 141, 29, 30).stream().map(Subset::all).toList();
        LinearOptions options =
                LinearOptions.defaults().withDtype(DataType.DOUBLE).withRng(rng);
        Sequential network = new Sequential(new Linear(1, 15, options), new Tanh(), new Linear(15, 1, options));
        List<List<Double>> losses = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        train(network, parts.get(TRAIN), () -> {
            for (int part = 0; part < 3; part++) {
                losses.get(part).add(loss(network, parts.get(part)).item());
            }
        });
        return new Fit(network, data, parts, losses);
    }

    /** Takes 300 steps, each with all samples, and returns the loss before each. */
    private static List<Double> train(Layer network, Batch batch, Runnable afterEachStep) {
        Adam adam = new Adam(network.parameters(), LEARNING_RATE);
        List<Double> losses = new ArrayList<>();
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            adam.zeroGrad();
            Tensor loss = loss(network, batch);
            losses.add(loss.item());
            loss.backward();
            adam.step();
            Autograd.noGrad(afterEachStep);
        }
        return losses;
    }

    private static Tensor loss(Layer network, Batch batch) {
        return Losses.mseLoss(network.forward(batch.features()), batch.targets());
    }

    private static void table(List<Fit> fits) {
        System.out.println("""

                MSE      after 300 epochs, as there   after the best epoch for the validation set
                  seed   validation   test                epoch   validation   test""");
        for (int seed = 0; seed < fits.size(); seed++) {
            Fit fit = fits.get(seed);
            print(
                    "%6d".formatted(seed),
                    fit.last(VALIDATION),
                    fit.last(TEST),
                    "%5d".formatted(fit.bestEpoch() + 1),
                    fit.best(VALIDATION),
                    fit.best(TEST));
        }
        print(
                "median",
                median(fits, fit -> fit.last(VALIDATION)),
                median(fits, fit -> fit.last(TEST)),
                "     ",
                median(fits, fit -> fit.best(VALIDATION)),
                median(fits, fit -> fit.best(TEST)));
        System.out.println("""

                With the large learning rate 0.2 Adam keeps leaping out of the valley (see loss.png), so the loss after a
                fixed number of epochs is a matter of luck. A validation set serves to stop at a good one.
                """);
    }

    private static void print(
            String name, double validation, double test, String epoch, double bestValidation, double bestTest) {
        System.out.printf(
                Locale.ROOT,
                "  %s   %.4e   %.4e        %s   %.4e   %.4e%n",
                name,
                validation,
                test,
                epoch,
                bestValidation,
                bestTest);
    }

    static double median(List<Fit> fits, ToDoubleFunction<Fit> loss) {
        double[] sorted = fits.stream().mapToDouble(loss).sorted().toArray();
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /** Trains on evenly spaced points from weights that PyTorch has drawn, and compares the losses with PyTorch's. */
    private static void compareWithPyTorch() {
        List<Double> losses = lossesFromGivenWeights();
        Beside.titled("The network of problem 3 on 141 evenly spaced points, from given weights: MSE")
                .against("PyTorch")
                .row("before step 1", losses.get(0), 0.478479451)
                .row("before step 2", losses.get(1), 1.27124149)
                .row("before step 3", losses.get(2), 0.158385713)
                .row("before step 4", losses.get(3), 0.676276368)
                .row("before step 10", losses.get(9), 0.101252142)
                .row("before step 50", losses.get(49), 0.018082935)
                .row("before step 100", losses.get(99), 2.93861e-4)
                .row("before step 200", losses.get(199), 1.1755e-5)
                .row("before step 300", losses.get(299), 1.39905e-3)
                .print();
    }

    static List<Double> lossesFromGivenWeights() {
        CsvTable weights = Csv.readResource(
                Sine.class, "sine_weights.csv", CsvOptions.defaults().withHeaderLines(1));
        Sequential network = new Sequential(
                Linear.of(
                        weights.columns(DataType.DOUBLE, 0),
                        weights.columns(DataType.DOUBLE, 1).squeeze(1)),
                new Tanh(),
                Linear.of(
                        weights.columns(DataType.DOUBLE, 2).t(),
                        Tensor.of(DataType.DOUBLE, new double[] {0.1327180564403534})));
        Tensor x = Tensor.linspace(DataType.DOUBLE, -Math.PI, Math.PI, 141).unsqueeze(1);
        return train(network, new Batch(x, x.sin()), () -> {});
    }

    /** Draws as the assignment does, and the loss. */
    private static void draw(Fit fit) {
        Plot.titled("The data: 200 points of y = sin(x)")
                .xLabel("x")
                .yLabel("y")
                .scatter(
                        "data", values(fit.data().features()), values(fit.data().targets()))
                .save(FOLDER.resolve("data.png"));
        predictions("Validation", fit, VALIDATION).save(FOLDER.resolve("validation.png"));
        predictions("Test", fit, TEST).save(FOLDER.resolve("test.png"));
        Plot.titled("Loss, seed 0")
                .xLabel("epoch")
                .yLabel("mean squared error")
                .logY()
                .line("training", fit.losses().get(TRAIN))
                .line("validation", fit.losses().get(VALIDATION))
                .save(FOLDER.resolve("loss.png"));
    }

    private static Plot predictions(String title, Fit fit, int part) {
        Batch batch = fit.parts().get(part);
        Tensor predicted = Autograd.noGrad(() -> fit.network().forward(batch.features()));
        double[] x = values(batch.features());
        return Plot.titled(title + ": predictions and actual values")
                .xLabel("x")
                .yLabel("y")
                .size(1000, 600)
                .scatter("actual", x, values(batch.targets()), ORANGE, Marker.CROSS)
                .scatter("predicted", x, values(predicted), BLUE, Marker.PLUS);
    }

    private static double[] values(Tensor column) {
        return column.toDoubleArray();
    }
}
