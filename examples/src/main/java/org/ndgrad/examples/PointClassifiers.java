package org.ndgrad.examples;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.autograd.ops.Indexing;
import org.ndgrad.nn.Init;
import org.ndgrad.nn.KaimingOptions;
import org.ndgrad.nn.Layer;
import org.ndgrad.nn.Linear;
import org.ndgrad.nn.Losses;
import org.ndgrad.nn.Metrics;
import org.ndgrad.nn.Relu;
import org.ndgrad.nn.Sequential;
import org.ndgrad.nn.data.Batch;
import org.ndgrad.nn.data.DataLoader;
import org.ndgrad.nn.data.Synthetic;
import org.ndgrad.nn.data.TensorDataset;
import org.ndgrad.nn.optim.Sgd;
import org.ndgrad.plot.Field;
import org.ndgrad.plot.Figure;
import org.ndgrad.plot.Plot;

/** The classifiers of {@link FromScratch}'s slides: a perceptron on two kinds of data, and networks 2-10-10-2. */
final class PointClassifiers {

    private static final DataType FLOAT = DataType.FLOAT;

    /** The centers of scikit-learn's make_blobs with random_state=42; the points around them are our own. */
    private static final TensorDataset CLOUDS =
            Synthetic.blobs(new Rng(42), 50, 1, new double[] {-2.51, 9.01}, new double[] {4.64, 1.97});

    private static final TensorDataset XOR = Synthetic.xor(new Rng(42), 200);

    private PointClassifiers() {}

    static void run(Path folder) {
        Perceptron clouds = perceptronOnClouds();
        Perceptron xor = perceptronOnXor();
        System.out.printf(
                Locale.ROOT,
                "Perceptron with sigmoid and MSE, α = 0.01, one step per sample, 10 epochs%n"
                        + "  100 points in two clouds: loss %.4f, then %.4f; accuracy %.3f%n"
                        + "  200 points like XOR:      loss %.4f, then %.4f; accuracy %.3f: no line separates them%n%n",
                clouds.firstLoss,
                clouds.lastLoss,
                clouds.accuracy(),
                xor.firstLoss,
                xor.lastLoss,
                xor.accuracy());
        Figure.row(
                        points("Perceptron on two clouds", CLOUDS).probabilityField(clouds::probabilities),
                        points("Perceptron on XOR-like data", XOR).probabilityField(xor::probabilities))
                .save(folder.resolve("perceptron.png"));
        multilayer(folder);
    }

    static Perceptron perceptronOnClouds() {
        return new Perceptron(CLOUDS, 0.01, 10);
    }

    static Perceptron perceptronOnXor() {
        return new Perceptron(XOR, 0.01, 10);
    }

    /** The slides' class Perceptron without its derivatives. */
    static final class Perceptron {

        private final TensorDataset data;
        private final Tensor weights = Tensor.randn(FLOAT, new Rng(0), 2).requiresGrad(true);
        private final Tensor bias = Tensor.zeros(FLOAT).requiresGrad(true);
        private double firstLoss;
        private double lastLoss;

        Perceptron(TensorDataset data, double alpha, int epochs) {
            this.data = data;
            Sgd sgd = new Sgd(List.of(weights, bias), alpha);
            DataLoader<Batch> samples = new DataLoader<>(data, 1, new Rng(0));
            for (int epoch = 0; epoch < epochs; epoch++) {
                double error = 0;
                for (Batch sample : samples) {
                    sgd.zeroGrad();
                    Tensor loss = Losses.mseLoss(
                            forward(sample.features()), sample.targets().to(FLOAT));
                    loss.backward();
                    sgd.step();
                    error += loss.item() / data.size();
                }
                firstLoss = epoch == 0 ? error : firstLoss;
                lastLoss = error;
            }
        }

        private Tensor forward(Tensor x) {
            return x.matmul(weights).add(bias).sigmoid();
        }

        double[] probabilities(double[][] points) {
            return Autograd.noGrad(() -> forward(Tensor.of((Object[]) points))).toDoubleArray();
        }

        double accuracy() {
            return Autograd.noGrad(() -> Metrics.binaryAccuracy(forward(data.features()), data.targets(), 0.5));
        }
    }

    // Networks with two hidden layers of ten neurons

    /** The network of the slides: weights from N(0, 1), biases 1, and a ReLU on the output, too. */
    static Sequential slidesNetwork(long seed) {
        Rng random = new Rng(seed);
        return new Sequential(
                slidesDense(random, 2, 10),
                new Relu(),
                slidesDense(random, 10, 10),
                new Relu(),
                slidesDense(random, 10, 2),
                new Relu());
    }

    private static Linear slidesDense(Rng random, int in, int out) {
        return Linear.of(Tensor.randn(FLOAT, random, out, in), Tensor.ones(out));
    }

    /** The same sizes with weights scaled for ReLU (He), biases 0, and logits for output. */
    static Sequential betterNetwork(long seed) {
        Rng random = new Rng(seed);
        return new Sequential(
                heDense(random, 2, 10), new Relu(), heDense(random, 10, 10), new Relu(), heDense(random, 10, 2));
    }

    private static Linear heDense(Rng random, int in, int out) {
        Tensor weight = Init.kaimingNormal_(
                Tensor.empty(FLOAT, out, in), KaimingOptions.defaults().withRng(random));
        return Linear.of(weight, Tensor.zeros(out));
    }

    /** Trains with the mean squared error of one-hot targets, as in the slides, and returns the accuracy. */
    static double trainByMse(Sequential net, int epochs) {
        Sgd sgd = new Sgd(net.parameters(), 0.1);
        for (int epoch = 0; epoch < epochs; epoch++) {
            for (Batch batch : batches()) {
                Tensor oneHot = Indexing.oneHot(batch.targets(), 2).to(FLOAT);
                sgd.zeroGrad();
                Losses.mseLoss(net.forward(batch.features()), oneHot).backward();
                sgd.step();
            }
        }
        return accuracy(net);
    }

    /** Trains with the cross-entropy of logits, and returns the accuracy. */
    static double trainByCrossEntropy(Sequential net, int epochs) {
        Sgd sgd = new Sgd(net.parameters(), 0.1);
        for (int epoch = 0; epoch < epochs; epoch++) {
            for (Batch batch : batches()) {
                sgd.zeroGrad();
                Losses.crossEntropy(net.forward(batch.features()), batch.targets())
                        .backward();
                sgd.step();
            }
        }
        return accuracy(net);
    }

    private static DataLoader<Batch> batches() {
        return new DataLoader<>(XOR, 10, new Rng(1));
    }

    private static double accuracy(Sequential net) {
        return Metrics.accuracy(Autograd.noGrad(() -> net.forward(XOR.features())), XOR.targets());
    }

    /** Returns how many of the two outputs are 0 for all samples. */
    private static long deadOutputs(Sequential net) {
        Tensor largest =
                Autograd.noGrad(() -> net.forward(XOR.features())).max(0).values();
        return Arrays.stream(largest.toDoubleArray())
                .filter(value -> value == 0)
                .count();
    }

    private static void multilayer(Path folder) {
        int seeds = 5;
        int epochs = 30;
        double[] slides = new double[seeds];
        double[] better = new double[seeds];
        Rng random = new Rng(0);
        double linear = trainByCrossEntropy(new Sequential(heDense(random, 2, 4), heDense(random, 4, 2)), epochs);
        List<Sequential> slidesNets = new ArrayList<>();
        List<Sequential> betterNets = new ArrayList<>();
        for (int seed = 0; seed < seeds; seed++) {
            slidesNets.add(slidesNetwork(seed));
            betterNets.add(betterNetwork(seed));
            slides[seed] = trainByMse(slidesNets.get(seed), epochs);
            better[seed] = trainByCrossEntropy(betterNets.get(seed), epochs);
        }
        System.out.printf(
                Locale.ROOT,
                "Two dense layers 2-4-2 with nothing between are still linear: accuracy %.3f on the XOR-like"
                        + " data%nNetworks 2-10-10-2 on the XOR-like data, α = 0.1, batches of 10, %d epochs: accuracies"
                        + " for %d seeds%n  as in the slides, ReLU on the output and MSE:   %s%n    of its two outputs, 0"
                        + " for all samples:         %s%n  logits, softmax and cross-entropy, He's start:  %s%nWhere the"
                        + " ReLU of an output neuron is 0 for all samples, no gradient passes it: the neuron is"
                        + " dead.%nNothing is cut off at a logit.%n%n",
                linear,
                epochs,
                seeds,
                text(slides),
                slidesNets.stream().map(net -> Long.toString(deadOutputs(net))).collect(Collectors.joining(",     ")),
                text(better));
        Figure.grid(
                        2,
                        points("ReLU on the output and MSE, seed 0", XOR).decisionRegions(classes(slidesNets.get(0))),
                        points("ReLU on the output and MSE, seed 1", XOR).decisionRegions(classes(slidesNets.get(1))),
                        points("Softmax and cross-entropy, seed 0", XOR).decisionRegions(classes(betterNets.get(0))),
                        points("Softmax and cross-entropy, seed 1", XOR).decisionRegions(classes(betterNets.get(1))))
                .save(folder.resolve("multilayer.png"));
    }

    private static String text(double[] accuracies) {
        return String.join(
                ", ",
                Arrays.stream(accuracies)
                        .mapToObj(a -> String.format(Locale.ROOT, "%.3f", a))
                        .toList());
    }

    private static Field classes(Layer net) {
        return points -> Metrics.predictedClasses(Autograd.noGrad(() -> net.forward(Tensor.of((Object[]) points))))
                .toDoubleArray();
    }

    private static Plot points(String title, TensorDataset data) {
        double[] flat = data.features().toDoubleArray();
        double[][] points = new double[flat.length / 2][];
        for (int i = 0; i < points.length; i++) {
            points[i] = new double[] {flat[2 * i], flat[2 * i + 1]};
        }
        int[] classes = Arrays.stream(data.targets().toLongArray())
                .mapToInt(label -> (int) label)
                .toArray();
        return Plot.titled(title)
                .xLabel("Feature 1")
                .yLabel("Feature 2")
                .size(640, 560)
                .scatter(points, classes);
    }
}
