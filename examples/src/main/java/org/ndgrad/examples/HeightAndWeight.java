package org.ndgrad.examples;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.nd4j.linalg.api.buffer.DataType;
import org.ndgrad.autograd.Autograd;
import org.ndgrad.autograd.Tensor;
import org.ndgrad.nn.Linear;
import org.ndgrad.nn.Losses;
import org.ndgrad.nn.Sequential;
import org.ndgrad.nn.Sigmoid;
import org.ndgrad.nn.data.Standardizer;
import org.ndgrad.nn.optim.Sgd;
import org.ndgrad.plot.Figure;
import org.ndgrad.plot.Plot;

/** The demonstrator of {@link Perceptron}: two hidden neurons learn who is a girl by height and weight. */
final class HeightAndWeight {

    private static final DataType DOUBLE = DataType.DOUBLE;
    private static final double LEARNING_RATE = 0.1;
    private static final double FASTER = 1;
    private static final int EPOCHS = 300;

    /** Height − 115 cm and weight − 56 kg of Joana, Maria, Miguel, Pedro. */
    static final double[][] SHIFTED = {{-2, -1}, {-15, -6}, {25, 6}, {17, 4}};

    /** The same for José, Diana, Carolina, whom the network has never seen. */
    static final double[][] NEW_SHIFTED = {{0, 2}, {-1, -1}, {-3, -2}};

    private HeightAndWeight() {}

    /** Returns the 2-2-1 network of sigmoid neurons with weights w1 … w6 and biases b1 … b3. */
    private static Sequential network(double[] w, double[] b) {
        return new Sequential(
                Linear.of(
                        Tensor.of(DOUBLE, new double[][] {{w[0], w[1]}, {w[2], w[3]}}), Tensor.of(DOUBLE, b[0], b[1])),
                new Sigmoid(),
                Linear.of(Tensor.of(DOUBLE, new double[][] {{w[4], w[5]}}), Tensor.of(DOUBLE, new double[] {b[2]})),
                new Sigmoid());
    }

    /** Returns the network as np.random.seed(42) starts it: the biases are drawn first. */
    static Sequential notebookNetwork() {
        double[] b = {0.3745401188473625, 0.9507143064099162, 0.7319939418114051};
        double[] w = {
            0.5986584841970366, 0.15601864044243652, 0.15599452033620265,
            0.05808361216819946, 0.8661761457749352, 0.6011150117432088
        };
        return network(w, b);
    }

    /** Trains by one step per child, and returns the mean squared error of all four after each epoch. */
    static List<Double> train(Sequential net, Tensor children, double learningRate) {
        Tensor female = Tensor.of(DOUBLE, new double[][] {{1}, {1}, {0}, {0}});
        Sgd sgd = new Sgd(net.parameters(), learningRate);
        List<Double> losses = new ArrayList<>();
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            for (int i = 0; i < children.size(0); i++) {
                sgd.zeroGrad();
                Losses.mseLoss(net.forward(children.select(0, i)), female.select(0, i))
                        .backward();
                sgd.step();
            }
            losses.add(Autograd.noGrad(() -> Losses.mseLoss(net.forward(children), female))
                    .item());
        }
        return losses;
    }

    /** Trains as the notebook does, then on normalized data, and writes two pictures. */
    static void run(Path folder) {
        Sequential net = notebookNetwork();
        List<Double> losses = train(net, Tensor.of(DOUBLE, SHIFTED), LEARNING_RATE);
        double[] predicted = predict(net, Tensor.of(DOUBLE, NEW_SHIFTED));
        Beside.titled("Demonstrator: probability of F after " + EPOCHS + " epochs of stochastic gradient descent")
                .wrong("José", predicted[0], 0.116, "the code as printed gives this: F, if without conviction")
                .wrong("Diana", predicted[1], 0.829, "likewise; F in both")
                .wrong("Carolina", predicted[2], 0.897, "likewise; F in both")
                .print();

        // Is there a better approach to normalize the data? Subtract the mean, and divide by the deviation.
        Standardizer standardizer = Standardizer.fit(Tensor.of(DOUBLE, SHIFTED));
        Tensor standardized = standardizer.transform(Tensor.of(DOUBLE, SHIFTED));
        List<Double> inMeters =
                train(notebookNetwork(), Tensor.of(DOUBLE, SHIFTED).mul(Tensor.of(DOUBLE, 0.01, 1)), LEARNING_RATE);
        List<Double> shiftedFast = train(notebookNetwork(), Tensor.of(DOUBLE, SHIFTED), FASTER);
        List<Double> slow = train(notebookNetwork(), standardized, LEARNING_RATE);
        Sequential other = notebookNetwork();
        List<Double> fast = train(other, standardized, FASTER);
        compare(List.of(inMeters, losses, shiftedFast, slow, fast));
        double[] better = predict(other, standardizer.transform(Tensor.of(DOUBLE, NEW_SHIFTED)));
        System.out.printf(
                Locale.ROOT,
                "With standardized data and η = 1: José %.3f, Diana %.3f, Carolina %.3f.%n%n",
                better[0],
                better[1],
                better[2]);

        Plot.titled("Height and weight: mean squared error of the four children")
                .xLabel("epoch")
                .yLabel("MSE")
                .logY()
                .line("shifted (cm, kg), η = 0.1", losses)
                .line("shifted (m, kg), η = 0.1", inMeters)
                .line("shifted (cm, kg), η = 1", shiftedFast)
                .line("standardized, η = 0.1", slow)
                .line("standardized, η = 1", fast)
                .save(folder.resolve("loss.png"));
        Figure.row(
                        children("Shifted data, η = 0.1")
                                .probabilityField(points -> predict(net, Tensor.of(DOUBLE, points))),
                        children("Standardized data, η = 1")
                                .probabilityField(
                                        points -> predict(other, standardizer.transform(Tensor.of(DOUBLE, points)))))
                .save(folder.resolve("boundary.png"));
    }

    private static double[] predict(Sequential net, Tensor people) {
        return Autograd.noGrad(() -> net.forward(people)).toDoubleArray();
    }

    private static void compare(List<List<Double>> runs) {
        System.out.println("Question of activity 3: is there a better way to normalize? The loss after each epoch");
        System.out.println("             shifted    shifted    shifted    standardized   standardized");
        System.out.println("             (m, kg)    (cm, kg)   (cm, kg)   (any units)    (any units)");
        System.out.println("  epoch      η = 0.1    η = 0.1    η = 1      η = 0.1        η = 1");
        for (int epoch : new int[] {0, 50, 100, 150, 200, 250, 295, 299}) {
            Object[] line = {
                epoch,
                runs.get(0).get(epoch),
                runs.get(1).get(epoch),
                runs.get(2).get(epoch),
                runs.get(3).get(epoch),
                runs.get(4).get(epoch)
            };
            System.out.printf(Locale.ROOT, "  %-10d %.6f   %.6f   %.6f   %.6f       %.6f%n", line);
        }
        System.out.println("""
                For the loss of these four children alone, shifting will do. But it leaves the units in: with the height
                in meters the network goes by the weight alone, in centimeters mostly by the height (see boundary.png).
                Standardized data are the same in any units, and both features count. They are also smaller than these
                centimeters, so that the same η makes smaller steps; a larger one makes up for it.""");
    }

    private static Plot children(String title) {
        double[] height = {NEW_SHIFTED[0][0], NEW_SHIFTED[1][0], NEW_SHIFTED[2][0]};
        double[] weight = {NEW_SHIFTED[0][1], NEW_SHIFTED[1][1], NEW_SHIFTED[2][1]};
        return Plot.titled(title)
                .xLabel("height − 115 cm")
                .yLabel("weight − 56 kg")
                .size(760, 560)
                .scatter(SHIFTED, new int[] {1, 1, 0, 0}, "M", "F")
                .scatter("José, Diana, Carolina", height, weight);
    }
}
