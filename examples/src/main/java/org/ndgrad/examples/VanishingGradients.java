package org.ndgrad.examples;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Rng;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.BatchNorm1d;
import org.ndgrad.nn.Init;
import org.ndgrad.nn.KaimingOptions;
import org.ndgrad.nn.Layer;
import org.ndgrad.nn.Linear;
import org.ndgrad.nn.Losses;
import org.ndgrad.nn.Nonlinearity;
import org.ndgrad.nn.Relu;
import org.ndgrad.nn.Sequential;
import org.ndgrad.nn.Sigmoid;
import org.ndgrad.nn.Tanh;
import org.ndgrad.nn.data.Batch;
import org.ndgrad.nn.data.Standardizer;
import org.ndgrad.nn.data.TensorDataset;
import org.ndgrad.nn.optim.Sgd;
import org.ndgrad.nn.train.Progress;
import org.ndgrad.plot.Figure;
import org.ndgrad.plot.Plot;

/**
 * How far back gradients reach: the norm of each layer's weight gradient in a network of 20 hidden layers, for sigmoid,
 * tanh and ReLU, without and with batch norm, each drawn by the rule that is meant for it; then what 100 steps make of
 * each network. The data are those of {@link BreastCancer}.
 *
 * <p>Expected, whatever the seed: the slope of a sigmoid is at most ¼, so its gradient falls to less than a billionth
 * from the last layer to the first, and the network learns nothing: its loss stays at 0.66, that of a constant guess.
 * The gradients of tanh and ReLU stay within two powers of ten of one another. With batch norm those of the sigmoid do,
 * too, and it learns: a loss of about 0.2.
 *
 * <p>Source: Glorot and Bengio, Understanding the difficulty of training deep feedforward neural networks, 2010; Ioffe
 * and Szegedy, Batch normalization, 2015.
 */
public final class VanishingGradients {

    private static final int FEATURES = 30;
    private static final int DEPTH = 20;
    private static final int WIDTH = 50;
    private static final int STEPS = 100;
    private static final double LEARNING_RATE = 0.02;

    /** An activation, and for which one to draw the weights. */
    private record Activation(String name, Nonlinearity kind, Supplier<Layer> layer) {}

    private static final List<Activation> ACTIVATIONS = List.of(
            new Activation("sigmoid", Nonlinearity.SIGMOID, Sigmoid::new),
            new Activation("tanh", Nonlinearity.TANH, Tanh::new),
            new Activation("ReLU", Nonlinearity.RELU, Relu::new));

    /** The norms of a network's gradients before training, the first layer's first; and the losses before each step. */
    record Result(String name, List<Double> norms, List<Double> losses) {}

    private VanishingGradients() {}

    /**
     * Prints a table, and writes {@code gradients.png} to {@code out/vanishing-gradients}.
     *
     * @param args at most one: the seed of everything random, 0 if left out
     */
    public static void main(String[] args) {
        run(Path.of("out", "vanishing-gradients"), Seed.of("vanishing-gradients", args), STEPS);
    }

    /** Returns the results without batch norm and then those with it: sigmoid, tanh, ReLU. */
    static List<Result> run(Path folder, long seed, int steps) {
        List<Result> results = new ArrayList<>();
        try (Progress progress = Progress.of("network", 2L * ACTIVATIONS.size())) {
            for (boolean hasBatchNorm : new boolean[] {false, true}) {
                for (Activation activation : ACTIVATIONS) {
                    results.add(train(activation, hasBatchNorm, seed, steps));
                    progress.step(activation.name() + (hasBatchNorm ? " with batch norm" : ""));
                }
            }
        }
        print(results, steps);
        draw(results, folder);
        System.out.println("Picture: " + folder.resolve("gradients.png"));
        return results;
    }

    private static List<Layer> layers(Activation activation, boolean hasBatchNorm, Rng rng) {
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < DEPTH; i++) {
            layers.add(linear(i == 0 ? FEATURES : WIDTH, WIDTH, activation, rng));
            if (hasBatchNorm) {
                layers.add(new BatchNorm1d(WIDTH));
            }
            layers.add(activation.layer().get());
        }
        layers.add(linear(WIDTH, 1, activation, rng));
        return layers;
    }

    private static Linear linear(int in, int out, Activation activation, Rng rng) {
        Linear linear = new Linear(in, out);
        Init.kaimingNormal_(
                linear.weight(), KaimingOptions.defaults().withRng(rng).withNonlinearity(activation.kind()));
        Init.zeros_(linear.bias());
        return linear;
    }

    private static Result train(Activation activation, boolean hasBatchNorm, long seed, int steps) {
        Sequential network = new Sequential(layers(activation, hasBatchNorm, new Rng(seed)));
        Sgd sgd = new Sgd(network.parameters(), LEARNING_RATE);
        TensorDataset data = data();
        List<Double> norms = List.of();
        List<Double> losses = new ArrayList<>();
        for (int step = 0; step <= steps; step++) {
            sgd.zeroGrad();
            Tensor logits = network.forward(data.features()).squeeze(1);
            Tensor loss = Losses.binaryCrossEntropyWithLogits(logits, data.targets());
            loss.backward();
            losses.add(loss.item());
            if (step == 0) {
                norms = gradientNorms(network);
            }
            sgd.step();
        }
        return new Result(activation.name(), norms, losses);
    }

    private static List<Double> gradientNorms(Sequential network) {
        List<Double> norms = new ArrayList<>();
        for (Layer layer : network) {
            if (layer instanceof Linear linear) {
                norms.add(linear.weight().grad().norm().item());
            }
        }
        return norms;
    }

    private static TensorDataset data() {
        Batch all = BreastCancer.data().dataset(FEATURES).all();
        return new TensorDataset(
                Standardizer.fit(all.features()).transform(all.features()),
                all.targets().to(DataType.FLOAT));
    }

    private static void print(List<Result> results, int steps) {
        System.out.println("Norm of the weight gradient, layer by layer");
        System.out.println("            without batch norm               with batch norm");
        row("layer", results, Result::name);
        for (int i = 0; i <= DEPTH; i++) {
            int layer = i;
            row(
                    Integer.toString(i + 1),
                    results,
                    result -> number("%.1e", result.norms().get(layer)));
        }
        System.out.printf("Loss before training, and after %d steps%n", steps);
        row("before", results, result -> number("%.3f", result.losses().get(0)));
        row("after", results, result -> number("%.3f", result.losses().get(steps)));
    }

    private static void row(String head, List<Result> results, Function<Result, String> cell) {
        System.out.printf("%-9s", head);
        for (int i = 0; i < results.size(); i++) {
            System.out.printf("%s%9s", i == 3 ? "     " : " ", cell.apply(results.get(i)));
        }
        System.out.println();
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    /** Draws both plots with one range of norms, so that what is flat in one is flat in the other. */
    private static void draw(List<Result> results, Path folder) {
        DoubleSummaryStatistics all = results.stream()
                .flatMap(result -> result.norms().stream())
                .mapToDouble(Double::doubleValue)
                .summaryStatistics();
        Plot without = plot("Without batch norm", results.subList(0, 3));
        Plot with = plot("With batch norm", results.subList(3, 6));
        Figure.row(without.yRange(all.getMin() / 2, 2 * all.getMax()), with.yRange(all.getMin() / 2, 2 * all.getMax()))
                .save(folder.resolve("gradients.png"));
    }

    private static Plot plot(String title, List<Result> results) {
        Plot plot = Plot.titled(title)
                .xLabel("layer, from the input to the output")
                .yLabel("norm of the weight gradient")
                .size(760, 560)
                .logY();
        results.forEach(result -> plot.line(result.name(), result.norms()));
        return plot;
    }
}
