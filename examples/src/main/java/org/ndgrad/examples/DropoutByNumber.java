package org.ndgrad.examples;

import java.util.Arrays;
import java.util.LinkedHashMap;
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
import org.ndgrad.nn.Relu;
import org.ndgrad.nn.Sequential;
import org.ndgrad.nn.data.TensorDataset;
import org.ndgrad.nn.optim.Adam;

/** Dropout as in {@link OneHiddenLayer}'s slides: its two conventions by number, and the network of the last slide. */
final class DropoutByNumber {

    private static final DataType DOUBLE = DataType.DOUBLE;

    private DropoutByNumber() {}

    /** Returns what training and inference make of x in the convention of the slides and in that of Keras. */
    static Map<String, Tensor> dropoutConventions(Tensor x, Tensor mask, double keep) {
        Map<String, Tensor> results = new LinkedHashMap<>();
        results.put("slides (p = keep): training", x.mul(mask));
        results.put("slides (p = keep): inference", x.mul(keep));
        results.put("inverted (p = drop): training", x.mul(mask).div(keep));
        results.put("inverted (p = drop): inference", x);
        return results;
    }

    static void byNumber() {
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

    /** The 4-3-1 network of the last slide: in training each pass drops others of the four neurons. */
    static void lastSlide() {
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
            System.out.printf(Locale.ROOT, " %.3f", predict(net, sample));
        }
        net.eval();
        System.out.print("; in inference");
        for (int i = 0; i < 2; i++) {
            System.out.printf(Locale.ROOT, " %.3f", predict(net, sample));
        }
        System.out.printf(
                Locale.ROOT,
                " each time.%nMSE of all samples in inference: %.4f.%n%n",
                Autograd.noGrad(() -> Losses.mseLoss(net.forward(plane.features()), plane.targets()))
                        .item());
    }

    private static double predict(Layer net, Tensor sample) {
        return Autograd.noGrad(() -> net.forward(sample)).item();
    }
}
