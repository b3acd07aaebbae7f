package org.ndgrad.examples;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BinaryOperator;
import java.util.function.ToDoubleBiFunction;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Init;
import org.ndgrad.nn.Layer;
import org.ndgrad.nn.Linear;
import org.ndgrad.nn.Losses;
import org.ndgrad.nn.Metrics;
import org.ndgrad.nn.Sequential;
import org.ndgrad.nn.Tanh;
import org.ndgrad.nn.data.Batch;
import org.ndgrad.nn.data.DataLoader;
import org.ndgrad.nn.data.Splits;
import org.ndgrad.nn.data.Subset;
import org.ndgrad.nn.data.Synthetic;
import org.ndgrad.nn.data.TensorDataset;
import org.ndgrad.nn.optim.Adam;
import org.ndgrad.nn.optim.Sgd;
import org.ndgrad.plot.Figure;
import org.ndgrad.plot.Plot;

/**
 * The three tasks that {@link OneHiddenLayer}'s slides solve in Keras, with the same networks, optimizer, learning
 * rates, batch size and epochs. The data of the slides are unknown; these are made up.
 */
final class KerasTasks {

    private static final DataType FLOAT = DataType.FLOAT;
    private static final int BATCH_SIZE = 10;

    private KerasTasks() {}

    static void run(Path folder) {
        System.out.println("The slides' Keras models, on data of ours (those of the slides are unknown)\n");
        Figure.row(regression(), binary(), threeClasses()).save(folder.resolve("tasks.png"));
        linearHiddenLayer(folder);
    }

    private static Plot regression() {
        Rng random = new Rng(1);
        Tensor x = Tensor.rand(FLOAT, random, 200, 2);
        Tensor noise = Tensor.randn(FLOAT, random, 200, 1).mul(0.1);
        Tensor y = x.matmul(Tensor.of(new double[][] {{1.5}, {1.2}})).add(1).add(noise);
        List<Subset<Batch>> parts = split(new TensorDataset(x, y), random);

        Sequential net = new Sequential(dense(random, 2, 3), dense(random, 3, 1));
        System.out.println("Regression: Dense(3), Dense(1); MSE; SGD, η = 0.01");
        fit(
                net,
                parts,
                0.01,
                100,
                Losses::mseLoss,
                "mae",
                (p, t) -> Losses.l1Loss(p, t).item());

        Batch test = parts.get(2).all();
        double[] predicted = predict(net, test.features()).toDoubleArray();
        double[] actual = test.targets().toDoubleArray();
        for (int i = 0; i < 5; i++) {
            System.out.println("  Predicted: " + (float) predicted[i] + ", Actual: " + (float) actual[i]);
        }
        System.out.println();
        return Plot.titled("Regression: test samples")
                .xLabel("actual")
                .yLabel("predicted")
                .size(600, 480)
                .function("predicted = actual", 1, 3.8, value -> value)
                .scatter("samples", actual, predicted);
    }

    private static Plot binary() {
        Rng random = new Rng(2);
        TensorDataset blobs = Synthetic.blobs(random, 100, 1, new double[] {-1.5, -1}, new double[] {1.5, 1});
        Tensor targets = blobs.targets().to(FLOAT).unsqueeze(1);
        List<Subset<Batch>> parts = split(new TensorDataset(blobs.features(), targets), random);

        // The sigmoid of the slides' last layer is part of the loss here, where it is exact for any logit.
        Sequential net = new Sequential(dense(random, 2, 3), dense(random, 3, 1));
        System.out.println("Two classes: Dense(3), Dense(1, sigmoid); binary cross-entropy; SGD, η = 0.02");
        fit(
                net,
                parts,
                0.02,
                100,
                Losses::binaryCrossEntropyWithLogits,
                "accuracy",
                (z, t) -> Metrics.binaryAccuracy(z, t, 0));

        Batch test = parts.get(2).all();
        double[] probabilities = predict(net, test.features()).sigmoid().toDoubleArray();
        double[] actual = test.targets().toDoubleArray();
        for (int i = 0; i < 5; i++) {
            System.out.println("  Predicted: " + (probabilities[i] > 0.5) + ", Actual: " + (int) actual[i]);
        }
        System.out.println();
        return samples("Two classes: test samples", test)
                .probabilityField(points ->
                        predict(net, Tensor.of((Object[]) points)).sigmoid().toDoubleArray());
    }

    private static Plot threeClasses() {
        Rng random = new Rng(3);
        TensorDataset blobs =
                Synthetic.blobs(random, 66, 1, new double[] {-3, -1}, new double[] {0, 2}, new double[] {3, -1});
        List<Subset<Batch>> parts = split(blobs, random);

        Sequential net = new Sequential(dense(random, 2, 3), dense(random, 3, 3));
        System.out.println("Three classes: Dense(3), Dense(3, softmax); categorical cross-entropy; SGD, η = 0.02");
        fit(net, parts, 0.02, 50, Losses::crossEntropy, "accuracy", Metrics::accuracy);

        Batch test = parts.get(2).all();
        Tensor probabilities = predict(net, test.features()).softmax(1);
        long[] classes = Metrics.predictedClasses(probabilities).toLongArray();
        for (int i = 0; i < 5; i++) {
            System.out.println("  Example " + (i + 1) + ": Predicted probabilities: "
                    + Arrays.toString(rounded(probabilities.select(0, i))) + ", class: " + classes[i] + ", Actual: "
                    + test.targets().toLongArray()[i]);
        }
        System.out.println();
        return samples("Three classes: test samples", test)
                .probabilityField(points ->
                        predict(net, Tensor.of((Object[]) points)).softmax(1).toDoubleArray());
    }

    /** Shows what the slides' hidden layers lack: an activation. */
    private static void linearHiddenLayer(Path folder) {
        TensorDataset circles = Synthetic.circles(new Rng(4), 100, 0.1, 0.4);
        Sequential linear = new Sequential(dense(new Rng(5), 2, 3), dense(new Rng(6), 3, 2));
        Sequential tanh = new Sequential(dense(new Rng(5), 2, 3), new Tanh(), dense(new Rng(6), 3, 2));
        double linearAccuracy = fitCircles(linear, circles);
        double tanhAccuracy = fitCircles(tanh, circles);
        System.out.printf(
                Locale.ROOT,
                "All hidden layers of the slides' code are linear, and a linear map of a linear map is linear: on"
                        + " two%ncircles, one inside the other, the 2-3-2 network gets %.1f %% right; with tanh between,"
                        + " %.1f %%.%n%n",
                100 * linearAccuracy,
                100 * tanhAccuracy);
        Figure.row(
                        samples("Linear hidden layer", circles.all())
                                .probabilityField(points -> predict(linear, Tensor.of((Object[]) points))
                                        .softmax(1)
                                        .toDoubleArray()),
                        samples("Hidden layer with tanh", circles.all())
                                .probabilityField(points -> predict(tanh, Tensor.of((Object[]) points))
                                        .softmax(1)
                                        .toDoubleArray()))
                .save(folder.resolve("linear-hidden-layer.png"));
    }

    private static double fitCircles(Sequential net, TensorDataset circles) {
        Adam adam = new Adam(net.parameters(), 0.05);
        for (int step = 0; step < 300; step++) {
            adam.zeroGrad();
            Losses.crossEntropy(net.forward(circles.features()), circles.targets())
                    .backward();
            adam.step();
        }
        return Metrics.accuracy(predict(net, circles.features()), circles.targets());
    }

    // What Keras does in Dense, fit and predict

    /** Returns a linear layer as Keras starts it: Glorot's weights, biases 0. */
    private static Linear dense(Rng random, int in, int out) {
        return Linear.of(Init.xavierUniform_(Tensor.empty(FLOAT, out, in), random, 1), Tensor.zeros(out));
    }

    /** Returns 81 % to train on, 9 % to validate, as validation_split=0.1 does with the rest, and 10 % to test. */
    private static List<Subset<Batch>> split(TensorDataset data, Rng random) {
        return Splits.byFraction(data, random, 0.81, 0.09, 0.1);
    }

    private static void fit(
            Layer net,
            List<Subset<Batch>> parts,
            double learningRate,
            int epochs,
            BinaryOperator<Tensor> lossFunction,
            String metricName,
            ToDoubleBiFunction<Tensor, Tensor> metric) {
        Sgd sgd = new Sgd(net.parameters(), learningRate);
        DataLoader<Batch> loader = new DataLoader<>(parts.get(0), BATCH_SIZE, new Rng(0));
        Batch train = parts.get(0).all();
        Batch validation = parts.get(1).all();
        for (int epoch = 1; epoch <= epochs; epoch++) {
            for (Batch batch : loader) {
                sgd.zeroGrad();
                lossFunction
                        .apply(net.forward(batch.features()), batch.targets())
                        .backward();
                sgd.step();
            }
            if (epoch == 1 || epoch % (epochs / 5) == 0) {
                Tensor trained = predict(net, train.features());
                Tensor validated = predict(net, validation.features());
                System.out.printf(
                        Locale.ROOT,
                        "  epoch %3d/%d   loss %.4f  %s %.4f   val_loss %.4f  val_%s %.4f%n",
                        epoch,
                        epochs,
                        lossFunction.apply(trained, train.targets()).item(),
                        metricName,
                        metric.applyAsDouble(trained, train.targets()),
                        lossFunction.apply(validated, validation.targets()).item(),
                        metricName,
                        metric.applyAsDouble(validated, validation.targets()));
            }
        }
    }

    private static Tensor predict(Layer net, Tensor features) {
        return Autograd.noGrad(() -> net.forward(features));
    }

    private static Plot samples(String title, Batch batch) {
        double[] flat = batch.features().toDoubleArray();
        double[][] points = new double[flat.length / 2][];
        for (int i = 0; i < points.length; i++) {
            points[i] = new double[] {flat[2 * i], flat[2 * i + 1]};
        }
        int[] classes = Arrays.stream(batch.targets().toLongArray())
                .mapToInt(label -> (int) label)
                .toArray();
        return Plot.titled(title).xLabel("x1").yLabel("x2").size(600, 480).scatter(points, classes);
    }

    private static double[] rounded(Tensor probabilities) {
        return Arrays.stream(probabilities.toDoubleArray())
                .map(p -> Math.rint(p * 1e5) / 1e5)
                .toArray();
    }
}
