package org.ndgrad.examples;

import com.google.common.primitives.Ints;
import com.google.common.primitives.Longs;
import java.awt.Color;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Linear;
import org.ndgrad.nn.Losses;
import org.ndgrad.nn.Reduction;
import org.ndgrad.nn.Sequential;
import org.ndgrad.nn.Sigmoid;
import org.ndgrad.nn.data.Csv;
import org.ndgrad.nn.data.CsvOptions;
import org.ndgrad.nn.data.CsvTable;
import org.ndgrad.nn.optim.Sgd;
import org.ndgrad.plot.Field;
import org.ndgrad.plot.Figure;
import org.ndgrad.plot.Marker;
import org.ndgrad.plot.Plot;

/**
 * Two layers of two sigmoid neurons, without bias, separate two clouds of points, one random sample a step; after the
 * blog notebook "Artificial Neural Network".
 *
 * <p>The notebook writes its backward pass out, and it is not that of the loss it derives. Here it is done as in the
 * notebook, by the same numbers, and then once more with the gradient that {@code backward()} finds.
 */
public final class GaussianPair {

    private static final Path FOLDER = Path.of("out", "gaussian-pair");
    private static final double LEARNING_RATE = 0.1;
    private static final String[] PLACES = {"[1,1]", "[1,2]", "[2,1]", "[2,2]"};

    /**
     * The notebook's random numbers (NumPy's generator, seed 104729): points, classes, and the order of the samples.
     */
    private static final CsvTable DATA = Csv.readResource(
            GaussianPair.class, "gaussian_pair.csv", CsvOptions.defaults().withHeaderLines(1));

    private static final Tensor POINTS = DATA.columns(DataType.DOUBLE, 0, 1);
    private static final Tensor CLASSES = DATA.labels(2);
    private static final Tensor SAMPLES = DATA.labels(3);

    /** Points and classes once more, for plots. */
    private static final double[][] XY =
            Arrays.stream(DATA.toArray()).map(row -> Arrays.copyOf(row, 2)).toArray(double[][]::new);

    private static final int[] LABELS = Ints.toArray(Longs.asList(CLASSES.toLongArray()));

    /** Not the document's red and green, which one man in twelve cannot tell apart. */
    private static final Color POSITIVE = new Color(213, 94, 0);

    private static final Color POSITIVE_WRONG = new Color(136, 34, 85);
    private static final Color NEGATIVE = new Color(0, 114, 178);
    private static final Color NEGATIVE_WRONG = new Color(34, 34, 34);

    /** What the two output neurons should say of a point of class 0, and of class 1. */
    private static final List<Tensor> TARGETS = List.of(column(0.99, 0.01), column(0.01, 0.99));

    private GaussianPair() {}

    /**
     * Runs the example.
     *
     * @param args ignored
     */
    public static void main(String[] args) {
        System.out.println("Two clouds of points (after the notebook \"Artificial Neural Network\")\n");
        oneStep();

        Network document = initial();
        train(document, GaussianPair::stepOfTheDocument);
        double[] first = outputs(document).select(0, 0).toDoubleArray();
        double[] last = outputs(document).select(0, 999).toDoubleArray();
        Beside.titled("The notebook's own scheme, 1000 steps")
                .against("notebook")
                .row("first point, output 0", first[0], 0.72796373)
                .row("first point, output 1", first[1], 0.35839938)
                .row("last point, output 0", last[0], 0.22979532)
                .row("last point, output 1", last[1], 0.73710209)
                .row("correct of 1000", correct(document), 894)
                .print();
        Network gradient = initial();
        train(gradient, GaussianPair::stepByBackward);
        int withBias = correctWithBias();
        System.out.println("The same data, initial weights and order of samples, by the true gradient:");
        System.out.println("  without bias, as in the notebook   " + correct(gradient) + " of 1000 correct");
        System.out.println(
                "  with a bias in each neuron         " + withBias + " of 1000 correct: the notebook suspects so\n");

        System.out.println("""
                Also in the notebook:
                  |y - y'| "is not continuous at the minimum": it is continuous; it has no derivative there.
                  dL/dw = dL/dy' dy'/dx_j dx_j/dw: the variable in the middle is the neuron's sum z_k, not its input x_j.
                  1/sqrt(2) is 0.7071, not 0.70; and np.float is gone since NumPy 1.24 (write float).
                """);
        draw(document, gradient);
        System.out.println("Pictures: " + FOLDER + "/classes.png, predictions.png, boundaries.png");
    }

    /** One step with made-up weights, which shows where the notebook's scheme parts from the gradient. */
    private static void oneStep() {
        Network network = new Network(matrix(0.1, 0.2, 0.3, 0.4), matrix(0.5, 0.6, 0.7, 0.8));
        Tensor x = column(1, 2);
        Tensor target = TARGETS.get(1);
        network.error(x, target).backward();
        Deltas document = Autograd.noGrad(() -> network.deltasOfTheDocument(x, target));

        System.out.println("""
                The notebook's hidden_errors = W_ho' output_errors leave out the slope f (1 - f) of the output neurons;
                the gradient of E = 1/2 |t - f|^2 needs W_ho' (output_errors f (1 - f)). So its delta_ih is not the gradient.
                """);
        Beside table = Beside.titled("One step from made-up weights, x = (1, 2): -dE/dW beside the notebook's deltas")
                .against("notebook");
        double[] outer = network.outer().grad().neg().toDoubleArray();
        double[] inner = network.inner().grad().neg().toDoubleArray();
        double[] documentOuter = document.outer().toDoubleArray();
        double[] documentInner = document.inner().toDoubleArray();
        for (int i = 0; i < 4; i++) {
            table.row("delta_ho" + PLACES[i], outer[i], rounded(documentOuter[i]));
        }
        for (int i = 0; i < 4; i++) {
            String why = String.format(Locale.ROOT, "%.2f times the gradient", documentInner[i] / inner[i]);
            table.wrong("delta_ih" + PLACES[i], inner[i], rounded(documentInner[i]), why);
        }
        table.print();
    }

    private static double rounded(double value) {
        return new BigDecimal(value).round(new MathContext(7)).doubleValue();
    }

    /** A step of training: one point (2, 1) and its target (2, 1). */
    interface Step {
        void take(Network network, Tensor x, Tensor target);
    }

    /** The notebook's deltas: what it adds to the weights, but for the learning rate. */
    record Deltas(Tensor inner, Tensor outer) {}

    /** Weights from inputs to hidden neurons, and from those to outputs; each shape (2, 2). */
    record Network(Tensor inner, Tensor outer) {

        Network {
            inner.requiresGrad(true);
            outer.requiresGrad(true);
        }

        /** Returns the outputs, shape (2, N), for points of shape (2, N). */
        Tensor forward(Tensor x) {
            return outer.matmul(inner.matmul(x).sigmoid()).sigmoid();
        }

        /** Returns E = ½ ‖t − f‖². */
        Tensor error(Tensor x, Tensor target) {
            return target.sub(forward(x)).square().sum().mul(0.5);
        }

        /** The notebook's lines, name by name. */
        Deltas deltasOfTheDocument(Tensor inputs, Tensor targets) {
            Tensor hiddenOutputs = inner.matmul(inputs).sigmoid();
            Tensor finalOutputs = outer.matmul(hiddenOutputs).sigmoid();
            Tensor outputErrors = targets.sub(finalOutputs);
            Tensor hiddenErrors = outer.t().matmul(outputErrors);
            return new Deltas(
                    hiddenErrors.mul(hiddenOutputs).mul(hiddenOutputs.rsub(1)).matmul(inputs.t()),
                    outputErrors.mul(finalOutputs).mul(finalOutputs.rsub(1)).matmul(hiddenOutputs.t()));
        }
    }

    /** Returns the notebook's initial weights. */
    static Network initial() {
        return new Network(
                matrix(0.5036824177393681, -0.17075765773834636, 0.7699737272993066, -0.3419031830038177),
                matrix(-0.129996997669325, 1.8076345508271399, 0.3081006348010047, 0.3906214251505053));
    }

    /** Takes 1000 steps, with the samples that the notebook drew. */
    static void train(Network network, Step step) {
        for (long sample : SAMPLES.toLongArray()) {
            Tensor x = POINTS.select(0, sample).unsqueeze(1);
            step.take(network, x, TARGETS.get(LABELS[(int) sample]));
        }
    }

    /** Not a gradient step: the one update in these examples that has to be written out. */
    static void stepOfTheDocument(Network network, Tensor x, Tensor target) {
        Autograd.noGrad(() -> {
            Deltas deltas = network.deltasOfTheDocument(x, target);
            network.outer().add_(deltas.outer().mul(LEARNING_RATE));
            network.inner().add_(deltas.inner().mul(LEARNING_RATE));
        });
    }

    /** The step that the notebook means. */
    static void stepByBackward(Network network, Tensor x, Tensor target) {
        Sgd sgd = new Sgd(List.of(network.inner(), network.outer()), LEARNING_RATE);
        sgd.zeroGrad();
        network.error(x, target).backward();
        sgd.step();
    }

    /** Returns the outputs for all points, shape (1000, 2). */
    static Tensor outputs(Network network) {
        return Autograd.noGrad(() -> network.forward(POINTS.t()).t());
    }

    /** Returns how many of the 1000 points get the higher output for their own class. */
    static int correct(Network network) {
        return correct(outputs(network));
    }

    private static int correct(Tensor outputs) {
        return (int) outputs.argmax(1).eq(CLASSES).to(DataType.DOUBLE).sum().item();
    }

    /** Returns how many points are classified correctly once the neurons have a bias each, 0 at first. */
    private static int correctWithBias() {
        Tensor[] biases = {Tensor.zeros(DataType.DOUBLE, 2), Tensor.zeros(DataType.DOUBLE, 2)};
        Network start = initial();
        Sequential network = new Sequential(
                Linear.of(start.inner(), biases[0]), new Sigmoid(), Linear.of(start.outer(), biases[1]), new Sigmoid());
        Sgd sgd = new Sgd(network.parameters(), LEARNING_RATE);
        for (long sample : SAMPLES.toLongArray()) {
            Tensor target = TARGETS.get(LABELS[(int) sample]).squeeze(1);
            sgd.zeroGrad();
            Losses.mseLoss(network.forward(POINTS.select(0, sample)), target, Reduction.SUM)
                    .mul(0.5)
                    .backward();
            sgd.step();
        }
        return Autograd.noGrad(() -> correct(network.forward(POINTS)));
    }

    private static void draw(Network document, Network gradient) {
        Plot classes = axes("Two classes");
        addPoints(classes, "positive", 1, POSITIVE, Marker.SQUARE, i -> true);
        addPoints(classes, "negative", 0, NEGATIVE, Marker.CIRCLE, i -> true);
        classes.save(FOLDER.resolve("classes.png"));
        Figure.row(predictions("By the notebook's scheme", document), predictions("By the true gradient", gradient))
                .save(FOLDER.resolve("predictions.png"));
        Figure.row(boundary("By the notebook's scheme", document), boundary("By the true gradient", gradient))
                .save(FOLDER.resolve("boundaries.png"));
    }

    /** Plots the points in four colors. */
    private static Plot predictions(String title, Network network) {
        long[] predicted = outputs(network).argmax(1).toLongArray();
        Plot plot = axes(title + ": " + correct(network) + " of 1000 correct");
        addPoints(plot, "positive, correct", 1, POSITIVE, Marker.SQUARE, i -> predicted[i] == 1);
        addPoints(plot, "positive, wrong", 1, POSITIVE_WRONG, Marker.CROSS, i -> predicted[i] == 0);
        addPoints(plot, "negative, correct", 0, NEGATIVE, Marker.CIRCLE, i -> predicted[i] == 0);
        addPoints(plot, "negative, wrong", 0, NEGATIVE_WRONG, Marker.CROSS, i -> predicted[i] == 1);
        return plot;
    }

    /** Plots which output is the higher one, everywhere in the plane. */
    private static Plot boundary(String title, Network network) {
        Field winner = points -> Autograd.noGrad(
                () -> network.forward(Tensor.of(DataType.DOUBLE, points).t())
                        .argmax(0)
                        .toDoubleArray());
        Plot plot = axes(title).decisionRegions(winner);
        return plot.scatter(XY, LABELS, "negative", "positive");
    }

    private static Plot axes(String title) {
        return Plot.titled(title).xLabel("x0").yLabel("x1").size(800, 600);
    }

    /** Adds the points of a class that are wanted, if there are any. */
    private static void addPoints(
            Plot plot, String name, int ofClass, Color color, Marker marker, IntPredicate wanted) {
        double[][] points = IntStream.range(0, 1000)
                .filter(i -> LABELS[i] == ofClass && wanted.test(i))
                .mapToObj(i -> XY[i])
                .toArray(double[][]::new);
        if (points.length > 0) {
            double[] x = Arrays.stream(points).mapToDouble(point -> point[0]).toArray();
            double[] y = Arrays.stream(points).mapToDouble(point -> point[1]).toArray();
            plot.scatter(name + " (" + points.length + ")", x, y, color, marker);
        }
    }

    private static Tensor matrix(double a, double b, double c, double d) {
        return Tensor.of(DataType.DOUBLE, new double[][] {{a, b}, {c, d}});
    }

    private static Tensor column(double a, double b) {
        return Tensor.of(DataType.DOUBLE, new double[][] {{a}, {b}});
    }
}
