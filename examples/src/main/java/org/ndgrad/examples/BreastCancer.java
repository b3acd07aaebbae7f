package org.ndgrad.examples;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.primitives.Doubles;
import com.google.common.primitives.Ints;
import com.google.common.primitives.Longs;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
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
import org.ndgrad.nn.Penalties;
import org.ndgrad.nn.Relu;
import org.ndgrad.nn.Sequential;
import org.ndgrad.nn.data.Batch;
import org.ndgrad.nn.data.Csv;
import org.ndgrad.nn.data.CsvOptions;
import org.ndgrad.nn.data.CsvTable;
import org.ndgrad.nn.data.DataLoader;
import org.ndgrad.nn.data.Splits;
import org.ndgrad.nn.data.Standardizer;
import org.ndgrad.nn.data.Subset;
import org.ndgrad.nn.data.TensorDataset;
import org.ndgrad.nn.optim.Adam;
import org.ndgrad.nn.train.Progress;
import org.ndgrad.nn.train.RocAuc;
import org.ndgrad.plot.ClassifierPlots;
import org.ndgrad.plot.Figure;
import org.ndgrad.plot.Plot;

/**
 * Tells benign from malignant tumors by 30 measurements of cell nuclei: 569 real cases, four fifths to learn from and
 * one fifth to test on.
 *
 * <p>Data: Wolberg, Street and Mangasarian, Breast Cancer Wisconsin (Diagnostic), 1995.
 */
public final class BreastCancer {

    private static final Path FOLDER = Path.of("out", "breast-cancer");
    private static final int EPOCHS = 30;
    private static final int BATCH_SIZE = 32;
    private static final double LEARNING_RATE = 0.002;
    private static final double DROPOUT = 0.3;
    private static final double PENALTY = 0.001;

    /** What came out of a run: the network, both parts of the data, and the losses after each epoch. */
    record Result(
            Sequential model,
            TensorDataset train,
            TensorDataset test,
            List<Double> trainLosses,
            List<Double> testLosses) {

        /** Returns the share of the training part that is told correctly. */
        double trainAccuracy() {
            return accuracy(model, train);
        }

        /** Returns the share of the test part that is told correctly. */
        double testAccuracy() {
            return accuracy(model, test);
        }
    }

    private BreastCancer() {}

    /**
     * Trains, prints loss and accuracy, and writes {@code loss.png} and {@code predictions.png} to
     * {@code out/breast-cancer}.
     *
     * @param args at most two: the seed of everything random (0 if left out), and a CSV file to use instead of the data
     *     that come with the program, of the same form: one header line, and the class, 0 or 1, in the last column
     */
    public static void main(String[] args) {
        long seed;
        CsvTable table;
        try {
            seed = seed(args);
            table = checked(
                    args.length < 2
                            ? data()
                            : Csv.read(Path.of(args[1]), CsvOptions.defaults().withHeaderLines(1)));
        } catch (IllegalArgumentException | UncheckedIOException e) {
            System.err.println("breast-cancer: " + e.getMessage());
            System.exit(2);
            return;
        }
        Result result = train(table, seed);
        draw(result, classNames(table));
        int last = EPOCHS - 1;
        System.out.printf("pictures: %s/loss.png, predictions.png%n", FOLDER);
        System.out.printf(
                Locale.ROOT,
                "train loss %.4f   train accuracy %.4f%n",
                result.trainLosses().get(last),
                result.trainAccuracy());
        System.out.printf(Locale.ROOT, "test loss %.4f%n", result.testLosses().get(last));
        System.out.printf(Locale.ROOT, "test accuracy %.4f%n", result.testAccuracy());
    }

    /** Trains a network on four fifths of the data, with everything random drawn from the seed. */
    static Result train(CsvTable table, long seed) {
        Rng rng = new Rng(seed);
        int features = table.columnCount() - 1;
        List<Subset<Batch>> parts = Splits.byFraction(table.dataset(features), rng, 0.8, 0.2);
        Standardizer standardizer = Standardizer.fit(parts.get(0).all().features());
        TensorDataset train = prepared(parts.get(0), standardizer);
        TensorDataset test = prepared(parts.get(1), standardizer);

        LinearOptions options = LinearOptions.defaults().withRng(rng);
        Sequential model = new Sequential(
                new Linear(features, 32, options),
                new Relu(),
                new Dropout(DropoutOptions.defaults().withP(DROPOUT).withRng(rng)),
                new Linear(32, 16, options),
                new Relu(),
                new Dropout(DropoutOptions.defaults().withP(DROPOUT).withRng(rng)),
                new Linear(16, 1, options));
        List<Tensor> weights = model.parameters().entrySet().stream()
                .filter(parameter -> parameter.getKey().endsWith("weight"))
                .map(Map.Entry::getValue)
                .toList();
        Adam adam = new Adam(model.parameters(), LEARNING_RATE);
        DataLoader<Batch> batches = new DataLoader<>(train, BATCH_SIZE, rng);

        System.out.printf(
                "%d samples to train on, %d to test, %d features, %d parameters, seed %d%n",
                train.size(), test.size(), features, model.parameterCount(), seed);
        List<Double> trainLosses = new ArrayList<>();
        List<Double> testLosses = new ArrayList<>();
        try (Progress progress = Progress.of("epoch", EPOCHS)) {
            for (int epoch = 0; epoch < EPOCHS; epoch++) {
                model.train();
                for (Batch batch : batches) {
                    Tensor logits = model.forward(batch.features()).squeeze(1);
                    Tensor loss = Losses.binaryCrossEntropyWithLogits(logits, batch.targets());
                    adam.zeroGrad();
                    loss.add(Penalties.l2(weights).mul(PENALTY)).backward();
                    adam.step();
                }
                model.eval();
                trainLosses.add(loss(model, train));
                testLosses.add(loss(model, test));
                progress.step(String.format(
                        Locale.ROOT,
                        "loss %.4f, test %.4f, accuracy %.3f",
                        trainLosses.get(epoch),
                        testLosses.get(epoch),
                        accuracy(model, test)));
            }
        }
        return new Result(model, train, test, trainLosses, testLosses);
    }

    /** Returns the data that come with the program: 1 is benign. */
    static CsvTable data() {
        return Csv.readResource(
                BreastCancer.class, "breast_cancer.csv", CsvOptions.defaults().withHeaderLines(1));
    }

    private static TensorDataset prepared(Subset<Batch> part, Standardizer standardizer) {
        Batch all = part.all();
        return new TensorDataset(
                standardizer.transform(all.features()), all.targets().to(DataType.FLOAT));
    }

    private static Tensor logits(Layer model, TensorDataset data) {
        return Autograd.noGrad(() -> model.forward(data.features()).squeeze(1));
    }

    private static double loss(Layer model, TensorDataset data) {
        return Losses.binaryCrossEntropyWithLogits(logits(model, data), data.targets())
                .item();
    }

    private static double accuracy(Layer model, TensorDataset data) {
        return Metrics.binaryAccuracy(logits(model, data), data.targets(), 0);
    }

    private static void draw(Result result, String... classes) {
        Plot.titled("Breast cancer: cross-entropy by epoch")
                .xLabel("epoch")
                .yLabel("cross-entropy")
                .line("training", result.trainLosses())
                .line("test", result.testLosses())
                .save(FOLDER.resolve("loss.png"));
        Tensor logits = logits(result.model(), result.test());
        int[] targets = Ints.toArray(Doubles.asList(result.test().targets().toDoubleArray()));
        int[] predicted = Ints.toArray(Doubles.asList(logits.ge(0).toDoubleArray()));
        Figure predictions = Figure.row(
                ClassifierPlots.predictions(logits.sigmoid().toDoubleArray(), targets, classes)
                        .size(900, 660),
                ClassifierPlots.confusionMatrix(targets, predicted, classes));
        boolean bothClasses = Ints.contains(targets, 0) && Ints.contains(targets, 1);
        if (bothClasses) {
            RocAuc auc = new RocAuc();
            auc.update(logits, result.test().targets());
            Plot roc = ClassifierPlots.roc(auc.curve().points()).size(660, 660);
            predictions = Figure.row(predictions, roc);
        }
        predictions.save(FOLDER.resolve("predictions.png"));
    }

    /** Returns the names of the classes 0 and 1, from the header if it has them. */
    private static String[] classNames(CsvTable table) {
        List<String> header = table.header().get(0);
        return header.size() == 4 ? new String[] {header.get(2), header.get(3)} : new String[] {"class 0", "class 1"};
    }

    private static long seed(String... args) {
        Long seed = args.length == 0 ? Long.valueOf(0) : Longs.tryParse(args[0]);
        checkArgument(
                seed != null && args.length <= 2,
                "expected a seed, a whole number, and then perhaps a CSV file; got %s. Try: breast-cancer 0",
                String.join(" ", args));
        return seed;
    }

    /** Returns the table if a network can learn from it. */
    private static CsvTable checked(CsvTable table) {
        int label = table.columnCount() - 1;
        checkArgument(
                table.rowCount() >= 10 && label >= 1,
                "expected at least 10 samples of at least one feature and a class; got %s rows of %s numbers.",
                table.rowCount(),
                table.columnCount());
        double[][] rows = table.toArray();
        for (int row = 0; row < rows.length; row++) {
            for (int column = 0; column <= label; column++) {
                double value = rows[row][column];
                checkArgument(
                        column == label ? value == 0 || value == 1 : Double.isFinite(value),
                        "data row %s, column %s: expected %s; got %s.",
                        row + 1,
                        column + 1,
                        column == label ? "a class, 0 or 1," : "a finite number",
                        value);
            }
        }
        return table;
    }
}
